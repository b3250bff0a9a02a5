"""Acts on a list shown to a trust: sharing it for a time, withdrawing it at once, the trust's reading and its views."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from appointments.models import Seat, SharedList, SharedPerson, ShareEvent
from appointments.models.shortlist import may_be_shown
from portal import outbox
from portal.access import access_of
from portal.models import Organisation, User
from talent.models import Person, PoolMembership

LONGEST = dt.timedelta(days=90)
Kind = ShareEvent.Kind


class SharingRefused(Exception):
    """The list cannot be shown, read or answered by this person now; `str()` is fit for the screen."""


@transaction.atomic
def share(
    people: Iterable[Person],
    trust: Organisation,
    *,
    vacancy: str,
    parts: Sequence[str],
    until: dt.date,
    by: User,
    at: dt.datetime,
    message: str = "",
    seat: Seat | None = None,
) -> SharedList:
    """Shows those of `people` who agree to be shown, in their order, and tells the trust. Raises SharingRefused."""
    today = timezone.localdate(at)
    _refuse_unless_staff(trust, by)
    if not today <= until <= today + LONGEST:
        raise SharingRefused(f"A list is shown until a day within the next {LONGEST.days} days.")
    if seat is not None and seat.board_id != trust.pk:
        raise SharingRefused("This seat is on another board.")
    willing = _willing(people, by, today)
    if not willing:
        raise SharingRefused("Nobody on this list agrees to be shown to a trust.")
    made = SharedList.objects.create(
        trust=trust,
        seat=seat,
        vacancy=vacancy,
        message=message,
        parts=list(parts),
        shared_at=at,
        shared_by=by,
        until=until,
    )
    SharedPerson.objects.bulk_create(
        SharedPerson(shared_list=made, person=person, position=n) for n, person in enumerate(willing, start=1)
    )
    _write(made, Kind.SHARED, by=by, at=at, shown=[person.pk for person in willing])
    outbox.enqueue("appointments.tell_shared", {"shared_list": made.pk}, at=at)
    return made


@transaction.atomic
def withdraw(shared: SharedList, *, by: User, at: dt.datetime, reason: str = "") -> None:
    """The trust sees nothing of it from its next request on."""
    row = SharedList.objects.select_for_update(of=("self",)).select_related("trust").get(pk=shared.pk)
    _refuse_unless_staff(row.trust, by)
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        _write(row, Kind.WITHDRAWN, by=by, at=at, reason=reason)


def record_reading(shared: SharedList, people: Sequence[Person], *, by: User, at: dt.datetime) -> None:
    """Written before the page leaves: each person is told which trust saw them, and when."""
    _write(shared, Kind.READ, by=by, at=at, shown=[person.pk for person in people])


@transaction.atomic
def give_view(shared: SharedList, person: Person, *, view: str, words: str, by: User, at: dt.datetime) -> None:
    """What the trust makes of somebody it is shown; a later view stands beside the earlier. Raises SharingRefused."""
    today = timezone.localdate(at)
    row = SharedList.objects.shown_to(by, today).select_for_update(of=("self",)).filter(pk=shared.pk).first()
    if row is None or not row.people.shown_on(today).filter(person=person).exists():
        raise SharingRefused("This person is not shown to you any more.")
    _write(row, Kind.FEEDBACK, by=by, at=at, reason=words, person=person, view=view)
    outbox.enqueue("appointments.tell_view", {"shared_list": row.pk}, at=at)


@dataclass(frozen=True, slots=True)
class ShownTo:
    """One trust that a person was shown to: for what, from when to when, and when it last looked."""

    trust: str
    vacancy: str
    shared_on: dt.date
    until: dt.date
    parts: tuple[str, ...]
    is_shown: bool
    read_at: tuple[dt.datetime, ...]


def shown_to(person: Person, *, day: dt.date) -> list[ShownTo]:
    """Every trust that was ever shown `person`, the latest first: three queries."""
    rows = SharedPerson.objects.filter(person=person).select_related("shared_list__trust")
    reads = ShareEvent.objects.filter(kind=Kind.READ, shown__contains=[person.pk]).order_by("-at")
    read_at: dict[int, list[dt.datetime]] = {}
    for list_id, at in reads.values_list("shared_list", "at"):
        read_at.setdefault(list_id, []).append(at)
    agrees = may_be_shown(day).filter(pk=person.pk).exists()
    return [_shown_to(row, read_at, agrees, day) for row in rows.order_by("-shared_list__shared_at", "-pk")]


def _shown_to(row: SharedPerson, read_at: dict[int, list[dt.datetime]], agrees: bool, day: dt.date) -> ShownTo:
    shared = row.shared_list
    return ShownTo(
        trust=shared.trust.name,
        vacancy=shared.vacancy,
        shared_on=timezone.localdate(shared.shared_at),
        until=shared.until,
        parts=tuple(shared.part_labels),
        is_shown=agrees and row.removed_at is None and shared.is_shown_on(day),
        read_at=tuple(read_at.get(shared.pk, [])),
    )


def _willing(people: Iterable[Person], by: User, day: dt.date) -> list[Person]:
    """Those the sharer may see, in order, who agree to be shown; never the sharer."""
    seen = set(PoolMembership.objects.visible_to(by).in_force(day).values_list("person", flat=True))
    agreed = set(may_be_shown(day).values_list("pk", flat=True))
    return [person for person in people if person.pk in seen & agreed and person.user_id != by.pk]


def _refuse_unless_staff(trust: Organisation, by: User) -> None:
    access = access_of(by)
    if not access.is_talent_team and trust.region_id not in access.region_ids:
        raise SharingRefused("This trust is not yours to show people to.")


def _write(
    shared: SharedList,
    kind: str,
    *,
    by: User,
    at: dt.datetime,
    reason: str = "",
    person: Person | None = None,
    view: str = "",
    shown: Sequence[int] = (),
) -> None:
    ShareEvent.objects.create(
        shared_list=shared,
        kind=kind,
        by=by,
        at=at,
        reason=reason.strip(),
        person=person,
        view=view,
        shown=list(shown),
    )
