"""Equality answers into the vault: most people answer, some leave a question out, a few prefer not to say."""

import datetime as dt
from random import Random

from portal.demo import SEED, Stage
from talent.demo.steps import Course
from talent.equality import RETENTION, Kept, keep
from talent.monitoring import ASKED, FIELDS, UNDER_REPRESENTED

# Shares of the answers to each question, in the order in which they stand.
SHARES = {
    "sex": (63, 34, 3),
    "age": (6, 24, 41, 22, 4, 3),
    "ethnicity": (24, 22, 6, 42, 3, 3),
    "disability": (13, 82, 5),
    "religion": (27, 2, 34, 10, 2, 15, 4, 2, 4),
    "orientation": (86, 4, 3, 2, 5),
}
ANSWERED = 0.8


def load(stage: Stage, courses: list[Course]) -> None:
    """A chance of its own, so that answers change nothing for the rest of the year."""
    chance = Random(SEED + 6)
    keep(_record(stage, course, chance) for course in courses if "submit" in course.path)


def _record(stage: Stage, course: Course, chance: Random) -> Kept:
    closes_on = course.application.intake.closes_at.date()
    answers = {UNDER_REPRESENTED: "yes"}
    if chance.random() < ANSWERED:
        answers |= {key: _answer(chance, key) for key in ASKED if chance.random() < 0.95}
    return Kept(
        subject=course.application,
        answers=answers,
        answered_on=closes_on,
        # The year 2017/18 stays to be shown; a real installation's would have been deleted by now.
        delete_after=max(closes_on, stage.at.date() - dt.timedelta(days=365)) + RETENTION,
    )


def _answer(chance: Random, key: str) -> str:
    return chance.choices([value for value, _ in FIELDS[key].choices], weights=SHARES[key])[0]
