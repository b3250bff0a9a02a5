"""How an application moves: one table per track (talent/tracks.py), and move(), the only place that sets its state."""

import datetime as dt

from django.db import transaction

from portal import outbox
from portal.models import User
from talent.access import may_act_as_member, may_act_as_staff
from talent.models import Application, ApplicationEvent, State
from talent.tracks import AWARD_TRACK, CAMPAIGN_TRACK, SCHEME_TRACK, TRANSITIONS, Actor, Transition

__all__ = [
    "AWARD_TRACK",
    "CAMPAIGN_TRACK",
    "SCHEME_TRACK",
    "TRANSITIONS",
    "Actor",
    "MoveRefused",
    "Transition",
    "move",
    "transition",
    "transitions_from",
]


class MoveRefused(Exception):
    """The step is not in the table from here, or not this person's to take; `str()` is fit for the screen."""


def transitions_from(application: Application, *, actor: Actor) -> list[Transition]:
    """The steps that `actor` may take from where the application stands, in the table's order."""
    table = TRANSITIONS[application.intake.scheme.track]
    return [t for t in table if application.state in t.sources and actor in t.actors]


def transition(track: str, name: str) -> Transition:
    """Raises KeyError for a step that the track does not have."""
    for step in TRANSITIONS[track]:
        if step.name == name:
            return step
    raise KeyError(name)


@transaction.atomic
def move(
    application: Application, name: str, *, by: User | None, actor: Actor, at: dt.datetime, reason: str = ""
) -> Application:
    """Takes one step: locks the row, checks step, actor and reason, writes state, event and message together.

    Returns the locked, moved row. Raises MoveRefused where the table or the person's access says no.
    """
    row = (
        Application.objects.select_for_update(of=("self",))
        .select_related("intake__scheme", "person", "partner")
        .get(pk=application.pk)
    )
    step = transition(row.intake.scheme.track, name)
    _check(row, step, by=by, actor=actor, reason=reason)
    event = ApplicationEvent.objects.create(
        application=row,
        transition=name,
        from_state=row.state,
        to_state=step.target,
        by=by,
        at=at,
        reason=reason.strip(),
    )
    row.state, row.state_since = step.target, at
    row.save(update_fields=["state", "state_since"])
    if step.message:
        outbox.enqueue("talent.tell_applicant", {"event": event.pk}, at=at, key=f"tell:{event.pk}")
    return row


def _check(row: Application, step: Transition, *, by: User | None, actor: Actor, reason: str) -> None:
    if row.state not in step.sources:
        raise MoveRefused(f"“{step.label}” is not possible: the application is “{State(row.state).label}” now.")
    if actor not in step.actors or not _is(actor, by, row):
        raise MoveRefused(f"“{step.label}” is not yours to do on this application.")
    if step.needs_reason and not reason.strip():
        raise MoveRefused("Give the reason; it is kept with the decision.")
    if step.name in ("fail_sift", "not_longlisted", "not_shortlisted") and _is_guaranteed_interview(row):
        raise MoveRefused(
            "This applicant meets the essential criteria and asked for a guaranteed interview: invite them."
        )


def _is(actor: Actor, by: User | None, row: Application) -> bool:
    match actor:
        case Actor.SYSTEM:
            return by is None
        case Actor.APPLICANT:
            return by is not None and row.is_of(by)
        case Actor.STAFF | Actor.PANEL:
            # The secretariat enters it; campaigning.py proves that the panel did so.
            return by is not None and may_act_as_staff(by, row)
        case Actor.COMMITTEE:
            # decisions.py proves that the committee did so. The secretariat enters it, or whoever chairs a round.
            return by is not None and (may_act_as_staff(by, row) or may_act_as_member(by, row))


def _is_guaranteed_interview(row: Application) -> bool:
    if not (row.intake.scheme.guaranteed_interview and row.meets_essentials):
        return False
    adjustment = getattr(row, "adjustment", None)
    return adjustment is not None and adjustment.guaranteed_interview
