"""How an application moves: one table per track, and move(), the only place that sets an application's state."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from portal import outbox
from portal.models import User
from programmes.models import Scheme
from talent.access import may_act_as_member, may_act_as_staff
from talent.models import Application, ApplicationEvent, State


class Actor(StrEnum):
    """Who may take a step."""

    APPLICANT = "applicant"
    STAFF = "staff"  # the talent team; a regional lead within the region
    PANEL = "panel"  # a campaign's own pages (appointments/campaigning.py)
    COMMITTEE = "committee"  # a recorded decision (appointments/decisions.py)
    SYSTEM = "system"  # the clock: no person


class MoveRefused(Exception):
    """The step is not in the table from here, or not this person's to take; `str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class Transition:
    name: str
    sources: frozenset[State]
    target: State
    actors: frozenset[Actor]
    label: str  # what staff press
    needs_reason: bool = False
    message: str = ""  # mail to the applicant: templates/email/<message>.txt


def _step(
    name: str,
    sources: Iterable[State],
    target: State,
    *actors: Actor,
    label: str,
    needs_reason: bool = False,
    message: str = "",
) -> Transition:
    return Transition(name, frozenset(sources), target, frozenset(actors), label, needs_reason, message)


# What can still be withdrawn: everything before an answer to an offer.
OPEN = (
    State.DRAFT,
    State.SUBMITTED,
    State.SIFT,
    State.REVIEW,
    State.INTERVIEW,
    State.RECOMMENDED,
    State.APPROVED,
    State.OFFERED,
    State.ACCEPTED,
)

S, A = State, Actor
SCHEME_TRACK = (
    _step("submit", [S.DRAFT], S.SUBMITTED, A.APPLICANT, label="Submit", message="application_submitted"),
    _step("begin_sift", [S.SUBMITTED], S.SIFT, A.STAFF, label="Begin sift"),
    _step("pass_sift", [S.SIFT], S.REVIEW, A.STAFF, label="Send to review"),
    _step(
        "fail_sift",
        [S.SIFT],
        S.UNSUCCESSFUL,
        A.STAFF,
        label="Not taken forward",
        needs_reason=True,
        message="application_unsuccessful",
    ),
    _step(
        "invite",
        [S.REVIEW],
        S.INTERVIEW,
        A.STAFF,
        label="Invite to interview",
        message="application_interview",
    ),
    _step(
        "not_shortlisted",
        [S.REVIEW],
        S.UNSUCCESSFUL,
        A.STAFF,
        label="Not shortlisted",
        needs_reason=True,
        message="application_unsuccessful",
    ),
    _step("recommend", [S.INTERVIEW], S.RECOMMENDED, A.STAFF, label="Recommend to committee", needs_reason=True),
    _step(
        "not_recommended",
        [S.INTERVIEW],
        S.UNSUCCESSFUL,
        A.STAFF,
        label="Not recommended",
        needs_reason=True,
        message="application_unsuccessful",
    ),
    _step("approve", [S.RECOMMENDED], S.APPROVED, A.COMMITTEE, label="Approve", needs_reason=True),
    _step(
        "not_approved",
        [S.RECOMMENDED],
        S.UNSUCCESSFUL,
        A.COMMITTEE,
        label="Do not approve",
        needs_reason=True,
        message="application_unsuccessful",
    ),
    _step("offer", [S.APPROVED], S.OFFERED, A.STAFF, A.COMMITTEE, label="Offer", message="application_offered"),
    _step("accept", [S.OFFERED], S.ACCEPTED, A.APPLICANT, label="Accept the offer", message="application_accepted"),
    _step("decline", [S.OFFERED], S.DECLINED, A.APPLICANT, label="Decline the offer", message="application_declined"),
    _step(
        "lapse_offer",
        [S.OFFERED],
        S.LAPSED,
        A.STAFF,
        A.SYSTEM,
        label="Close the unanswered offer",
        needs_reason=True,
        message="application_offer_lapsed",
    ),
    _step(
        "lapse_draft",
        [S.DRAFT],
        S.LAPSED,
        A.SYSTEM,
        label="Close the unsent draft",
        needs_reason=True,
        message="application_draft_lapsed",
    ),
    _step("place", [S.ACCEPTED], S.PLACED, A.STAFF, label="Begin placement", message="application_placed"),
    _step("complete", [S.PLACED], S.COMPLETED, A.STAFF, label="Complete", needs_reason=True),
    _step("withdraw", OPEN, S.WITHDRAWN, A.APPLICANT, label="Withdraw", message="application_withdrawn"),
)

_SHARED = {
    step.name: step
    for step in SCHEME_TRACK
    if step.name in ("submit", "lapse_draft", "accept", "decline", "lapse_offer", "approve", "not_approved", "offer")
}
_UNFINISHED = (S.SUBMITTED, S.LONGLISTED, S.SIFT, S.SHORTLISTED, S.INTERVIEW, S.APPOINTABLE, S.RESERVE, S.ADVISED)
_NO = "application_unsuccessful"

# One seat on one board. The stages are a panel's, so its steps are taken on the campaign's pages, never one by one.
CAMPAIGN_TRACK = (
    _SHARED["submit"],
    _SHARED["lapse_draft"],
    _step("longlist", [S.SUBMITTED], S.LONGLISTED, A.PANEL, label="Longlist"),
    _step(
        "not_longlisted",
        [S.SUBMITTED],
        S.UNSUCCESSFUL,
        A.PANEL,
        label="Not longlisted",
        needs_reason=True,
        message=_NO,
    ),
    _step("begin_sift", [S.LONGLISTED], S.SIFT, A.PANEL, label="Begin the blind sift"),
    _step("shortlist", [S.SIFT], S.SHORTLISTED, A.PANEL, label="Shortlist"),
    _step(
        "not_shortlisted",
        [S.SIFT],
        S.UNSUCCESSFUL,
        A.PANEL,
        label="Not shortlisted",
        needs_reason=True,
        message=_NO,
    ),
    _step(
        "invite",
        [S.SHORTLISTED],
        S.INTERVIEW,
        A.PANEL,
        label="Invite to interview",
        message="application_interview",
    ),
    _step("appointable", [S.INTERVIEW], S.APPOINTABLE, A.PANEL, label="Find appointable", needs_reason=True),
    _step(
        "not_appointable",
        [S.INTERVIEW],
        S.NOT_APPOINTABLE,
        A.PANEL,
        label="Find not appointable",
        needs_reason=True,
        message=_NO,
    ),
    _step(
        "hold_reserve",
        [S.APPOINTABLE],
        S.RESERVE,
        A.PANEL,
        label="Put on the reserve list",
        message="application_reserve",
    ),
    _step(
        "lapse_reserve",
        [S.RESERVE],
        S.LAPSED,
        A.SYSTEM,
        label="End the place on the reserve list",
        needs_reason=True,
        message="application_reserve_lapsed",
    ),
    _step(
        "recommend",
        [S.APPOINTABLE, S.RESERVE],
        S.RECOMMENDED,
        A.PANEL,
        label="Recommend to committee",
        needs_reason=True,
    ),
    _step(
        "take_back", [S.RECOMMENDED], S.APPOINTABLE, A.PANEL, label="Take the recommendation back", needs_reason=True
    ),
    # A foundation trust appoints its own: the body gives a name and its advice, never an appointment.
    _step("put_to_trust", [S.APPOINTABLE, S.RESERVE], S.ADVISED, A.PANEL, label="Put to the trust", needs_reason=True),
    _step(
        "not_chosen",
        [S.APPOINTABLE, S.ADVISED],
        S.UNSUCCESSFUL,
        A.PANEL,
        label="Not chosen",
        needs_reason=True,
        message=_NO,
    ),
    _step("chosen_by_trust", [S.ADVISED], S.COMPLETED, A.PANEL, label="Chosen by the trust", needs_reason=True),
    _SHARED["approve"],
    _SHARED["not_approved"],
    _SHARED["offer"],
    _SHARED["accept"],
    _SHARED["decline"],
    _SHARED["lapse_offer"],
    _step("appoint", [S.ACCEPTED], S.APPOINTED, A.PANEL, A.COMMITTEE, label="Appoint", needs_reason=True),
    _step(
        "cancel_campaign",
        _UNFINISHED,
        S.LAPSED,
        A.PANEL,
        label="Close with the campaign",
        needs_reason=True,
        message="application_campaign_cancelled",
    ),
    _step(
        "withdraw",
        [S.DRAFT, *_UNFINISHED, S.RECOMMENDED, S.APPROVED, S.OFFERED, S.ACCEPTED],
        S.WITHDRAWN,
        A.APPLICANT,
        label="Withdraw",
        message="application_withdrawn",
    ),
)

TRANSITIONS: dict[str, tuple[Transition, ...]] = {
    Scheme.Track.SCHEME: SCHEME_TRACK,
    Scheme.Track.CAMPAIGN: CAMPAIGN_TRACK,
}


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
        .select_related("intake__scheme", "person")
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
            return by is not None and row.person.user_id == by.pk
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
