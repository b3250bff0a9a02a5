"""Readings for a talent board: cover and gaps of seats, demand against supply, the nine-box grid."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from appointments.models import GrowthConversation, Seat, Successor, Tenure
from appointments.terms import last_day_of
from portal.access import Viewer
from portal.models import Region
from talent.models import Person, PoolMembership, RoleSought

NOW, SOON, LATER = Person.Readiness.NOW, Person.Readiness.ONE_TO_TWO, Person.Readiness.THREE_TO_FIVE
_ORDER = (str(NOW), str(SOON), str(LATER))
# A talent board looks a year ahead.
MONTHS_AHEAD = 12
# The seat that each role sought leads to.
SOUGHT: Mapping[str, str] = {
    Seat.Role.CHAIR: RoleSought.CHAIR,
    Seat.Role.NED: RoleSought.NED,
    Seat.Role.CHIEF_EXECUTIVE: RoleSought.CHIEF_EXECUTIVE,
    Seat.Role.FINANCE: RoleSought.FINANCE_DIRECTOR,
    Seat.Role.MEDICAL: RoleSought.MEDICAL_DIRECTOR,
    Seat.Role.NURSING: RoleSought.NURSE_DIRECTOR,
    Seat.Role.OPERATING: RoleSought.OPERATING_OFFICER,
    Seat.Role.WORKFORCE: RoleSought.PEOPLE_DIRECTOR,
}


@dataclass(frozen=True, slots=True)
class Cover:
    """The seats of one role in one region: how many have somebody ready now, within two years, within five, nobody."""

    region: Region
    seats: int
    now: int
    soon: int
    later: int

    @property
    def gaps(self) -> int:
        return self.seats - self.now - self.soon - self.later


def cover(role: str, regions: Iterable[Region], day: dt.date) -> list[Cover]:
    """Each region's seats of a role by the readiest person who is named. Two queries."""
    seats = Seat.objects.filter(role=role).open_on(day).filter(board__closed_on=None)
    where = dict(seats.values_list("pk", "board__region"))
    best: dict[int, str] = {}
    named = Successor.objects.standing().filter(seat__in=list(where))
    for seat, readiness in named.values_list("seat", "readiness"):
        best[seat] = min(best.get(seat, str(LATER)), readiness, key=_ORDER.index)
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for seat, region in where.items():
        found[region][best.get(seat, "")] += 1
    return [
        Cover(region, found[region.pk].total(), found[region.pk][NOW], found[region.pk][SOON], found[region.pk][LATER])
        for region in regions
    ]


@dataclass(frozen=True, slots=True)
class Balance:
    """One role: seats that fall vacant in the year, seats that stand vacant, and who in the pools looks for it."""

    role: str
    label: str
    falling_vacant: int
    vacant: int
    now: int
    soon: int
    later: int

    @property
    def demand(self) -> int:
        return self.falling_vacant + self.vacant

    @property
    def is_short(self) -> bool:
        return self.demand > self.now


def balances(region: Region | None, day: dt.date) -> list[Balance]:
    """Demand against supply, role by role, nationally or in one region. Four queries."""
    seats = Seat.objects.open_on(day).filter(board__closed_on=None, role__in=list(SOUGHT))
    consenting = PoolMembership.objects.in_force(day).values("person")
    people = Person.objects.unmerged().filter(pk__in=consenting)
    if region is not None:
        seats, people = seats.filter(board__region=region), people.filter(region=region)
    total = Counter(seats.values_list("role", flat=True))
    sitting = Tenure.objects.sitting_on(day).filter(seat__in=seats.values("pk"))
    taken = Counter(sitting.values_list("seat__role", flat=True))
    ending = Tenure.objects.falling_vacant(day, last_day_of(day, MONTHS_AHEAD)).filter(seat__in=seats.values("pk"))
    falling = Counter(ending.values_list("seat__role", flat=True))
    ready = Counter(
        (role, readiness) for roles, readiness in people.values_list("roles_sought", "readiness") for role in roles
    )
    return [
        Balance(
            role,
            str(Seat.Role(role).label),
            falling[role],
            total[role] - taken[role],
            *(ready[sought, step] for step in (NOW, SOON, LATER)),
        )
        for role, sought in SOUGHT.items()
    ]


@dataclass(frozen=True, slots=True)
class Box:
    """One field of the nine-box grid, with the people whose last conversation put them there."""

    now: int
    scope: int
    people: Sequence[Person]


def grid(user: Viewer) -> list[list[Box]]:
    """Rows from great to some scope for growth; in each from some to great in the post now. Whom `user` may read."""
    last: QuerySet[GrowthConversation] = (
        GrowthConversation.objects.visible_to(user)
        .exclude(person__user=user.pk)
        .filter(person__in=Person.objects.visible_to(user).values("pk"))
        .order_by("person_id", "-held_on", "-pk")
        .distinct("person_id")
        .select_related("person")
    )
    found: dict[tuple[int, int], list[Person]] = defaultdict(list)
    for one in sorted(last, key=lambda each: each.person.sort_name):
        found[one.now, one.scope].append(one.person)
    return [[Box(now, scope, found[now, scope]) for now in (1, 2, 3)] for scope in (3, 2, 1)]
