"""The socket for "what do you hold about me": each app declares its tables; one copy and one erasure read them all.

Declared in each app's holdings.py. tests/talent/test_holdings.py walks every table and fails for one that is not.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Field, FileField, Model, Q, QuerySet

from portal.ledger import LedgerRow
from portal.models import User


class Fate(StrEnum):
    """What becomes of the rows when the member is erased."""

    DELETED = "deleted"
    EMPTIED = "emptied"  # the words go, the fact stays
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Subject:
    """The member: the account, every record that is theirs, and the addresses they are reached at, in small letters."""

    user: User
    people: tuple[int, ...]
    emails: frozenset[str]


@dataclass(frozen=True, slots=True)
class Holding:
    """The rows of one table that are about a member; `path` leads to the account, the record or an address."""

    model: str
    path: str
    title: str
    fate: Fate
    why: str = ""  # what stays, and why; read by the member before they decide
    empties: tuple[str, ...] = ()
    without: tuple[str, ...] = ()  # columns that are somebody else's business
    names: tuple[str, ...] = ()  # who of the staff is named
    only: Q = field(default_factory=Q)
    withheld: str = ""  # why the rows are not in the member's copy
    branches: bool = True  # whether tables that hang on this one are about the member too

    @property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)

    def rows(self, subject: Subject) -> QuerySet[Any]:
        found: QuerySet[Any] = self.table._default_manager.filter(self._whose(subject))
        return found.order_by("pk")

    def shown(self, subject: Subject) -> QuerySet[Any]:
        """The rows that the member is given."""
        return self.rows(subject).none() if self.withheld else self.rows(subject).filter(self.only)

    def _whose(self, subject: Subject) -> Q:
        if self.path == "pk":
            return Q(pk=subject.user.pk) if self.table is User else Q(pk__in=subject.people)
        last = end_of(self.table, self.path)
        if not last.is_relation:
            said = Q()
            for email in sorted(subject.emails):
                said |= Q(**{f"{self.path}__iexact": email})
            return said if subject.emails else Q(pk__in=[])
        if last.related_model is User:
            return Q(**{self.path: subject.user})
        return Q(**{f"{self.path}__in": subject.people})


def end_of(table: type[Model], path: str) -> "Field[Any, Any]":
    """The column that a path ends at."""
    model: Any = table
    *through, end = path.split("__")
    for name in through:
        model = model._meta.get_field(name).related_model
    last: Field[Any, Any] = model._meta.get_field(end)
    return last


Step = Callable[[Subject, dt.datetime], None]
Extra = Callable[[Subject, dt.datetime], Iterable[tuple[str, Any]]]

HOLDINGS: list[Holding] = []
# Where the member acted for others: it stays, under the pseudonym.
ACTS: set[tuple[str, str]] = set()
BEFORE: list[Step] = []
AFTER: list[Step] = []
EXTRAS: list[Extra] = []
REFUSALS: list[Callable[[Subject, dt.datetime], str]] = []
NAME_STAYS: list[Callable[[Subject], bool]] = []


def deleted(model: str, path: str, title: str, **more: Any) -> None:
    HOLDINGS.append(Holding(model, path, title, Fate.DELETED, **more))


def emptied(model: str, path: str, title: str, *empties: str, why: str, **more: Any) -> None:
    HOLDINGS.append(Holding(model, path, title, Fate.EMPTIED, why, empties, **more))


def kept(model: str, path: str, title: str, *, why: str, **more: Any) -> None:
    HOLDINGS.append(Holding(model, path, title, Fate.KEPT, why, **more))


def acts(model: str, *fields: str) -> None:
    """Columns that name an account as who did something to somebody or something else."""
    ACTS.update((model, name) for name in fields)


def before_erasure(step: Step) -> Step:
    """Registers what must be ended by its own act while the member is still themselves."""
    BEFORE.append(step)
    return step


def after_erasure(step: Step) -> Step:
    """Registers what follows once words and names are gone."""
    AFTER.append(step)
    return step


def in_copy(extra: Extra) -> Extra:
    """Registers (member, at) -> (title, data) for what no column tells."""
    EXTRAS.append(extra)
    return extra


def refuses_erasure(asked: Callable[[Subject, dt.datetime], str]) -> Callable[[Subject, dt.datetime], str]:
    """Registers what has to be ended first: words for the screen, or nothing."""
    REFUSALS.append(asked)
    return asked


def name_stays(asked: Callable[[Subject], bool]) -> Callable[[Subject], bool]:
    """Registers whether the member's name is on a public record."""
    NAME_STAYS.append(asked)
    return asked


def obstacles(subject: Subject, *, at: dt.datetime) -> list[str]:
    return [words for asked in REFUSALS if (words := asked(subject, at))]


def is_public(subject: Subject) -> bool:
    return any(asked(subject) for asked in NAME_STAYS)


def what_stays(subject: Subject) -> list[str]:
    """What an erasure leaves of this member, each thing once, in the order of the floors."""
    held = (holding for holding in HOLDINGS if holding.why and holding.rows(subject).exists())
    return list(dict.fromkeys(holding.why for holding in held))


def settle(holding: Holding, subject: Subject) -> None:
    """Deletes or empties the rows, ledgers by their own door."""
    rows = holding.rows(subject)
    if holding.fate is Fate.DELETED:
        _delete_files(holding, rows)
        rows.delete()
    elif holding.fate is Fate.EMPTIED and issubclass(holding.table, LedgerRow):
        holding.table.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).erase_text(*holding.empties)
    elif holding.fate is Fate.EMPTIED:
        pks = list(rows.values_list("pk", flat=True))
        holding.table._default_manager.filter(pk__in=pks).update(**_nothing(holding))


def _nothing(holding: Holding) -> dict[str, Any]:
    columns: list[Any] = [holding.table._meta.get_field(name) for name in holding.empties]
    return {column.name: nothing_of(column) for column in columns}


def nothing_of(column: Any) -> Any:
    """What an emptied column holds."""
    return None if column.null else column.get_default()


def _delete_files(holding: Holding, rows: QuerySet[Any]) -> None:
    """After the commit: an erasure that is rolled back keeps its files."""
    columns = [column for column in holding.table._meta.concrete_fields if isinstance(column, FileField)]
    for row in rows if columns else ():
        for column in columns:
            if file := getattr(row, column.name):
                transaction.on_commit(partial(file.storage.delete, file.name))
