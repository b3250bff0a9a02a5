"""Files that prove a check: added, opened and removed, each written down; a declaration is opened likewise."""

import datetime as dt
import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction

from appointments.access import in_question, may_check
from appointments.checking import CheckRefused, lock
from appointments.models import CheckKind, CheckRead, CheckSet, Evidence, SelfDeclaration
from portal.files import FileRefused, checked_type, refuse_infected, unguessable_name
from portal.models import User


def add_evidence(check_set: CheckSet, kind: str, upload: Any, *, by: User, at: dt.datetime) -> Evidence:
    """Keeps a file behind one check, judged by its content and scanned. Raises CheckRefused."""
    try:
        content_type = checked_type(upload)
        refuse_infected(upload)
    except FileRefused as refused:
        raise CheckRefused(str(refused)) from refused
    content = upload.read()
    with transaction.atomic():
        row = lock(check_set, by=by)
        # Under a name that says nothing and that nobody guesses.
        file = ContentFile(content, name=unguessable_name(content_type))
        digest = hashlib.sha256(content).hexdigest()
        name = (upload.name or "")[-200:]
        facts = {"kind": CheckKind(kind), "name": name, "size": len(content), "sha256": digest}
        return Evidence.objects.create(check_set=row, file=file, added_by=by, added_at=at, **facts)


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User, at: dt.datetime) -> None:
    """Deletes a file that is needed no longer; that it was there, and who took it away, stays."""
    lock(evidence.check_set, by=by)
    row = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if row.removed_at is None:
        row.removed_at, row.removed_by = at, by
        row.save(update_fields=["removed_at", "removed_by"])
        transaction.on_commit(lambda: row.file.delete(save=False))


def note_reading(read: Evidence | SelfDeclaration, *, by: User, at: dt.datetime) -> CheckRead:
    """Written before the file or declaration is shown; refused to whoever may not check."""
    check_set = read.check_set
    barred = (check_set.person_id, check_set.seat_id) in in_question(by)
    if barred or not may_check(by, check_set.person, check_set.seat.board):
        raise PermissionDenied
    what = f"{read.get_kind_display()}: {read.name}" if isinstance(read, Evidence) else "Self-declaration"
    return CheckRead.objects.create(check_set=check_set, what=what[:200], by=by, at=at)
