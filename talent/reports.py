"""What an intake's reviews add up to for the team: standings, severities, advice. The sums are severity.py's."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from portal.models import User
from talent.models import Application, Review
from talent.severity import Mark, Severity, Standing, severities, standings, weighted_total


@dataclass(frozen=True, slots=True)
class ScoredApplication:
    application: Application
    standing: Standing
    totals: tuple[tuple[User, float], ...]
    advice: tuple[tuple[str, int], ...]
    outstanding: int  # reviews assigned and not in yet


@dataclass(frozen=True, slots=True)
class ScoreReport:
    rows: tuple[ScoredApplication, ...]
    unscored: tuple[Application, ...]
    reviewers: tuple[tuple[User, Severity], ...]
    threshold: float


def score_report(applications: Iterable[Application]) -> ScoreReport:
    """Of the given applications (person, question set and intake selected). Two queries, however many."""
    known = {a.pk: a for a in applications}
    reviews = list(
        Review.objects.standing()
        .filter(application__in=known)
        .select_related("reviewer")
        .prefetch_related("scores")
        .order_by("pk")
    )
    people = {review.reviewer_id: review.reviewer for review in reviews}
    marks = [_mark(review, known[review.application_id]) for review in reviews if review.submitted_at]
    threshold = settings.REVIEW_DISAGREEMENT_POINTS
    found = standings(marks, threshold=threshold)
    waiting = [review.application_id for review in reviews if not review.submitted_at]
    scored = {standing.application for standing in found}
    return ScoreReport(
        rows=tuple(_scored(known[s.application], s, people, waiting.count(s.application)) for s in found),
        unscored=tuple(a for pk, a in known.items() if pk not in scored),
        reviewers=tuple((people[s.reviewer], s) for s in severities(marks)),
        threshold=threshold,
    )


def _mark(review: Review, application: Application) -> Mark:
    points = {score.criterion_key: score.points for score in review.scores.all()}
    total = weighted_total(application.question_set.questions.rubric, points)
    return Mark(review.application_id, review.reviewer_id, total, review.recommendation)


def _scored(application: Application, standing: Standing, people: dict[int, User], waiting: int) -> ScoredApplication:
    labels = dict(Review.Recommendation.choices)
    return ScoredApplication(
        application=application,
        standing=standing,
        totals=tuple((people[reviewer], total) for reviewer, total in standing.totals),
        advice=tuple((labels[value], n) for value, n in standing.recommendations.items()),
        outstanding=waiting,
    )
