"""Sending: once however often it is asked, by the server's clock, whole or not at all; closing what is not sent."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import Job
from portal.outbox import run_next
from talent import drafts
from talent.applying import Clash, Closed, Saved, save_section, start_application, submit
from talent.models import Application, ApplicationEvent, DeadlineExtension, SectionRevision, State
from tests.factories.portal import UserFactory, sign_in
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationFactory, filled

DAY = dt.timedelta(days=1)


def at_once(number: int, act: Callable[[int], Any]) -> list[Any]:
    """Runs `act` on so many connections of its own at the same moment; returns what each gave or raised."""
    barrier, found = threading.Barrier(number), [None] * number

    def run(n: int) -> None:
        barrier.wait()
        try:
            found[n] = act(n)
        except Exception as error:
            found[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_sent_many_times_at_once_it_is_sent_once():
    application = filled(ApplicationFactory())
    user, now = application.person.user, timezone.now()

    found = at_once(4, lambda n: submit(application, by=user, at=now).state)

    assert found == [State.SUBMITTED] * 4
    assert ApplicationEvent.objects.filter(application=application).count() == 1
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_begun_many_times_at_once_it_is_begun_once():
    intake, user, now = IntakeFactory(), UserFactory(), timezone.now()
    region = intake.regions.get()

    found = at_once(4, lambda n: start_application(intake, region=region, by=user, at=now).pk)

    assert len(set(found)) == 1
    assert Application.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_edits_of_one_section_at_once_lose_nothing():
    application = ApplicationFactory()
    user, now = application.person.user, timezone.now()
    section = application.question_set.questions.section("your-experience")

    def edit(n: int) -> Saved | Clash:
        values = {"leadership": f"Text {n}"}
        return save_section(application, section, values, base_revision=0, complete=False, by=user, at=now)

    found = at_once(4, edit)

    assert sorted(type(result).__name__ for result in found) == ["Clash", "Clash", "Clash", "Saved"]
    assert sorted(r.values["leadership"] for r in SectionRevision.objects.all()) == [f"Text {n}" for n in range(4)]


@pytest.mark.django_db
def test_a_second_click_leads_to_the_same_confirmation(client: Client):
    application = filled(ApplicationFactory())
    sign_in(client, application.person.user)
    url = reverse("talent:application_submit", args=[application.reference])

    first, second = (client.post(url, {"true": "on"}) for _ in range(2))

    assert first.url == second.url == reverse("talent:application_submitted", args=[application.reference])
    assert application.reference in client.get(first.url).text
    assert ApplicationEvent.objects.count() == 1


@pytest.mark.django_db
def test_nothing_is_sent_without_the_declaration_of_truth(client: Client):
    application = filled(ApplicationFactory())
    sign_in(client, application.person.user)

    page = client.post(reverse("talent:application_submit", args=[application.reference]), {})

    assert "Tick the box to say that what you have written is true and complete" in page.text
    assert Application.objects.get().state == State.DRAFT


@pytest.mark.django_db
def test_an_unfinished_section_is_named_and_nothing_is_sent(client: Client):
    application = filled(ApplicationFactory(), leadership="")
    sign_in(client, application.person.user)

    page = client.post(reverse("talent:application_submit", args=[application.reference]), {"true": "on"})

    assert "Some sections are not finished" in page.text
    assert Application.objects.get().state == State.DRAFT


@pytest.mark.django_db
def test_the_deadline_is_the_servers_clock_to_the_second():
    application = filled(ApplicationFactory())
    closes_at, user = application.intake.closes_at, application.person.user

    with pytest.raises(Closed):
        submit(application, by=user, at=closes_at)
    assert submit(application, by=user, at=closes_at - dt.timedelta(seconds=1)).state == State.SUBMITTED


@pytest.mark.django_db
def test_an_extension_moves_one_persons_deadline():
    application = filled(ApplicationFactory())
    closes_at, user = application.intake.closes_at, application.person.user
    DeadlineExtension.objects.create(application=application, until=closes_at + DAY, at=closes_at, reason="Illness")

    assert submit(application, by=user, at=closes_at).state == State.SUBMITTED


@pytest.mark.django_db
def test_too_late_the_page_shows_what_was_typed_and_what_is_stored(client: Client):
    application = filled(ApplicationFactory())
    with time_machine.travel(application.intake.closes_at + DAY):
        sign_in(client, application.person.user)
        url = reverse("talent:section_edit", args=[application.reference, "your-experience"])
        page = client.post(url, {"revision": "1", "leadership": "A last thought"})
        again = client.get(reverse("talent:application_detail", args=[application.reference]))
        copy = client.get(reverse("talent:application_copy", args=[application.reference]))

    assert page.status_code == 403
    assert "A last thought" in page.text
    assert "I asked for the evidence behind a closure" in page.text
    assert "A last thought" not in again.text
    assert "The deadline has passed" in again.text
    assert copy["Content-Type"] == "application/pdf"


@pytest.mark.django_db
def test_a_draft_is_reminded_of_once_unless_the_person_wants_none():
    application, quiet = ApplicationFactory(), ApplicationFactory()
    quiet.person.mail_opt_out = True
    quiet.person.save()
    near = application.intake.closes_at - 2 * DAY

    with time_machine.travel(near):
        call_command("lapse_drafts")
        call_command("lapse_drafts")
        while run_next(at=timezone.now()):
            pass

    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([application.person.email], "Your application is not sent yet")
    ]
    assert reverse("talent:mail_choice") in mail.outbox[0].body


@pytest.mark.django_db
def test_a_draft_is_closed_after_the_grace_and_not_before():
    application = filled(ApplicationFactory())
    closes_at = application.intake.closes_at

    assert drafts.lapse(at=closes_at + drafts.GRACE - dt.timedelta(seconds=1)) == 0
    assert drafts.lapse(at=closes_at + drafts.GRACE) == 1

    application.refresh_from_db()
    assert application.state == State.LAPSED
    assert application.answers.count() == 7
