"""The tables of what may follow what: one track for each kind of scheme. talent/workflow.py takes the steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from programmes.models import Scheme
from talent.models import State


class Actor(StrEnum):
    """Who may take a step."""

    APPLICANT = "applicant"
    STAFF = "staff"  # the talent team; a regional lead within the region
    PANEL = "panel"  # a campaign's own pages (appointments/campaigning.py)
    COMMITTEE = "committee"  # a recorded decision (appointments/decisions.py)
    SYSTEM = "system"  # the clock: no person


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

_SCHEME = {step.name: step for step in SCHEME_TRACK}
_UNFINISHED = (S.SUBMITTED, S.LONGLISTED, S.SIFT, S.SHORTLISTED, S.INTERVIEW, S.APPOINTABLE, S.RESERVE, S.ADVISED)
_NO = "application_unsuccessful"

# One seat on one board. The stages are a panel's, so its steps are taken on the campaign's pages, never one by one.
CAMPAIGN_TRACK = (
    _SCHEME["submit"],
    _SCHEME["lapse_draft"],
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
    _SCHEME["approve"],
    _SCHEME["not_approved"],
    _SCHEME["offer"],
    _SCHEME["accept"],
    _SCHEME["decline"],
    _SCHEME["lapse_offer"],
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

# A prize for a pair, whom a panel reads, scores and meets. The award itself is given by talent/awarding.py alone.
AWARD_TRACK = (
    _SCHEME["submit"],
    _SCHEME["lapse_draft"],
    _SCHEME["begin_sift"],
    _SCHEME["pass_sift"],
    _SCHEME["fail_sift"],
    _step("shortlist", [S.REVIEW], S.SHORTLISTED, A.STAFF, label="Shortlist", needs_reason=True),
    _SCHEME["not_shortlisted"],
    _step("invite", [S.SHORTLISTED], S.INTERVIEW, A.STAFF, label="Invite to meet the panel", message="award_interview"),
    _step("award", [S.INTERVIEW], S.AWARDED, A.STAFF, label="Give the award", needs_reason=True, message="award_won"),
    _step(
        "not_awarded",
        [S.SHORTLISTED, S.INTERVIEW],
        S.UNSUCCESSFUL,
        A.STAFF,
        label="Not awarded",
        needs_reason=True,
        message=_NO,
    ),
    _step(
        "withdraw",
        [S.DRAFT, S.SUBMITTED, S.SIFT, S.REVIEW, S.SHORTLISTED, S.INTERVIEW],
        S.WITHDRAWN,
        A.APPLICANT,
        label="Withdraw",
        message="application_withdrawn",
    ),
)

TRANSITIONS: dict[str, tuple[Transition, ...]] = {
    Scheme.Track.SCHEME: SCHEME_TRACK,
    Scheme.Track.AWARD: AWARD_TRACK,
    Scheme.Track.CAMPAIGN: CAMPAIGN_TRACK,
}
