"""How a submission to the hub moves: its table, move_submission() which alone sets its state, and what is written."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.fields.files import FieldFile

from portal.access import access_of, may_use_cms
from portal.files import checked_type, refuse_infected, unguessable_name
from portal.models import Organisation, User
from programmes.drafting import Step, touch
from programmes.hub_pages import put_up, take_down
from programmes.models import Submission, SubmissionEvent, SubmissionImage, Topic

State, Kind = Submission.State, SubmissionEvent.Kind
TEXTS = ("title", "summary", "wanted", "did", "happened", "advice", "result", "link")
MOST_IMAGES = 6


class SubmissionRefused(Exception):
    """The submission does not allow it as it stands; `str()` is fit for the screen."""


class SubmissionChanged(SubmissionRefused):
    """Somebody else wrote in it meanwhile; `submission` is as it stands now."""

    def __init__(self, submission: Submission) -> None:
        super().__init__("Somebody else changed this while you were writing. Look at both, then save again.")
        self.submission = submission


STEPS = (
    Step(Kind.SUBMITTED, frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED, True, "Send to an editor"),
    Step(Kind.WITHDRAWN, frozenset({State.SUBMITTED}), State.DRAFT, True, "Take back to change it"),
    Step(Kind.RETURNED, frozenset({State.SUBMITTED}), State.RETURNED, False, "Return with what to change", True),
    Step(Kind.PUBLISHED, frozenset({State.SUBMITTED}), State.PUBLISHED, False, "Publish"),
    Step(Kind.REFUSED, frozenset({State.SUBMITTED}), State.REFUSED, False, "Do not publish", True),
    Step(Kind.ASKED_DOWN, frozenset({State.PUBLISHED}), State.ASKED_DOWN, True, "Ask to have it taken down", True),
    Step(
        Kind.TAKEN_DOWN,
        frozenset({State.PUBLISHED, State.ASKED_DOWN}),
        State.TAKEN_DOWN,
        False,
        "Take it down",
        True,
    ),
    Step(Kind.KEPT, frozenset({State.ASKED_DOWN}), State.PUBLISHED, False, "Keep it", True),
)


def acts_for(user: User, submission: Submission) -> bool:
    return submission.trust_id in access_of(user).trust_ids


def may_moderate(user: User, submission: Submission) -> bool:
    """Editors and the talent team, but nobody for their own trust."""
    return may_use_cms(user) and not acts_for(user, submission)


@transaction.atomic
def begin_submission(trust: Organisation, kind: str, *, by: User, at: dt.datetime) -> Submission:
    if trust.pk not in access_of(by).trust_ids:
        raise PermissionDenied
    return Submission.objects.create(trust=trust, kind=Submission.Kind(kind), changed_at=at, changed_by=by)


@transaction.atomic
def write(
    submission: Submission,
    texts: Mapping[str, str],
    *,
    base_revision: int,
    by: User,
    at: dt.datetime,
    topics: Iterable[Topic] | None = None,
) -> Submission:
    """Saves what was written over the revision it was written on. Raises SubmissionChanged, SubmissionRefused."""
    row = _open(submission, by)
    new = {name: texts[name].strip() for name in TEXTS if name in texts}
    chosen = None if topics is None else {topic.pk for topic in topics}
    same_topics = chosen is None or chosen == set(row.topics.values_list("pk", flat=True))
    if same_topics and all(getattr(row, name) == text for name, text in new.items()):
        return row
    if row.revision != base_revision:
        raise SubmissionChanged(row)
    for name, text in new.items():
        setattr(row, name, text)
    if chosen is not None:
        row.topics.set(chosen)
    return touch(row, by, at, *new)


@transaction.atomic
def add_image(submission: Submission, file: Any, *, alt_text: str, by: User, at: dt.datetime) -> SubmissionImage:
    """A picture that was made sound already (programmes/pictures.py). Raises SubmissionRefused."""
    row = _open(submission, by)
    if not alt_text.strip():
        raise SubmissionRefused("Say what the picture shows, for people who cannot see it.")
    if row.images.count() >= MOST_IMAGES:
        raise SubmissionRefused(f"{MOST_IMAGES} pictures are enough. Take one out first.")
    image = SubmissionImage.objects.create(submission=row, file=file, alt_text=alt_text.strip())
    touch(row, by, at)
    return image


@transaction.atomic
def drop_image(image: SubmissionImage, *, by: User, at: dt.datetime) -> None:
    row = _open(image.submission, by)
    SubmissionImage.objects.filter(pk=image.pk, submission=row).delete()
    touch(row, by, at)


def attach_file(submission: Submission, upload: Any, *, by: User, at: dt.datetime) -> Submission:
    """Checks and keeps what others take away, in place of an earlier file. Raises FileRefused, SubmissionRefused."""
    content_type = checked_type(upload)
    refuse_infected(upload)
    with transaction.atomic():
        row = _open(submission, by)
        if row.kind != Submission.Kind.RESOURCE:
            raise SubmissionRefused("A story has no file. Share the file as a resource.")
        _forget(row.file)
        row.file_type = content_type
        row.file.save(unguessable_name(content_type), upload, save=False)
        return touch(row, by, at, "file", "file_type")


@transaction.atomic
def drop_file(submission: Submission, *, by: User, at: dt.datetime) -> Submission:
    row = _open(submission, by)
    _forget(row.file)
    row.file, row.file_type = "", ""
    return touch(row, by, at, "file", "file_type")


def _forget(file: FieldFile) -> None:
    """Deletes a stored file once nothing points to it any more."""
    if name := file.name:
        transaction.on_commit(lambda: file.storage.delete(name))


def steps_for(user: User, submission: Submission) -> list[Step[SubmissionEvent.Kind, Submission.State]]:
    """What `user` may do with it as it stands."""
    trust, editor = acts_for(user, submission), may_moderate(user, submission)
    return [step for step in STEPS if submission.state in step.sources and (trust if step.by_trust else editor)]


def missing(submission: Submission) -> list[str]:
    """What keeps it from being sent, in plain English. One query."""
    is_story = submission.kind == Submission.Kind.STORY
    wanted = {
        "title": "Give it a title.",
        "summary": "Say in a sentence or two what it is about.",
        "did": "Say what you did." if is_story else "Say what it is and how to use it.",
        **({"wanted": "Say what you wanted to change.", "happened": "Say what happened."} if is_story else {}),
    }
    said = [text for name, text in wanted.items() if not getattr(submission, name).strip()]
    if not is_story and bool(submission.file) == bool(submission.link):
        said.append("Take out the link or the file: one of them." if submission.file else "Add a file, or give a link.")
    if not submission.topics.exists():
        said.append("Choose a topic at least.")
    return said


@transaction.atomic
def move_submission(submission: Submission, kind: str, *, by: User, at: dt.datetime, reason: str = "") -> Submission:
    """Takes one step of the table: the only place that sets a submission's state.

    Publishing puts up its page, taking down ends it.
    Raises SubmissionRefused where the step is not in the table from here, wants a reason, or something is missing.
    """
    row = _lock(submission)
    step = next((step for step in STEPS if step.kind == kind), None)
    if step is None or row.state not in step.sources:
        raise SubmissionRefused(f"It is “{row.get_state_display().lower()}”; this step is not open.")
    if not (acts_for(by, row) if step.by_trust else may_moderate(by, row)):
        raise PermissionDenied
    if step.needs_reason and not reason.strip():
        raise SubmissionRefused("Say why.")
    if step.kind is Kind.SUBMITTED and (gaps := missing(row)):
        raise SubmissionRefused(" ".join(gaps))
    if step.kind is Kind.PUBLISHED:
        row.page = put_up(row, by=by, at=at)
    if step.kind is Kind.TAKEN_DOWN:
        take_down(row, by=by)
    row.state = step.target
    row.save(update_fields=["state", "page"])
    SubmissionEvent.objects.create(submission=row, kind=step.kind, by=by, at=at, reason=reason.strip())
    return row


@transaction.atomic
def comment(submission: Submission, *, text: str, by: User, at: dt.datetime) -> SubmissionEvent:
    """A word between the trust and the editors. Raises SubmissionRefused."""
    row = _lock(submission)
    if not (acts_for(by, row) or may_moderate(by, row)):
        raise PermissionDenied
    if not text.strip():
        raise SubmissionRefused("Write what you want to say.")
    return SubmissionEvent.objects.create(submission=row, kind=Kind.COMMENT, by=by, at=at, reason=text.strip())


def _lock(submission: Submission) -> Submission:
    return Submission.objects.select_for_update(of=("self",)).select_related("trust").get(pk=submission.pk)


def _open(submission: Submission, by: User) -> Submission:
    """Locked, by the trust's own people, and still to be written in."""
    row = _lock(submission)
    if not acts_for(by, row):
        raise PermissionDenied
    if not row.is_open:
        raise SubmissionRefused(f"It is “{row.get_state_display().lower()}” and cannot be changed now.")
    return row
