"""Giving an award and announcing it: the pair's application moves, the prize is read from its record."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from portal.models import User
from programmes.models import Intake, Prize
from talent.access import Refused, may_act_as_staff
from talent.models import Application, Award, AwardAnnouncement, Person
from talent.workflow import Actor, move


@transaction.atomic
def give_award(application: Application, *, decided_on: dt.date, reason: str, by: User, at: dt.datetime) -> Award:
    """Writes what the panel decided: one step, one ledger row, the prize in force on that day.

    Raises Refused without a prize, without a score, or where the round has given all its awards; MoveRefused where
    the pair has not met the panel.
    """
    # Locked first, so that two awards of one round wait for each other.
    intake = Intake.objects.select_for_update().get(pk=application.intake_id)
    _refuse_ungivable(application, intake)
    prize = Prize.objects.in_force(decided_on).filter(scheme=intake.scheme_id).first()
    if prize is None:
        raise Refused(f"No prize is on record for {decided_on:%-d %B %Y}. Enter it in the CMS, under Schemes.")
    row = move(application, "award", by=by, actor=Actor.STAFF, at=at, reason=reason)
    return Award.objects.create(
        application=row, prize=prize, amount=prize.amount, decided_on=decided_on, by=by, at=at, reason=reason.strip()
    )


def _refuse_ungivable(application: Application, intake: Intake) -> None:
    given = Award.objects.filter(application__intake=intake).count()
    if given >= intake.places:
        raise Refused(f"This round gives {intake.places} and has given {given}.")
    if not application.reviews.counted().exists():
        raise Refused("Nobody on the panel has scored this application.")


@transaction.atomic
def announce(award: Award, *, employer: str, citation: str, by: User, at: dt.datetime) -> AwardAnnouncement:
    """Publishes, or publishes better words. The names are those of the two; raises Refused."""
    row = Application.objects.select_related("intake__scheme", "person", "partner").get(pk=award.application_id)
    if not may_act_as_staff(by, row):
        raise Refused("This award is not yours to announce.")
    return AwardAnnouncement.objects.create(
        award=award, employer=employer.strip(), citation=citation.strip(), by=by, at=at
    )


@dataclass(frozen=True, slots=True)
class Winners:
    """One award as the public reads it."""

    announcement: AwardAnnouncement
    names: str


def announced(scheme_slug: str) -> list[Winners]:
    """What the public reads of each award that was announced, the newest first: one query."""
    last = AwardAnnouncement.objects.order_by("award_id", "-pk").distinct("award_id").values("pk")
    rows = AwardAnnouncement.objects.filter(pk__in=last, award__application__intake__scheme__slug=scheme_slug)
    found = rows.select_related(
        "award__application__intake",
        "award__application__person__user__erased",
        "award__application__partner__user__erased",
    )
    return [Winners(row, _names(row.award.application)) for row in found.order_by("-award__decided_on", "-award_id")]


def _names(application: Application) -> str:
    """Of whoever was erased not even the pseudonym, which would tell whoever remembers the winners who it is."""
    said = " and ".join("a former member" if _is_erased(each) else each.full_name for each in application.applicants)
    return said[:1].upper() + said[1:]


def _is_erased(person: Person) -> bool:
    return person.user is not None and hasattr(person.user, "erased")
