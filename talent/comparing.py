"""Two records side by side: what each says, line by line, and what a merge would mean for the person's consent."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format

from talent.models import Application, Person, PoolMembership


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison."""

    label: str
    first: tuple[str, ...]
    second: tuple[str, ...]

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.first, self.second

    @property
    def is_same(self) -> bool:
        return bool(self.first) and [t.casefold() for t in self.first] == [t.casefold() for t in self.second]


def compared(first: Person, second: Person, *, day: dt.date) -> list[Compared]:
    """Every line on which at least one record says something."""
    left, right = _told(first, day), _told(second, day)
    lines = [Compared(label, left[label], right[label]) for label in left]
    return [line for line in lines if line.first or line.second]


def _told(person: Person, day: dt.date) -> dict[str, tuple[str, ...]]:
    held = person.pool_memberships.select_related("pool").order_by("pool__name")
    named = Application.objects.named().filter(person=person).select_related("intake__scheme")
    facts = {
        "Name": person.full_name,
        "Date of birth": date_format(person.born_on, "j F Y") if person.born_on else "",
        "Email": person.email,
        "Telephone": person.phone,
        "Postcode": person.postcode,
        "Region": str(person.region or ""),
        "Current role": person.headline,
        "Readiness": person.get_readiness_display() if person.readiness else "",
        "Signs in": person.user.email if person.user else "",
        "Comes from": str(person.imported_in or ""),
        "On record since": date_format(person.created_at, "j F Y"),
    }
    return {label: (value,) if value else () for label, value in facts.items()} | {
        "Posts": tuple(
            f"{p}, {p.started_on:%Y} to {p.ended_on.year if p.ended_on else 'now'}" for p in person.posts.all()
        ),
        "Skills": tuple(str(held.skill) for held in person.skills.select_related("skill")),
        "Talent pools": tuple(_consent(membership, day) for membership in held),
        "Applications": tuple(f"{a.intake} ({a.reference})" for a in named),
    }


def _consent(membership: PoolMembership, day: dt.date) -> str:
    if membership.left_at:
        return f"{membership.pool}: left"
    if membership.expires_on <= day:
        return f"{membership.pool}: ran out"
    return f"{membership.pool}: until {date_format(membership.expires_on, 'j F Y')}"
