"""A concern recorded while the committee decides: before the appointment, which then does not start, or after it."""

import pytest
from django.utils import timezone

from appointments import frameworks, policies
from appointments.agenda import add_proposals
from appointments.checking import record_result
from appointments.decisions import DecisionRefused, record_decision
from appointments.models import Appointment, Check, CheckSet, Tenure
from portal.models import Role
from tests.appointments.test_concurrency import at_once
from tests.factories.appointments import MeetingFactory, committee_of
from tests.factories.boards import SeatFactory
from tests.factories.portal import member
from tests.factories.proposals import proposed_new

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_appointment_starts_after_a_concern():
    policies.load()
    frameworks.load()
    proposal = proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", remuneration=6157)
    secretary, other = member(Role.TALENT_TEAM), member(Role.TALENT_TEAM)
    meeting = MeetingFactory(committee=committee_of(3)[0])
    [item] = add_proposals(meeting, [proposal], by=secretary, at=timezone.now())
    votes = dict.fromkeys(meeting.seats(timezone.now()).values_list("user", flat=True), "for")
    check_set, now, facts = CheckSet.objects.get(), timezone.now(), {"done_on": timezone.localdate(), "reason": "Look."}

    results = at_once(
        lambda: record_decision(item, outcome="approved", votes=votes, reason="Good.", by=secretary, at=now),
        lambda: record_result(check_set, "references", "concern", by=other, at=now, **facts),
    )

    concern = Check.objects.get(result="concern")
    refused = isinstance(results[0], DecisionRefused)
    assert results[1] == concern
    assert (Appointment.objects.count(), Tenure.objects.count()) == ((0, 0) if refused else (1, 1))
    assert [type(r) for r in results if isinstance(r, Exception)] in ([], [DecisionRefused])
    assert CheckSet.objects.get().open_count == 1
