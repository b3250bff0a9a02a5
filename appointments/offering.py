"""The term that a recommendation begins with: days that the policy allows, at the rate in force on the first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from appointments.models import RemunerationRate, Seat
from appointments.models.policy import rule_on
from appointments.terms import last_day_of

# Time for the committee to meet and for notice to be given elsewhere; staff set another day.
IN_GOOD_TIME = relativedelta(months=2, day=1)


@dataclass(frozen=True, slots=True)
class Term:
    """What is put to the committee for one person: from when to when, for how much, and on whose authority."""

    starts_on: dt.date
    ends_on: dt.date
    remuneration: int | None = None
    authority: str = ""


def rates_for(seat: Seat, day: dt.date) -> list[RemunerationRate]:
    """What is on record for the seat's role on `day`; none where the trust sets its own. One query at most."""
    if not seat.board.body_appoints:
        return []
    return list(RemunerationRate.objects.in_force(day).filter(role=seat.role))


def standard_pay(rates: Iterable[RemunerationRate]) -> int | None:
    """The one amount, or the middle of the one range; None where it depends on the size of the trust."""
    known = list(rates)
    return (known[0].amount or known[0].median) if len(known) == 1 else None


def suggested_term(seat: Seat, *, day: dt.date) -> Term | None:
    """From the first of a month in good time, as long as the policy allows; None when no policy is on record."""
    starts_on = day + IN_GOOD_TIME
    rule = rule_on(starts_on, foundation_trust=not seat.board.body_appoints)
    if rule is None:
        return None
    return Term(starts_on, last_day_of(starts_on, rule.term_months), standard_pay(rates_for(seat, starts_on)))
