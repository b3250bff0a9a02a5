"""Submissions to the hub for tests."""

import io
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from portal.models import Organisation, Role, User
from programmes import sharing
from programmes.models import Submission, Topic
from tests.factories.portal import OrganisationFactory, member

STORY = {
    "title": "Fewer falls",
    "summary": "We asked before people got up.",
    "wanted": "Fewer falls.",
    "did": "We asked.\n\nBy the clock.",
    "happened": "20 days without one.",
    "result": "From 6 to 20 days.",
    "advice": "Begin small.",
}


def trust_writer(trust: Organisation | None = None) -> User:
    return member(Role.TRUST_USER, organisation=trust or OrganisationFactory())


def topic(name: str = "Safety") -> Topic:
    return Topic.objects.get_or_create(name=name, slug=name.lower())[0]


def submission(by: User, *, state: str = "draft", topics: list[Topic] | None = None, **texts: str) -> Submission:
    """A story of the writer's trust, complete; `state` is set as it is."""
    trust = by.memberships.get().organisation
    at = timezone.now()
    row = sharing.begin_submission(trust, "story", by=by, at=at)
    row = sharing.write(row, STORY | texts, base_revision=0, topics=topics or [topic()], by=by, at=at)
    Submission.objects.filter(pk=row.pk).update(state=state)
    if state != "draft":
        row.events.create(kind="submitted", by=by, at=at)
    row.refresh_from_db()
    return row


def resource(by: User, content: bytes = b"%PDF-1.7 A checklist") -> Submission:
    """A resource of the writer's trust, complete, with its file."""
    at = timezone.now()
    row = sharing.begin_submission(by.memberships.get().organisation, "resource", by=by, at=at)
    texts = {"title": "A checklist", "summary": "For the first day.", "did": "Print it."}
    row = sharing.write(row, texts, base_revision=0, topics=[topic()], by=by, at=at)
    return sharing.attach_file(row, SimpleUploadedFile("checklist.pdf", content), by=by, at=at)


def picture(kind: str = "PNG", **info: Any) -> ContentFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(file, kind, **info)
    return ContentFile(file.getvalue(), f"ward.{kind.lower()}")
