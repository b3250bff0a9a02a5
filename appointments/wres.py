"""The nine indicators of the Workforce Race Equality Standard: which the portal works out, which a trust supplies."""

from dataclasses import dataclass

from appointments.equality_report import EqualityReport, boards_share
from appointments.models import EqualityBaseline
from talent.published import WRES

TRUST = "Each trust supplies it, from its staff record or the NHS staff survey. The portal holds no staff records."
NOT_YET = "Worked out here once the year’s figures are published and large enough to be shown."


@dataclass(frozen=True, slots=True)
class Indicator:
    number: int
    words: str
    figures: tuple[str, ...]
    note: str


WORDS = (
    "Staff in each pay band and among very senior managers, against the workforce as a whole",
    "Relative likelihood of white applicants being appointed from shortlisting compared with BME applicants",
    "Relative likelihood of BME staff entering the formal disciplinary process compared with white staff",
    "Relative likelihood of white staff going to non-mandatory training compared with BME staff",
    "Staff who were harassed, bullied or abused by patients, relatives or the public in 12 months",
    "Staff who were harassed, bullied or abused by other staff in 12 months",
    "Staff who believe that their trust offers equal opportunities for career progression",
    "Staff who were discriminated against by a manager, team leader or colleague in 12 months",
    "The board’s voting members who are BME, minus the share in the workforce",
)


def indicators(report: EqualityReport) -> list[Indicator]:
    """All nine, in their order; 2 and 9 with the figures of the year's report. One query."""
    ours = {2: _second(report), 9: _ninth(report)}
    return [
        Indicator(number, words, ours.get(number, ()), TRUST if number not in ours else "" if ours[number] else NOT_YET)
        for number, words in enumerate(WORDS, start=1)
    ]


def _second(report: EqualityReport) -> tuple[str, ...]:
    every = [(section.title, one) for section in report.sections for one in section.likelihoods]
    found = [(title, one.ratio) for title, one in every if one.question == "ethnicity" and one.step == WRES]
    return tuple(f"{title}: {ratio.text} (95% interval {ratio.interval_text})" for title, ratio in found)


def _ninth(report: EqualityReport) -> tuple[str, ...]:
    kind, bme = EqualityBaseline.Kind.WORKFORCE, EqualityBaseline.Share.BME
    workforce = EqualityBaseline.objects.known_on(report.year.last_on).filter(kind=kind, share=bme).last()
    boards = boards_share(report.sections, bme)
    if workforce is None or boards is None:
        return ()
    points = boards - float(workforce.percent)
    return (
        f"{boards}% of voting members against {workforce.text} ({workforce.name}): {points:+.1f} percentage points",
    )
