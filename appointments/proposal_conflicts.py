"""Conflicts that records alone show between people and the proposals about seats; written down once each.

Found: what shared_places.py reads, and the panel and the reviewers behind it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from appointments.access import is_secretariat
from appointments.models import AgendaItem, PanelMember, Proposal, ProposalInterest
from appointments.shared_places import Found, Matter, found_in
from portal.models import User
from portal.names import folded
from talent.conflicts import employers_of
from talent.models import Application, ConflictKind, Review, conflict_policy_on


class LiftRefused(Exception):
    """The conflict is not this person's to lift; `str()` is fit for the screen."""


def found_about(proposals: Iterable[Proposal], users: Iterable[int], *, at: dt.datetime) -> list[Found]:
    """Every conflict between these proposals and these users, by the proposal’s id. Fourteen queries at most.

    Proposals come with person, seat and board. Whoever has a recorded relationship is named too, asked for or not.
    """
    rows, ids, policy = list(proposals), list(users), conflict_policy_on(at.date())
    if not rows:
        return []
    behind = Application.objects.filter(proposals__in=rows).select_related("question_set").distinct()
    told = (
        employers_of(list(behind), since=policy.counts_from(at.date())) if any(p.application_id for p in rows) else {}
    )
    matters = [
        Matter(p.pk, p.person, frozenset({folded(p.seat.board.name)} | told.get(p.application_id or 0, set())))
        for p in rows
    ]
    found = found_in(matters, ids, policy, own="It is about them.", at=at)
    return [*found, *_panel(rows, ids), *_reviewed(rows, ids)]


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


def write_found(proposals: Iterable[Proposal], users: Iterable[int], *, at: dt.datetime) -> None:
    """Writes down what is not known yet. Once lifted by somebody else, a detected conflict is not raised again."""
    rows = list(proposals)
    if not (found := found_about(rows, users, at=at)):
        return
    known = ProposalInterest.objects.filter(Q(lifted_at=None) | Q(source=ProposalInterest.Source.DETECTED))
    stands = set(known.filter(proposal__in=rows).values_list("user", "proposal", "kind"))
    new: dict[tuple[int, int, str], ProposalInterest] = {}
    for each in found:
        key = each.user, each.matter, str(each.kind)
        if key not in stands and key not in new:
            new[key] = ProposalInterest(
                user_id=each.user,
                proposal_id=each.matter,
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
