"""Was this page useful: what is kept, what never is, and who may add a reason."""

import datetime as dt

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from programmes import answering
from programmes.models import UsefulAnswer
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


def kept() -> list[tuple[bool, str, str, dt.date]]:
    return list(UsefulAnswer.objects.order_by("pk").values_list("was_useful", "reason", "words", "answered_on"))


def test_a_yes_is_counted_and_thanked(client: Client) -> None:
    page = pages.guidance_page("Hosting")

    response = client.post(f"/useful/{page.pk}/", {"useful": "yes"}, follow=True)

    assert response.redirect_chain == [("/guidance/hosting/", 302)]
    assert "Thank you. Your answer helps us" in response.text
    assert kept() == [(True, "", "", timezone.localdate())]


def test_a_no_is_counted_at_once_and_its_reason_added(client: Client) -> None:
    page = pages.guidance_page("Hosting")

    asked = client.post(f"/useful/{page.pk}/", {"useful": "no"})
    assert kept() == [(False, "", "", timezone.localdate())]
    response = client.post(asked["Location"], {"reason": "hard", "words": "Say what a bridge is."})

    assert (response.status_code, response["Location"]) == (302, "/guidance/hosting/")
    assert kept() == [(False, "hard", "Say what a bridge is.", timezone.localdate())]
    assert client.get(asked["Location"]).status_code == 404


@pytest.mark.parametrize("words", ["Write to ann@example.org", "Ring 020 7946 0321", "NHS number 943 476 5919"])
def test_nothing_about_a_person_is_kept(client: Client, words: str) -> None:
    page = pages.guidance_page("Hosting")
    asked = client.post(f"/useful/{page.pk}/", {"useful": "no"})

    response = client.post(asked["Location"], {"reason": "other", "words": words})

    assert "Take out the email address or number" in response.text
    assert kept() == [(False, "", "", timezone.localdate())]


def test_no_reason_without_ones_own_no() -> None:
    page = pages.guidance_page("Hosting")
    yes = answering.answer(page, was_useful=True, on=timezone.localdate())

    for token in (answering.token_of(yes), "made-up", signing.dumps(yes.pk, salt="other")):
        with pytest.raises(answering.AnswerGone):
            answering.open_answer(token)


def test_a_draft_is_not_answered_on(client: Client) -> None:
    page = pages.guidance_page("Draft", live=False)

    assert client.post(f"/useful/{page.pk}/", {"useful": "yes"}).status_code == 404
    assert kept() == []


def test_one_network_cannot_flood_a_page(client: Client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"page_useful": "2/h/ip"}
    page = pages.guidance_page("Hosting")

    answers = [client.post(f"/useful/{page.pk}/", {"useful": "yes"}).status_code for _ in range(3)]

    assert answers == [302, 302, 429]
    assert len(kept()) == 2


def test_what_readers_said_adds_up() -> None:
    page, other = pages.guidance_page("Hosting"), pages.guidance_page("Other")
    for was_useful in (True, True, False):
        given = answering.answer(page, was_useful=was_useful, on=dt.date(2018, 3, 1))
    answering.give_reason(given, reason="hard", words="")

    found = answering.usefulness_of(page)

    assert (found.useful, found.not_useful, found.total, found.percent) == (2, 1, 3, 67)
    assert [(answer.reason, answer.words) for answer in found.reasons] == [("hard", "")]
    assert answering.usefulness_by_page([page.pk, other.pk]) == {page.pk: answering.Usefulness(2, 1)}
