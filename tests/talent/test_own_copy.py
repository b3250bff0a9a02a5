"""A member's copy: everything held, to them alone, made in the background, encrypted, for a time, on record."""

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal import outbox
from portal.models import Job, MailSent, Role, User
from talent import equality, own_copy
from talent.access import Refused
from talent.models import OwnCopy, OwnCopyEvent, PostHeld, State, VaultRead
from tests.factories.portal import UserFactory, member, sign_in
from tests.factories.talent import ApplicationFactory, PersonFactory, PostHeldFactory
from tests.talent.test_erasing import MARK, full, somebody  # noqa: F401

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PAGE = "/profile/data/"


def made(user: User) -> OwnCopy:
    own_copy.ask(user, by=user, at=NOW)
    while outbox.run_next(at=timezone.now() + dt.timedelta(seconds=1)):
        pass
    return OwnCopy.objects.get(user=user)


def opened(content: bytes) -> tuple[dict[str, list[Any]], list[str], str]:
    """Its parts by title, its files, and what it says of itself."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    parts = [json.loads(archive.read(name)) for name in names if name.startswith("data/")]
    files = [name for name in names if name.startswith("files/")]
    return {part["title"]: part["rows"] for part in parts}, files, archive.read("README.txt").decode()


def test_it_holds_everything(full: User):  # noqa: F811
    MailSent.objects.create(address=full.email.upper(), template="x", subject="We wrote", sent_at=NOW)
    MailSent.objects.create(address="other@example.org", template="x", subject="To another", sent_at=NOW)

    told, files, readme = opened(own_copy.fetch(made(full), by=full, at=timezone.now()))

    assert list(told) == [
        "Your account",
        "Mails sent to you",
        "Email addresses you sign in with",
        "Events you booked",
        "Your profile",
        "Posts you held",
        "What your CV suggested",
        "Your CV as it was read",
        "Who opened your page",
        "Your answers",
        "Your files",
        "Your answers as they are searched",
        "Your applications",
        "Talent pools you agreed to be in",
        "Lists of the talent team that you were put on",
        "What those lists say about you",
        "Copies of your data that you asked for",
        "What was done with those copies",
        "Items of committees about your applications",
        "Seats you are named for",
        "Talks about your growth",
        "The register of interim executives",
        "What you did here for others",
        "Your answers to the equality questions",
    ]
    assert [row["subject"] for row in told["Mails sent to you"]] == ["We wrote"]
    assert told["Your answers to the equality questions"][0]["answers"] == {"What is your sex?": "Female"}
    assert told["What those lists say about you"][0]["reason"] == f"{MARK} is a good listener."
    assert [name.rsplit(".", 1)[-1] for name in files] == ["pdf"]
    assert "Reviews of your applications" not in told  # it is still in the running
    assert "Not in this copy" not in readme


def test_what_a_decided_application_brings(full: User):  # noqa: F811
    full.person.applications.update(state=State.UNSUCCESSFUL)

    told, _, _ = opened(own_copy.fetch(made(full), by=full, at=timezone.now()))

    review = told["Reviews of your applications, once they are decided"][0]
    assert (review["overall evidence"], "reviewer" in review) == (MARK, False)
    assert [row["evidence"] for row in told["Scores in those reviews"]] == [MARK]


def test_nothing_of_another_member_is_in_it(somebody: User):  # noqa: F811
    other = ApplicationFactory(user=UserFactory(full_name="Nadia Okoro"), state=State.SIFT)
    PostHeldFactory(person=other.person, title="Nadia’s post")
    equality.store(other, {"sex": "female"}, at=NOW)
    PersonFactory(user=None, full_name="Nadia Okoro", merged_into=other.person)

    content = own_copy.fetch(made(somebody), by=somebody, at=timezone.now())

    archive = zipfile.ZipFile(io.BytesIO(content))
    assert [name for name in archive.namelist() if b"Nadia" in archive.read(name)] == []
    assert VaultRead.objects.count() == 0


def test_a_merged_record_is_in_it(somebody: User):  # noqa: F811
    old = PersonFactory(user=None, full_name="A. Quill", merged_into=somebody.person)
    PostHeldFactory(person=old, title="Ward sister")

    told, _, _ = opened(own_copy.fetch(made(somebody), by=somebody, at=timezone.now()))

    assert [row["full name"] for row in told["Your profile"]] == [f"Ada {MARK}", "A. Quill"]
    assert [row["title"] for row in told["Posts you held"]] == ["Ward sister"]


def test_it_is_encrypted_where_it_lies_and_its_reading_of_the_vault_is_on_record(full: User):  # noqa: F811
    copy = made(full)

    with copy.file.open("rb") as file:
        kept = file.read()

    assert (kept[:2] == b"PK", MARK.encode() in kept) == (False, False)
    assert VaultRead.objects.values_list("by", "unit", "records").get() == (full.pk, "own copy", 1)


def test_the_job_shows_its_progress_tells_the_member_and_names_nobody(somebody: User):  # noqa: F811
    copy = made(somebody)

    job = Job.objects.get(kind=own_copy.MAKE)
    assert (job.payload, job.progress_done == job.progress_total > 50) == ({"copy": copy.pk}, True)
    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([somebody.email], "The copy of your data is ready")
    ]
    assert list(OwnCopyEvent.objects.values_list("kind", flat=True)) == ["asked", "made"]


def test_asked_for_twice_it_is_made_once(somebody: User):  # noqa: F811
    first = own_copy.ask(somebody, by=somebody, at=NOW)

    assert own_copy.ask(somebody, by=somebody, at=NOW) == first
    own_copy.make(first, at=NOW, progress=lambda done, of: None)
    own_copy.make(first, at=NOW, progress=lambda done, of: None)
    assert list(OwnCopyEvent.objects.values_list("kind", flat=True)) == ["asked", "made"]


def test_nobody_else_asks_fetches_or_removes(client: Client, somebody: User):  # noqa: F811
    copy, other = made(somebody), member(Role.TALENT_TEAM)
    sign_in(client, other)

    for act in (own_copy.fetch, own_copy.remove):
        with pytest.raises(Refused):
            act(copy, by=other, at=NOW)
    with pytest.raises(Refused):
        own_copy.ask(somebody, by=other, at=NOW)
    assert client.get(f"{PAGE}{copy.pk}/fetch/").status_code == 404
    assert client.post(f"{PAGE}{copy.pk}/remove/").status_code == 404
    assert f"{PAGE}{copy.pk}/" not in client.get(PAGE).content.decode()


def test_it_lasts_for_a_week_and_the_file_goes(somebody: User, settings: Any, django_capture_on_commit_callbacks: Any):  # noqa: F811
    copy = made(somebody)
    storage, name = copy.file.storage, copy.file.name
    assert copy.expires_at - copy.made_at == dt.timedelta(days=settings.OWN_COPY_DAYS)

    with django_capture_on_commit_callbacks(execute=True):
        early = own_copy.remove_expired(at=copy.expires_at - dt.timedelta(seconds=1))
        due = own_copy.remove_expired(at=copy.expires_at)

    assert (early, due, storage.exists(name)) == (0, 1, False)
    assert OwnCopyEvent.objects.last().kind == "removed"
    with pytest.raises(Refused):
        own_copy.fetch(copy, by=somebody, at=NOW)


def test_the_page_from_asking_to_removing(client: Client, somebody: User):  # noqa: F811
    sign_in(client, somebody)
    client.post(f"{PAGE}ask/")
    waiting = client.get(PAGE).content.decode()
    copy = OwnCopy.objects.get()
    Job.objects.update(progress_done=3, progress_total=90)
    half = client.get(PAGE).content.decode()
    own_copy.make(copy, at=timezone.now(), progress=lambda done, of: None)

    ready = client.get(PAGE).content.decode()
    fetched = client.get(f"{PAGE}{copy.pk}/fetch/")
    client.post(f"{PAGE}{copy.pk}/remove/")

    assert "Your copy is about to be made." in waiting
    assert "3 of 90 parts are ready" in half
    assert f"{PAGE}{copy.pk}/fetch/" in ready
    assert (fetched["Content-Type"], fetched["Cache-Control"]) == ("application/zip", "private, no-store")
    assert fetched["Content-Disposition"].endswith('.zip"')
    assert fetched.content[:2] == b"PK"
    assert client.get(f"{PAGE}{copy.pk}/fetch/").status_code == 404
    assert list(OwnCopyEvent.objects.values_list("kind", flat=True)) == ["asked", "made", "fetched", "removed"]


def test_a_job_for_somebody_who_was_erased_meanwhile_does_nothing(somebody: User):  # noqa: F811
    own_copy.ask(somebody, by=somebody, at=NOW)
    OwnCopy.objects.all().delete()

    assert outbox.run_next(at=timezone.now() + dt.timedelta(seconds=1)) is True
    assert (Job.objects.get().last_error, PostHeld.objects.count(), mail.outbox) == ("", 0, [])
