"""A panel's scores added up for the team: each applicant's mean by criterion in one round. Nothing is ranked here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from appointments.models import Campaign, Criterion, Mark
from talent.models import Application


@dataclass(frozen=True, slots=True)
class Row:
    """One applicant: the mean for each criterion (None while nobody scored it), and all of them of 100."""

    application: Application
    means: Sequence[float | None]
    total: int | None
    readers: int


def score_rows(campaign: Campaign, applications: Iterable[Application], round_: str) -> list[Row]:
    """The highest first. Two queries beside the applications'."""
    rows, criteria = list(applications), list(campaign.criteria.all())
    marks: dict[tuple[int, int], list[int]] = defaultdict(list)
    readers: dict[int, set[int]] = defaultdict(set)
    found = Mark.objects.filter(application__in=rows, round=round_)
    for application, criterion, member, points in found.values_list("application", "criterion", "member", "points"):
        marks[application, criterion].append(points)
        readers[application].add(member)
    made = [_row(a, [marks[a.pk, c.pk] for c in criteria], len(readers[a.pk])) for a in rows]
    return sorted(made, key=lambda row: (-(row.total if row.total is not None else -1), row.application.pseudonym))


def _row(application: Application, given: Sequence[Sequence[int]], readers: int) -> Row:
    means = [round(fmean(points), 1) if points else None for points in given]
    scored = [mean for mean in means if mean is not None]
    total = round(100 * sum(scored) / (len(means) * Criterion.MAX_SCORE)) if scored else None
    return Row(application, means, total, readers)
