"""What the policy on terms has against a term: a proposed one, or each that stands of one person on one board."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from appointments import terms
from appointments.models import Appointment, Proposal, Seat, Tenure
from appointments.models.policy import RuleOn, rule_on, rules_of
from appointments.terms import Rule
from portal.words import long_date


class BeyondThePolicy(Exception):
    """A term that stands would be beyond the policy without its justification; `str()` is fit for the screen."""


def faults(
    proposal: Proposal,
    seat: Seat,
    served: Iterable[Tenure],
    starts_on: dt.date,
    ends_on: dt.date,
    running: Tenure | None,
) -> Iterator[str]:
    """By the policy in force on `starts_on` and its own clock, with what `proposal` says in justification.

    `served` are the person's tenures that count, their seats loaded; `running` is the one that grows: it is one term,
    from its own first day. One query.
    """
    rule = rule_on(starts_on, foundation_trust=not seat.board.body_appoints)
    yield from _faults_by(rule, proposal, seat, served, starts_on, ends_on, running)


def _faults_by(
    rule: Rule | None,
    proposal: Proposal,
    seat: Seat,
    served: Iterable[Tenure],
    starts_on: dt.date,
    ends_on: dt.date,
    running: Tenure | None,
) -> Iterator[str]:
    if rule is None:
        yield f"No policy on terms is on record for {long_date(starts_on)}."
        return
    first = running.starts_on if running else starts_on
    others = [t for t in served if t.seat.board_id == seat.board_id and (running is None or t.pk != running.pk)]
    spells = [tenure.spell(until=first) for tenure in others]
    wanted = terms.Proposal(first, ends_on, proposal.exceptional, has_review=proposal.reviewed_on is not None)
    yield from terms.faults(spells, rule, wanted, board_id=seat.board_id, post=seat.role)


@contextmanager
def within_the_policy(person_id: int, board_id: int) -> Iterator[None]:
    """What is done inside gives no standing term of that person on that board a fault that it did not have.

    The term itself is not enough: one that is put before another moves the day on which the other's limit is reached.
    Raises BeyondThePolicy. Hold the chain meanwhile, so that nobody adds to the same service.
    """
    before = standing_faults(person_id, board_id)
    yield
    if new := standing_faults(person_id, board_id) - before:
        raise BeyondThePolicy(" ".join(sorted({fault for _, fault in new})))


def standing_faults(person_id: int, board_id: int) -> frozenset[tuple[int, str]]:
    """(decision, fault) of every term that stands, each with those that began before it. Three queries at most."""
    rows = Appointment.objects.standing().filter(person=person_id, board=board_id)
    terms_that_stand = list(rows.select_related("seat__board", "tenure", "decision__item__proposal"))
    if not terms_that_stand:
        return frozenset()
    tenures = list(Tenure.objects.filter(person=person_id, seat__board=board_id).select_related("seat"))
    rules = rules_of(foundation_trust=not terms_that_stand[0].seat.board.body_appoints)
    return frozenset((row.decision_id, fault) for row in terms_that_stand for fault in _faults_of(row, tenures, rules))


def _faults_of(row: Appointment, tenures: list[Tenure], rules: RuleOn) -> Iterator[str]:
    proposal = row.decision.item.proposal
    if proposal is None or not proposal.is_term or row.ends_on is None:
        return
    grows = row.kind == Appointment.Kind.EXTENSION
    first = row.tenure.starts_on if grows else row.starts_on
    served = [tenure for tenure in tenures if tenure.starts_on < first and tenure.pk != row.tenure_id]
    running = row.tenure if grows else None
    yield from _faults_by(rules(row.starts_on), proposal, row.seat, served, row.starts_on, row.ends_on, running)
