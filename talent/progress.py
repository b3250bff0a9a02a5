"""Where an application is, what has happened and what comes next, in the applicant's words. Pure: no query."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portal.words import long_date
from talent.models import Application, ApplicationEvent, State


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, as the applicant sees it."""

    label: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next; `when` is empty where no date is known."""

    what: str
    when: str = ""


def timeline(events: Iterable[ApplicationEvent]) -> list[Step]:
    """The steps so far; those that read alike to the applicant are one, so that none gives a decision away early."""
    steps: list[Step] = []
    for event in events:
        label = State(event.to_state).applicant_label
        if not steps or steps[-1].label != label:
            steps.append(Step(label, event.at))
    return steps


# What comes next where no date is known.
_UNDATED = {
    State.PLACED: "You are on your placement. Your mentor and the talent team are there for you.",
    State.RESERVE: "The panel found that you could be appointed. If the place falls free, we write to you.",
    State.AWARDED: "We write to you both about the prize and when it is announced.",
    State.ADVISED: "The trust makes its own appointment, and tells you what it decides.",
}


def what_next(application: Application) -> Next:
    """The sentence under “What happens next”, with the intake's date where there is one."""
    intake = application.intake
    match application.state:
        case State.SUBMITTED | State.LONGLISTED | State.SIFT:
            return Next("We check that your application meets the essential criteria.", _by(intake.sift_by))
        case State.REVIEW | State.SHORTLISTED:
            return Next(
                "Reviewers read your answers. If you are invited, there is an interview.", _on(intake.interviews_from)
            )
        case State.INTERVIEW if intake.scheme.is_for_two:
            return Next("The panel meets the two of you. We write to you to agree a time.", _on(intake.interviews_from))
        case State.INTERVIEW:
            return Next("We write to you to arrange your interview.", _on(intake.interviews_from))
        case State.APPOINTABLE | State.RECOMMENDED | State.APPROVED:
            return Next("The decision is made and we write to you.", _by(intake.decision_by))
        case State.OFFERED:
            return Next("Read the offer and tell us whether you accept it.", _by(application.offer_expires_on))
        case State.ACCEPTED:
            return Next("We agree the details with your host trust, and you begin.", _on(intake.starts_on))
        case State.UNSUCCESSFUL | State.NOT_APPOINTABLE:
            return Next("We write feedback for everybody who applied. Read it here when it is ready.")
    return Next(_UNDATED.get(State(application.state), ""))


def _by(day: dt.date | None) -> str:
    return f"By {long_date(day)}" if day else ""


def _on(day: dt.date | None) -> str:
    return f"From {long_date(day)}" if day else ""
