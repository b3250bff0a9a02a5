"""The second floor's part of the demonstration: people, applications in every state, reviews, placements, pools."""

from portal.demo import Stage
from talent.demo import (
    applications,
    aside,
    award,
    curated,
    development,
    placements,
    pools,
    reviews,
    steps,
    vault,
    wishes,
)
from talent.demo.plans import DECIDED
from talent.demo.steps import Course
from talent.models import Attachment


def load(stage: Stage) -> None:
    """Everything up to a committee's decision; what follows one waits for `after_decisions`."""
    courses = applications.begin(stage)
    applications.answer(stage, courses)
    files = [applications.attach(course) for course in stage.progress(courses, "Files that were sent")]
    Attachment.objects.bulk_create([file for file in files if file])
    for course in stage.progress(courses, "Applications"):
        steps.go_on(stage, course, until=DECIDED)
    steps.save(courses)
    reviews.review(stage, courses)
    aside.load(stage, courses)
    vault.load(stage, courses)
    stage.left["courses"] = courses
    pools.load(stage, courses)
    wishes.would_serve()
    development.load(stage)
    curated.load(stage)
    award.load(stage)


def after_decisions(stage: Stage) -> None:
    """What followed the committee's decisions: answers to offers, placements, feedback."""
    courses: list[Course] = stage.left["courses"]
    steps.catch_up(courses)
    for course in courses:
        steps.go_on(stage, course)
    steps.save(courses)
    placements.place(stage, courses)
    aside.tell(stage, courses)
