"""Fit and proper checks for tests: `fit(person, seat)` has every check clear, `a_set(person, seat)` has all open."""

import datetime as dt

from django.utils import timezone

from appointments.checking import open_checks, record_all_clear
from appointments.fitness import framework_on
from appointments.models import CheckSet, Proposal, Seat
from portal.models import Role
from talent.models import Person
from tests.factories.portal import member


def fit(person: Person, seat: Seat, *, on: dt.date) -> CheckSet:
    """All that the framework in force on `on` asks for was found clear today; frameworks must be loaded."""
    today, by = timezone.localdate(), member(Role.TALENT_TEAM)
    [found] = record_all_clear(
        [(person, seat)], on=on, done_on=today, by=by, at=timezone.now(), reason="Checked for a test."
    )
    return found


def fit_for(proposal: Proposal) -> Proposal:
    """Whom it appoints is shown to be fit, where a framework is on record for the first day."""
    first = proposal.starts_on
    if proposal.kind in Proposal.APPOINTS and first is not None and framework_on(first) is not None:
        fit(proposal.person, proposal.seat, on=first)
    return proposal


def a_set(person: Person, seat: Seat, *, on: dt.date) -> CheckSet:
    """Opened by the talent team, with nothing recorded yet."""
    return open_checks(person, seat, on=on, by=member(Role.TALENT_TEAM), at=timezone.now())
