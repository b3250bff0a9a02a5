"""Two secretaries at once, on two real connections: one decision an item, one unbroken chain."""

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from appointments import chain, policies
from appointments.agenda import cancel_meeting, remove_item
from appointments.appointing import correct_appointment
from appointments.decisions import AlreadyDecided, DecisionRefused, record_decision
from appointments.declaring import Interest, declare
from appointments.models import Appointment, Decision, Seat, Tenure, Vote
from appointments.preparing import AgendaRefused
from appointments.seating import correct_tenure
from portal.models import Job, Role
from talent.models import State
from tests.appointments.conftest import Sitting, a_sitting
from tests.factories.appointments import AgendaItemFactory
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import member
from tests.factories.proposals import decided, proposed

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Runs the acts at one moment, each on its own connection; what each gave, or the exception it raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def deciding(sitting: Sitting, item: Any, outcome: str = "approved", choice: str = "for") -> Callable[[], Decision]:
    return lambda: record_decision(
        item,
        outcome=outcome,
        votes=dict.fromkeys(sitting.all_for, choice),
        reason="Agreed.",
        by=sitting.secretary,
        at=timezone.now(),
    )


def kinds(results: list[Any]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_two_decisions_on_one_item_are_one():
    sitting = a_sitting()

    results = at_once(deciding(sitting, sitting.item), deciding(sitting, sitting.item, "not_approved", "against"))

    assert kinds(results) == ["AlreadyDecided", "Decision"]
    assert Decision.objects.count() == 1
    sitting.item.application.refresh_from_db()
    won = Decision.objects.get().outcome
    assert sitting.item.application.state == {"approved": State.OFFERED, "not_approved": State.UNSUCCESSFUL}[won]
    assert Job.objects.filter(kind="appointments.make_letter").count() == 1


def test_decisions_on_different_items_and_meetings_make_one_chain():
    one, other = a_sitting(), a_sitting()
    second = AgendaItemFactory(meeting=one.meeting)

    results = at_once(deciding(one, one.item), deciding(one, second), deciding(other, other.item))

    assert kinds(results) == ["Decision", "Decision", "Decision"]
    assert sorted(Decision.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert chain.first_fault(Decision.objects.order_by("number")) is None


def test_cancelling_and_deciding_do_not_both_happen():
    sitting = a_sitting()

    results = at_once(
        deciding(sitting, sitting.item),
        lambda: cancel_meeting(sitting.meeting, by=sitting.secretary, at=timezone.now()),
    )

    sitting.meeting.refresh_from_db()
    assert (sitting.meeting.state, Decision.objects.count()) in {("cancelled", 0), ("planned", 1)}
    assert [type(r) for r in results if isinstance(r, Exception)] in ([DecisionRefused], [AgendaRefused])


def test_removing_and_deciding_do_not_both_happen():
    sitting = a_sitting()

    at_once(
        deciding(sitting, sitting.item),
        lambda: remove_item(sitting.item, by=sitting.secretary, at=timezone.now()),
    )

    sitting.item.refresh_from_db()
    assert (sitting.item.removed_at is None) == (Decision.objects.count() == 1)


def test_an_interest_declared_during_the_decision_is_in_it_or_after_it():
    sitting = a_sitting()
    said = {sitting.item.pk: Interest("personal")}
    votes = {sitting.chair.pk: "for", sitting.ann.pk: "for"}

    at_once(
        lambda: declare(sitting.meeting, said, by=sitting.ben, at=timezone.now()),
        lambda: record_decision(
            sitting.item, outcome="approved", votes=votes, reason="Yes.", by=sitting.secretary, at=timezone.now()
        ),
    )

    decision = Decision.objects.get()
    assert set(Vote.objects.values_list("member", flat=True)) == set(votes)
    assert decision.facts["conflicted"] in ([], [sitting.ben.pk])


def test_a_retried_request_is_told_that_it_was_decided():
    sitting = a_sitting()
    deciding(sitting, sitting.item)()

    with pytest.raises(AlreadyDecided, match="A decision is recorded once"):
        deciding(sitting, sitting.item)()


@contextmanager
def waiting_for_the_chain(act: Callable[[], Any]) -> Iterator[None]:
    """`act` on a connection of its own, which has come as far as the chain and waits there; done when this ends."""
    with ThreadPoolExecutor(1) as pool, transaction.atomic(), connection.cursor() as cursor:
        chain.hold()
        other = pool.submit(at_once, act)
        while True:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone() == (1,):
                break
            assert not other.done(), other.result()
        yield
    assert not isinstance(other.result()[0], Exception), other.result()


@pytest.mark.parametrize("what", ["tenure", "appointment"])
def test_a_correction_that_waits_for_a_decision_holds_nothing_that_the_decision_needs(what: str):
    """A decision has the chain before it locks the seat: the other way round the two would wait for each other."""
    policies.load()
    loaded = seated(SeatFactory(), "2015-04-01", "2018-03-31", person=somebody())
    decided(proposed(loaded, starts_on=dt.date(2018, 4, 1), ends_on=dt.date(2021, 3, 31)))
    row, said = Appointment.objects.get(), {"by": member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "A slip."}

    def correct() -> object:
        if what == "appointment":
            return correct_appointment(row, ends_on=dt.date(2021, 3, 30), **said)
        days = {"starts_on": dt.date(2015, 5, 1), "ends_on": loaded.ends_on}
        return correct_tenure(loaded, person=loaded.person, source=loaded.source, **days, **said)

    with waiting_for_the_chain(correct):
        seats = list(Seat.objects.select_for_update(nowait=True))
        tenures = list(Tenure.objects.select_for_update(nowait=True, of=("self",)))
        appointments = list(Appointment.objects.select_for_update(nowait=True, of=("self",)))

    assert (len(seats), len(tenures), len(appointments)) == (1, 2, 1)
