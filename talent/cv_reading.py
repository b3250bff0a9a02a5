"""Acts on a CV that somebody sends for their own profile: read, suggest, and add one by one what they confirm."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portal.document_text import text_of
from portal.files import EXTENSIONS, FileRefused, checked_type, refuse_infected
from portal.models import User
from talent import skills
from talent.access import Refused, is_own
from talent.cv_suggesting import posts_in, skills_in
from talent.models import CvReading, CvSuggestion, Person, Skill
from talent.people_cells import LONGEST_CV

LOCKED = "Your file is protected by a password, or is an old Word document (.doc). Save it as .docx without a password"
# How an encrypted .docx and an old .doc begin, both of them boxes of the same make.
COMPOUND = b"\xd0\xcf\x11\xe0"


def read_cv(person: Person, upload: object, *, by: User, at: dt.datetime) -> CvReading:
    """Reads the file's words and keeps what they suggest, not the file. Raises FileRefused, Unreadable or Refused."""
    _refuse_others(person, by)
    head = upload.read(4)  # type: ignore[attr-defined]
    if head == COMPOUND:
        raise FileRefused(LOCKED)
    kind = EXTENSIONS[checked_type(upload)].removeprefix(".")
    refuse_infected(upload)
    text = text_of(upload.read(), kind)  # type: ignore[attr-defined]
    return _keep(person, str(getattr(upload, "name", ""))[-200:], text[:LONGEST_CV], at)


@transaction.atomic
def _keep(person: Person, name: str, text: str, at: dt.datetime) -> CvReading:
    Person.objects.select_for_update().get(pk=person.pk)
    CvReading.objects.filter(person=person).delete()
    reading = CvReading.objects.create(person=person, file_name=name, text=text, read_at=at)
    held = set(person.skills.values_list("skill", flat=True))
    posts = {(post.title.casefold(), post.started_on.year) for post in person.posts.all()}
    new = [
        CvSuggestion(reading=reading, skill=found.skill, passage=found.passage)
        for found in skills_in(text, Skill.objects.offered())
        if found.skill.pk not in held
    ]
    new += [
        CvSuggestion(
            reading=reading,
            title=found.title,
            employer=found.employer,
            started_on=found.started_on,
            ended_on=found.ended_on,
            passage=found.passage,
        )
        for found in posts_in(text, today=timezone.localdate(at))
        if (found.title.casefold(), found.started_on.year) not in posts
    ]
    CvSuggestion.objects.bulk_create(new)
    return reading


@transaction.atomic
def add_skill(suggestion: CvSuggestion, *, by: User, at: dt.datetime) -> None:
    """The person's own word, with the sentence of the CV as what shows it."""
    row = _undecided(suggestion, by)
    if row.skill is None:
        raise Refused("This suggests a post.")
    skills.claim_skill(row.reading.person, row.skill, evidence=row.passage, by=by, at=at)
    _decide(row, accepted=True, at=at)


@transaction.atomic
def settle(suggestion: CvSuggestion, *, accepted: bool, by: User, at: dt.datetime) -> None:
    """The suggestion is dealt with: turned down, or a post saved from it."""
    _decide(_undecided(suggestion, by), accepted=accepted, at=at)


@transaction.atomic
def use_text(reading: CvReading, *, by: User) -> None:
    """The words become the CV on the profile, which the talent team can search once the person is in a pool."""
    _refuse_others(reading.person, by)
    Person.objects.filter(pk=reading.person_id).update(cv_text=reading.text)


@transaction.atomic
def forget(reading: CvReading, *, by: User) -> None:
    _refuse_others(reading.person, by)
    reading.delete()


def _undecided(suggestion: CvSuggestion, by: User) -> CvSuggestion:
    rows = CvSuggestion.objects.select_for_update(of=("self",)).undecided()
    row = rows.select_related("reading__person", "skill").filter(pk=suggestion.pk).first()
    if row is None:
        raise Refused("You have decided about this already.")
    _refuse_others(row.reading.person, by)
    return row


def _decide(row: CvSuggestion, *, accepted: bool, at: dt.datetime) -> None:
    row.decided_at, row.accepted = at, accepted
    row.save(update_fields=["decided_at", "accepted"])


def _refuse_others(person: Person, by: User) -> None:
    if not is_own(by, person):
        raise Refused("Only the person themselves does this.")
