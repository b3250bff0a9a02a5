"""Beside and after the form: adjustments, withdrawing, offers, feedback, complaints, and the applicant's own words."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import Job
from portal.outbox import run_next
from portal.worklist import entries_for
from talent.applying import complain
from talent.models import Adjustment, Application, ApplicationEvent, Complaint, Feedback, State
from talent.progress import timeline
from tests.factories.portal import UserFactory, sign_in
from tests.factories.talent import ApplicationEventFactory, ApplicationFactory

pytestmark = pytest.mark.django_db


def signed_in(client: Client, **kwargs) -> Application:
    application = ApplicationFactory(**kwargs)
    sign_in(client, application.person.user)
    return application


def url(name: str, application: Application, *more: str) -> str:
    return reverse(f"talent:{name}", args=[application.reference, *more])


def test_an_adjustment_is_asked_and_a_new_wish_waits_for_a_new_answer(client: Client):
    application = signed_in(client, state=State.REVIEW)
    client.post(url("adjustment_edit", application), {"needs": "Large print", "guaranteed_interview": "on"})
    Adjustment.objects.update(answer="Yes", answered_at=timezone.now())
    assert "Yes" in client.get(url("application_detail", application)).text

    client.post(url("adjustment_edit", application), {"needs": "Large print and a lift"})

    asked = Adjustment.objects.get()
    assert (asked.needs, asked.guaranteed_interview, asked.answered_at) == ("Large print and a lift", False, None)


def test_a_scheme_without_guaranteed_interview_does_not_offer_it(client: Client):
    application = signed_in(client, intake__scheme__guaranteed_interview=False)

    assert "guaranteed interview" not in client.get(url("adjustment_edit", application)).text
    client.post(url("adjustment_edit", application), {"needs": "Lift", "guaranteed_interview": "on"})

    assert Adjustment.objects.get().guaranteed_interview is False


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.INTERVIEW, State.OFFERED])
def test_withdrawing_asks_first_and_is_told(client: Client, state: str):
    application = signed_in(client, state=state)

    assert client.get(url("application_withdraw", application)).status_code == 200
    client.post(url("application_withdraw", application), {"reason": "Moving away"})

    application.refresh_from_db()
    assert application.state == State.WITHDRAWN
    assert ApplicationEvent.objects.get().reason == "Moving away"


@pytest.mark.parametrize(("answer", "state"), [("accept", State.ACCEPTED), ("decline", State.DECLINED)])
def test_an_offer_is_answered_once(client: Client, answer: str, state: str):
    application = signed_in(client, state=State.OFFERED)

    client.post(url("offer_answer", application, answer))
    client.post(url("offer_answer", application, "accept"))

    application.refresh_from_db()
    assert application.state == state
    assert ApplicationEvent.objects.count() == 1


def test_feedback_is_read_by_its_applicant(client: Client):
    application = signed_in(client, state=State.UNSUCCESSFUL)
    Feedback.objects.create(
        application=application, at=timezone.now(), strengths="Clear", to_develop="Money", next_steps="A course"
    )

    page = client.get(url("feedback_detail", application)).text

    assert [word in page for word in ("Clear", "Money", "A course")] == [True, True, True]


def test_a_complaint_has_a_reference_and_is_acknowledged(client: Client):
    application = signed_in(client)
    response = client.post(
        reverse("talent:complaint_create"), {"words": "I was not heard", "application": application.pk}
    )

    made = Complaint.objects.get()
    assert response.url == reverse("talent:complaint_detail", args=[made.reference])
    assert made.application == application
    while run_next(at=timezone.now()):
        pass
    assert [m.subject for m in mail.outbox] == [f"We have your complaint {made.reference}"]
    assert "not heard" not in mail.outbox[0].body


def test_the_timeline_gives_no_decision_away():
    application = ApplicationFactory(state=State.APPROVED)
    states = [State.SUBMITTED, State.SIFT, State.REVIEW, State.INTERVIEW, State.RECOMMENDED, State.APPROVED]
    for state in states:
        ApplicationEventFactory(application=application, to_state=state)

    labels = [step.label for step in timeline(application.events.all())]

    assert labels == ["Received", "Being checked", "Being read", "Invited to interview", "Waiting for a decision"]


def test_drafts_and_offers_wait_on_the_home_page():
    user = UserFactory()
    draft, offer = ApplicationFactory(user=user), ApplicationFactory(user=user, state=State.OFFERED)

    entries = entries_for(user, at=timezone.now())

    assert {entry.url for entry in entries} == {url("application_detail", draft), url("offer_detail", offer)}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_runs_the_same_queries_for_one_and_three(client: Client, rows: int, django_assert_num_queries):
    user = UserFactory()
    for _ in range(rows):
        ApplicationFactory(user=user)
    sign_in(client, user)

    with django_assert_num_queries(10):
        page = client.get(reverse("talent:application_list"))

    assert page.text.count("nhsuk-card__link") == rows


def test_the_list_is_kind_to_those_who_have_nothing(client: Client):
    sign_in(client, UserFactory())

    assert "You have not started an application." in client.get(reverse("talent:application_list")).text


def test_a_complaint_sent_twice_is_one():
    user = UserFactory()

    made = [complain(by=user, words="I was not heard", application=None, at=timezone.now()) for _ in range(2)]

    assert made[0] == made[1]
    assert Job.objects.filter(kind="talent.acknowledge_complaint").count() == 1
