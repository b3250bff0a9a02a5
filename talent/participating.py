"""What becomes of people in a programme's cohort: completed, left, a post they took up later."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.access import Viewer, access_of
from portal.models import User
from talent.models import Participation, ParticipationOutcome

Kind = ParticipationOutcome.Kind
# How the way through the programme ended: one of them, once. What came later may be told as often as it happens.
ENDS = (Kind.COMPLETED, Kind.LEFT)


class OutcomeRefused(Exception):
    """It cannot be so; `str()` is fit for the screen."""


def may_keep_cohorts(user: Viewer) -> bool:
    return access_of(user).is_talent_team


@transaction.atomic
def record_outcome(
    participation: Participation, *, kind: str, happened_on: dt.date, by: User, at: dt.datetime, reason: str = ""
) -> ParticipationOutcome:
    """Writes down what became of somebody; `reason` is where it is known from. Raises OutcomeRefused."""
    row = Participation.objects.select_for_update(of=("self",)).get(pk=participation.pk)
    if not may_keep_cohorts(by):
        raise PermissionDenied
    if happened_on > timezone.localdate(at):
        raise OutcomeRefused("Record it once it is so.")
    if happened_on < row.joined_on:
        raise OutcomeRefused("It cannot lie before the day on which they joined.")
    known = ParticipationOutcome.objects.filter(participation=row)
    if kind in ENDS and (end := known.filter(kind__in=ENDS).first()):
        raise OutcomeRefused(f"On record already: {end.get_kind_display().lower()}.")
    if known.filter(kind=kind, happened_on=happened_on).exists():
        raise OutcomeRefused("This is on record already.")
    return ParticipationOutcome.objects.create(
        participation=row, kind=Kind(kind), happened_on=happened_on, by=by, at=at, reason=reason.strip()
    )
