"""The Improvement Hub: every step by every hand, what is published, what others say, and who is told."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from portal import outbox
from portal.files import FileRefused
from portal.ledger import RewriteRefused
from portal.models import Job, Role
from programmes import replying, sharing
from programmes.models import Reply, StoryPage, Submission, SubmissionEvent, TopicFollow
from programmes.pictures import sound_picture
from programmes.sharing import Kind, State, SubmissionChanged, SubmissionRefused
from programmes.waiting_pages import submissions_to_change, submissions_to_read
from tests.factories import hub, pages
from tests.factories.portal import OrganisationFactory, UserFactory, member, sign_in

pytestmark = pytest.mark.django_db

ALLOWED = {
    (State.DRAFT, Kind.SUBMITTED, "trust"): State.SUBMITTED,
    (State.RETURNED, Kind.SUBMITTED, "trust"): State.SUBMITTED,
    (State.SUBMITTED, Kind.WITHDRAWN, "trust"): State.DRAFT,
    (State.SUBMITTED, Kind.RETURNED, "editor"): State.RETURNED,
    (State.SUBMITTED, Kind.PUBLISHED, "editor"): State.PUBLISHED,
    (State.SUBMITTED, Kind.REFUSED, "editor"): State.REFUSED,
    (State.PUBLISHED, Kind.ASKED_DOWN, "trust"): State.ASKED_DOWN,
    (State.PUBLISHED, Kind.TAKEN_DOWN, "editor"): State.TAKEN_DOWN,
    (State.ASKED_DOWN, Kind.TAKEN_DOWN, "editor"): State.TAKEN_DOWN,
    (State.ASKED_DOWN, Kind.KEPT, "editor"): State.PUBLISHED,
}


def drain() -> None:
    while outbox.run_next(at=timezone.now()):
        pass


@pytest.mark.parametrize("state", State)
def test_every_step_from_every_state_by_every_hand(state: Submission.State) -> None:
    pages.hub_index()
    writer, editor = hub.trust_writer(), member(Role.EDITOR)
    for kind in Kind:
        for hand, person in (("trust", writer), ("editor", editor)):
            row = hub.submission(writer, state=state, title=f"{state} {kind} {hand}")
            target = ALLOWED.get((state, kind, hand))
            try:
                sharing.move_submission(row, kind, by=person, at=timezone.now(), reason="Because")
            except (SubmissionRefused, PermissionDenied):
                assert target is None, (state, kind, hand)
            row.refresh_from_db()
            assert row.state == (target or state), (state, kind, hand)


def test_a_step_that_wants_a_reason_is_refused_without_one() -> None:
    writer, editor = hub.trust_writer(), member(Role.EDITOR)
    row = hub.submission(writer, state="submitted")

    for kind in (Kind.RETURNED, Kind.REFUSED):
        with pytest.raises(SubmissionRefused, match="Say why"):
            sharing.move_submission(row, kind, by=editor, at=timezone.now(), reason=" ")


def test_taking_down_and_asking_for_it_want_a_reason() -> None:
    writer, editor = hub.trust_writer(), member(Role.EDITOR)

    for kind, by, state in (
        (Kind.ASKED_DOWN, writer, "published"),
        (Kind.TAKEN_DOWN, editor, "published"),
        (Kind.KEPT, editor, "asked_down"),
    ):
        with pytest.raises(SubmissionRefused, match="Say why"):
            sharing.move_submission(hub.submission(writer, state=state), kind, by=by, at=timezone.now(), reason=" ")


def test_a_trust_asks_an_editor_takes_down_and_nobody_reads_the_page_any_more(client: Client) -> None:
    pages.hub_index()
    writer, editor, at = hub.trust_writer(), member(Role.EDITOR), timezone.now()
    row = sharing.move_submission(hub.submission(writer, state="submitted"), Kind.PUBLISHED, by=editor, at=at)
    url = row.page.get_url()
    assert client.get(url).status_code == 200

    asked = sharing.move_submission(row, Kind.ASKED_DOWN, by=writer, at=at, reason="A patient is named.")
    assert client.get(url).status_code == 200
    titles = [entry.title for entry in submissions_to_read(editor, at)]
    assert titles == [f"Answer whether to take down “{row}”"]
    sharing.move_submission(asked, Kind.TAKEN_DOWN, by=editor, at=at, reason="As the trust asks.")

    assert client.get(url).status_code == 404
    assert StoryPage.objects.get(pk=row.page.pk).live is False
    assert list(submissions_to_read(editor, at)) == []
    assert list(row.events.order_by("pk").values_list("kind", "reason"))[-2:] == [
        ("asked_down", "A patient is named."),
        ("taken_down", "As the trust asks."),
    ]


def test_what_is_missing_is_said_before_it_is_sent() -> None:
    writer = hub.trust_writer()
    row = sharing.begin_submission(writer.memberships.get().organisation, "story", by=writer, at=timezone.now())

    assert sharing.missing(row) == [
        "Give it a title.",
        "Say in a sentence or two what it is about.",
        "Say what you did.",
        "Say what you wanted to change.",
        "Say what happened.",
        "Choose a topic at least.",
    ]
    with pytest.raises(SubmissionRefused, match="Give it a title"):
        sharing.move_submission(row, Kind.SUBMITTED, by=writer, at=timezone.now())


def test_nobody_moderates_for_their_own_trust() -> None:
    trust = OrganisationFactory()
    writer = hub.trust_writer(trust)
    both = member(Role.TRUST_USER, organisation=trust)
    member(Role.EDITOR, user=both)
    row = hub.submission(writer, state="submitted")

    assert [step.kind for step in sharing.steps_for(both, row)] == [Kind.WITHDRAWN]
    with pytest.raises(PermissionDenied):
        sharing.move_submission(row, Kind.PUBLISHED, by=both, at=timezone.now())
    assert list(submissions_to_read(both, timezone.now())) == []


def test_published_it_stands_under_the_trusts_name_with_its_pictures(client: Client, tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    pages.hub_index()
    trust = OrganisationFactory(name="Hill NHS Trust")
    writer, editor = hub.trust_writer(trust), member(Role.EDITOR)
    row = hub.submission(writer, advice="Try <b>small</b> things.")
    sharing.add_image(row, hub.picture(), alt_text="A ward at night", by=writer, at=timezone.now())
    sharing.move_submission(row, Kind.SUBMITTED, by=writer, at=timezone.now())

    row = sharing.move_submission(row, Kind.PUBLISHED, by=editor, at=timezone.now())

    page = StoryPage.objects.get()
    assert (page.pk, page.trust, page.result) == (row.page_id, trust, "From 6 to 20 days.")
    html = client.get("/improvement-hub/fewer-falls/").text
    assert '<h2 id="what-we-did">What we did</h2><p>We asked.</p><p>By the clock.</p>' in html
    assert "Try &lt;b&gt;small&lt;/b&gt; things." in html
    assert 'alt="A ward at night"' in html
    assert str(writer) not in html
    assert [(event.kind, event.by) for event in row.events.all()] == [("submitted", writer), ("published", editor)]


def test_two_stories_of_one_title_get_two_addresses() -> None:
    pages.hub_index()
    writer, editor = hub.trust_writer(), member(Role.EDITOR)
    for _ in range(3):
        row = hub.submission(writer, state="submitted")
        sharing.move_submission(row, Kind.PUBLISHED, by=editor, at=timezone.now())

    assert sorted(StoryPage.objects.values_list("slug", flat=True)) == ["fewer-falls", "fewer-falls-2", "fewer-falls-3"]


def test_two_people_who_write_at_once_are_told(client: Client) -> None:
    writer = hub.trust_writer()
    row = hub.submission(writer)
    sharing.write(row, {"title": "Theirs"}, base_revision=row.revision, by=writer, at=timezone.now())

    with pytest.raises(SubmissionChanged):
        sharing.write(row, {"title": "Mine"}, base_revision=row.revision, by=writer, at=timezone.now())
    sign_in(client, writer)
    answer = client.post(f"/hub/submissions/{row.pk}/autosave/", {"revision": row.revision, "title": "Mine"})
    assert (answer.status_code, answer.json()) == (409, {"status": "clash", "revision": row.revision + 1})
    assert Submission.objects.get(pk=row.pk).title == "Theirs"


def test_a_draft_saves_itself(client: Client) -> None:
    writer = hub.trust_writer()
    row = hub.submission(writer)
    sign_in(client, writer)
    typed = hub.STORY | {"title": "New title", "revision": row.revision, "topics": [hub.topic().pk]}

    answer = client.post(f"/hub/submissions/{row.pk}/autosave/", typed).json()

    assert (answer["status"], answer["revision"]) == ("saved", row.revision + 1)
    assert Submission.objects.get(pk=row.pk).title == "New title"


def test_a_picture_is_made_anew_without_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Taken at home"

    kept = Image.open(io.BytesIO(sound_picture(hub.picture("JPEG", exif=exif)).read()))

    assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (40, 20), {})


@pytest.mark.parametrize("content", [b"", b"<svg onload='x'/>", b"%PDF-1.7 no picture"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="must be a JPEG"):
        sound_picture(ContentFile(content, "ward.png"))


def test_a_picture_without_words_is_refused(client: Client) -> None:
    writer = hub.trust_writer()
    row = hub.submission(writer)
    sign_in(client, writer)

    html = client.post(f"/hub/submissions/{row.pk}/pictures/new/", {"file": hub.picture(), "alt_text": ""}).text

    assert "Enter what the picture shows" in html or "What does the picture show" in html
    assert row.images.count() == 0


def test_others_thank_and_say_that_they_tried_it(client: Client) -> None:
    page = pages.story_page("Fewer falls")
    trust = OrganisationFactory(name="Vale NHS Trust")
    somebody = hub.trust_writer(trust)
    sign_in(client, somebody)

    client.post(f"/hub/pages/{page.pk}/thanks/", {"trust": trust.pk})
    refused = client.post(f"/hub/pages/{page.pk}/tried/", {"trust": trust.pk, "words": ""})
    client.post(f"/hub/pages/{page.pk}/tried/", {"trust": trust.pk, "words": "On two wards. It held."})
    again = client.post(f"/hub/pages/{page.pk}/thanks/", {"trust": trust.pk})

    assert refused.status_code == 200
    assert "You have said that already." in again.text
    kept = Reply.objects.order_by("pk").values_list("kind", "words", "trust")
    assert list(kept) == [("thanks", "", trust.pk), ("tried", "On two wards. It held.", trust.pk)]
    html = Client().get(page.url).text
    assert "<strong>We tried this too</strong>, Vale NHS Trust" in html
    assert str(somebody) not in html


def test_nobody_speaks_for_another_trust_and_a_reply_can_be_taken_off() -> None:
    page, writer, editor = pages.story_page("Falls"), hub.trust_writer(), member(Role.EDITOR)
    own, at = writer.memberships.get().organisation, timezone.now()
    with pytest.raises(PermissionDenied):
        replying.reply(page, "thanks", trust=OrganisationFactory(), words="", by=writer, at=at)
    given = replying.reply(page, "tried", trust=own, words="Unkind words", by=writer, at=at)
    with pytest.raises(PermissionDenied):
        replying.hide_reply(given, by=hub.trust_writer(), at=at)

    replying.hide_reply(given, by=editor, at=at)

    assert "Unkind words" not in Client().get(page.url).text
    assert Reply.objects.get().hidden_by == editor


def test_followers_of_a_topic_get_one_mail_and_stop_it_from_there(client: Client) -> None:
    pages.hub_index()
    safety, falls = hub.topic("Safety"), hub.topic("Falls")
    reader, gone, writer, editor = UserFactory(), UserFactory(), hub.trust_writer(), member(Role.EDITOR)
    for topic in (safety, falls):
        replying.follow(topic, by=reader, at=timezone.now())
    replying.follow(safety, by=gone, at=timezone.now())
    row = hub.submission(writer, state="submitted", topics=[safety, falls])
    sharing.move_submission(row, Kind.PUBLISHED, by=editor, at=timezone.now())
    replying.unfollow(safety, by=gone)

    drain()

    assert list(Job.objects.filter(done_at=None).values_list("kind", "last_error")) == []
    assert [(message.to, "New about " in message.subject) for message in mail.outbox] == [([reader.email], True)]
    stop = mail.outbox[0].body.split("http://localhost:8000/follow/")[1].split("/end/")[0]
    assert client.get(f"/follow/{stop}/end/").status_code == 200
    assert TopicFollow.objects.filter(user=reader).count() == 2
    client.post(f"/follow/{stop}/end/")
    assert TopicFollow.objects.filter(user=reader).count() == 1
    assert client.get("/follow/made-up/end/").status_code == 404


def test_what_waits_for_editors_and_for_the_trust() -> None:
    writer, other, editor, at = hub.trust_writer(), hub.trust_writer(), member(Role.EDITOR), timezone.now()
    sent = hub.submission(writer, state="submitted", title="Sent")
    hub.submission(writer, title="Draft")
    returned = hub.submission(writer, state="returned", title="Returned")

    assert [entry.url for entry in submissions_to_read(editor, at)] == [f"/hub/submissions/{sent.pk}/"]
    assert list(submissions_to_read(writer, at)) == []
    assert [entry.url for entry in submissions_to_change(writer, at)] == [f"/hub/submissions/{returned.pk}/"]
    assert list(submissions_to_change(other, at)) == []


def test_events_are_written_once() -> None:
    row = hub.submission(hub.trust_writer(), state="submitted")

    with pytest.raises(RewriteRefused):
        SubmissionEvent.objects.filter(submission=row).update(reason="Other")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_submissions(client: Client, rows: int, django_assert_num_queries) -> None:
    writer = hub.trust_writer()
    for number in range(rows):
        hub.submission(writer, title=f"Story {number}")
    sign_in(client, writer)
    client.get("/hub/submissions/")

    with django_assert_num_queries(8):
        client.get("/hub/submissions/")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_a_topic_and_replies(client: Client, rows: int, django_assert_num_queries) -> None:
    topic = hub.topic()
    for _ in range(rows):
        page = pages.story_page(topics=[topic])
    for _ in range(rows):
        writer = hub.trust_writer()
        own = writer.memberships.get().organisation
        replying.reply(page, "thanks", trust=own, words="", by=writer, at=dt.datetime.now(dt.UTC))
    client.get(page.url)

    with django_assert_num_queries(9):
        client.get("/topics/safety/")
    with django_assert_num_queries(22):
        client.get(page.url)
