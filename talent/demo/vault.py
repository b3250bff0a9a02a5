"""Equality answers into the vault: most people answer, some leave a question out, a few prefer not to say."""

import datetime as dt

from portal.demo import Stage
from talent.demo.steps import Course
from talent.equality import RETENTION, Kept, keep
from talent.monitoring import ASKED, FIELDS, UNDER_REPRESENTED

# Shares of the first answers of a question, in the order in which they stand; what is left goes to the others.
SHARES = {
    "sex": (63, 34, 3),
    "age": (6, 24, 41, 22, 4, 3),
    "ethnicity": (24, 22, 6, 42, 3, 3),
    "disability": (13, 82, 5),
}
ANSWERED = 0.86


def load(stage: Stage, courses: list[Course]) -> None:
    keep(_record(stage, course) for course in courses if "submit" in course.path)


def _record(stage: Stage, course: Course) -> Kept:
    closes_on = course.application.intake.closes_at.date()
    answers = {UNDER_REPRESENTED: "yes"}
    if stage.chance.random() < ANSWERED:
        answers |= {key: _answer(stage, key) for key in ASKED if stage.chance.random() < 0.95}
    return Kept(
        subject=course.application,
        answers=answers,
        answered_on=closes_on,
        # The year 2017/18 stays to be shown; a real installation's would have been deleted by now.
        delete_after=max(closes_on, stage.at.date() - dt.timedelta(days=365)) + RETENTION,
    )


def _answer(stage: Stage, key: str) -> str:
    values = [value for value, _ in FIELDS[key].choices]
    shares = SHARES.get(key, ())
    weights = [*shares, *[5] * (len(values) - len(shares))][: len(values)]
    return stage.chance.choices(values, weights=weights)[0]
