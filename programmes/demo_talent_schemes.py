"""The talent schemes beside NExT Director: questions, criteria, intakes and cohorts, from demo_content/schemes.toml."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from portal.demo import Stage, london
from portal.models import Region
from programmes.demo_schemes import block, question, section
from programmes.models import Cohort, Intake, Scheme
from programmes.opening import questions_of

FILE = Path(__file__).parent / "demo_content" / "schemes.toml"
# Each scheme takes applications twice a year: one intake led to its cohort, one stands open now.
BEFORE_START = (dt.timedelta(days=140), dt.timedelta(days=100))
OPEN_FOR = 45


def written() -> list[dict[str, Any]]:
    schemes: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["schemes"]
    return schemes


def fields(said: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Scheme, its StreamFields as raw data."""
    return {
        **{name: said[name] for name in ("name", "slug", "code", "summary")},
        "outcome": said.get("outcome", Scheme.Outcome.COHORT),
        "guaranteed_interview": True,
        "eligibility": [
            block("question", key=key, question=text, hint="", reason_if_no=reason)
            for key, text, reason in said["eligibility"]
        ],
        "sections": [
            section("About you", "We use these details to reach you. Reviewers do not see them.", _about_you()),
            section(
                "Your experience",
                "Write about what you did yourself and what came of it.",
                [question("long_text", key, label, hint, word_limit=n) for key, label, hint, n in said["questions"]],
            ),
        ],
        "rubric": [
            block("criterion", key=key, label=label, description=good, weight=weight, max_score=4, essential=essential)
            for key, label, good, weight, essential in said["criteria"]
        ],
    }


def _about_you() -> list[dict[str, Any]]:
    return [
        question("short_text", "full_name", "Full name", identifying=True),
        question("short_text", "phone", "Phone number", "We call only to arrange an interview.", identifying=True),
        question("short_text", "current_role", "Current role", "Your job title and employer.", identifying=True),
    ]


def load(stage: Stage) -> None:
    """Every scheme with its cohorts and the intakes that led to them, and one that is open now for each."""
    regions = list(Region.objects.all())
    stage.left["cohorts"] = {}
    for said in written():
        scheme = Scheme.objects.create(**fields(said))
        for cohort in said["cohorts"]:
            made = _cohort(scheme, cohort, regions)
            stage.left["cohorts"][scheme.slug, made.name] = (made, cohort)
        _open_now(scheme, stage, regions)


def _cohort(scheme: Scheme, said: dict[str, Any], regions: list[Region]) -> Cohort:
    opens, closes = (said["starts"] - before for before in BEFORE_START)
    intake = _intake(scheme, said["name"], opens, closes, said["starts"], regions, said.get("people", 14))
    intake.question_set = questions_of(intake, at=intake.opens_at)
    return Cohort.objects.create(
        scheme=scheme, intake=intake, name=said["name"], starts_on=said["starts"], ends_on=said["ends"]
    )


def _open_now(scheme: Scheme, stage: Stage, regions: list[Region]) -> None:
    opens = stage.days_ago(OPEN_FOR // 3).date()
    closes = opens + dt.timedelta(days=OPEN_FOR)
    intake = _intake(scheme, f"Intake {closes:%B %Y}", opens, closes, closes + dt.timedelta(days=100), regions, 14)
    intake.question_set = questions_of(intake, at=intake.opens_at)


def _intake(
    scheme: Scheme,
    name: str,
    opens: dt.date,
    closes: dt.date,
    starts: dt.date,
    regions: list[Region],
    places: int,
) -> Intake:
    intake = Intake.objects.create(
        scheme=scheme,
        name=name,
        cohort_name=f"{scheme.name}, {name}"[:120],
        places=places,
        opens_at=london(opens, hour=9),
        closes_at=london(closes, hour=17),
        sift_by=closes + dt.timedelta(days=14),
        interviews_from=closes + dt.timedelta(days=30),
        decision_by=closes + dt.timedelta(days=50),
        starts_on=starts,
    )
    intake.regions.set(regions)
    return intake
