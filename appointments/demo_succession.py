"""Succession in the demonstration: successors for chief executives' and nurse directors' seats, and conversations."""

import datetime as dt
from random import Random

from appointments.models import GrowthConversation, Seat, Successor
from portal.demo import SEED, Stage
from talent.models import Person

ROLES = ((Seat.Role.CHIEF_EXECUTIVE, "chief_executive"), (Seat.Role.NURSING, "nurse_director"))
SPEAKS = (
    "Ran the operations of a trust of the same size through two winters. Needs a year with money and the centre.",
    "Known and trusted by the clinicians. Has not yet stood before a regulator; a stretch assignment would help.",
    "Acted up for seven months, and the board would have kept them. Ready as soon as the family can move.",
    "Strong on improvement and on people. Would need a finance director who explains rather than reports.",
)
WISHES = (
    "A trust of my own within two years, near enough to be home at weekends.",
    "To lead across a system for a while before I lead one organisation again.",
    "To stay where I am for two more years and finish what we began, then look around.",
)
NEEDS = (
    "Shadowing a chief executive for a week; a mentor outside the region; the next modules on finance.",
    "A stretch assignment in a challenged trust this autumn, with a way back.",
    "A coach, and half a day a month away from the ward rota.",
)


def load_succession(stage: Stage) -> None:
    """In bulk: each row is what its act would have written, on the days on which it would have."""
    chance, team = Random(SEED + 23), stage.accounts["talent_team"]
    named, talks = [], []
    for role, sought in ROLES:
        people = list(Person.objects.filter(roles_sought__contains=[sought], pool_memberships__left_at=None).distinct())
        seats = list(Seat.objects.filter(role=role, board__closed_on=None, closed_on=None).order_by("pk"))
        for number, seat in enumerate(chance.sample(seats, min(len(seats), 60))):
            for person in chance.sample(people, 1 + number % 2) if people else []:
                named.append(
                    Successor(
                        seat=seat,
                        person=person,
                        readiness=person.readiness or Person.Readiness.THREE_TO_FIVE,
                        reason=chance.choice(SPEAKS),
                        named_by=team,
                        named_at=stage.days_ago(chance.randint(20, 200)),
                    )
                )
        for person in people[:20]:
            day = stage.days_ago(chance.randint(30, 250))
            talks.append(_talk(person, chance, day, team))
    Successor.objects.bulk_create(named)
    GrowthConversation.objects.bulk_create(talks)


def _talk(person: Person, chance: Random, at: dt.datetime, by: object) -> GrowthConversation:
    return GrowthConversation(
        person=person,
        held_on=at.date(),
        now=chance.choice((1, 2, 2, 3, 3)),
        scope=chance.choice((1, 2, 2, 3)),
        wishes=chance.choice(WISHES),
        needs=chance.choice(NEEDS),
        by=by,
        at=at,
    )
