"""Reviews with disagreement: each reviewer severe or lenient in their own measure, some in conflict, some not done."""

import datetime as dt
from dataclasses import dataclass

from portal.demo import Stage
from portal.models import Role, User
from talent.demo.steps import Course
from talent.demo.words import PARAGRAPHS
from talent.models import ConflictKind, DeclaredInterest, Review, Score, State

EACH = 3
# Points added to every score, from the harshest reader to the mildest.
TEMPERS = (-0.9, -0.5, -0.3, -0.1, 0.0, 0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.9)
CONFLICTS = {
    ConflictKind.EMPLOYER: "We worked in the same organisation until last year.",
    ConflictKind.PERSONAL: "I recognise the career described: a friend of the family.",
    ConflictKind.COLLABORATOR: "We sat on the same partnership board.",
    ConflictKind.SAME_TRUST: "We are both governors of the same trust.",
}
DISSENT = 0.14  # share of reviews that see an application quite differently from the others


@dataclass(slots=True)
class Written:
    reviews: list[Review]
    scores: list[Score]
    interests: list[DeclaredInterest]


def review(stage: Stage, courses: list[Course]) -> None:
    written = Written([], [], [])
    team, pool = stage.cast[Role.TALENT_TEAM], stage.cast[Role.REVIEWER]
    tempers = dict(zip([u.pk for u in pool], stage.chance.sample(TEMPERS, len(TEMPERS)), strict=False))
    read = [course for course in courses if "pass_sift" in course.path]
    for number, course in enumerate(read):
        # In turn, so that everybody has the same number; the first reviewer is the demonstration's own account.
        readers = [pool[(number * EACH + step) % len(pool)] for step in range(EACH)]
        if stage.chance.random() < 0.09:
            spare = next(u for u in stage.chance.sample(pool, len(pool)) if u not in readers)
            _conflict(stage, course, readers[0], written)
            readers[0] = spare
        for place, reader in enumerate(readers):
            _read(stage, course, reader, tempers.get(reader.pk, 0.0), team[place % len(team)], written)
    Review.objects.bulk_create(written.reviews)
    Score.objects.bulk_create(written.scores)
    DeclaredInterest.objects.bulk_create(written.interests)


def _conflict(stage: Stage, course: Course, reader: User, written: Written) -> None:
    kind = stage.chance.choice(sorted(CONFLICTS))
    at = course.at_step("pass_sift") + dt.timedelta(days=2)
    one = _assigned(stage, course, reader, stage.cast[Role.TALENT_TEAM][0])
    one.withdrawn_at, one.withdrawn_reason = at, "Conflict of interest declared"
    written.reviews.append(one)
    written.interests.append(
        DeclaredInterest(user=reader, application=course.application, kind=kind, detail=CONFLICTS[kind], declared_at=at)
    )


def _assigned(stage: Stage, course: Course, reader: User, by: User) -> Review:
    assigned_at = course.at_step("pass_sift") + dt.timedelta(hours=stage.chance.randint(2, 30))
    due_on = course.days.interviews - dt.timedelta(days=13)
    if course.application.state == State.REVIEW:
        due_on = stage.days_ago(stage.chance.choice((2, -3, -5, -8, -12))).date()
    return Review(
        application=course.application,
        reviewer=reader,
        assigned_at=min(assigned_at, stage.at),
        assigned_by=by,
        due_on=due_on,
    )


def _read(stage: Stage, course: Course, reader: User, temper: float, by: User, written: Written) -> None:
    one = _assigned(stage, course, reader, by)
    written.reviews.append(one)
    if course.application.state == State.REVIEW and stage.chance.random() < 0.55:
        if stage.chance.random() < 0.4:
            _begin(stage, course, one, temper, written)
        return
    _finish(stage, course, one, temper, written)


def _begin(stage: Stage, course: Course, one: Review, temper: float, written: Written) -> None:
    """A draft: two scores given, no recommendation yet."""
    one.no_conflict_at = one.assigned_at
    one.revision, one.saved_at = 2, min(one.assigned_at + dt.timedelta(days=2), stage.at)
    _score(stage, course, one, temper, written, first=2)


def _finish(stage: Stage, course: Course, one: Review, temper: float, written: Written) -> None:
    share = _score(stage, course, one, temper, written)
    kinds = Review.Recommendation
    one.recommendation = kinds.INTERVIEW if share >= 0.62 else kinds.RESERVE if share >= 0.45 else kinds.DECLINE
    one.overall = stage.chance.choice(PARAGRAPHS["overall"][one.recommendation])
    done = one.assigned_at + dt.timedelta(days=stage.chance.randint(3, 12), hours=stage.chance.randint(0, 9))
    one.no_conflict_at = one.assigned_at + dt.timedelta(hours=1)
    one.submitted_at = one.saved_at = min(done, stage.at - dt.timedelta(hours=1))
    one.revision = stage.chance.randint(3, 9)


def _score(
    stage: Stage, course: Course, one: Review, temper: float, written: Written, *, first: int | None = None
) -> float:
    """Scores the rubric's criteria (only the `first` few of a draft); the weighted share of what could be had."""
    rubric = course.application.question_set.questions.rubric[:first]
    dissent = stage.chance.choice((-1.5, 1.4)) if stage.chance.random() < DISSENT else 0.0
    got = 0
    for criterion in rubric:
        level = (course.quality + temper + dissent + stage.chance.gauss(0, 0.45)) * criterion.max_score / 4
        points = min(max(round(level), 0), criterion.max_score)
        got += points * criterion.weight
        how = "strong" if points > 2 else "fair" if points == 2 else "weak"
        evidence = stage.chance.choice(PARAGRAPHS["evidence"][how])
        written.scores.append(Score(review=one, criterion_key=criterion.key, points=points, evidence=evidence))
    return got / sum(c.weight * c.max_score for c in rubric)
