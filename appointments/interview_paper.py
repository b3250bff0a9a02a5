"""What a campaign's panel gave the one it recommends, as the committee reads it: figures, no names and no words.

A function of the rows alone. The blind sift's scores stay with the panel, as do political declarations.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from appointments.models import ConflictTalk, Criterion, Mark
from talent.models import Application


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """What the panel gave for one criterion, of Criterion.MAX_SCORE."""

    text: str
    essential: bool
    mean: float
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class InterviewPaper:
    members: int
    independent: int
    total: int  # of 100
    most: int
    criteria: tuple[CriterionScore, ...]
    conflicts: str


def interview_paper(application: Application) -> InterviewPaper | None:
    """Two queries; None where no panel of the portal interviewed."""
    marks = Mark.objects.filter(application=application, round=Mark.Round.INTERVIEW)
    rows = list(
        marks.select_related("criterion", "member").order_by("-criterion__essential", "criterion__position", "pk")
    )
    if not rows:
        return None
    given: dict[Criterion, list[int]] = defaultdict(list)
    for row in rows:
        given[row.criterion].append(row.points)
    scores = tuple(_score(criterion, points) for criterion, points in given.items())
    members = {row.member_id: row.member.independent for row in rows}
    return InterviewPaper(
        members=len(members),
        independent=sum(members.values()),
        total=round(100 * fmean(fmean(points) for points in given.values()) / Criterion.MAX_SCORE),
        most=Criterion.MAX_SCORE,
        criteria=scores,
        conflicts=_conflicts(application),
    )


def _score(criterion: Criterion, points: Sequence[int]) -> CriterionScore:
    mean = round(fmean(points), 1)
    return CriterionScore(criterion.text, criterion.essential, mean, min(points), max(points))


def _conflicts(application: Application) -> str:
    talk = ConflictTalk.objects.filter(application=application).first()
    if talk is None:
        return "Not on record"
    return "Discussed, and manageable" if talk.manageable else "Discussed, and not manageable"
