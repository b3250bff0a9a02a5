"""A trust's half-yearly word on its board: when it is due, who owes it, giving it, and putting right what was wrong."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from appointments.access import answers_for, is_secretariat
from appointments.boards import Board, board_of
from appointments.models import BoardConfirmation, Seat
from portal.models import Organisation, User
from portal.models.organisation import OrganisationQuerySet

DAYS_TO_CONFIRM = 42


class ConfirmationRefused(Exception):
    """`str()` is fit for the screen."""


def half_of(day: dt.date) -> dt.date:
    """The first day of the half of the financial year that `day` lies in: 1 April or 1 October."""
    if day.month < 4:
        return dt.date(day.year - 1, 10, 1)
    return dt.date(day.year, 4 if day.month < 10 else 10, 1)


def due_on(half: dt.date) -> dt.date:
    return half + dt.timedelta(days=DAYS_TO_CONFIRM)


def owing(*, at: dt.datetime) -> OrganisationQuerySet:
    """Open trusts whose board is on record and has not been answered for in this half-year."""
    day = localdate(at)
    seats = Seat.objects.open_on(day).filter(board=OuterRef("pk"))
    given = BoardConfirmation.objects.filter(board=OuterRef("pk"), half_starts_on=half_of(day))
    return Organisation.objects.trusts().open_on(day).filter(Exists(seats), ~Exists(given))


@transaction.atomic
def confirm_board(trust: Organisation, *, by: User, at: dt.datetime, wrong: str = "") -> BoardConfirmation:
    """Keeps what was shown and the answer: right, or what is wrong with it. Once in a half-year."""
    if not answers_for(by, trust):
        raise PermissionDenied
    Organisation.objects.select_for_update().get(pk=trust.pk)
    half = half_of(localdate(at))
    if BoardConfirmation.objects.filter(board=trust, half_starts_on=half).exists():
        raise ConfirmationRefused("Your trust has already answered for this half-year.")
    return BoardConfirmation.objects.create(
        board=trust,
        half_starts_on=half,
        confirmed_by=by,
        confirmed_at=at,
        listed=_listed(board_of(trust, localdate(at))),
        wrong=wrong.strip(),
    )


def _listed(board: Board) -> list[dict[str, int | None]]:
    return [{"seat": p.seat.pk, "tenure": p.tenure.pk if p.tenure else None} for p in board.places]


@transaction.atomic
def settle(confirmation: BoardConfirmation, *, by: User, at: dt.datetime) -> BoardConfirmation:
    """The talent team has put right what a trust said was wrong, or told it why it stays."""
    if not is_secretariat(by):
        raise PermissionDenied
    row = BoardConfirmation.objects.select_for_update(of=("self",)).get(pk=confirmation.pk)
    if row.settled_at is None and row.wrong:
        row.settled_by, row.settled_at = by, at
        row.save(update_fields=["settled_by", "settled_at"])
    return row
