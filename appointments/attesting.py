"""A board's yearly word that its members were checked: when it is due, who owes it, and giving it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from appointments.access import answers_for, in_question
from appointments.boards import Board
from appointments.fitness import framework_on, words
from appointments.models import Attestation, Seat, Tenure
from portal.access import Viewer
from portal.models import Organisation, User
from portal.models.organisation import OrganisationQuerySet


class AttestationRefused(Exception):
    """`str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who sits on the board, and the one word on their checks."""

    tenure: Tenure
    word: str

    @property
    def is_outstanding(self) -> bool:
        return self.word in ("Open", "Not on record")


def year_of(day: dt.date) -> dt.date:
    """The first day of the financial year that `day` lies in."""
    return dt.date(day.year - (day.month < 4), 4, 1)


def due_on(year: dt.date) -> dt.date:
    return dt.date(year.year + 1, 3, 31)


def members_of(trust: Organisation, day: dt.date) -> list[Member]:
    """Who sits on the board on `day`, in the order of its seats. Four queries."""
    tenures = list(Tenure.objects.filter(seat__board=trust).sitting_on(day).select_related("person", "seat"))
    found = words(tenures, on=day)
    ordered = sorted(tenures, key=lambda tenure: tenure.seat.place)
    return [Member(tenure, found.get(tenure.pk, "Not on record")) for tenure in ordered]


def with_words(board: Board, *, reader: Viewer) -> Board:
    """The board with the one word on each holder's checks, for whoever is told, never in a conflict. Six queries."""
    barred = in_question(reader)
    sitting = [place.tenure for place in board.places if place.tenure]
    found = words([t for t in sitting if (t.person_id, t.seat_id) not in barred], on=board.day)
    told = [replace(p, fitness=found.get(p.tenure.pk, "")) if p.tenure else p for p in board.places]
    return replace(board, places=told)


def owing(*, at: dt.datetime) -> OrganisationQuerySet:
    """Open trusts with a board on record that have not attested this year; none where no framework asks for it."""
    day = localdate(at)
    framework, trusts = framework_on(day), Organisation.objects.trusts()
    if framework is None or not framework.yearly_attestation:
        return trusts.none()
    seats = Seat.objects.open_on(day).filter(board=OuterRef("pk"))
    given = Attestation.objects.filter(board=OuterRef("pk"), year_starts_on=year_of(day))
    return trusts.open_on(day).filter(Exists(seats), ~Exists(given))


@transaction.atomic
def attest_board(trust: Organisation, *, by: User, at: dt.datetime, reason: str = "") -> Attestation:
    """The trust's administrator confirms for its chair, once a year; what is outstanding needs its explanation."""
    if not answers_for(by, trust):
        raise PermissionDenied
    Organisation.objects.select_for_update().get(pk=trust.pk)
    day = localdate(at)
    framework, year = framework_on(day), year_of(day)
    if framework is None or not framework.yearly_attestation:
        raise AttestationRefused("No framework asks for a yearly confirmation on this day.")
    if Attestation.objects.filter(board=trust, year_starts_on=year).exists():
        raise AttestationRefused("Your trust has already confirmed for this year.")
    members = members_of(trust, day)
    outstanding = _outstanding(members)
    if outstanding and not reason.strip():
        raise AttestationRefused("Say what is being done about the checks that are outstanding.")
    return Attestation.objects.create(
        board=trust,
        framework=framework,
        year_starts_on=year,
        sitting=len(members),
        outstanding=outstanding,
        by=by,
        at=at,
        reason=reason.strip(),
    )


def _outstanding(members: Sequence[Member]) -> int:
    return sum(member.is_outstanding for member in members)
