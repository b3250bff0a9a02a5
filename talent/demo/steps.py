"""The steps an application took, as events in bulk: each checked against the track's table and dated as in life."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.demo import LONDON, Stage, london
from portal.models import Role, User
from programmes.demo import Timetable
from talent.demo.careers import Career
from talent.demo.words import reason
from talent.models import Application, ApplicationEvent, SiftFinding
from talent.workflow import Actor, transition

SIFTED = ("pass_sift", "fail_sift")


@dataclass(slots=True)
class Course:
    """One application with the path it takes; `done` of its steps have been written."""

    application: Application
    user: User
    career: Career
    days: Timetable
    path: tuple[str, ...]
    quality: float
    done: int = 0
    events: list[ApplicationEvent] = field(default_factory=list)

    @property
    def left(self) -> tuple[str, ...]:
        return self.path[self.done :]

    def at_step(self, name: str) -> dt.datetime:
        return next(event.at for event in self.events if event.transition == name)


def go_on(stage: Stage, course: Course, *, until: Iterable[str] = ()) -> None:
    """Takes the steps that are left, as unsaved events; stops before the first step named in `until`."""
    stop = frozenset(until)
    while course.left and course.left[0] not in stop:
        _take(stage, course, course.left[0])


def _take(stage: Stage, course: Course, name: str) -> None:
    application = course.application
    step = transition(application.intake.scheme.track, name)
    if application.state not in step.sources:
        raise ValueError(f"{name} is not in the table from {application.state}")
    at = moment_of(stage, course, name)
    course.events.append(
        ApplicationEvent(
            application=application,
            transition=name,
            from_state=application.state,
            to_state=step.target,
            by=_actor(stage, course, step.actors),
            at=at,
            reason=reason(stage.chance, name),
        )
    )
    application.state, application.state_since = step.target, at
    _keep_derived(application, name, at)
    course.done += 1


def _keep_derived(application: Application, name: str, at: dt.datetime) -> None:
    """What the acts write beside the state."""
    match name:
        case "submit":
            application.submitted_at = at
        case "pass_sift" | "fail_sift":
            application.meets_essentials = name == "pass_sift"


def _actor(stage: Stage, course: Course, actors: frozenset[Actor]) -> User | None:
    if Actor.APPLICANT in actors:
        return course.user
    if Actor.STAFF in actors or Actor.COMMITTEE in actors:
        return stage.chance.choice(stage.cast[Role.TALENT_TEAM])
    return None


def moment_of(stage: Stage, course: Course, name: str) -> dt.datetime:
    """When the step was taken: by the intake's timetable, after the step before, and not in the future."""
    application, days, between = course.application, course.days, stage.chance.randint
    day = {
        "submit": _submitted_on(stage, course),
        "begin_sift": days.closes + dt.timedelta(days=between(2, 5)),
        "pass_sift": days.sift - dt.timedelta(days=between(0, 4)),
        "fail_sift": days.sift - dt.timedelta(days=between(0, 4)),
        "invite": days.interviews - dt.timedelta(days=between(8, 12)),
        "not_shortlisted": days.interviews - dt.timedelta(days=between(5, 8)),
        "recommend": days.interviews + dt.timedelta(days=between(4, 9)),
        "not_recommended": days.interviews + dt.timedelta(days=between(6, 12)),
        "accept": days.meeting + dt.timedelta(days=between(3, 12)),
        "decline": days.meeting + dt.timedelta(days=between(3, 12)),
        "lapse_offer": days.meeting + dt.timedelta(days=16),
        "place": days.starts - dt.timedelta(days=between(0, 3)),
        "complete": days.starts + dt.timedelta(days=between(372, 400)),
        "lapse_draft": days.closes + dt.timedelta(days=1),
    }.get(name, application.state_since.astimezone(LONDON).date() + dt.timedelta(days=between(3, 9)))
    wanted = london(day, hour=between(9, 16), minute=between(0, 59))
    return max(min(wanted, stage.at - dt.timedelta(hours=2)), application.state_since + dt.timedelta(minutes=20))


def _submitted_on(stage: Stage, course: Course) -> dt.date:
    """Most people send in the last week."""
    started = course.application.started_at.astimezone(LONDON).date()
    last = min(course.days.closes - dt.timedelta(days=1), stage.at.date())
    span = max((last - started).days, 0)
    return started + dt.timedelta(days=round(span * stage.chance.betavariate(4, 1.2)))


def catch_up(courses: Iterable[Course]) -> None:
    """Reads what the committee's own acts wrote since: state, and the events of its decision."""
    decided = {c.application.pk: c for c in courses if c.left[:1] in (("approve",), ("not_approved",))}
    for course in decided.values():
        course.application.refresh_from_db(fields=["state", "state_since"])
    known = [event.pk for course in decided.values() for event in course.events]
    for event in ApplicationEvent.objects.filter(application__in=decided).exclude(pk__in=known):
        decided[event.application_id].events.append(event)
        decided[event.application_id].done += 1


def save(courses: Iterable[Course]) -> None:
    """Writes the applications' new state and the events not written yet."""
    moved = list(courses)
    Application.objects.bulk_update(
        [c.application for c in moved],
        ["state", "state_since", "submitted_at", "meets_essentials"],
        batch_size=500,
    )
    fresh = [event for course in moved for event in course.events if event.pk is None]
    ApplicationEvent.objects.bulk_create(fresh, batch_size=1000)
    SiftFinding.objects.bulk_create([_finding(event) for event in fresh if event.transition in SIFTED])


def _finding(event: ApplicationEvent) -> SiftFinding:
    """What the sift found on the essential criteria, a little before the step that rests on it."""
    met = event.transition == "pass_sift"
    words = "Senior experience and time are shown." if met else event.reason
    at = event.at - dt.timedelta(minutes=10)
    return SiftFinding(application=event.application, meets_essentials=met, by=event.by, at=at, reason=words)
