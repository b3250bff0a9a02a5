"""The first floor's part of the demonstration: the NExT Director scheme, its intakes past, live and to come."""

import datetime as dt
from dataclasses import dataclass

from portal.demo import Stage, london
from portal.models import Region
from programmes import (
    demo_award,
    demo_collaboratives,
    demo_events,
    demo_hub,
    demo_learning,
    demo_pages,
    demo_talent_schemes,
)
from programmes.demo_schemes import next_director
from programmes.models import Cohort, Intake, Scheme
from programmes.opening import questions_of

# Keys under which the talent floor finds the intakes on the stage.
LONDON_2017, MIDLANDS_2017 = "london_2017", "midlands_2017"
RUNNING, RECENT, DECIDING, LIVE, COMING = "running", "recent", "deciding", "live", "coming"
LONDON, MIDLANDS = "London", "Midlands and East"
SEASONS = ("winter", "spring", "summer", "autumn")


@dataclass(frozen=True, slots=True)
class Timetable:
    """The days of one intake, from opening to the start of its placements."""

    key: str
    regions: tuple[str, ...]
    places: int
    opens: dt.date
    closes: dt.date
    sift: dt.date
    interviews: dt.date
    meeting: dt.date
    starts: dt.date

    @property
    def name(self) -> str:
        season = SEASONS[self.closes.month % 12 // 3]
        return f"{', and '.join(self.regions)}, {season} {self.closes.year}"


def timetables(stage: Stage) -> list[Timetable]:
    """Two intakes of 2017/18 on fixed days; the others stand so far from today, whenever that is."""

    def around(key: str, regions: tuple[str, ...], places: int, *days_ago: int) -> Timetable:
        return Timetable(key, regions, places, *(stage.days_ago(days).date() for days in days_ago))

    day = dt.date
    return [
        Timetable(
            LONDON_2017, (LONDON,), 24, day(2017, 4, 3), day(2017, 5, 12), day(2017, 5, 26),
            day(2017, 6, 19), day(2017, 7, 13), day(2017, 9, 4),
        ),
        Timetable(
            MIDLANDS_2017, (MIDLANDS,), 28, day(2017, 9, 4), day(2017, 10, 13), day(2017, 10, 27),
            day(2017, 11, 20), day(2017, 12, 7), day(2018, 2, 5),
        ),
        around(RUNNING, (LONDON,), 12, 330, 290, 276, 252, 220, 96),
        around(RECENT, ("South", LONDON), 14, 190, 150, 136, 44, 6, 1),
        around(DECIDING, (MIDLANDS,), 20, 112, 72, 58, 16, -8, -60),
        around(LIVE, (LONDON, MIDLANDS), 30, 19, -24, -38, -66, -94, -130),
        around(COMING, ("North", "South"), 24, -40, -82, -96, -124, -152, -190),
    ]  # fmt: skip


def load(stage: Stage) -> None:
    scheme = Scheme.objects.create(**next_director())
    regions = {region.name: region for region in Region.objects.all()}
    for timetable in timetables(stage):
        stage.left[timetable.key] = _intake(scheme, timetable, regions, stage.at)
    stage.left["timetables"] = {timetable.key: timetable for timetable in timetables(stage)}
    demo_talent_schemes.load(stage)
    demo_award.load(stage)
    _load_pages(stage)
    demo_hub.load(stage)
    demo_collaboratives.load(stage)
    demo_events.load(stage)
    demo_learning.load(stage)
    demo_pages.tie()


def _intake(scheme: Scheme, days: Timetable, regions: dict[str, Region], at: dt.datetime) -> Intake:
    intake = Intake.objects.create(
        scheme=scheme,
        name=days.name,
        cohort_name=f"NExT Directors, {days.name}",
        places=days.places,
        opens_at=london(days.opens, hour=9),
        closes_at=london(days.closes, hour=17),
        sift_by=days.sift,
        interviews_from=days.interviews,
        decision_by=days.meeting,
        starts_on=days.starts,
    )
    intake.regions.set([regions[name] for name in days.regions])
    if intake.opens_at <= at:
        intake.question_set = questions_of(intake, at=intake.opens_at)
        Cohort.objects.create(
            scheme=scheme,
            intake=intake,
            name=intake.cohort_name,
            starts_on=days.starts,
            ends_on=days.starts + dt.timedelta(days=365),
        )
    return intake


def _load_pages(stage: Stage) -> None:
    with stage.bar("Pages") as tell:
        demo_pages.load(progress=tell)
