"""What happens beside the stages: feedback, adjustments, more time for one person, complaints."""

import datetime as dt

from portal.demo import Stage
from portal.models import Role
from talent.demo.steps import Course
from talent.demo.words import PARAGRAPHS
from talent.models import Adjustment, Complaint, DeadlineExtension, Feedback, State

NEEDS = (
    "I am deaf and use British Sign Language. An interpreter for the interview, and questions in writing beforehand.",
    "I have dyslexia. More time for reading papers on the day, and paper rather than slides.",
    "I use a wheelchair: step-free access and parking close to the entrance, please.",
    "I have a long-term condition that makes mornings hard. An interview after eleven would help.",
    "I am autistic. A quiet waiting room, and the names and photographs of the panel in advance.",
)
ANSWERS = (
    "Agreed. The regional lead has booked what you asked for and will telephone two days before.",
    "Agreed, with thanks for telling us early. The panel knows what it has to do, not why.",
)
COMPLAINTS = (
    (
        "The interview was moved twice at a day's notice and nobody apologised. I had taken leave each time.",
        "You are right, and we are sorry. Interviews are now moved only by agreement with the candidate.",
    ),
    (
        "The feedback that I received spoke of an answer that I had not given. Please look at it again.",
        "",
    ),
)


def load(stage: Stage, courses: list[Course]) -> None:
    Adjustment.objects.bulk_create([_adjustment(stage, c) for c in courses if stage.chance.random() < 0.09])
    _extensions(stage, courses)
    _complaints(stage, courses)


def tell(stage: Stage, courses: list[Course]) -> None:
    """Feedback for those who were not successful; some of the last weeks' still waits to be written."""
    unsuccessful = [c for c in courses if c.application.state == State.UNSUCCESSFUL]
    recent = stage.at - dt.timedelta(days=75)
    told = [c for c in unsuccessful if c.application.state_since < recent or stage.chance.random() < 0.4]
    Feedback.objects.bulk_create([_feedback(stage, course) for course in told])


def _feedback(stage: Stage, course: Course) -> Feedback:
    texts = {name: stage.chance.choice(bank) for name, bank in PARAGRAPHS["feedback"].items()}
    at = course.application.state_since + dt.timedelta(days=stage.chance.randint(1, 4))
    by = stage.chance.choice(stage.cast[Role.TALENT_TEAM])
    return Feedback(application=course.application, at=min(at, stage.at), by=by, **texts)


def _adjustment(stage: Stage, course: Course) -> Adjustment:
    asked_at = course.application.started_at + dt.timedelta(minutes=30)
    one = Adjustment(
        application=course.application,
        asked_at=asked_at,
        needs=stage.chance.choice(NEEDS),
        # Only for those who were interviewed: the table refuses to turn such an applicant away before.
        guaranteed_interview="invite" in course.path or course.path in ((), ("submit",)),
    )
    if course.days.closes < stage.at.date():
        one.answer = stage.chance.choice(ANSWERS)
        one.answered_at = asked_at + dt.timedelta(days=3)
        one.answered_by = stage.chance.choice(stage.cast[Role.TALENT_TEAM])
    return one


def _extensions(stage: Stage, courses: list[Course]) -> None:
    sent = [c for c in courses if c.days.closes.year == 2017 and "submit" in c.path]
    DeadlineExtension.objects.bulk_create(
        DeadlineExtension(
            application=course.application,
            until=course.application.intake.closes_at + dt.timedelta(days=7),
            at=course.application.intake.closes_at - dt.timedelta(days=2),
            by=stage.accounts["talent_team"],
            reason=reason,
        )
        for course, reason in zip(
            stage.chance.sample(sent, 2),
            ("In hospital in the last week before the deadline.", "Bereavement in the family."),
            strict=True,
        )
    )


def _complaints(stage: Stage, courses: list[Course]) -> None:
    heard = [c for c in courses if c.path[-1:] == ("not_recommended",)]
    for number, (words, answer) in enumerate(COMPLAINTS):
        course = heard[0] if number == 0 else heard[-1]
        made_at = min(course.application.state_since + dt.timedelta(days=9), stage.at - dt.timedelta(days=3))
        Complaint.objects.create(
            reference=f"C-{course.application.reference[3:]}",
            user=course.user,
            application=course.application,
            words=words,
            made_at=made_at,
            answer=answer,
            answered_at=made_at + dt.timedelta(days=8) if answer else None,
            answered_by=stage.accounts["talent_team"] if answer else None,
        )
