"""Voting on an item and recording what was decided: one act, one transaction, one row of the register, or none."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from appointments import chain
from appointments.access import may_record
from appointments.appointing import AppointingRefused, enact
from appointments.cases import settle
from appointments.conflicts import conflicted_members, detect_again
from appointments.declaring import Interest, write
from appointments.models import AgendaItem, CommitteeSeat, Decision, Declaration, Meeting, Proposal, Vote
from appointments.proposing import obstacles, open_fitness_checks
from appointments.tallies import tally
from portal import outbox
from portal.models import User
from talent.models import Application, ConflictKind
from talent.workflow import Actor, move

Outcome, Choice = Decision.Outcome, Vote.Choice


class DecisionRefused(Exception):
    """The vote or decision breaks a rule of the committee; `str()` is fit for the screen."""


class AlreadyDecided(DecisionRefused):
    """The item has its decision; there is never a second one."""


@transaction.atomic
def cast_vote(item: AgendaItem, choice: str, *, by: User, at: dt.datetime) -> Vote:
    """A member's own vote, or another one in its place while nothing is decided. Raises DecisionRefused."""
    row = _lock(item)
    if not row.meeting.seats(at).filter(user=by).exists():
        raise DecisionRefused("You do not sit on this committee.")
    if row.meeting.closes_at is not None and at >= row.meeting.closes_at:
        raise DecisionRefused("Votes by correspondence are closed.")
    detect_again(row, [by.pk], at=at)
    if not AgendaItem.objects.visible_to(by).filter(pk=row.pk, declarations__member=by).exists():
        raise DecisionRefused("You take no part in this item.")
    vote, _ = Vote.objects.update_or_create(
        item=row, member=by, defaults={"choice": Choice(choice), "cast_at": at, "entered_by": by}
    )
    return vote


@transaction.atomic
def record_decision(
    item: AgendaItem,
    *,
    outcome: str,
    votes: Mapping[int, str],
    reason: str,
    by: User,
    at: dt.datetime,
    interests: Collection[int] = (),
) -> Decision:
    """Records what the meeting decided. Everything below happens, or nothing does.

    `votes` are those given by word of mouth, by member's id, beside the votes members cast themselves; a voter
    who had not declared is recorded as having none. `interests` are members who declared one in the room.
    In order: item and meeting locked; conflicts looked for once more; votes completed and checked (seats, conflicts,
    chair, quorum, majority); the row joins the chain; the application moves; an approved one gets its offer; the
    letter is put in the outbox.
    Raises DecisionRefused, AlreadyDecided, or talent.workflow.MoveRefused (the application moved meanwhile).
    """
    row = _lock(item)
    seats = {seat.user_id: seat for seat in row.meeting.seats(at)}
    detect_again(row, {*seats, by.pk}, at=at)
    _check_recorder(row, reason, by=by, at=at)
    if row.meeting.is_round:
        _check_round(row, seats, [*votes, *interests], at=at)
    _write_interests(row, seats, interests, by=by, at=at)
    out = conflicted_members(row, seats)
    counted = _complete_votes(row, seats, votes, out, by=by, at=at)
    chair = _presiding(row, seats, counted, out)
    _check_votes(row, counted, Outcome(outcome), chair=chair)
    facts = _facts(row, counted, outcome, by, at) | {"chair": chair, "conflicted": sorted(out), "ledgers": tally()}
    decision = chain.append(row, outcome=outcome, facts=facts, by=by, at=at, reason=reason.strip())
    _follow(row, decision, by=by, at=at)
    return decision


def rehearse_decision(item: AgendaItem, **given: Any) -> None:
    """Raises what record_decision() would raise, and leaves no trace: for the page before what cannot be undone."""
    with transaction.atomic():
        record_decision(item, **given)
        transaction.set_rollback(True)


def _lock(item: AgendaItem) -> AgendaItem:
    """The item as it stands, its meeting's acts one after another; raises where nothing can be decided any more."""
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    rows = AgendaItem.objects.select_related(
        "meeting__committee", "application__person", "proposal__seat__board", "proposal__person", "proposal__tenure"
    ).select_related("proposal__application__person", "decision")
    row = rows.get(pk=item.pk)
    if hasattr(row, "decision"):
        raise AlreadyDecided("This item has been decided already. A decision is recorded once.")
    if row.removed_at is not None:
        raise DecisionRefused("This item was taken off the agenda.")
    if row.waits_since is not None:
        raise DecisionRefused("A member has asked that this waits for a meeting; it is not decided by correspondence.")
    if row.meeting.is_round and row.meeting.sent_at is None:
        raise DecisionRefused("This round was not sent to the members.")
    if not row.meeting.is_planned:
        raise DecisionRefused(f"This meeting is “{row.meeting.get_state_display()}”; nothing more is decided at it.")
    return row


def _check_recorder(row: AgendaItem, reason: str, *, by: User, at: dt.datetime) -> None:
    if not may_record(by, row, at=at):
        raise DecisionRefused("This decision is not yours to record.")
    if not row.meeting.committee.decides_on(row.kind):
        raise DecisionRefused("By its terms of reference this committee does not decide on such an item.")
    if not row.meeting.has_come(at):
        raise DecisionRefused("A decision is recorded on the day of the meeting or after it.")
    if not reason.strip():
        raise DecisionRefused("Give the reason for the decision.")


def _check_round(
    row: AgendaItem, seats: Mapping[int, CommitteeSeat], spoken: Collection[int], *, at: dt.datetime
) -> None:
    """By correspondence nobody is in a room: votes are the members' own, and all in or their time is up."""
    if spoken:
        raise DecisionRefused("Votes by correspondence are cast by the members themselves.")
    voted = set(row.votes.values_list("member", flat=True))
    still_open = row.meeting.closes_at is not None and at < row.meeting.closes_at
    if still_open and (set(seats) - conflicted_members(row, seats) - voted):
        raise DecisionRefused("Votes are still open, and some members have not voted yet.")


def _write_interests(
    row: AgendaItem, seats: Mapping[int, CommitteeSeat], interests: Collection[int], *, by: User, at: dt.datetime
) -> None:
    _refuse_strangers(seats, interests)
    for pk in sorted(interests):
        said = Interest(ConflictKind.OTHER, "Declared at the meeting.")
        write(row, said, member=seats[pk].user, by=by, at=at, reason="Declared at the meeting.")


def _complete_votes(
    row: AgendaItem,
    seats: Mapping[int, CommitteeSeat],
    votes: Mapping[int, str],
    out: frozenset[int],
    *,
    by: User,
    at: dt.datetime,
) -> dict[int, str]:
    """The votes that count, with those given in the room written down; that of whoever is `out` is taken out."""
    _refuse_strangers(seats, votes)
    if conflicted := out.intersection(votes):
        names = ", ".join(sorted(str(seats[pk].user) for pk in conflicted))
        raise DecisionRefused(f"{names} cannot vote on this item: a conflict of interest.")
    row.votes.exclude(member__in=set(seats) - out).delete()
    cast = dict(row.votes.values_list("member", "choice"))
    if twice := [pk for pk in votes if cast.get(pk, votes[pk]) != votes[pk]]:
        raise DecisionRefused(f"{seats[twice[0]].user} has cast a different vote; only they can change it.")
    declared = set(row.declarations.values_list("member", flat=True))
    given = sorted(set(votes) - set(cast))
    Declaration.objects.bulk_create(
        Declaration(item=row, member_id=pk, interest=False, by=by, at=at, reason="Asked at the meeting.")
        for pk in given
        if pk not in declared
    )
    Vote.objects.bulk_create(
        Vote(item=row, member_id=pk, choice=Choice(votes[pk]), cast_at=at, entered_by=by) for pk in given
    )
    return {**votes, **cast}


def _refuse_strangers(seats: Mapping[int, CommitteeSeat], members: Collection[int]) -> None:
    if set(members) - set(seats):
        raise DecisionRefused("Only members who sit on the committee on the day take part.")


def _presiding(
    row: AgendaItem, seats: Mapping[int, CommitteeSeat], counted: Mapping[int, str], out: frozenset[int]
) -> int | None:
    """Who chairs this item: the chair; with a conflict or not there, the meeting's named substitute or the deputy.

    Whoever it is votes.
    """
    chair, deputy = (holder(seats, role) for role in (CommitteeSeat.Role.CHAIR, CommitteeSeat.Role.DEPUTY))
    for pk in (chair, row.meeting.substitute_id, deputy):
        if pk in counted:
            return pk
    if chair in out:
        raise DecisionRefused(
            "The chair has a conflict of interest on this item. Name who chairs in their place, and have them vote."
        )
    return chair


def holder(seats: Mapping[int, CommitteeSeat], role: str) -> int | None:
    """The member who holds that role, by id."""
    return next((pk for pk, seat in seats.items() if seat.role == role), None)


def _check_votes(row: AgendaItem, counted: Mapping[int, str], outcome: Decision.Outcome, *, chair: int | None) -> None:
    quorum = row.meeting.committee.quorum
    if len(counted) < quorum:
        raise DecisionRefused(
            f"The meeting is not quorate for this item: {len(counted)} of the {quorum} members it needs took part."
        )
    if outcome is not Outcome.DEFERRED and carried(counted, chair=chair) != (outcome is Outcome.APPROVED):
        raise DecisionRefused(f"The votes do not carry “{outcome.label}”.")


def carried(votes: Mapping[int, str], *, chair: int | None) -> bool:
    """Whether a motion passes: more for than against; the chair's own vote settles a tie."""
    cast = list(votes.values())
    pro, contra = cast.count(Choice.FOR), cast.count(Choice.AGAINST)
    return pro > contra or (pro == contra and chair is not None and votes.get(chair) == Choice.FOR)


def _facts(row: AgendaItem, counted: Mapping[int, str], outcome: str, by: User, at: dt.datetime) -> dict[str, Any]:
    """What is sealed: ids and codes only, so that nothing in it ever needs erasing."""
    return {
        "item": row.pk,
        "kind": row.kind,
        "application": row.subject.reference if row.subject else None,
        "applications": [application.reference for application in _cohort(row)],
        "proposal": row.proposal_id,
        "committee": row.meeting.committee_id,
        "meeting": row.meeting_id,
        "by_correspondence": row.meeting.is_round,
        "outcome": str(outcome),
        "quorum": row.meeting.committee.quorum,
        "votes": {str(pk): str(choice) for pk, choice in sorted(counted.items())},
        "by": by.pk,
        "at": at.astimezone(dt.UTC).isoformat(),
    }


def _cohort(row: AgendaItem) -> list[Application]:
    """Those that an item about a cohort decides together; no query for any other."""
    if row.kind != AgendaItem.Kind.SCHEME_COHORT:
        return []
    return [place.application for place in row.places.select_related("application__person")]


def _follow(row: AgendaItem, decision: Decision, *, by: User, at: dt.datetime) -> None:
    """What a decision sets going; a deferred one nothing: the application waits for another meeting."""
    if decision.outcome == Outcome.DEFERRED:
        return
    if row.proposal is not None:
        _follow_proposal(row.proposal, decision, by=by, at=at)
    applications = [row.subject] if row.subject else _cohort(row)
    for application in applications:
        _follow_application(application, decision, by=by, at=at)
    if row.proposal is not None or applications:
        outbox.enqueue("appointments.make_letter", {"decision": decision.pk}, at=at, key=f"letter:{decision.pk}")


def _follow_proposal(proposal: Proposal, decision: Decision, *, by: User, at: dt.datetime) -> None:
    """Approved: it is carried out, or nothing is recorded. Refused: its case waits for something else."""
    approved = decision.outcome == Outcome.APPROVED
    # What stood when it reached the agenda may have changed: another decision, a policy, somebody else's term. Whether
    # the checks are clear is asked by enact() itself, which holds them.
    if approved and (lacking := obstacles(proposal, day=decision.meeting.day, besides=(open_fitness_checks,))):
        raise DecisionRefused(f"This cannot be carried out: {' '.join(lacking)}")
    try:
        if approved:
            enact(proposal, decision, by=by, at=at)
        else:
            Proposal.objects.filter(pk=proposal.pk).update(settled_at=at)
    except AppointingRefused as refused:
        raise DecisionRefused(f"This cannot be carried out: {refused}") from refused
    settle(proposal, done=approved, by=by, at=at)


def _follow_application(application: Application, decision: Decision, *, by: User, at: dt.datetime) -> None:
    step = "approve" if decision.outcome == Outcome.APPROVED else "not_approved"
    application = move(
        application,
        step,
        by=by,
        actor=Actor.COMMITTEE,
        at=at,
        reason=f"Decision {decision.number} of {decision.meeting}",
    )
    if decision.outcome == Outcome.APPROVED:
        application.offer_expires_on = timezone.localdate(at) + dt.timedelta(days=settings.OFFER_OPEN_DAYS)
        application.save(update_fields=["offer_expires_on"])
        move(application, "offer", by=by, actor=Actor.COMMITTEE, at=at)
