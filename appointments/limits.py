"""What the policy on terms has against a term: a proposed one, or each that stands of one person on one board."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from appointments import terms
from appointments.models import Appointment, Proposal, Seat, Tenure
from appointments.models.policy import RuleOn, rule_on, rules_of
from appointments.terms import Fault, Rule
from portal.words import long_date
from talent.models import Person


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
    for fault in _faults_by(rule, proposal, seat, served, starts_on, ends_on, running):
        yield fault.says


def _faults_by(
    rule: Rule | None,
    proposal: Proposal,
    seat: Seat,
    served: Iterable[Tenure],
    starts_on: dt.date,
    ends_on: dt.date,
    running: Tenure | None,
) -> Iterator[Fault]:
    if rule is None:
        yield Fault("policy", f"No policy on terms is on record for {long_date(starts_on)}.")
        return
    first = running.starts_on if running else starts_on
    others = [t for t in served if t.seat.board_id == seat.board_id and (running is None or t.pk != running.pk)]
    spells = [tenure.spell(until=first) for tenure in others]
    wanted = terms.Proposal(first, ends_on, proposal.exceptional, has_review=proposal.reviewed_on is not None)
    yield from terms.faults(spells, rule, wanted, board_id=seat.board_id, post=seat.role)


# (decision, kind of fault) -> the fault, of terms that stand.
Standing = Mapping[tuple[int, str], Fault]


@contextmanager
def within_the_policy(person_id: int, board_id: int) -> Iterator[None]:
    """What is done inside gives no standing term of that person on that board a fault that it did not have, nor more
    of one that it had.

    The term itself is not enough: one that is put before another moves the day on which the other's limit is reached.
    Raises BeyondThePolicy. Hold the chain meanwhile, so that nobody adds to the same service.
    """
    before = standing_faults(person_id, board_id)
    yield
    if new := grown(before, standing_faults(person_id, board_id)):
        raise BeyondThePolicy(in_words(new))


def grown(before: Standing, after: Standing) -> Standing:
    """Those of `after` that were not there before, or by fewer days."""
    return {key: fault for key, fault in after.items() if key not in before or fault.days > before[key].days}


def in_words(found: Standing) -> str:
    return " ".join(sorted({fault.says for fault in found.values()}))


def standing_faults(person_id: int, board_id: int) -> Standing:
    """What there is against every term that stands, each with those that began before it. Three queries at most.

    Whatever record of the person they stand at.
    """
    them = Person.objects.same_as(person_id).values("pk")
    rows = Appointment.objects.standing().filter(person__in=them, board=board_id)
    terms_that_stand = list(rows.select_related("seat__board", "tenure", "decision__item__proposal"))
    if not terms_that_stand:
        return {}
    tenures = list(Tenure.objects.filter(person__in=them, seat__board=board_id).select_related("seat"))
    rules = rules_of(foundation_trust=not terms_that_stand[0].seat.board.body_appoints)
    found = ((row.decision_id, fault) for row in terms_that_stand for fault in _faults_of(row, tenures, rules))
    return {(decision, fault.kind): fault for decision, fault in found}


def _faults_of(row: Appointment, tenures: list[Tenure], rules: RuleOn) -> Iterator[Fault]:
    proposal = row.decision.item.proposal
    if proposal is None or not proposal.is_term or row.ends_on is None:
        return
    grows = row.kind == Appointment.Kind.EXTENSION
    first = row.tenure.starts_on if grows else row.starts_on
    served = [tenure for tenure in tenures if tenure.starts_on < first and tenure.pk != row.tenure_id]
    running = row.tenure if grows else None
    yield from _faults_by(rules(row.starts_on), proposal, row.seat, served, row.starts_on, row.ends_on, running)
