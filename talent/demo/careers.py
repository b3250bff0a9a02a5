"""Careers for people in the demonstration: a background, posts that follow one another, a headline."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from talent.demo.words import CAREERS, PLACES
from talent.models import PostHeld

DUTIES = (
    "Responsible for {n} staff in {place} and for the budget, reporting to the board.",
    "Led a service of {n} people through a change of system and of premises.",
    "Strategy, performance and partnership with councils and charities around {place}.",
    "Governance, risk and assurance; secretary to the audit committee.",
    "Day-to-day leadership of {n} people at two sites.",
)
TEAMS = (12, 40, 85, 160, 300, 750)


@dataclass(frozen=True, slots=True)
class Career:
    """Posts, the newest first; every employer is invented."""

    background: str
    place: str
    posts: tuple[PostHeld, ...]

    @property
    def now(self) -> PostHeld:
        return self.posts[0]

    @property
    def headline(self) -> str:
        return f"{self.now.title}, {self.now.employer}"

    @property
    def sector(self) -> str:
        return str(CAREERS[self.background]["label"]).lower()


def make_career(random: Random, on: dt.date) -> Career:
    """A career as it stands on the day `on`: up the titles of one background, the last one at board level."""
    background = random.choice(sorted(CAREERS))
    home = place = random.choice(PLACES)
    ended: dt.date | None = None
    begun = on - dt.timedelta(days=random.randint(400, 2600))
    posts = []
    for title in reversed(CAREERS[background]["titles"][-random.choice((3, 3, 4)) :]):
        employer = random.choice(CAREERS[background]["employers"]).format(place=place)
        posts.append(
            PostHeld(
                title=title,
                employer=employer,
                started_on=begun.replace(day=1),
                ended_on=ended.replace(day=1) if ended else None,
                board_level=not posts,
                description=random.choice(DUTIES).format(n=random.choice(TEAMS), place=place),
            )
        )
        ended = begun - dt.timedelta(days=random.choice((0, 0, 0, 31, 92)))
        begun = ended - dt.timedelta(days=random.randint(700, 1900))
        place = random.choice((place, random.choice(PLACES)))
    return Career(background, home, tuple(posts))
