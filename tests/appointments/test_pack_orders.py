"""Packs in the making: one job a member, how far it is, what failed; and what proves that one was issued."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.jobs import make_pack
from appointments.models import AgendaItem, PackIssued
from appointments.pack_orders import LEASE, PackOrder, orders_of, report_progress
from appointments.packs import issue_pack, order_pack, record_reading
from portal.models import Job
from tests.appointments.conftest import Sitting
from tests.factories.appointments import declared
from tests.factories.portal import sign_in
from tests.factories.talent import DeclaredInterestFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2018, 3, 1, 9, tzinfo=dt.UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ready(sitting: Sitting) -> Sitting:
    """Ann has declared about the one item."""
    declared(sitting.item, sitting.ann)
    return sitting


def ordered(sitting: Sitting) -> Job:
    order_pack(sitting.meeting, member=sitting.ann, at=timezone.now())
    return Job.objects.get()


def page(client: Client, sitting: Sitting, **headers: object) -> str:
    return client.get(reverse("appointments:pack_detail", args=[sitting.meeting.pk]), **headers).content.decode()


def test_asked_twice_while_it_is_under_way_it_is_one_job(ready: Sitting):
    first = ordered(ready)
    report_progress(first, 3, 9, at=timezone.now())

    again = ordered(ready)

    assert (again.pk, again.progress_done, again.attempts) == (first.pk, 3, first.attempts)


def test_two_members_have_a_job_each(ready: Sitting):
    declared(ready.item, ready.ben)
    ordered(ready)

    order_pack(ready.meeting, member=ready.ben, at=AT)

    assert set(orders_of(ready.meeting)) == {ready.ann.pk, ready.ben.pk}


def test_one_that_failed_begins_anew_when_asked_again(ready: Sitting):
    job = ordered(ready)
    Job.objects.filter(pk=job.pk).update(attempts=6, last_error="ValueError", parked_at=AT, due_at=AT)

    again = ordered(ready)

    assert (again.pk, again.attempts, again.last_error, again.parked_at) == (job.pk, 0, "", None)


def test_after_one_is_made_another_can_be_asked_for(ready: Sitting):
    Job.objects.filter(pk=ordered(ready).pk).update(done_at=AT)

    order_pack(ready.meeting, member=ready.ann, at=timezone.now())

    assert Job.objects.count() == 2


def test_a_worker_that_falls_silent_loses_the_job_after_its_lease(ready: Sitting):
    report_progress(ordered(ready), 1, 4, at=AT)

    assert orders_of(ready.meeting)[ready.ann.pk] == PackOrder(1, 4, False, False, AT + LEASE)


def test_the_member_sees_how_far_it_is_and_then_the_pack(ready: Sitting, client: Client):
    sign_in(client, ready.ann)
    job = ordered(ready)
    assert "Your pack is about to be made." in page(client, ready)
    report_progress(job, 3, 9, at=timezone.now())
    assert "3 of 9 papers are ready" in page(client, ready)

    make_pack(job)
    Job.objects.update(done_at=AT)

    said = page(client, ready)
    assert ["Open your pack (PDF, 4 pages" in said, "It is up to date." in said, "hx-get" in said] == [
        True,
        True,
        False,
    ]


def test_a_waiting_page_is_sent_only_what_is_new(ready: Sitting, client: Client):
    sign_in(client, ready.ann)
    job, address = ordered(ready), reverse("appointments:pack_detail", args=[ready.meeting.pk])
    report_progress(job, 31, 100, at=timezone.now())
    step = orders_of(ready.meeting)[ready.ann.pk].step
    report_progress(job, 38, 100, at=timezone.now())
    same = client.get(address, {"step": step}, headers=HTMX)
    report_progress(job, 40, 100, at=timezone.now())

    further = client.get(address, {"step": step}, headers=HTMX)

    assert (same.status_code, further.status_code) == (204, 200)
    assert client.get(address, {"step": step}).status_code == 200


@pytest.mark.parametrize(
    ("parked_at", "says"), [(None, "It will be tried again on"), (AT, "If it fails once more, tell the talent team")]
)
def test_a_failed_one_says_so_and_can_be_asked_for_again(ready: Sitting, client: Client, parked_at, says):
    sign_in(client, ready.ann)
    Job.objects.filter(pk=ordered(ready).pk).update(last_error="ValueError", attempts=1, parked_at=parked_at)

    said = page(client, ready)

    assert ["could not be made" in said, says in said, "Ask for it again" in said] == [True, True, True]


def test_a_pack_whose_papers_have_changed_is_called_stale(ready: Sitting, client: Client):
    sign_in(client, ready.ann)
    issue_pack(ready.meeting, member=ready.ann, at=timezone.now())
    AgendaItem.objects.filter(pk=ready.item.pk).update(note="One more reference came in.")

    said = page(client, ready)

    assert ["have changed since then" in said, "Make it again with what has changed" in said] == [True, True]


def test_the_secretariat_sees_who_opened_which_pack_and_when(ready: Sitting, client: Client):
    pack = issue_pack(ready.meeting, member=ready.ann, at=AT)
    record_reading(pack, by=ready.ann, at=dt.datetime(2018, 3, 2, 8, 30, tzinfo=dt.UTC))
    sign_in(client, ready.secretary)

    said = page(client, ready)

    assert [word in said for word in (str(ready.ann), "Opened on 2 March 2018 at 8:30am", pack.sha256)] == [True] * 3


def test_how_many_papers_another_has_is_hidden_from_a_secretary_who_may_not_see_them_all(
    ready: Sitting, client: Client
):
    report_progress(ordered(ready), 3, 9, at=timezone.now())
    sign_in(client, ready.secretary)
    free = page(client, ready)
    DeclaredInterestFactory(application=ready.item.application, user=ready.secretary)

    barred = page(client, ready)

    assert ["3 of 9 papers are ready" in said for said in (free, barred)] == [True, False]
    assert ["being made" in barred, "-9-" in barred] == [True, False]


def check(client: Client, content: bytes) -> str:
    file = SimpleUploadedFile("pack.pdf", content, content_type="application/pdf")
    return client.post(reverse("appointments:pack_check"), {"file": file}).content.decode()


def test_an_issued_pack_is_known_by_its_bytes(ready: Sitting, client: Client):
    content = issue_pack(ready.meeting, member=ready.ann, at=AT).file.read()
    sign_in(client, ready.secretary)

    said = check(client, content)

    assert [word in said for word in (f"Pack of {ready.ann}", "on 1 March 2018 at 9am", "4 pages")] == [True] * 3
    assert "Never opened in the portal" in said


def test_a_pack_with_one_byte_more_is_not_known(ready: Sitting, client: Client):
    content = issue_pack(ready.meeting, member=ready.ann, at=AT).file.read()
    sign_in(client, ready.secretary)

    said = check(client, content + b"\n")

    assert ["No pack and no minutes were issued with these bytes" in said, str(ready.ann) in said] == [True, False]


def test_the_command_names_the_pack_or_fails(ready: Sitting, tmp_path: Path):
    pack, said = issue_pack(ready.meeting, member=ready.ann, at=AT), io.StringIO()
    issued, other = tmp_path / "pack.pdf", tmp_path / "other.pdf"
    issued.write_bytes(pack.file.read())
    other.write_bytes(b"%PDF-1.7")

    call_command("check_pack", issued, stdout=said)

    assert said.getvalue() == f"{PackIssued.objects.get()}: issued on 1 March 2018 at 9am, opened 0 times\n"
    with pytest.raises(CommandError, match="No pack and no minutes were issued"):
        call_command("check_pack", other)
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("check_pack", tmp_path / "none.pdf")
