"""What plans and the hub's submissions share: a line of their table, and the mark that somebody wrote in the row."""

import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models

from portal.models import User

K = TypeVar("K", bound=models.TextChoices)
S = TypeVar("S", bound=models.TextChoices)
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Step(Generic[K, S]):
    """One line of a table: `by_trust` or, if not, by those who read what the trust wrote."""

    kind: K
    sources: frozenset[S]
    target: S
    by_trust: bool
    label: str
    needs_reason: bool = False


def touch(row: Row, by: User, at: dt.datetime, *fields: str) -> Row:
    """Saves `fields` of a locked row as its next revision."""
    row.revision += 1  # type: ignore[attr-defined]
    row.changed_at, row.changed_by = at, by  # type: ignore[attr-defined]
    row.save(update_fields=["revision", "changed_at", "changed_by", *fields])
    return row
