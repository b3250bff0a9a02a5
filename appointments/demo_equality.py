"""The equality report of 2017/18 for the demonstration: made-up answers of board members, then published by the act."""

import datetime as dt
from random import Random

from appointments import equality_baselines
from appointments.equality_units import ready_units
from appointments.models import Tenure
from appointments.years import ReportingYear
from portal.demo import SEED, Stage, london
from talent.equality import RETENTION, Kept, keep, publish
from talent.models import Person
from talent.monitoring import ASKED, FIELDS

YEAR = ReportingYear(2017)
PUBLISHED_ON = dt.date(2018, 6, 4)
ANSWERED = 0.83
# Shares of the answers in the order in which they stand: boards as they were published in 2017.
SHARES = {
    "sex": (42, 56, 2),
    "age": (1, 8, 34, 41, 14, 2),
    "ethnicity": (40, 20, 9, 898, 6, 27),
    "disability": (5, 91, 4),
    "religion": (30, 1, 52, 2, 2, 2, 1, 2, 8),
    "orientation": (90, 3, 1, 1, 5),
}


def load_equality(stage: Stage) -> None:
    """A chance of its own, so that answers change nothing for the rest of the year."""
    chance = Random(SEED + 5)
    equality_baselines.load()
    sitting = Tenure.objects.sitting_on(YEAR.last_on).order_by("person").values("person")
    people = Person.objects.filter(pk__in=sitting).order_by("pk")
    # The year stays to be shown; a real installation's answers would have been deleted by now.
    delete_after = stage.at.date() + RETENTION
    keep(
        Kept(subject=person, answers=_answers(chance), answered_on=YEAR.last_on, delete_after=delete_after)
        for person in people
        if chance.random() < ANSWERED
    )
    at, team = london(PUBLISHED_ON), stage.accounts["talent_team"]
    for unit in stage.progress(ready_units(YEAR, at=at), "Equality figures of 2017/18"):
        publish(unit, by=team, at=at)


def _answers(chance: Random) -> dict[str, str]:
    given = {}
    for key in ASKED:
        values = [value for value, _ in FIELDS[key].choices]
        if chance.random() < 0.96:
            given[key] = chance.choices(values, weights=SHARES[key])[0]
    return given
