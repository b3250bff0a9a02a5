"""Saving a committee, a seat or a meeting: never without its row in the committees' ledger."""

import datetime as dt
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from appointments.access import is_secretariat
from appointments.models import Committee, CommitteeEvent, CommitteeSeat, Meeting
from portal.models import User

T = TypeVar("T", Committee, CommitteeSeat, Meeting)
KINDS = {
    Committee: CommitteeEvent.Kind.COMMITTEE,
    CommitteeSeat: CommitteeEvent.Kind.SEAT,
    Meeting: CommitteeEvent.Kind.MEETING,
}


@transaction.atomic
def keep(row: T, *, by: User, at: dt.datetime, reason: str = "") -> T:
    """Saves `row` as it stands and writes down what that changed; an unchanged row leaves no trace."""
    if not is_secretariat(by):
        raise PermissionDenied
    return write_down(row, by=by, at=at, reason=reason)


def write_down(row: T, *, by: User, at: dt.datetime, reason: str = "") -> T:
    """keep() for an act that has asked by itself whether this is `by`'s to do."""
    model = type(row)
    stood = model.objects.select_for_update(of=("self",)).filter(pk=row.pk).first() if row.pk else None
    old, new = _facts(stood) if stood else {}, _facts(row)
    changed = [name for name in new if old.get(name) != new[name] or not stood]
    if not changed:
        return row
    row.save()
    meeting = row if isinstance(row, Meeting) else None
    CommitteeEvent.objects.create(
        kind=KINDS[model],
        committee=row if isinstance(row, Committee) else row.committee,
        meeting=meeting,
        row=row.pk,
        before={name: old[name] for name in changed if stood},
        after={name: new[name] for name in changed},
        by=by,
        at=at,
        reason=reason,
    )
    return row


def _facts(row: models.Model) -> dict[str, object]:
    """The row's columns but its key, as JSON holds them; people by their ids."""
    encode = DjangoJSONEncoder().default
    plain = (str, int, bool, list, type(None))
    found = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    return {name: value if isinstance(value, plain) else encode(value) for name, value in found.items()}
