"""A campaign's panel: who sits on it, whom each member may read, declaring conflicts, and scoring by criterion."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from appointments.access import may_run_campaign
from appointments.models import (
    Campaign,
    ConflictTalk,
    Criterion,
    Mark,
    MarkDraft,
    PanelDeclaration,
    PanelMember,
)
from portal.access import Viewer, access_of
from portal.models import Membership, Organisation, Role, User
from portal.names import folded
from talent.conflicts import conflicts_among
from talent.models import Application, DeclaredInterest, State
from talent.models.application import ApplicationQuerySet

SMALLEST = 3
# Of those who may read one applicant; fewer, and the competition is one person's choice.
FEWEST_READERS = 2
FOUND_AT_MOST = 20
ROUND_OF = {State.SIFT: Mark.Round.SIFT, State.INTERVIEW: Mark.Round.INTERVIEW}
STATE_OF = {round_: state for state, round_ in ROUND_OF.items()}
# Talent staff know the applicants by name; the blind sift would not be blind.
MAY_SIT = (Role.REVIEWER, Role.COMMITTEE_MEMBER, Role.TRUST_USER)


class PanelRefused(Exception):
    """This is not possible for the panel or its member; `str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a member gives for one criterion."""

    points: int
    evidence: str


def readable_by(user: Viewer) -> ApplicationQuerySet:
    """Whom a panel member may read today: their own campaigns, in sift or at interview, never with a conflict."""
    if not isinstance(user, User):
        return Application.objects.none()
    campaigns = Campaign.objects.with_panel_member(user)
    barred = DeclaredInterest.objects.in_force().filter(user=user, application=OuterRef("pk"))
    there = Application.objects.filter(intake__campaign__in=campaigns, state__in=ROUND_OF)
    return there.filter(~Exists(barred)).exclude(pk__in=Application.objects.of_user(user).values("pk"))


def has_declared(application: Application, user: User) -> bool:
    """In the round that the application stands in: at interview a member learns who it is, and is asked again."""
    return PanelDeclaration.objects.filter(application=application, by=user, at__gte=application.state_since).exists()


def eligible_for(campaign: Campaign, at: dt.datetime) -> QuerySet[User]:
    """Who may be asked onto the panel: people with a role that fits, by name, without those who sit on it."""
    holders = Membership.objects.in_force(at).filter(role__in=MAY_SIT).values("user")
    staff = Membership.objects.in_force(at).filter(role__in=[Role.TALENT_TEAM, Role.REGIONAL_LEAD]).values("user")
    there = campaign.panel.filter(left_at=None).values("user")
    return User.objects.filter(pk__in=holders, is_active=True).exclude(pk__in=staff).exclude(pk__in=there)


def found_for(campaign: Campaign, words: str, *, at: dt.datetime) -> list[User]:
    """Those of them of whom each word begins a name, or is in their address or organisation; the first few, with
    `places` each."""
    found = eligible_for(campaign, at)
    for word in words.split():
        there = Membership.objects.in_force(at).filter(user=OuterRef("pk"), organisation__name__icontains=word)
        found = found.filter(
            Q(sort_name__regex=rf"\m{re.escape(folded(word))}") | Q(email__icontains=word) | Exists(there)
        )
    places = Membership.objects.in_force(at).select_related("organisation")
    return list(found.prefetch_related(Prefetch("memberships", places, to_attr="places"))[: FOUND_AT_MOST + 1])


@transaction.atomic
def add_member(
    campaign: Campaign, user: User, *, role: str, independent: bool, by: User, at: dt.datetime
) -> PanelMember:
    """Somebody joins the panel. Independent is who belongs neither to the trust nor to the committee that decides."""
    row = _lock(campaign, by)
    if not eligible_for(row, at).filter(pk=user.pk).exists():
        raise PanelRefused(f"{user} cannot sit on this panel.")
    if role == PanelMember.Role.CHAIR and row.panel.filter(left_at=None, role=role).exists():
        raise PanelRefused("The panel has a chair. Take that person off first.")
    if independent and not _is_independent(user, row.seat.board, at):
        raise PanelRefused(f"{user} belongs to the trust or to the committee, so is not an independent member.")
    return PanelMember.objects.create(
        campaign=row, user=user, role=role, independent=independent, added_at=at, added_by=by
    )


def _is_independent(user: User, trust: Organisation, at: dt.datetime) -> bool:
    held = Membership.objects.in_force(at).filter(user=user)
    return not held.filter(organisation=trust).exists() and Role.COMMITTEE_MEMBER not in access_of(user, at=at).roles


@transaction.atomic
def remove_member(member: PanelMember, *, by: User, at: dt.datetime) -> PanelMember:
    """Ends a place on the panel: scores stay on record, and nothing more can be read."""
    _lock(member.campaign, by)
    row = PanelMember.objects.select_for_update().get(pk=member.pk)
    if row.left_at is None:
        row.left_at = at
        row.save(update_fields=["left_at"])
    return row


def _lock(campaign: Campaign, by: User) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("seat__board")
    row = rows.get(pk=campaign.pk)
    if not may_run_campaign(by, row.seat.board):
        raise PanelRefused("This campaign is not yours to run.")
    if row.has_ended or row.stage in (Campaign.Stage.VERDICT, Campaign.Stage.RECOMMENDED):
        raise PanelRefused("The panel has done its work; it stays as it was.")
    return row


@transaction.atomic
def declare_none(application: Application, *, by: User, at: dt.datetime) -> None:
    """The member says that nothing stands between them and the applicant; only then may they read."""
    if not readable_by(by).filter(pk=application.pk).exists():
        raise PanelRefused("This application is not yours to read.")
    if not has_declared(application, by):
        PanelDeclaration.objects.create(application=application, by=by, at=at)


def detect_conflicts(campaign: Campaign, *, at: dt.datetime) -> None:
    """Writes down what records alone show between the panel and those in the sift."""
    applications = Application.objects.filter(intake=campaign.intake, state=State.SIFT)
    rows = list(applications.select_related("person", "question_set"))
    users = [member.user for member in campaign.panel.sitting().select_related("user")]
    for conflict in conflicts_among(rows, users, at=at):
        if not conflict.known:
            DeclaredInterest.objects.get_or_create(
                user_id=conflict.user,
                application_id=conflict.application,
                kind=conflict.kind,
                lifted_at=None,
                defaults={
                    "detail": conflict.detail,
                    "source": DeclaredInterest.Source.DETECTED,
                    "declared_at": at,
                },
            )


@transaction.atomic
def score(application: Application, given: Mapping[int, Given], *, by: User, at: dt.datetime) -> None:
    """The member's marks for every criterion, in the round that the application stands in; theirs to change until
    the panel goes on. Raises PanelRefused."""
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not readable_by(by).filter(pk=row.pk).exists() or not has_declared(row, by):
        raise PanelRefused("This application is not yours to score.")
    member = PanelMember.objects.sitting().get(user=by, campaign__intake=row.intake_id)
    criteria = {c.pk for c in Criterion.objects.filter(campaign=member.campaign_id)}
    if set(given) != criteria:
        raise PanelRefused("Score every criterion.")
    for pk, mark in given.items():
        if not 0 <= mark.points <= Criterion.MAX_SCORE or not mark.evidence.strip():
            raise PanelRefused("Give a score and the evidence for each criterion.")
        Mark.objects.update_or_create(
            application=row,
            member=member,
            criterion_id=pk,
            round=ROUND_OF[State(row.state)],
            defaults={"points": mark.points, "evidence": mark.evidence.strip(), "given_at": at},
        )
    MarkDraft.objects.filter(application=row, member=member, round=ROUND_OF[State(row.state)]).delete()


@transaction.atomic
def talk_of_conflicts(
    application: Application, *, manageable: bool, said: str, by: User, at: dt.datetime
) -> ConflictTalk:
    """Records that conflicts of interest were discussed at interview: a panel member's, after their declaration."""
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if row.state != State.INTERVIEW or not readable_by(by).filter(pk=row.pk).exists() or not has_declared(row, by):
        raise PanelRefused("Conflicts are discussed at interview, by those on the panel who take part in it.")
    if not said.strip():
        raise PanelRefused("Say what was discussed, also when there is none.")
    return ConflictTalk.objects.create(application=row, manageable=manageable, by=by, at=at, reason=said.strip())


def not_talked_with(campaign: Campaign) -> list[str]:
    """Whom the panel interviewed without a word on conflicts. One query."""
    there = Application.objects.filter(intake=campaign.intake, state=State.INTERVIEW)
    silent = there.filter(~Exists(ConflictTalk.objects.filter(application=OuterRef("pk"))))
    return [str(application.person) for application in silent.select_related("person").order_by("pseudonym")]


def draft_of(application: Application, user: User) -> MarkDraft | None:
    round_ = ROUND_OF[State(application.state)]
    return MarkDraft.objects.filter(application=application, round=round_, member__user=user).first()


@transaction.atomic
def save_draft(
    application: Application, values: Mapping[str, str], *, revision: int, by: User, at: dt.datetime
) -> int | None:
    """Keeps what a member has typed; the new revision, or None where another page has saved since `revision`."""
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not readable_by(by).filter(pk=row.pk).exists() or not has_declared(row, by):
        raise PanelRefused("This application is not yours to score.")
    member = PanelMember.objects.sitting().get(user=by, campaign__intake=row.intake_id)
    draft, _ = MarkDraft.objects.get_or_create(
        application=row, member=member, round=ROUND_OF[State(row.state)], defaults={"saved_at": at}
    )
    if draft.revision != revision:
        return None
    draft.values, draft.saved_at, draft.revision = dict(values), at, revision + 1
    draft.save(update_fields=["values", "saved_at", "revision"])
    return revision + 1


def unscored(campaign: Campaign, round_: str) -> list[str]:
    """What the round still lacks, in words: members' marks, and applicants with too few readers. Five queries."""
    state = STATE_OF[Mark.Round(round_)]
    applications = list(Application.objects.filter(intake=campaign.intake, state=state).select_related("person"))
    members = list(campaign.panel.sitting().select_related("user"))
    barred = set(
        DeclaredInterest.objects.in_force().filter(application__in=applications).values_list("user", "application")
    )
    marked = set(Mark.objects.filter(application__in=applications, round=round_).values_list("member", "application"))
    return list(_lacking(applications, members, barred, marked))


def _lacking(
    applications: list[Application],
    members: list[PanelMember],
    barred: set[tuple[int, int]],
    marked: set[tuple[int, int]],
) -> Iterator[str]:
    for application in applications:
        readers = [
            m for m in members if (m.user_id, application.pk) not in barred and m.user_id != application.person.user_id
        ]
        if len(readers) < FEWEST_READERS or not any(m.independent for m in readers):
            yield f"{application.pseudonym} needs two readers without a conflict, one of them independent"
        for member in readers:
            if (member.pk, application.pk) not in marked:
                yield f"{member.user} on {application.pseudonym}"
