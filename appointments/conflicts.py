"""Conflicts of interest on an agenda: declared by a member, or found from what the portal knows."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Q

from appointments.models import AgendaItem, Meeting, Proposal, ProposalInterest, Relationship
from appointments.models.agenda import ItemQuerySet
from appointments.proposal_conflicts import declare_on, with_interest, write_found
from portal.models import Membership, Organisation, User
from portal.names import folded
from talent.models import Application, ConflictKind, DeclaredInterest, PostHeld, Review
from talent.models.application import ApplicationQuerySet

# (member, application, what kind, why)
Found = tuple[int, int, ConflictKind, str]


def conflicted_members(item: AgendaItem, members: Iterable[int]) -> frozenset[int]:
    """Those of `members` who take no part in `item`. The same rule as ItemQuerySet.free_of_conflict, by item."""
    ids = set(members)
    about = applications_of(item)
    interests = DeclaredInterest.objects.in_force().filter(application__in=about, user__in=ids)
    own = about.filter(person__user__in=ids)
    out = set(interests.values_list("user", flat=True)) | set(own.values_list("person__user", flat=True))
    if item.application_id is None:
        if item.proposal_id is not None:
            about_them = Proposal.objects.filter(pk=item.proposal_id, person__user__in=ids)
            out |= with_interest(item.proposal_id, ids) | set(about_them.values_list("person__user", flat=True))
        else:
            said = item.declarations.filter(interest=True, member__in=ids)
            out |= set(said.values_list("member", flat=True))
    return frozenset(out)


def applications_of(item: AgendaItem) -> ApplicationQuerySet:
    """The application that an item is about, those of its cohort, and its proposal's."""
    one = Q(pk=item.application_id) if item.application_id else Q(pk=None)
    theirs = Q(proposals=item.proposal_id) if item.proposal_id else Q(pk=None)
    return Application.objects.filter(one | theirs | Q(places__item=item)).distinct()


def detect(meeting: Meeting, *, at: dt.datetime) -> None:
    """Writes down every conflict that the portal can see between the members and what is before `meeting`."""
    members = list(meeting.seats(at).values_list("user", flat=True))
    _write_found(meeting, meeting.items.standing(), members, at=at)


def detect_again(item: AgendaItem, users: Iterable[int], *, at: dt.datetime) -> None:
    """The same for one item at the moment of an act: an employer or a seat may have changed since the papers went."""
    _write_found(item.meeting, AgendaItem.objects.filter(pk=item.pk), list(users), at=at)


def _write_found(meeting: Meeting, items: ItemQuerySet, members: list[int], *, at: dt.datetime) -> None:
    proposals = Proposal.objects.filter(items__in=items)
    write_found(proposals.select_related("person", "seat__board"), members, at=at)
    before_it = Q(agenda_items__in=items) | Q(places__item__in=items)
    applications = list(Application.objects.filter(before_it).distinct().select_related("person").order_by("pk"))
    new: list[DeclaredInterest] = []
    for member, application, kind, why in _found(members, applications, meeting.day, at):
        known = DeclaredInterest.objects.filter(user=member, application=application, kind=kind)
        # Once lifted by somebody else, a detected conflict is not raised again.
        if not known.filter(Q(lifted_at=None) | Q(source=DeclaredInterest.Source.DETECTED)).exists():
            new.append(
                DeclaredInterest(
                    user_id=member,
                    application_id=application,
                    kind=kind,
                    source=DeclaredInterest.Source.DETECTED,
                    detail=why,
                    declared_at=at,
                )
            )
    # Two acts at one moment find the same: the second leaves it at what the first wrote.
    DeclaredInterest.objects.bulk_create(new, ignore_conflicts=True)


def _found(members: list[int], applications: list[Application], day: dt.date, at: dt.datetime) -> Iterator[Found]:
    for application in applications:
        if application.person.user_id in members:
            yield application.person.user_id, application.pk, ConflictKind.PERSONAL, "Their own application."
    yield from _reviewed(members, applications)
    yield from _same_employer(members, applications, day, at)
    yield from _related(applications, at)


def _reviewed(members: list[int], applications: list[Application]) -> Iterator[Found]:
    read = Review.objects.filter(application__in=applications, reviewer__in=members, withdrawn_at=None)
    for reviewer, application in read.values_list("reviewer", "application"):
        yield reviewer, application, ConflictKind.OTHER, "Reviewed the application."


def _same_employer(
    members: list[int], applications: list[Application], day: dt.date, at: dt.datetime
) -> Iterator[Found]:
    trusts: dict[str, set[int]] = {}
    in_force = Membership.objects.in_force(at).filter(user__in=members, organisation__kind__in=Organisation.TRUST_KINDS)
    for user, name in in_force.values_list("user", "organisation__sort_name"):
        trusts.setdefault(name, set()).add(user)
    held = PostHeld.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), person__applications__in=applications)
    for employer, application in held.values_list("employer", "person__applications"):
        for user in trusts.get(folded(employer), ()):
            yield user, application, ConflictKind.SAME_TRUST, "Acts for the trust that employs the applicant."


def _related(applications: list[Application], at: dt.datetime) -> Iterator[Found]:
    """Whoever has a recorded relationship to the applicant, a member or not: staff read applications too."""
    known = Relationship.objects.in_force(at).filter(person__applications__in=applications)
    for user, application, kind, detail in known.values_list("user", "person__applications", "kind", "detail"):
        if application in {each.pk for each in applications}:
            yield user, application, ConflictKind(kind), detail


def declare_interest(
    item: AgendaItem, member: User, *, kind: str, detail: str, at: dt.datetime
) -> DeclaredInterest | ProposalInterest | None:
    """The interest as every other door of the portal reads it; None where the item is about other business."""
    if item.proposal_id is not None:
        return declare_on(item.proposal_id, member, kind=kind, detail=detail, at=at)
    if item.application_id is None:
        return None
    interest, _ = DeclaredInterest.objects.get_or_create(
        user=member,
        application_id=item.application_id,
        kind=kind,
        lifted_at=None,
        defaults={"detail": detail, "declared_at": at},
    )
    return interest
