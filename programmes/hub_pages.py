"""A submission as a page of the hub: its words in blocks, its pictures in the CMS, under the trust's name."""

import datetime as dt
import json
from typing import Any

from django.core.files.base import ContentFile
from django.utils.html import escape
from django.utils.text import slugify
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from portal import outbox
from portal.files import EXTENSIONS
from portal.models import User
from programmes.models import HubIndexPage, LibraryPage, ResourcePage, StoryPage, Submission

TOPIC_NEWS = "programmes.topic_news"
HEADINGS = {
    "wanted": "What we wanted to change",
    "did": "What we did",
    "happened": "What happened",
    "advice": "What we would tell others",
}


class NoHub(Exception):
    """The site has no Improvement Hub page to publish under."""


def put_up(submission: Submission, *, by: User, at: dt.datetime) -> LibraryPage:
    """Publishes the page, live at once, and tells those who follow its topics. Raises NoHub."""
    hub = HubIndexPage.objects.live().order_by("path").first()
    if hub is None:
        raise NoHub
    is_story = submission.kind == Submission.Kind.STORY
    own = (
        {"result": submission.result} if is_story else {"link": submission.link, "document": _document(submission, by)}
    )
    page: Any = (StoryPage if is_story else ResourcePage)(
        title=submission.title,
        slug=_free_slug(hub, submission.title),
        summary=submission.summary,
        trust=submission.trust,
        body=json.dumps(_blocks(submission)),
        owner=by,
        **own,
    )
    hub.add_child(instance=page)
    page.topics.set(submission.topics.all())
    # Whether `by` may was asked by the act; in the CMS itself editors only submit.
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    outbox.enqueue(TOPIC_NEWS, {"page": page.pk}, at=at, key=f"topic-news-{page.pk}")
    standing: LibraryPage = LibraryPage.objects.get(pk=page.pk)
    return standing


def take_down(submission: Submission, *, by: User) -> None:
    """Nobody finds or reads the page any more, nor its file; the page stays in the CMS with its history."""
    if submission.page is None:
        return
    page = submission.page.specific
    if page.live:
        # Whether `by` may was asked by the act, as in put_up().
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    document = getattr(page, "document", None)
    if document is not None:
        # Its address would go on serving the file; the submission keeps its own.
        type(page).objects.filter(pk=page.pk).update(document=None)
        document.delete()


def _document(submission: Submission, by: User) -> Any:
    """What the trust attached, as a document that everybody may download; None without a file."""
    if not submission.file:
        return None
    name = f"{slugify(submission.title)[:80] or 'resource'}{EXTENSIONS[submission.file_type]}"
    with submission.file.open() as file:
        content = ContentFile(file.read(), name)
    return get_document_model().objects.create(
        title=submission.title, file=content, file_size=content.size, uploaded_by_user=by
    )


def _free_slug(hub: HubIndexPage, title: str) -> str:
    base = slugify(title)[:200] or "story"
    taken = set(hub.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def _blocks(submission: Submission) -> list[dict[str, Any]]:
    """Each text under its heading; a resource's own words come first, without one. Then the pictures."""
    is_story = submission.kind == Submission.Kind.STORY
    parts = []
    for name, heading in HEADINGS.items():
        if text := getattr(submission, name).strip():
            above = f"<h2>{heading}</h2>" if is_story or name == "advice" else ""
            parts.append(f"{above}{_paragraphs(text)}")
    blocks: list[dict[str, Any]] = [{"type": "text", "value": "".join(parts)}]
    for picture in submission.images.all():
        with picture.file.open() as file:
            content = ContentFile(file.read(), str(picture.file.name).rpartition("/")[2])
        image = get_image_model().objects.create(title=picture.alt_text[:250], file=content)
        value = {"content_image": image.pk, "alt_text": picture.alt_text, "caption": ""}
        blocks.append({"type": "image", "value": value})
    return blocks


def _paragraphs(text: str) -> str:
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return "".join(f"<p>{escape(part).replace(chr(10), '<br/>')}</p>" for part in parts if part)
