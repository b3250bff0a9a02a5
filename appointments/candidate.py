"""A candidate's paper for the committee: what they wrote and what the reviews add up to. Nothing else leaves here.

Left out: equality answers, adjustments, who reviewed, contact details, uploaded files, and political activity, which
is the interview panel's alone.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from portal.words import join_words, long_date
from programmes.questions import NONE_OF_THESE, Criterion, Kind, Question, Topic
from talent.applying import answers_of
from talent.models import Application, Review
from talent.severity import weighted_total


@dataclass(frozen=True, slots=True)
class Answer:
    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class CriterionMark:
    """What the reviewers gave for one criterion."""

    label: str
    lowest: int
    highest: int
    mean: float
    of: int


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    count: int
    mean: int  # of 100
    lowest: int
    highest: int
    recommendations: tuple[tuple[str, int], ...]
    criteria: tuple[CriterionMark, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CandidatePaper:
    name: str
    reference: str
    scheme: str
    intake: str
    region: str
    recommended_because: str
    parts: tuple[Part, ...]
    reviews: ReviewSummary | None


def candidate_paper(application: Application) -> CandidatePaper:
    """Six queries, whatever was written."""
    recommended = application.events.filter(transition="recommend").order_by("-at").first()
    return CandidatePaper(
        name=application.person.full_name,
        reference=application.reference,
        scheme=application.intake.scheme.name,
        intake=application.intake.name,
        region=application.region.name,
        recommended_because=recommended.reason if recommended else "",
        parts=tuple(_parts(application)),
        reviews=_review_summary(application),
    )


def _parts(application: Application) -> Iterator[Part]:
    answers = answers_of(application)
    for section in application.question_set.questions.sections:
        shown = [
            Answer(q.label, tuple(_paragraphs(q, answers.get(q.key))))
            for q in section.shown(answers)
            if is_for_committee(q)
        ]
        if shown:
            yield Part(section.title, tuple(shown))


def is_for_committee(question: Question) -> bool:
    """Not a file, not political activity, not a short text that only says how to reach the person."""
    contact = question.identifying and question.kind is Kind.SHORT_TEXT
    return question.kind is not Kind.FILE and question.topic is not Topic.POLITICAL and not contact


def _paragraphs(question: Question, given: Any) -> Iterator[str]:
    if question.kind is Kind.ENTRIES:
        for row in given or ():
            filled = [
                f"{part.label.rstrip('?')}: {_short(part, row[part.key])}"
                for part in question.fields
                if row.get(part.key)
            ]
            yield "\n".join(filled)
        return
    if question.kind is Kind.DECLARATION:
        yield from _declaration(question, given or {})
        return
    yield _short(question, given) or "Not answered"


def _declaration(question: Question, given: Mapping[str, Any]) -> Iterator[str]:
    applies = given.get("applies", [])
    if applies in ([], [NONE_OF_THESE]):
        yield "None of these" if applies else "Not answered"
        return
    yield join_words(question.label_of(value) for value in applies)
    yield given.get("details", "")


def _short(question: Question, given: Any) -> str:
    match question.kind:
        case Kind.MULTIPLE_CHOICE:
            return join_words(question.label_of(value) for value in given or ())
        case Kind.SINGLE_CHOICE:
            return question.label_of(given or "")
        case Kind.YES_NO:
            return {"yes": "Yes", "no": "No"}.get(given, "")
        case Kind.DATE:
            return long_date(dt.date.fromisoformat(given)) if given else ""
    return str(given or "")


def _review_summary(application: Application) -> ReviewSummary | None:
    reviews = list(application.reviews.counted().prefetch_related("scores").order_by("submitted_at", "pk"))
    if not reviews:
        return None
    rubric = application.question_set.questions.rubric
    points = [{s.criterion_key: s.points for s in review.scores.all()} for review in reviews]
    totals = [weighted_total(rubric, given) for given in points]
    said = Counter(Review.Recommendation(r.recommendation).label for r in reviews if r.recommendation)
    return ReviewSummary(
        count=len(reviews),
        mean=round(fmean(totals)),
        lowest=round(min(totals)),
        highest=round(max(totals)),
        recommendations=tuple(said.most_common()),
        criteria=tuple(_criterion_marks(rubric, points)),
        remarks=tuple(review.overall for review in reviews if review.overall.strip()),
    )


def _criterion_marks(rubric: Iterable[Criterion], points: list[dict[str, int | None]]) -> Iterator[CriterionMark]:
    for criterion in rubric:
        given = [p for row in points if (p := row.get(criterion.key)) is not None]
        if given:
            yield CriterionMark(criterion.label, min(given), max(given), round(fmean(given), 1), criterion.max_score)
