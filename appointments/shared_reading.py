"""What a trust reads of each person on a list: the parts that were chosen when it was shared, and nothing else."""

import datetime as dt
from dataclasses import dataclass

from appointments.models import SharedList, SharedPerson, ShareEvent
from talent.models import Person, PostHeld

Part = SharedList.Part


@dataclass(frozen=True, slots=True)
class Card:
    """One person as the trust sees them."""

    person: Person
    lines: tuple[tuple[str, str], ...]
    posts: tuple[PostHeld, ...]
    skills: tuple[str, ...]
    view: str


def cards_of(shared: SharedList, *, day: dt.date) -> list[Card]:
    """Whoever agrees, on that day, to be shown, in the list's order; a fixed number of queries."""
    rows = SharedPerson.objects.filter(shared_list=shared).shown_on(day).select_related("person__region")
    rows = rows.prefetch_related("person__posts", "person__skills__skill")
    given = shared.events.filter(kind=ShareEvent.Kind.FEEDBACK).order_by("at", "pk")
    views = {event.person_id: event.get_view_display() for event in given}
    return [_card(row.person, frozenset(shared.parts), views.get(row.person_id, "")) for row in rows]


def _card(person: Person, parts: frozenset[str], view: str) -> Card:
    lines = [line for part, said in _said(person) if part in parts for line in said]
    return Card(
        person=person,
        lines=tuple((label, text) for label, text in lines if text),
        posts=tuple(person.posts.all()) if Part.POSTS in parts else (),
        skills=tuple(str(held.skill) for held in person.skills.all()) if Part.SKILLS in parts else (),
        view=view,
    )


def _said(person: Person) -> list[tuple[str, list[tuple[str, str]]]]:
    days = f"{person.days_a_month:g}" if person.days_a_month else ""
    ready = person.get_readiness_display() if person.readiness else ""
    return [
        (Part.ROLE, [("Current role", person.headline), ("Region", str(person.region or ""))]),
        (Part.SUMMARY, [("What they bring to a board", person.summary)]),
        (Part.READINESS, [("Readiness", ready), ("Days a month", days)]),
        (Part.CONTACT, [("Email", person.email), ("Telephone", person.phone)]),
    ]
