"""A foundation trust asks the body for candidates or advice about one of its own seats, and is answered."""

import datetime as dt

from django.db import IntegrityError, transaction

from appointments.access import answers_for, may_run_campaign
from appointments.models import Seat, SupportRequest
from portal.models import User


class SupportRefused(Exception):
    """It cannot be asked or answered; `str()` is fit for the screen."""


@transaction.atomic
def ask_support(seat: Seat, *, wants: str, text: str, by: User, at: dt.datetime) -> SupportRequest:
    """The trust's own administrators ask, once at a time for a seat. Raises SupportRefused."""
    if seat.board.body_appoints or not seat.is_non_executive:
        raise SupportRefused("Only a foundation trust asks, about a chair’s or non-executive’s seat.")
    if not answers_for(by, seat.board):
        raise SupportRefused("Only the trust’s own administrators can ask.")
    if not text.strip():
        raise SupportRefused("Say what you need.")
    row = SupportRequest(seat=seat, wants=SupportRequest.Wants(wants), text=text.strip(), asked_at=at, asked_by=by)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "supportrequest_one_open_a_seat" not in str(error):
            raise
        raise SupportRefused("You have asked about this seat already and are still to be answered.") from error
    return row


@transaction.atomic
def answer_support(request: SupportRequest, *, advice: str, by: User, at: dt.datetime) -> SupportRequest:
    """Talent staff in their scope answer, once. Raises SupportRefused."""
    row = SupportRequest.objects.select_for_update(of=("self",)).select_related("seat__board").get(pk=request.pk)
    if not may_run_campaign(by, row.seat.board):
        raise SupportRefused("This request is not yours to answer.")
    if row.answered_at is not None:
        raise SupportRefused("Somebody has answered this request already.")
    if not advice.strip():
        raise SupportRefused("Write what the trust is answered.")
    row.advice, row.answered_at, row.answered_by = advice.strip(), at, by
    row.save(update_fields=["advice", "answered_at", "answered_by"])
    return row
