"""Acts on saved searches and on the watches over them; running them is the roof's."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from portal.access import access_of
from portal.models import Region, User
from talent.access import Refused
from talent.models import SavedSearch, SearchWatch, WatchedPerson

# Messages that come once a day or a week are there when work begins.
HOUR, MONDAY = 7, 0
LONDON = ZoneInfo("Europe/London")
Audience, Frequency = SavedSearch.Audience, SearchWatch.Frequency


def may_share_with(user: User, audience: str, region: Region | None) -> bool:
    """The talent team with anyone; a regional lead within the region."""
    access = access_of(user)
    if access.is_talent_team or audience == Audience.OWNER:
        return access.is_talent_staff
    return audience == Audience.REGION and region is not None and region.pk in access.region_ids


def may_change(user: User, saved: SavedSearch) -> bool:
    """The owner; of what is shared also the talent team."""
    access = access_of(user)
    return access.is_talent_staff and (saved.owner_id == user.pk or (saved.is_shared and access.is_talent_team))


@transaction.atomic
def save_search(
    name: str,
    question: Mapping[str, Any],
    *,
    purpose: str = "",
    audience: str = Audience.OWNER,
    region: Region | None = None,
    by: User,
    at: dt.datetime,
) -> SavedSearch:
    region = _region_of(audience, region, by)
    return SavedSearch.objects.create(
        name=name,
        purpose=purpose,
        question=dict(question),
        audience=audience,
        region=region,
        owner=by,
        created_at=at,
        opened_at=at,
    )


@transaction.atomic
def change_search(
    saved: SavedSearch, *, name: str, purpose: str, audience: str, region: Region | None, by: User
) -> SavedSearch:
    """New words about it, another audience. Whoever may not see it any more watches it no more."""
    row = _locked(saved, by)
    row.region = _region_of(audience, region, by)
    row.name, row.purpose, row.audience = name, purpose, audience
    row.save(update_fields=["name", "purpose", "audience", "region"])
    for watch in row.watches.select_related("user"):
        if not SavedSearch.objects.visible_to(watch.user).filter(pk=row.pk).exists():
            watch.delete()
    return row


@transaction.atomic
def replace_question(saved: SavedSearch, question: Mapping[str, Any], *, by: User, at: dt.datetime) -> SavedSearch:
    """The same search asks something else from now on; name, audience and watches stay. Raises Refused."""
    row = _locked(saved, by)
    row.question, row.opened_at = dict(question), max(row.opened_at, at)
    row.save(update_fields=["question", "opened_at"])
    return row


@transaction.atomic
def retire_search(saved: SavedSearch, *, by: User, at: dt.datetime) -> None:
    """Nobody sees or watches it any more; the row stays for the record."""
    row = _locked(saved, by)
    row.retired_at = at
    row.save(update_fields=["retired_at"])
    row.watches.all().delete()


def note_opened(saved: SavedSearch, *, at: dt.datetime) -> None:
    SavedSearch.objects.filter(pk=saved.pk, opened_at__lt=at).update(opened_at=at)


@transaction.atomic
def watch_search(saved: SavedSearch, frequency: str, known: Iterable[int], *, by: User, at: dt.datetime) -> SearchWatch:
    """`by` is told from now on of whoever is found and is not among `known`, the people found today."""
    if not SavedSearch.objects.visible_to(by).in_use().filter(pk=saved.pk).exists():
        raise Refused("This search is not yours to watch.")
    watch, made = SearchWatch.objects.update_or_create(
        search=saved,
        user=by,
        defaults={"frequency": frequency, "due_at": next_due(frequency, at)},
        create_defaults={"frequency": frequency, "due_at": next_due(frequency, at), "since": at},
    )
    if made:
        note_known(watch, known, at=at)
    return watch


@transaction.atomic
def stop_watching(saved: SavedSearch, *, by: User) -> None:
    SearchWatch.objects.filter(search=saved, user=by).delete()


def note_known(watch: SearchWatch, people: Iterable[int], *, at: dt.datetime) -> None:
    rows = [WatchedPerson(watch=watch, person_id=person_id, at=at) for person_id in people]
    WatchedPerson.objects.bulk_create(rows, ignore_conflicts=True)


def next_due(frequency: str, at: dt.datetime) -> dt.datetime:
    """At once; or the next morning in London, or that of the next Monday."""
    if frequency == Frequency.IMMEDIATE:
        return at
    here = at.astimezone(LONDON)
    days = 7 - here.weekday() + MONDAY if frequency == Frequency.WEEKLY else 1
    return dt.datetime.combine(here.date() + dt.timedelta(days=days), dt.time(HOUR), tzinfo=LONDON)


def _region_of(audience: str, region: Region | None, by: User) -> Region | None:
    region = region if audience == Audience.REGION else None
    if audience == Audience.REGION and region is None:
        raise Refused("Choose the region whose talent staff may see it.")
    if not may_share_with(by, audience, region):
        raise Refused("You can keep a search to yourself or share it within your own region.")
    return region


def _locked(saved: SavedSearch, by: User) -> SavedSearch:
    row = SavedSearch.objects.in_use().select_for_update(of=("self",)).filter(pk=saved.pk).first()
    if row is None or not may_change(by, row):
        raise Refused("This search is not yours to change.")
    return row
