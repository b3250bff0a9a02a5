"""Conflicts of interest on an agenda: declared by a member, or found from what the portal knows."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Q

from appointments.models import AgendaItem, Meeting, Proposal, ProposalInterest
from appointments.proposal_conflicts import declare_on, with_interest, write_found
from appointments.shared_places import Found, Matter, found_in
from portal.models import User
from talent.conflicts import employers_of
from talent.models import Application, ConflictKind, DeclaredInterest, Person, Review, conflict_policy_on
from talent.models.application import ApplicationQuerySet

SCHEMES = (AgendaItem.Kind.SCHEME_PLACE, AgendaItem.Kind.SCHEME_COHORT)


def conflicted_members(item: AgendaItem, members: Iterable[int]) -> frozenset[int]:
    """Those of `members` who take no part in `item`. The same rule as ItemQuerySet.free_of_conflict, by item."""
    ids, out = set(members), set[int]()
    proposal = item.proposal
    if item.kind in SCHEMES or item.application_id or (proposal is not None and proposal.application_id):
        about = applications_of(item)
        interests = DeclaredInterest.objects.in_force().filter(application__in=about, user__in=ids)
        out |= set(interests.values_list("user", flat=True))
        out |= _accounts_of(about.values_list("person", flat=True), ids)
    if proposal is not None:
        out |= with_interest(proposal.pk, ids) | _accounts_of([proposal.person_id], ids)
    elif item.application_id is None:
        said = item.declarations.filter(interest=True, member__in=ids)
        out |= set(said.values_list("member", flat=True))
    return frozenset(out)


def _accounts_of(records: Iterable[int], users: set[int]) -> set[int]:
    """Those of `users` who sign in for these records, or for one merged with them."""
    accounts = Person.objects.same_as(*records).filter(user__in=users)
    return set(accounts.values_list("user", flat=True))


def applications_of(item: AgendaItem) -> ApplicationQuerySet:
    """The application that an item is about, those of its cohort, and its proposal's."""
    one = Q(pk=item.application_id) if item.application_id else Q(pk=None)
    theirs = Q(proposals=item.proposal_id) if item.proposal_id else Q(pk=None)
    return Application.objects.filter(one | theirs | Q(places__item=item)).distinct()


def detect(meeting: Meeting, *, at: dt.datetime) -> None:
    """Writes down every conflict that the portal can see between the members and what is before `meeting`."""
    members, items = list(meeting.seats(at).values_list("user", flat=True)), meeting.items.standing()
    proposals = Proposal.objects.filter(items__in=items)
    write_found(proposals.select_related("person", "seat__board"), members, at=at)
    _write_found(Q(agenda_items__in=items) | Q(places__item__in=items), members, at=at)


def detect_again(item: AgendaItem, users: Iterable[int], *, at: dt.datetime) -> None:
    """The same for one item at the moment of an act: an employer or a seat may have changed since the papers went.

    The item comes with its proposal's person, seat and board.
    """
    if item.proposal is not None:
        write_found([item.proposal], users, at=at)
    elif item.kind in SCHEMES:
        _write_found(Q(agenda_items=item) | Q(places__item=item), list(users), at=at)


def _write_found(before_it: Q, members: list[int], *, at: dt.datetime) -> None:
    applications = Application.objects.filter(before_it).distinct().select_related("person", "question_set")
    if not (found := _found(list(applications.order_by("pk")), members, at=at)):
        return
    # Once lifted by somebody else, a detected conflict is not raised again.
    known = DeclaredInterest.objects.filter(Q(lifted_at=None) | Q(source=DeclaredInterest.Source.DETECTED))
    stands = set(known.filter(application__in=applications.values("pk")).values_list("user", "application", "kind"))
    new: dict[tuple[int, int, str], DeclaredInterest] = {}
    for each in found:
        key = each.user, each.matter, str(each.kind)
        if key not in stands and key not in new:
            new[key] = DeclaredInterest(
                user_id=each.user,
                application_id=each.matter,
                kind=each.kind,
                source=DeclaredInterest.Source.DETECTED,
                detail=each.why,
                declared_at=at,
            )
    # Two acts at one moment find the same: the second waits for the first and leaves it at what that one wrote; in one
    # order, so that neither waits for the other.
    DeclaredInterest.objects.bulk_create([new[key] for key in sorted(new)], ignore_conflicts=True)


def _found(applications: list[Application], members: list[int], *, at: dt.datetime) -> list[Found]:
    """The same as for proposals: what an applicant's posts, boards, answers and relationships show, and reviews."""
    if not applications:
        return []
    policy = conflict_policy_on(at.date())
    told = employers_of(applications, since=policy.counts_from(at.date()))
    matters = [Matter(each.pk, each.person, frozenset(told[each.pk])) for each in applications]
    found = found_in(matters, members, policy, own="Their own application.", at=at)
    return [*found, *_reviewed(members, applications)]


def _reviewed(members: list[int], applications: list[Application]) -> Iterator[Found]:
    read = Review.objects.filter(application__in=applications, reviewer__in=members, withdrawn_at=None)
    for reviewer, application in read.values_list("reviewer", "application"):
        yield Found(reviewer, application, ConflictKind.OTHER, "Reviewed the application.")


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
