"""Eligibility without an account: judged, carried sealed, told with a reason; the one answer goes to the vault only."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from talent import equality
from talent.eligibility import Outcome, judge, opened, seal
from talent.models import Application
from tests.factories.portal import RegionFactory, UserFactory, sign_in
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationFactory

pytestmark = pytest.mark.django_db

YES = {"senior_experience": "yes", "first_board_role": "yes", "time_to_give": "yes", "under_represented": "yes"}


def answer(client: Client, intake, **changed: str):
    return client.post(reverse("talent:eligibility", args=[intake.pk]), YES | changed, follow=True)


def test_every_rule_has_to_be_yes():
    scheme = IntakeFactory().scheme
    yes = dict.fromkeys(YES, True)

    assert judge(scheme, yes) == Outcome((), True)
    assert judge(scheme, yes | {"time_to_give": False}) == Outcome(("time_to_give",), True)
    assert judge(scheme, yes | {"under_represented": False}) == Outcome(("under_represented",), False)


def test_a_scheme_without_positive_action_does_not_ask():
    scheme = IntakeFactory(scheme__positive_action=False).scheme

    assert judge(scheme, dict.fromkeys(list(YES)[:3], True)) == Outcome((), None)


def test_a_no_gives_the_reason_and_what_else_is_on_offer(client: Client):
    intake, other = IntakeFactory(), IntakeFactory()

    page = answer(client, intake, time_to_give="no").text

    assert "A placement takes about two and a half days a month." in page
    assert reverse("talent:eligibility", args=[other.pk]) in page
    assert reverse("talent:application_start", args=[intake.pk]) not in page


def test_an_unanswered_question_is_asked_again(client: Client):
    response = client.post(reverse("talent:eligibility", args=[IntakeFactory().pk]), {})

    assert response.text.count("Select yes or no: ") == 8
    assert "<title>Error: " in response.text


def test_the_session_holds_the_answers_sealed_and_all_of_one_length(client: Client):
    intake = IntakeFactory()
    lengths = set()
    for changed in ({}, {"under_represented": "no"}, {"time_to_give": "no", "senior_experience": "no"}):
        answer(client, intake, **changed)
        kept = client.session["eligibility"]
        assert list(kept) == [str(intake.pk)]
        lengths.add(len(kept[str(intake.pk)]))
    (row,) = Session.objects.all()

    assert len(lengths) == 1
    assert "under_represented" not in str(row.get_decoded())
    assert opened(client.session, intake) == Outcome(("senior_experience", "time_to_give"), True)


def test_a_seal_of_other_keys_is_no_outcome(settings):
    intake, session = IntakeFactory(), {}
    seal(session, intake, Outcome((), True))
    settings.EQUALITY_KEYS = ["YW5vdGhlci1rZXktYW5vdGhlci1rZXktYW5vdGhlci0="]

    assert opened(session, intake) is None


def test_the_one_answer_reaches_the_vault_and_nothing_else(client: Client):
    intake = IntakeFactory()
    answer(client, intake)
    sign_in(client, UserFactory())

    client.post(reverse("talent:application_start", args=[intake.pk]))

    application = Application.objects.get()
    assert equality.has_answered(application) is False  # the monitoring questions are still to be asked
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM talent_equalityrecord")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT row_to_json(a)::text FROM talent_application a")
        assert "represented" not in cursor.fetchone()[0]
    assert client.session["eligibility"] == {}


def test_nobody_starts_without_the_questions(client: Client):
    intake = IntakeFactory()
    sign_in(client, UserFactory())
    start = reverse("talent:application_start", args=[intake.pk])

    assert client.get(start).url == reverse("talent:eligibility", args=[intake.pk])
    answer(client, intake, senior_experience="no")
    assert client.post(start).url == reverse("talent:eligibility", args=[intake.pk])
    assert Application.objects.count() == 0


def test_an_intake_with_several_regions_asks_which(client: Client):
    north, south = RegionFactory(name="North"), RegionFactory(name="South")
    intake = IntakeFactory(regions=[north, south])
    answer(client, intake)
    sign_in(client, UserFactory())
    start = reverse("talent:application_start", args=[intake.pk])

    assert "Select where you would like your placement" in client.post(start).text
    client.post(start, {"region": south.pk})

    assert Application.objects.get().region == south


def test_whoever_has_begun_goes_on(client: Client):
    application = ApplicationFactory()
    sign_in(client, application.person.user)

    response = client.get(reverse("talent:application_start", args=[application.intake_id]))

    assert response.url == reverse("talent:application_detail", args=[application.reference])


@pytest.mark.parametrize(("trait", "said"), [("closed", "is closed"), ("upcoming", "is not open yet")])
def test_outside_its_hours_an_intake_says_so(client: Client, trait: str, said: str):
    intake = IntakeFactory(**{trait: True})

    page = client.get(reverse("talent:eligibility", args=[intake.pk]))

    assert f"{intake.name} {said}" in page.text
