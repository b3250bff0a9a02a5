"""The acts of two who apply together: ask, join, say no, part, confirm, take a confirmation back."""

import datetime as dt

from django.db import transaction

from portal import outbox
from portal.models import User
from talent.applying import lock_open_draft, person_for
from talent.models import Application, Confirmation, Craft, PartnerInvitation
from talent.pairs import text_of
from talent.workflow import MoveRefused

How = PartnerInvitation.State


@transaction.atomic
def invite(
    application: Application, *, craft: Craft, name: str, email: str, by: User, at: dt.datetime
) -> PartnerInvitation:
    """Asks somebody by mail to apply together with `by`, who is a `craft`; an unanswered earlier one is taken back.

    Raises MoveRefused for whoever did not begin the form, or once somebody has joined; Closed after the deadline.
    """
    row = _lock_for_two(application, by=by, at=at)
    _refuse_unless_lead(row, by)
    if row.partner_id is not None:
        raise MoveRefused(f"You apply together with {row.partner}. End that first to ask somebody else.")
    if email.strip().lower() == by.email.lower():
        raise MoveRefused("This is your own address. Ask the person you want to apply with.")
    row.invitations.standing().update(state=How.TAKEN_BACK, state_since=at)
    made = PartnerInvitation.objects.create(
        application=row, name=name.strip(), email=email.strip(), lead_craft=craft, invited_at=at, state_since=at
    )
    outbox.enqueue("talent.invite_partner", {"invitation": made.pk}, at=at, key=f"partner:{made.pk}")
    return made


@transaction.atomic
def take_back_invitation(application: Application, *, by: User, at: dt.datetime) -> None:
    """Whoever asked asks no longer; nothing once it was answered."""
    row = _lock_for_two(application, by=by, at=at)
    _refuse_unless_lead(row, by)
    row.invitations.filter(state=How.WAITING).update(state=How.TAKEN_BACK, state_since=at)


@transaction.atomic
def answer_invitation(invitation: PartnerInvitation, *, joins: bool, by: User, at: dt.datetime) -> Application:
    """Joins, or says no; whoever asked is told by mail. Raises MoveRefused or Closed."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("intake__scheme", "person", "partner")
    row = rows.get(pk=invitation.application_id)
    if not PartnerInvitation.objects.waiting_for(by).filter(pk=invitation.pk).exists():
        raise MoveRefused("This invitation is not open any more.")
    if joins:
        _join(row, by, at)
    row.invitations.filter(pk=invitation.pk).update(state=How.JOINED if joins else How.DECLINED, state_since=at)
    _tell(invitation, "joined" if joins else "declined", row.person.pk, at)
    return row


def _join(row: Application, by: User, at: dt.datetime) -> None:
    person = person_for(by, at=at)
    others = Application.objects.owned_by(by).filter(intake=row.intake).exclude(pk=row.pk).live()
    if row.person_id == person.pk or others.exists():
        raise MoveRefused("You are in another application to this round. Withdraw from it before you join this one.")
    row.partner = person
    row.save(update_fields=["partner"])
    lock_open_draft(row, by=by, at=at)  # nobody joins a form that is closed


@transaction.atomic
def part(application: Application, *, by: User, at: dt.datetime, reason: str = "") -> Application:
    """Ends applying together, by either of the two: the form stays with whoever began it, who may ask somebody else."""
    row = _lock_for_two(application, by=by, at=at)
    standing = row.invitations.standing().first()
    if row.partner is None or standing is None:
        raise MoveRefused("You do not apply together with anybody.")
    other = row.partner if row.person.user_id == by.pk else row.person
    # What either confirmed was said together with the other.
    for person in row.applicants:
        Confirmation.objects.create(
            application=row, given=False, text="", by_id=person.user_id, at=at, reason=reason.strip()
        )
    row.invitations.filter(pk=standing.pk).update(state=How.PARTED, state_since=at)
    row.partner = None
    row.save(update_fields=["partner"])
    _tell(standing, "parted", other.pk, at)
    return row


@transaction.atomic
def confirm(application: Application, *, by: User, at: dt.datetime) -> Confirmation:
    """`by` says that the form may be sent as it stands now; a word changed later takes that away."""
    row = _lock_for_two(application, by=by, at=at)
    if row.partner_id is None:
        raise MoveRefused("Both of you must be in before either can confirm.")
    return Confirmation.objects.create(application=row, given=True, text=text_of(row), by=by, at=at)


@transaction.atomic
def take_back_confirmation(application: Application, *, by: User, at: dt.datetime) -> Confirmation:
    """`by` takes the word back, which either may until the form is sent."""
    row = _lock_for_two(application, by=by, at=at)
    return Confirmation.objects.create(application=row, given=False, text="", by=by, at=at)


def _tell(invitation: PartnerInvitation, what: str, person: int, at: dt.datetime) -> None:
    payload = {"invitation": invitation.pk, "what": what, "person": person}
    outbox.enqueue("talent.tell_of_partner", payload, at=at, key=f"partner:{invitation.pk}:{what}")


def _lock_for_two(application: Application, *, by: User, at: dt.datetime) -> Application:
    row = lock_open_draft(application, by=by, at=at)
    if not row.intake.scheme.is_for_two:
        raise MoveRefused("Each person applies alone to this scheme.")
    return row


def _refuse_unless_lead(row: Application, by: User) -> None:
    if row.person.user_id != by.pk:
        raise MoveRefused(f"{row.person} began this form and asks who applies with them.")
