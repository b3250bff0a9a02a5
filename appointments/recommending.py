"""After the panel: who is put forward, to the committee or to a foundation trust, what comes of it, and the end."""

import datetime as dt

from django.db import transaction
from django.db.models import OuterRef, Subquery

from appointments.access import is_secretariat
from appointments.appointing import AppointingRefused, correct_appointment
from appointments.campaigning import AFTER_VERDICT, CampaignRefused, advance, lock
from appointments.consenting import consents
from appointments.models import Appointment, Campaign, Proposal, ReservePlace, Tenure
from appointments.offering import Term
from appointments.proposing import (
    ProposalRefused,
    a_seat_that_is_taken,
    beyond_the_policy,
    missing_facts,
    pay_other_than_the_standard,
    propose,
    withdraw_proposal,
)
from portal.access import Viewer, access_of
from portal.models import User
from talent.models import Application, ApplicationEvent, State
from talent.models.application import ApplicationQuerySet
from talent.workflow import Actor, move

Stage = Campaign.Stage
FORWARD = (State.RECOMMENDED, State.APPROVED, State.OFFERED, State.ACCEPTED, State.ADVISED)
# What a recommendation has to satisfy at once; the rest (checks, declarations) is due before the agenda.
AT_ONCE = (missing_facts, a_seat_that_is_taken, beyond_the_policy, pay_other_than_the_standard)


@transaction.atomic
def recommend(
    campaign: Campaign, application: Application, *, term: Term, by: User, at: dt.datetime, reason: str
) -> Proposal:
    """Puts one appointable applicant forward: the application moves and the proposal to the committee is made.

    One at a time: another only when the first has declined, withdrawn or was not approved. Refused for a foundation
    trust, and for days or pay that the rules in force do not allow.
    """
    row = _lock(campaign, application, by)
    if not row.seat.board.body_appoints:
        raise CampaignRefused("A foundation trust makes its own appointment. Give it the name and your advice.")
    _refuse_second(row)
    # Of somebody who has withdrawn since; one that stands on an agenda is kept from a decision by its own obstacle.
    for stale in Proposal.objects.on_no_agenda().filter(application__intake=row.intake):
        withdraw_proposal(stale, by=by, at=at)
    moved = move(application, "recommend", by=by, actor=Actor.PANEL, at=at, reason=reason)
    proposal = _propose(row, moved, term, by=by, at=at, reason=reason)
    ReservePlace.objects.filter(application=moved).delete()
    advance(row, Stage.RECOMMENDED, by, at)
    return proposal


def _propose(
    row: Campaign, application: Application, term: Term, *, by: User, at: dt.datetime, reason: str
) -> Proposal:
    try:
        proposal = propose(
            kind=Proposal.Kind.NEW_APPOINTMENT,
            seat=row.seat,
            person=application.person,
            application=application,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            remuneration=term.remuneration,
            authority=term.authority.strip(),
            days_a_month=row.days_a_month or row.seat.days_a_month,
            by=by,
            at=at,
            reason=reason,
        )
    except ProposalRefused as refused:
        raise CampaignRefused(str(refused)) from refused
    if lacking := [said for check in AT_ONCE for said in check(proposal, term.starts_on)]:
        raise CampaignRefused(" ".join(lacking))
    return proposal


@transaction.atomic
def put_to_trust(
    campaign: Campaign, application: Application, *, by: User, at: dt.datetime, reason: str
) -> Application:
    """Gives a foundation trust the name and the panel's advice (`reason`); the trust appoints, or does not."""
    row = _lock(campaign, application, by)
    if row.seat.board.body_appoints:
        raise CampaignRefused("This is an NHS trust. Recommend the applicant to the committee.")
    _refuse_second(row)
    if not consents(application):
        raise CampaignRefused("The applicant has not said that their name may be given to the trust. They are asked.")
    moved = move(application, "put_to_trust", by=by, actor=Actor.PANEL, at=at, reason=reason)
    ReservePlace.objects.filter(application=moved).delete()
    advance(row, Stage.RECOMMENDED, by, at)
    return moved


@transaction.atomic
def take_back(campaign: Campaign, application: Application, *, by: User, at: dt.datetime, reason: str) -> Application:
    """Takes a recommendation back before it is decided: the proposal is withdrawn, the applicant appointable again."""
    _lock(campaign, application, by)
    moved = move(application, "take_back", by=by, actor=Actor.PANEL, at=at, reason=reason)
    try:
        for proposal in Proposal.objects.open().filter(application=moved):
            withdraw_proposal(proposal, by=by, at=at)
    except ProposalRefused as refused:
        raise CampaignRefused(str(refused)) from refused
    return moved


@transaction.atomic
def not_chosen(campaign: Campaign, application: Application, *, by: User, at: dt.datetime, reason: str) -> Application:
    """The answer to somebody appointable whom nobody will appoint."""
    _lock(campaign, application, by)
    return move(application, "not_chosen", by=by, actor=Actor.PANEL, at=at, reason=reason)


@transaction.atomic
def chosen_by_trust(
    campaign: Campaign, application: Application, *, by: User, at: dt.datetime, reason: str
) -> Application:
    """Follows the foundation trust's own notice: refused until the trust has recorded that it appointed them."""
    row = _lock(campaign, application, by)
    told = Tenure.objects.filter(seat=row.seat, person=application.person_id, source=Tenure.Source.NOTICE)
    if not told.exists():
        raise CampaignRefused("The trust has not told us of this appointment. Record it on the board’s page first.")
    return move(application, "chosen_by_trust", by=by, actor=Actor.PANEL, at=at, reason=reason)


@transaction.atomic
def confirm_appointment(
    campaign: Campaign, application: Application, *, by: User, at: dt.datetime, reason: str
) -> Application:
    """Whoever accepted and stands in the ledger is appointed. Refused without the committee's row."""
    _lock(campaign, application, by)
    if appointment_of(application) is None:
        raise CampaignRefused("No appointment of this person stands in the ledger.")
    return move(application, "appoint", by=by, actor=Actor.PANEL, at=at, reason=reason)


@transaction.atomic
def undo_appointment(
    campaign: Campaign, application: Application, *, by: User, at: dt.datetime, reason: str
) -> Appointment:
    """Somebody was appointed and will not come: the ledger takes it back, and the seat is free for the next."""
    _lock(campaign, application, by)
    if not is_secretariat(by):
        raise CampaignRefused("Only the talent team corrects the ledger.")
    there = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    standing = appointment_of(there)
    if standing is None or there.state not in (State.DECLINED, State.LAPSED, State.WITHDRAWN):
        raise CampaignRefused("There is no appointment to take back: nobody who was appointed has declined.")
    try:
        return correct_appointment(standing, cancelled=True, by=by, at=at, reason=reason)
    except AppointingRefused as refused:
        raise CampaignRefused(str(refused)) from refused


def names_given_to(user: Viewer) -> ApplicationQuerySet:
    """Whom we have put to the foundation trusts that `user` looks after, with our advice as `advice`.

    Never with a conflict of interest: a trust's people sit on panels.
    """
    if not isinstance(user, User):
        return Application.objects.none()
    given = ApplicationEvent.objects.filter(application=OuterRef("pk"), transition="put_to_trust").order_by("-at")
    there = Application.objects.filter(
        state__in=(State.ADVISED, State.COMPLETED),
        intake__campaign__seat__board__in=access_of(user).administers_ids,
    )
    there = there.exclude(pk__in=user.declared_interests.in_force().values("application"))
    there = there.exclude(pk__in=Application.objects.of_user(user).values("pk"))
    rows = there.annotate(advice=Subquery(given.values("reason")[:1])).order_by("-state_since", "pk")
    return rows.select_related("person", "intake__campaign__seat__board")


def appointment_of(application: Application) -> Appointment | None:
    """The ledger's standing row that came of this application. One query."""
    made = Appointment.objects.standing().filter(decision__item__proposal__application=application)
    return made.select_related("seat__board", "person").first()


@transaction.atomic
def conclude(campaign: Campaign, *, by: User, at: dt.datetime, reason: str) -> Campaign:
    """Ends a campaign: nobody may be left without an answer, apart from the reserve list."""
    row = lock(campaign, by, *AFTER_VERDICT)
    if not reason.strip():
        raise CampaignRefused("Say what came of it; it is kept with the campaign.")
    if Application.objects.filter(intake=row.intake, state__in=(State.APPOINTABLE, *FORWARD)).exists():
        raise CampaignRefused("Somebody still waits for an answer. Recommend, reserve or answer them first.")
    return advance(row, Stage.CONCLUDED, by, at, reason)


def _lock(campaign: Campaign, application: Application, by: User) -> Campaign:
    row = lock(campaign, by, *AFTER_VERDICT)
    if application.intake_id != row.intake_id:
        raise CampaignRefused("This application belongs to another campaign.")
    return row


def _refuse_second(row: Campaign) -> None:
    there = Application.objects.filter(intake=row.intake)
    if there.filter(state__in=FORWARD).exists():
        raise CampaignRefused("Somebody has been put forward already. Wait for what comes of it.")
    if Appointment.objects.standing().filter(decision__item__proposal__application__in=there).exists():
        raise CampaignRefused("Somebody stands appointed from this campaign. Take that appointment back first.")
