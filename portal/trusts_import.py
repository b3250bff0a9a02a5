"""Loads a file of trusts in one transaction, as often as you like; says how many were new or changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from portal.models import Organisation, Region
from portal.trusts_file import TrustRow

Progress = Callable[[Iterable[TrustRow]], Iterable[TrustRow]]


@dataclass(frozen=True, slots=True)
class Loaded:
    read: int
    new: int
    changed: int

    def __str__(self) -> str:
        return f"{self.read} read, {self.new} new, {self.changed} changed"


@transaction.atomic
def load(rows: list[TrustRow], *, progress: Progress = iter) -> Loaded:
    """Trusts that left the file stay as they are: nothing is ever deleted."""
    the_body()
    known = {trust.ods_code: trust for trust in Organisation.objects.select_for_update()}
    regions = _regions(rows)
    before = {code: _facts(trust) for code, trust in known.items()}
    new = sum(row.ods_code not in known for row in rows)
    for row in progress(rows):
        trust = known.setdefault(row.ods_code, Organisation(ods_code=row.ods_code))
        _fill(trust, row, regions)
        if before.get(row.ods_code) != _facts(trust):
            trust.save()
    # Only now does every successor have its row.
    for row in rows:
        trust, successor = known[row.ods_code], known.get(row.successor)
        if trust.successor_id != (successor.pk if successor else None):
            trust.successor = successor
            trust.save()
    changed = sum(code in before and before[code] != _facts(known[code]) for code in (row.ods_code for row in rows))
    return Loaded(read=len(rows), new=new, changed=changed)


def the_body() -> Organisation:
    """The national body whose portal this is, named by the settings."""
    body, _ = Organisation.objects.update_or_create(
        ods_code=settings.PORTAL_BODY_ODS_CODE,
        defaults={"name": settings.ORGANISATION_NAME, "kind": Organisation.Kind.BODY},
    )
    return body


def _regions(rows: list[TrustRow]) -> dict[str, Region]:
    names = sorted({row.region for row in rows})
    return {name: Region.objects.get_or_create(name=name, defaults={"code": slugify(name)[:40]})[0] for name in names}


def _facts(trust: Organisation) -> dict[str, object]:
    names = ("name", "region_id", "sector", "kind", "postcode", "opened_on", "closed_on", "successor_id")
    return {name: getattr(trust, name) for name in names}


def _fill(trust: Organisation, row: TrustRow, regions: dict[str, Region]) -> None:
    trust.name, trust.region, trust.sector, trust.kind = row.name, regions[row.region], row.sector, row.kind
    trust.postcode, trust.opened_on, trust.closed_on = row.postcode, row.opened, row.closed
