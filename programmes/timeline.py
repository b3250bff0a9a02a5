"""Where a trust stands in its collaborative's timetable: each step, when it is due, when it was held."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from programmes.models import Enrolment, EnrolmentEvent, TimelineStep


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of one trust. `event` is its record, None while it is still to come."""

    step: TimelineStep
    due_on: dt.date
    event: EnrolmentEvent | None
    today: dt.date

    @property
    def is_late(self) -> bool:
        return self.event is None and self.due_on < self.today


def timeline_of(enrolment: Enrolment, *, today: dt.date) -> list[Stage]:
    """Two queries."""
    return timelines_of([enrolment], enrolment.wave.collaborative_id, today=today)[enrolment.pk]


def timelines_of(enrolments: Collection[Enrolment], collaborative: int, *, today: dt.date) -> dict[int, list[Stage]]:
    """Of all trusts of one collaborative, by enrolment. Two queries, however many trusts."""
    steps = list(TimelineStep.objects.filter(collaborative=collaborative))
    held = EnrolmentEvent.objects.filter(enrolment__in=enrolments, kind=EnrolmentEvent.Kind.HELD).select_related("by")
    events = {(event.enrolment_id, event.step_id): event for event in held}
    return {
        enrolment.pk: [
            Stage(step, step.due_on(enrolment.wave.starts_on), events.get((enrolment.pk, step.pk)), today)
            for step in steps
        ]
        for enrolment in enrolments
    }
