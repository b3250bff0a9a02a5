"""The Sir Peter Carr Award as data: what a pair is asked, how a panel reads it, the prize, a past and an open round."""

import datetime as dt
from decimal import Decimal
from typing import Any

from portal.demo import Stage, london
from portal.models import Region
from programmes.demo_schemes import block, question, section
from programmes.models import Intake, Prize, Scheme
from programmes.opening import questions_of

SLUG = "sir-peter-carr-award"
# Keys under which the talent floor finds the two rounds on the stage.
PAST, OPEN = "award_past", "award_open"
SOURCE = "The body's highlights of its first year, 2016/17."


def sir_peter_carr_award() -> dict[str, Any]:
    """The fields of a Scheme, its StreamFields as raw data."""
    return {
        "name": "Sir Peter Carr Award",
        "slug": SLUG,
        "code": "SPC",
        "summary": "For one clinician and one manager who want to learn together and improve their service.",
        "track": Scheme.Track.AWARD,
        "outcome": Scheme.Outcome.PRIZE,
        "eligibility": [block("question", key=k, question=q, hint="", reason_if_no=r) for k, q, r in _ELIGIBILITY],
        "sections": [
            section("The two of you", "The panel does not see this part.", _who()),
            section("What you want to change", "Write without naming your trust: the panel reads it so.", _change()),
            section("What you would learn", "Together, and each from the other.", _learning()),
            section("If you win", "We publish your names, your trust and what the award is for.", _winning()),
        ],
        "rubric": [
            block("criterion", key=k, label=label, description=good, weight=weight, max_score=4, essential=essential)
            for k, label, good, weight, essential in _RUBRIC
        ],
    }


_ELIGIBILITY = (
    (
        "pair",
        "Are you a clinician and a manager, or one of such a pair?",
        "The award is for one clinician and one manager. Ask a colleague from the other side to apply with you.",
    ),
    (
        "same_service",
        "Do the two of you work on the same service in an NHS trust?",
        "The award pays for a change in a service that you both answer for.",
    ),
    (
        "backing",
        "Does your trust's chief executive back you with time?",
        "Talk to your chief executive first: each of you needs about two days a month for a year.",
    ),
)


def _who() -> list[dict[str, Any]]:
    return [
        question("short_text", "clinician", "The clinician: name and post", identifying=True),
        question("short_text", "manager", "The manager: name and post", identifying=True),
        question("short_text", "trust", "Your trust", identifying=True),
    ]


def _change() -> list[dict[str, Any]]:
    return [
        question(
            "long_text",
            "change",
            "What do you want to change?",
            "For whom, and how you will know that it is better.",
            word_limit=300,
        ),
        question(
            "long_text",
            "together",
            "How do the two of you work together now?",
            "Say also where it is difficult.",
            word_limit=200,
        ),
    ]


def _learning() -> list[dict[str, Any]]:
    return [
        question("long_text", "learning", "What would you learn, where and from whom?", word_limit=250),
        question("long_text", "spending", "How would you spend the prize?", "In round figures.", word_limit=150),
    ]


def _winning() -> list[dict[str, Any]]:
    return [question("yes_no", "publish", "May we publish your names, your trust and what the award is for?")]


_RUBRIC = (
    ("patients", "Matters to patients", "A change that patients would notice, with a way to measure it.", 3, True),
    ("partnership", "A real partnership", "Both speak, and they say where it is hard.", 3, True),
    ("learning", "Learning that lasts", "Each learns the other's craft, and others will after them.", 2, True),
    ("spending", "Money well spent", "Pays for learning and time, not for what the trust should pay anyway.", 1, False),
)


def load(stage: Stage) -> None:
    scheme = Scheme.objects.create(**sir_peter_carr_award())
    Prize.objects.create(scheme=scheme, amount=Decimal(30_000), from_on=dt.date(2016, 4, 1), source=SOURCE)
    regions = list(Region.objects.all())
    stage.left[PAST] = _round(scheme, dt.date(2017, 5, 2), dt.date(2017, 6, 30), regions)
    opens = stage.days_ago(20).date()
    stage.left[OPEN] = _round(scheme, opens, opens + dt.timedelta(days=60), regions)


def _round(scheme: Scheme, opens: dt.date, closes: dt.date, regions: list[Region]) -> Intake:
    intake = Intake.objects.create(
        scheme=scheme,
        name=f"{closes:%B %Y}",
        places=1,
        opens_at=london(opens, hour=9),
        closes_at=london(closes, hour=17),
        sift_by=closes + dt.timedelta(days=14),
        interviews_from=closes + dt.timedelta(days=60),
        decision_by=closes + dt.timedelta(days=75),
        starts_on=closes + dt.timedelta(days=100),
    )
    intake.regions.set(regions)
    intake.question_set = questions_of(intake, at=intake.opens_at)
    return intake
