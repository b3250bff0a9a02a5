"""A member's copy of all that is held about them: asked for, made in the background, fetched by them alone, removed."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import FileField, Model
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from portal import outbox
from portal.fields import vault
from portal.holding import EXTRAS, HOLDINGS, Fate, Holding, Subject
from portal.models import User
from talent.access import Refused
from talent.merging import kept_record, records_of
from talent.models import OwnCopy, OwnCopyEvent, Person

MAKE = "talent.make_own_copy"
Kind = OwnCopyEvent.Kind


def subject_of(user: User) -> Subject:
    """The account with every record that is the member's, merged ones included."""
    own = Person.objects.filter(user=user).first()
    records = records_of(kept_record(own)) if own else []
    records += [own] if own and own not in records else []
    emails = {user.email.lower(), *(record.email.lower() for record in records if record.email)}
    return Subject(user, tuple(record.pk for record in records), frozenset(emails))


@transaction.atomic
def ask(user: User, *, by: User, at: dt.datetime) -> OwnCopy:
    """Has a copy made; the one that is being made already, if there is one. Raises Refused for anybody else's."""
    _refuse_others(user, by)
    User.objects.select_for_update().get(pk=user.pk)
    waiting = OwnCopy.objects.filter(user=user).being_made().first()
    if waiting is not None:
        return waiting
    copy = OwnCopy.objects.create(user=user, asked_at=at)
    OwnCopyEvent.objects.create(user=user, kind=Kind.ASKED, by=by, at=at)
    outbox.enqueue(MAKE, {"copy": copy.pk}, at=at, key=job_key(copy))
    return copy


def job_key(copy: OwnCopy) -> str:
    return f"{MAKE}:{copy.pk}"


Progress = Callable[[int, int], None]


def make(copy: OwnCopy, *, at: dt.datetime, progress: Progress) -> OwnCopy:
    """Gathers every table into one ZIP and keeps it encrypted until it expires; again, if it was made before."""
    subject = subject_of(copy.user)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _fill(archive, subject, at, progress)
    content = packed.getvalue()
    with transaction.atomic():
        row = OwnCopy.objects.select_for_update().get(pk=copy.pk)
        if row.made_at is not None or row.removed_at is not None:
            return row
        row.made_at, row.size = at, len(content)
        row.expires_at = at + dt.timedelta(days=settings.OWN_COPY_DAYS)
        row.file.save(f"{get_random_string(32)}.bin", ContentFile(vault().encrypt(content)), save=True)
        OwnCopyEvent.objects.create(user=row.user, kind=Kind.MADE, by=row.user, at=at)
        return row


def fetch(copy: OwnCopy, *, by: User, at: dt.datetime) -> bytes:
    """The ZIP, to the member alone and while it lasts; each time is on record. Raises Refused."""
    _refuse_others(copy.user, by)
    if not OwnCopy.objects.fetchable(at).filter(pk=copy.pk).exists():
        raise Refused("This copy is no longer kept. Ask for a new one.")
    OwnCopyEvent.objects.create(user=copy.user, kind=Kind.FETCHED, by=by, at=at)
    with copy.file.open("rb") as file:
        return vault().decrypt(file.read())


@transaction.atomic
def remove(copy: OwnCopy, *, by: User | None, at: dt.datetime) -> None:
    """The file goes; that there was one stays."""
    row = OwnCopy.objects.select_for_update(of=("self",)).get(pk=copy.pk)
    if by is not None:
        _refuse_others(row.user, by)
    if row.removed_at is not None:
        return
    storage, name = row.file.storage, row.file.name
    row.removed_at, row.file = at, ""
    row.save(update_fields=["removed_at", "file"])
    OwnCopyEvent.objects.create(user=row.user, kind=Kind.REMOVED, by=by, at=at)
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def remove_expired(*, at: dt.datetime) -> int:
    due = list(OwnCopy.objects.over(at))
    for copy in due:
        remove(copy, by=None, at=at)
    return len(due)


def _refuse_others(user: User, by: User) -> None:
    if user.pk != by.pk:
        raise Refused("Only the member can do that.")


def _fill(archive: zipfile.ZipFile, subject: Subject, at: dt.datetime, progress: Progress) -> None:
    steps, done = len(HOLDINGS) + len(EXTRAS), 0
    contents: list[tuple[str, str, int]] = []
    progress(done, steps)
    for title, rows in _parts(archive, subject, at):
        if rows:
            name = f"data/{len(contents) + 1:02}-{slugify(title)}.json"
            contents.append((name, title, len(rows)))
            archive.writestr(
                name, json.dumps({"title": title, "rows": rows}, indent=2, ensure_ascii=False, default=str)
            )
        done += 1
        progress(min(done, steps), steps)
    withheld = dict.fromkeys((each.title, each.withheld) for each in HOLDINGS if _is_withheld(each, subject))
    facts = {"contents": contents, "withheld": list(withheld), "at": at, "subject": subject.user}
    archive.writestr("README.txt", render_to_string("talent/own_copy_readme.txt", facts))


def _is_withheld(holding: Holding, subject: Subject) -> bool:
    """Columns that only tie the member's own rows together say nothing of what goes and stays, and hide nothing."""
    says = holding.fate is Fate.DELETED or bool(holding.why)
    return bool(holding.withheld) and says and holding.rows(subject).exists()


def _parts(archive: zipfile.ZipFile, subject: Subject, at: dt.datetime) -> Iterator[tuple[str, list[Any]]]:
    for holding in HOLDINGS:
        yield holding.title, [_row(holding, row, archive) for row in holding.shown(subject)]
    for extra in EXTRAS:
        yield from ((title, list(data)) for title, data in extra(subject, at))


def _row(holding: Holding, row: Model, archive: zipfile.ZipFile) -> dict[str, Any]:
    """One row as people read it: labels for codes, names for what is pointed at, files beside it."""
    told: dict[str, Any] = {}
    for column in holding.table._meta.concrete_fields:
        name = column.name
        if name in holding.without or (column.primary_key and not column.is_relation):
            continue
        if column.related_model is User and name not in holding.names:
            continue
        told[str(column.verbose_name)] = _value(row, column, archive)
    return told


def _value(row: Any, column: Any, archive: zipfile.ZipFile) -> Any:
    value = getattr(row, column.name)
    if isinstance(column, FileField):
        return _packed(value, row, archive) if value else None
    if column.is_relation:
        return None if value is None else str(value)
    if column.choices:
        return getattr(row, f"get_{column.name}_display")()
    return float(value) if isinstance(value, Decimal) else value


def _packed(file: Any, row: Any, archive: zipfile.ZipFile) -> str:
    called = slugify(getattr(row, "name", "").rsplit(".", 1)[0]) or "file"
    name = f"files/{row._meta.model_name}-{row.pk}-{called}.{file.name.rsplit('.', 1)[-1]}"
    if name not in archive.namelist() and file.storage.exists(file.name):
        with file.open("rb") as opened:
            archive.writestr(name, opened.read())
    return name
