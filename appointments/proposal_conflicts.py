"""Conflicts that records alone show between people and the proposals about seats; written down once each.

Found: the person it is about, a shared employer or trust (posts, memberships, seats on boards; now or in the last two
years), the panel behind it, and a relationship that staff have recorded, however long ago it began.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Q

from appointments.access import is_secretariat
from appointments.models import AgendaItem, PanelMember, Proposal, ProposalInterest, Relationship, Tenure
from portal.models import Membership, Organisation, User
from portal.names import folded
from talent.conflicts import LOOK_BACK
from talent.models import ConflictKind, PostHeld, Review

# By the folded name of an employer or trust: what kind of conflict it makes, and how it is told.
Places = Mapping[str, tuple[ConflictKind, str]]


class LiftRefused(Exception):
    """The conflict is not this person's to lift; `str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class Found:
    """Why one person takes no part in one proposal."""

    user: int
    proposal: int
    kind: ConflictKind
    why: str


def found_about(proposals: Iterable[Proposal], users: Iterable[int], *, at: dt.datetime) -> list[Found]:
    """Every conflict between these proposals and these users. Eight queries, however many.

    Proposals come with person, seat and board. Whoever has a recorded relationship is named too, asked for or not.
    """
    rows, ids = list(proposals), list(users)
    people, places = _places_of_people(rows, at), _places_of_users(ids, at)
    found = []
    for proposal in rows:
        if proposal.person.user_id in ids:
            found.append(Found(proposal.person.user_id, proposal.pk, ConflictKind.PERSONAL, "It is about them."))
        theirs = people[proposal.person_id] | {folded(proposal.seat.board.name)}
        found += [f for user in ids if user != proposal.person.user_id for f in _shared(proposal, user, theirs, places)]
    return [*found, *_panel(rows, ids), *_reviewed(rows, ids), *_related(rows, at)]


def _shared(proposal: Proposal, user: int, theirs: set[str], places: Mapping[int, Places]) -> Iterator[Found]:
    """One conflict, by the first name in order: one is enough."""
    for name in sorted(theirs & places[user].keys())[:1]:
        kind, why = places[user][name]
        yield Found(user, proposal.pk, kind, why)


def _places_of_people(rows: list[Proposal], at: dt.datetime) -> dict[int, set[str]]:
    """Folded names of where each person works or lately worked, and of the boards they sit or lately sat on."""
    ids, places = {p.person_id for p in rows}, defaultdict(set)
    for person, employer in _recent_posts(at).filter(person__in=ids).values_list("person", "employer"):
        places[person].add(folded(employer))
    for person, board in _recent_tenures(at).filter(person__in=ids).values_list("person", "seat__board__name"):
        places[person].add(folded(board))
    return places


def _places_of_users(users: list[int], at: dt.datetime) -> dict[int, dict[str, tuple[ConflictKind, str]]]:
    """Where each user works or lately worked, acts and sits; what weighs most is written last."""
    places: dict[int, dict[str, tuple[ConflictKind, str]]] = {user: {} for user in users}
    for user, employer in _recent_posts(at).filter(person__user__in=users).values_list("person__user", "employer"):
        places[user][folded(employer)] = ConflictKind.EMPLOYER, f"Both at {employer}, now or in the last two years."
    acting = Membership.objects.in_force(at).filter(user__in=users, organisation__kind__in=Organisation.TRUST_KINDS)
    for user, trust in acting.values_list("user", "organisation__name"):
        places[user][folded(trust)] = ConflictKind.SAME_TRUST, f"Acts for {trust}."
    seats = _recent_tenures(at).filter(person__user__in=users).order_by("ends_on", "pk")
    for user, trust, ends_on in seats.values_list("person__user", "seat__board__name", "ends_on"):
        sits = ends_on is None or ends_on >= at.date()
        why = f"Sits on the board of {trust}." if sits else f"Sat on the board of {trust} in the last two years."
        places[user][folded(trust)] = ConflictKind.SAME_TRUST, why
    return places


def _recent_posts(at: dt.datetime) -> models.QuerySet[PostHeld]:
    return PostHeld.objects.filter(Q(ended_on=None) | Q(ended_on__gte=(at - LOOK_BACK).date()))


def _recent_tenures(at: dt.datetime) -> models.QuerySet[Tenure]:
    """As long ago as an employer counts: a seat given up last month is no less an interest than a post."""
    return Tenure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=(at - LOOK_BACK).date()), starts_on__lte=at.date())


def _panel(rows: list[Proposal], users: list[int]) -> Iterator[Found]:
    behind = {p.application_id: p.pk for p in rows if p.application_id is not None}
    sat = PanelMember.objects.filter(campaign__intake__applications__in=behind, user__in=users)
    for user, application in sat.values_list("user", "campaign__intake__applications").distinct():
        if application in behind:
            yield Found(user, behind[application], ConflictKind.OTHER, "Sat on the panel that recommended it.")


def _reviewed(rows: list[Proposal], users: list[int]) -> Iterator[Found]:
    behind = {p.application_id: p.pk for p in rows if p.application_id is not None}
    read = Review.objects.filter(application__in=behind, reviewer__in=users, withdrawn_at=None)
    for user, application in read.values_list("reviewer", "application"):
        yield Found(user, behind[application], ConflictKind.OTHER, "Reviewed the application behind it.")


def _related(rows: list[Proposal], at: dt.datetime) -> Iterator[Found]:
    people = {p.person_id for p in rows}
    known = Relationship.objects.in_force(at).select_related("person", "user__person")
    pairs = defaultdict(list)
    for row in known.filter(Q(person__in=people) | Q(user__person__in=people)):
        pairs[row.person_id].append((row.user_id, row))
        if row.person.user_id is not None and hasattr(row.user, "person"):
            pairs[row.user.person.pk].append((row.person.user_id, row))
    for proposal in rows:
        for user, row in pairs[proposal.person_id]:
            yield Found(user, proposal.pk, ConflictKind(row.kind), row.detail)


def write_found(proposals: Iterable[Proposal], users: Iterable[int], *, at: dt.datetime) -> None:
    """Writes down what is not known yet. Once lifted by somebody else, a detected conflict is not raised again."""
    rows = list(proposals)
    known = ProposalInterest.objects.filter(Q(lifted_at=None) | Q(source=ProposalInterest.Source.DETECTED))
    stands = set(known.filter(proposal__in=rows).values_list("user", "proposal", "kind"))
    new: dict[tuple[int, int, str], ProposalInterest] = {}
    for each in found_about(rows, users, at=at):
        key = each.user, each.proposal, str(each.kind)
        if key not in stands and key not in new:
            new[key] = ProposalInterest(
                user_id=each.user,
                proposal_id=each.proposal,
                kind=each.kind,
                detail=each.why,
                source=ProposalInterest.Source.DETECTED,
                declared_at=at,
            )
    # Two votes at one moment find the same: the second waits for the first and leaves it at that; in one order, so that
    # neither waits for the other.
    ProposalInterest.objects.bulk_create([new[key] for key in sorted(new)], ignore_conflicts=True)


def with_interest(proposal_id: int, users: Iterable[int]) -> frozenset[int]:
    """Those of `users` with an interest in force in the proposal, declared or detected."""
    rows = ProposalInterest.objects.in_force().filter(proposal=proposal_id, user__in=list(users))
    return frozenset(rows.values_list("user", flat=True))


def declare_on(proposal_id: int, user: User, *, kind: str, detail: str, at: dt.datetime) -> ProposalInterest:
    interest, _ = ProposalInterest.objects.get_or_create(
        user=user,
        proposal_id=proposal_id,
        kind=kind,
        lifted_at=None,
        defaults={"detail": detail, "declared_at": at},
    )
    return interest


@transaction.atomic
def lift(interest: ProposalInterest, *, by: User, at: dt.datetime, reason: str) -> ProposalInterest:
    """Ends a conflict that was found not to be one. Never one's own, nor on a proposal that one may not see."""
    row = ProposalInterest.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=interest.pk)
    sees = Proposal.objects.visible_to(by).filter(pk=row.proposal_id).exists()
    if row.user_id == by.pk or not is_secretariat(by) or not sees:
        raise LiftRefused("Nobody lifts their own conflict. Ask somebody else in the talent team.")
    if not reason.strip():
        raise LiftRefused("Give the reason; it is kept with the conflict.")
    if AgendaItem.objects.filter(proposal=row.proposal_id, decision__isnull=False).exclude(
        decision__outcome="deferred"
    ):
        raise LiftRefused("This has been decided. Who took no part in it stays as it was.")
    if row.lifted_at is None:
        row.lifted_at, row.lifted_by, row.lift_reason = at, by, reason.strip()
        row.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    return row
