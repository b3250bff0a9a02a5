"""Walks every table for columns that lead to a member, directly or through a table that is about one."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import BinaryField, CharField, EmailField, FileField, JSONField, Model, TextField

from portal import holding
from portal.holding import Fate
from portal.ledger import LedgerRow
from portal.models import User
from talent.models import Person


def leads(model: type[Model]) -> Iterator[Any]:
    """The columns that point at another table. What a many-to-many says stands in its own table."""
    for column in model._meta.concrete_fields:
        if column.is_relation and column.related_model is not None:
            yield column


def undeclared() -> list[str]:
    declared = {(each.model, each.path.split("__")[0]) for each in holding.HOLDINGS} | holding.ACTS
    about = {User, Person, *(each.table for each in holding.HOLDINGS if each.branches and each.path != "pk")}
    known = {each.model for each in holding.HOLDINGS}
    missing = []
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        for column in leads(model):
            is_audit = issubclass(model, LedgerRow) and column.name == "by"
            if column.related_model in (User, Person) and column.model is model and not is_audit:
                missing += [f"{label}.{column.name}"] if (label, column.name) not in declared else []
            elif column.related_model in about - {User, Person, model} and label not in known:
                missing.append(f"{label}.{column.name}")
        missing += [
            f"{label}.{column.name}"
            for column in model._meta.concrete_fields
            if isinstance(column, EmailField)
            and model not in (User, Person)
            and label not in known
            and (label, column.name) not in holding.ACTS
        ]
    return sorted(set(missing))


def words_that_stay() -> dict[str, tuple[str, ...]]:
    """Of tables that are not deleted: the columns of free words that an erasure leaves as they are."""
    emptied: dict[str, set[str]] = {}
    for each in holding.HOLDINGS:
        if each.path != "pk" and each.fate is not Fate.DELETED:
            emptied.setdefault(each.model, set()).update(each.empties)
    left = {label: tuple(c for c in _words(apps.get_model(label)) if c not in gone) for label, gone in emptied.items()}
    return {label: columns for label, columns in sorted(left.items()) if columns}


def _words(model: type[Model]) -> list[str]:
    kinds = (CharField, TextField, JSONField, FileField, BinaryField)
    return [c.name for c in model._meta.concrete_fields if isinstance(c, kinds) and not c.choices]
