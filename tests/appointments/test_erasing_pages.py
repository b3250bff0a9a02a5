"""Erasing words by the page: who may, after which warning, what stays, and that the register is whole afterwards."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from appointments.appointing import correct_appointment
from appointments.models import Appointment, Decision, TextErasure
from appointments.policies import load
from portal.models import Role
from tests.factories.boards import SeatFactory, somebody
from tests.factories.portal import member, sign_in
from tests.factories.proposals import decided, proposed_new
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db

SAID = {"reason": "The applicant’s wish of 3 May.", "sure": "on"}


@pytest.fixture
def decision() -> Decision:
    load()
    return decided(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=somebody("Nadia Okoro")))


def page(decision: Decision) -> str:
    return f"/committees/decisions/{decision.pk}/erase/"


def test_the_words_are_shown_and_erased_after_a_word_that_one_is_sure(client: Client, decision: Decision):
    secretary = member(Role.TALENT_TEAM)
    sign_in(client, secretary)
    shown = client.get(page(decision)).content.decode()

    unsure = client.post(page(decision), {"reason": SAID["reason"]}).context["form"].errors
    response = client.post(page(decision), SAID)

    assert "Considered." in shown
    assert list(unsure) == ["sure"]
    assert response.url == "/committees/decisions/"
    assert Decision.objects.values_list("reason", "reason_salt", "outcome").get() == ("", "", "approved")
    erasure = TextErasure.objects.get()
    assert (erasure.row, erasure.by, erasure.reason) == (decision.pk, secretary, SAID["reason"])
    call_command("verify_ledger", head=decision.digest, verbosity=0)


def test_what_is_erased_has_no_page_and_no_link(client: Client, decision: Decision):
    sign_in(client, member(Role.TALENT_TEAM))
    before = page(decision) in client.get("/committees/decisions/").content.decode()
    client.post(page(decision), SAID)

    after = page(decision) in client.get("/committees/decisions/").content.decode()

    assert (before, after, client.get(page(decision)).status_code) == (True, False, 404)


@pytest.mark.parametrize("role", [Role.COMMITTEE_MEMBER, Role.REGIONAL_LEAD])
def test_nobody_else_erases(client: Client, decision: Decision, role: str):
    board = decision.item.proposal.seat.board
    sign_in(client, member(role, **({"region": board.region} if role == Role.REGIONAL_LEAD else {})))

    assert client.post(page(decision), SAID).status_code == 403
    assert page(decision) not in client.get("/committees/decisions/").content.decode()
    assert Decision.objects.get().reason == "Considered."


def test_the_words_of_a_correction_are_erased_from_the_register(client: Client, decision: Decision):
    team, row = member(Role.TALENT_TEAM), Appointment.objects.get()
    newer = correct_appointment(row, remuneration=7000, by=team, at=timezone.now(), reason="Her illness was recorded.")
    sign_in(client, team)
    address = f"/appointments/{newer.pk}/erase/"
    linked = address in client.get(f"/appointments/{newer.pk}/").content.decode()

    response = client.post(address, SAID)

    newer = Appointment.objects.get(pk=newer.pk)
    assert (linked, response.url) == (True, f"/appointments/{newer.pk}/")
    assert (newer.reason, newer.remuneration, newer.corrects) == ("", 7000, row)
    assert client.get(f"/appointments/{row.pk}/erase/").status_code == 404  # it names its decision and nothing else


def test_nobody_erases_words_about_themselves(client: Client):
    load()
    user = member(Role.TALENT_TEAM)
    person = PersonFactory(user=user)
    decided(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=person, by=member(Role.TALENT_TEAM)))
    row = Appointment.objects.get()
    other = member(Role.TALENT_TEAM)
    newer = correct_appointment(row, remuneration=7000, by=other, at=timezone.now(), reason="Recorded wrongly.")
    sign_in(client, user)

    assert client.post(f"/appointments/{newer.pk}/erase/", SAID).status_code == 404
    assert Appointment.objects.get(pk=newer.pk).reason == "Recorded wrongly."
