"""The daily round: offers are reminded of once, closed after their last day, and answered ones left in peace."""

import datetime as dt
from contextlib import nullcontext

import pytest
from django.core import mail
from django.utils import timezone

from portal import outbox, periodic
from portal.models import Job, Role
from talent import drafts, offers
from talent.applying import answer_offer
from talent.casework import extend_deadline
from talent.models import ApplicationEvent, State
from talent.rounds import DAILY
from talent.tasks import with_deadlines
from talent.workflow import MoveRefused
from tests.factories.portal import member
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def offered(*, days):
    return ApplicationFactory(state=State.OFFERED, offer_expires_on=TODAY + dt.timedelta(days=days))


def work():
    while outbox.run_next(at=timezone.now()):
        pass


def state_of(application):
    application.refresh_from_db()
    return application.state


@pytest.mark.parametrize(("days", "expected"), [(-1, State.LAPSED), (0, State.OFFERED), (1, State.OFFERED)])
def test_an_offer_closes_on_the_day_after_its_last(days, expected):
    application = offered(days=days)

    closed = offers.lapse(at=NOW)

    assert (state_of(application), closed) == (expected, int(expected == State.LAPSED))


def test_a_closed_offer_says_why_and_tells_the_applicant():
    application = offered(days=-1)

    offers.lapse(at=NOW)
    work()

    event = ApplicationEvent.objects.get(application=application, transition="lapse_offer")
    assert (event.by, event.reason) == (None, f"Not answered by {application.offer_expires_on:%-d %B %Y}")
    assert [message.to for message in mail.outbox] == [[application.person.email]]


def test_an_offer_is_reminded_of_once_in_its_last_three_days():
    application = offered(days=3)
    offered(days=4)

    offers.remind(at=NOW)
    offers.remind(at=NOW + dt.timedelta(hours=5))
    work()

    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([application.person.email], f"Please answer your offer: {application.reference}")
    ]


def test_an_answered_offer_is_not_reminded_of():
    application = offered(days=2)
    offers.remind(at=NOW)
    type(application).objects.filter(pk=application.pk).update(state=State.ACCEPTED)

    work()

    assert mail.outbox == []


def test_the_worker_is_asked_for_one_round_a_day():
    # The asking process remembers its slot; a fresh one asks again, and the key keeps it to one.
    for _ in range(2):
        periodic._asked.clear()
        periodic.enqueue_due(at=NOW)

    assert Job.objects.filter(kind=DAILY).count() == 1


def test_the_round_closes_what_is_late():
    application = offered(days=-1)
    outbox.enqueue(DAILY, {}, at=NOW)

    work()

    assert state_of(application) == State.LAPSED


@pytest.mark.parametrize(("days", "expected"), [(-1, State.OFFERED), (0, State.ACCEPTED)])
def test_an_offer_is_accepted_until_the_end_of_its_last_day(days, expected):
    application = offered(days=days)

    with nullcontext() if expected == State.ACCEPTED else pytest.raises(MoveRefused):
        answer_offer(application, accept=True, by=application.person.user, at=NOW)

    assert state_of(application) == expected


def test_a_draft_given_more_time_meanwhile_is_not_closed():
    intake = IntakeFactory(opens_at=NOW - dt.timedelta(days=40), closes_at=NOW - dt.timedelta(days=9))
    application = ApplicationFactory(state=State.DRAFT, intake=intake)
    read_before = with_deadlines(type(application).objects.all()).get()
    staff = member(Role.TALENT_TEAM)
    extend_deadline(application, until=NOW + dt.timedelta(days=2), by=staff, at=NOW, reason="Illness")

    closed = drafts._lapsed(read_before, NOW)

    assert (state_of(application), closed) == (State.DRAFT, False)
