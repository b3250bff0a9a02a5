"""Facts of the demonstration's collaboratives: measures, timetables, waves; levels follow the published figures."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.demo import Stage
from portal.models import Organisation

Sector = Organisation.Sector
ACUTE = (Sector.ACUTE, Sector.COMMUNITY, Sector.SPECIALIST)
MENTAL_HEALTH = (Sector.MENTAL_HEALTH,)
BEDS = (Sector.ACUTE, Sector.COMMUNITY, Sector.MENTAL_HEALTH, Sector.SPECIALIST)


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A measure, and the level from which and to which it moves over a wave."""

    code: str
    name: str
    definition: str
    numerator: str
    denominator_name: str
    unit: str
    per: int
    better: str
    start: float
    end: float
    denominator: int  # of an average trust; 0 for a plain count
    proportion: bool = False
    spread: float = 0.12
    noise: float = 0.02
    aim_percent: Decimal | None = None
    aim_by: dt.date | None = None

    def row(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": self.name,
            "definition": self.definition,
            "numerator": self.numerator,
            "denominator": self.denominator_name,
            "unit": self.unit,
            "per": self.per,
            "better": self.better,
            "is_proportion": self.proportion,
            "source": "Demonstration: definition of the programme team",
        }


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """When a wave began, on a fixed day or so many days ago; how many trusts of which sectors, 0 for all."""

    name: str
    trusts: dict[tuple[str, ...], int]
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    days_ago: int = 0
    buddies: bool = True
    ideas: int = 0  # in each trust's plan; 0: no plans
    # By measure: what all its trusts together stand at in these months, to the decimal.
    levels: dict[str, tuple[tuple[dt.date, float], ...]] = field(default_factory=dict)

    def begins(self, stage: Stage) -> dt.date:
        return self.starts_on or stage.days_ago(self.days_ago).date()

    def ends(self, stage: Stage) -> dt.date | None:
        return self.ends_on


@dataclass(frozen=True, slots=True)
class CollaborativeFacts:
    name: str
    slug: str
    aim: str
    measures: tuple[MeasureFacts, ...]
    waves: tuple[WaveFacts, ...]
    steps: tuple[tuple[str, str, int], ...] = field(default=())


TURNOVER = MeasureFacts(
    "turnover",
    "Nursing turnover",
    "Registered nurses and midwives on permanent contracts who left the trust in the last 12 months, whatever the "
    "reason. A move within the trust is no leaving.",
    "Leavers in the last 12 months",
    "Average headcount of the last 12 months",
    "%",
    100,
    "down",
    16.8,
    15.2,
    1450,
    aim_percent=Decimal("-10"),
    aim_by=dt.date(2018, 7, 1),
)
VACANCIES = MeasureFacts(
    "vacancy-rate",
    "Vacancy rate",
    "Established posts for registered nurses without a substantive holder on the last day of the month. A post filled "
    "by bank or agency staff is vacant.",
    "Vacant posts",
    "Established posts",
    "%",
    100,
    "down",
    11.4,
    10.1,
    1620,
    proportion=True,
    spread=0.2,
    noise=0.04,
)
SICKNESS = MeasureFacts(
    "sickness-absence",
    "Sickness absence",
    "Full-time equivalent days lost to sickness in the month, all staff groups.",
    "Days lost",
    "Days available",
    "%",
    100,
    "down",
    4.4,
    4.1,
    46000,
    proportion=True,
    spread=0.1,
    noise=0.06,
)
FALLS = MeasureFacts(
    "falls",
    "Falls in hospital",
    "Falls of inpatients that were reported, whatever the harm, on all wards but maternity.",
    "Falls reported",
    "Occupied bed days",
    "falls per 1,000 bed days",
    1000,
    "down",
    6.6,
    6.2,
    19000,
    noise=0.06,
    aim_percent=Decimal("-5"),
    aim_by=dt.date(2018, 3, 1),
)
CRITERIA_LED = MeasureFacts(
    "criteria-led-discharges",
    "Patients discharged by criteria",
    "Patients whom a nurse or therapist discharged because they met the criteria that a consultant had set.",
    "Patients discharged",
    "",
    "patients",
    1,
    "up",
    6,
    26,
    0,
    spread=0.3,
    noise=0.15,
)
PRESSURE = MeasureFacts(
    "pressure-ulcers",
    "Pressure ulcers",
    "New pressure ulcers of category 2 and above that began in the trust's care.",
    "New pressure ulcers",
    "Occupied bed days",
    "ulcers per 1,000 bed days",
    1000,
    "down",
    1.1,
    0.95,
    19000,
    noise=0.1,
)

DEATHS = MeasureFacts(
    "stillbirths-and-neonatal-deaths",
    "Stillbirths and neonatal deaths",
    "Babies who were stillborn from 24 weeks of pregnancy on, or who died within 28 days of birth, by the month "
    "of birth.",
    "Stillbirths and neonatal deaths",
    "Births",
    "per 1,000 births",
    1000,
    "down",
    6.1,
    5.7,
    430,
    proportion=True,
    spread=0.1,
    noise=0.35,
    aim_percent=Decimal("-20"),
    aim_by=dt.date(2020, 12, 1),
)

NINETY_DAYS = (
    ("data_pack", "Data pack sent", 0),
    ("launch", "Launch event", 7),
    ("call", "Introductory call", 21),
    ("visit", "Visit by the buddies", 45),
    ("plan_due", "Improvement plan due", 90),
    ("review", "Review at six months", 180),
    ("review", "Review at twelve months", 365),
)
EVENTS = (
    ("launch", "Launch event", 0),
    ("call", "First coaching call", 30),
    ("visit", "Learning session", 90),
    ("review", "Closing event", 180),
)

WAVE_OF_PLANS = (("plan_due", "Improvement plan due", 60), ("review", "Review of the plans", 300))
PHASES = (
    ("phase", "Discover: what the culture is like today", 90),
    ("phase", "Design: a leadership strategy of one’s own", 210),
    ("phase", "Deliver: put into practice and measured", 330),
)
YEAR_END = dt.date(2018, 3, 31)

RETENTION = CollaborativeFacts(
    "Retention improvement collaborative",
    "retention",
    "Fewer nurses and clinical staff leave their trust within a year: ninety days of clinically led support, then "
    "a plan with a twelve-month turnover target.",
    (TURNOVER, VACANCIES, SICKNESS),
    (
        WaveFacts(
            "Cohort 1",
            {MENTAL_HEALTH: 14, ACUTE: 21},
            dt.date(2017, 7, 3),
            YEAR_END,
            ideas=3,
            levels={"turnover": ((dt.date(2016, 6, 1), 16.8), (dt.date(2018, 3, 1), 15.2))},
        ),
        WaveFacts(
            "Cohort 2",
            {MENTAL_HEALTH: 0},
            dt.date(2018, 1, 15),
            dt.date(2018, 12, 31),
            ideas=2,
            levels={"turnover": ((dt.date(2017, 3, 1), 15.5), (dt.date(2018, 3, 1), 13.9))},
        ),
        WaveFacts("Cohort 9", {ACUTE: 12}, days_ago=150, ideas=3),
    ),
    NINETY_DAYS,
)
COLLABORATIVES = (
    RETENTION,
    CollaborativeFacts(
        "Falls collaborative",
        "falls",
        "Five per cent fewer falls of inpatients, by small tests of change on wards that share what they learn.",
        (FALLS,),
        (WaveFacts("2017", {(Sector.ACUTE,): 19}, dt.date(2017, 5, 2), YEAR_END, ideas=2),),
        EVENTS,
    ),
    CollaborativeFacts(
        "Criteria-led discharge",
        "criteria-led-discharge",
        "Patients go home as soon as they meet the criteria agreed for them, on any day of the week.",
        (CRITERIA_LED,),
        (WaveFacts("2017", {(Sector.ACUTE,): 13}, dt.date(2017, 6, 5), YEAR_END),),
        EVENTS,
    ),
    CollaborativeFacts(
        "Stop the Pressure",
        "stop-the-pressure",
        "Fewer people get a pressure ulcer in our care: every patient’s risk is assessed, and every trust works to an "
        "improvement plan of its own.",
        (PRESSURE,),
        (WaveFacts("2017/18", {BEDS: 172}, dt.date(2017, 4, 24), YEAR_END, buddies=False, ideas=1),),
        WAVE_OF_PLANS,
    ),
    CollaborativeFacts(
        "Maternal and neonatal health safety collaborative",
        "maternal-and-neonatal",
        "Safer care for mothers and babies in every maternity unit: a fifth fewer stillbirths and deaths of "
        "mothers and "
        "babies by 2020, half as many by 2030.",
        (DEATHS,),
        (WaveFacts("Wave 1", {(Sector.ACUTE,): 44}, dt.date(2017, 4, 3), YEAR_END, buddies=False, ideas=4),),
        WAVE_OF_PLANS,
    ),
    CollaborativeFacts(
        "Culture and leadership",
        "culture-and-leadership",
        "With The King’s Fund: trusts find out what their culture is like, design the leadership it needs, and "
        "put it into "
        "practice.",
        (),
        (
            WaveFacts(
                "Pilots",
                {(Sector.ACUTE,): 1, (Sector.COMMUNITY,): 1, MENTAL_HEALTH: 1},
                dt.date(2016, 6, 6),
                dt.date(2017, 3, 31),
            ),
        ),
        PHASES,
    ),
)
