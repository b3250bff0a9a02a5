"""Executives in the demonstration: ranges that are said to be invented, and a register of interims."""

import datetime as dt
from random import Random

from django.utils import timezone

from appointments import pay_policies
from appointments.checking import record_all_clear
from appointments.demo_fitness import FROM_PAPER
from appointments.interims import assign, join
from appointments.models import Interim, Seat, Tenure
from portal.demo import SEED, Stage
from portal.models import Region
from talent.models import Person

INTERIMS = 14
ROLES = (
    (Seat.Role.FINANCE,),
    (Seat.Role.OPERATING, Seat.Role.CHIEF_EXECUTIVE),
    (Seat.Role.NURSING,),
    (Seat.Role.WORKFORCE,),
    (Seat.Role.CHIEF_EXECUTIVE,),
    (Seat.Role.MEDICAL,),
    (Seat.Role.FINANCE, Seat.Role.OPERATING),
)
WORDS = (
    "Two turnarounds of acute trusts, both out of special measures within eighteen months.",
    "Led a merger of two community trusts and its first year. Works well with clinicians who have been through change.",
    "Steadied a board after three directors left in a quarter. Prefers six months to three.",
    "Wrote recovery plans for four trusts and carried two of them out. Knows mental health and ambulance services.",
)
CONSENT = "By email, after a call with the regional lead; knows who sees the entry and how to leave."


def load_executives(stage: Stage) -> None:
    pay_policies.load_invented()
    chance, team = Random(SEED + 11), stage.accounts["talent_team"]
    regions, today = list(Region.objects.order_by("name")), timezone.localdate(stage.at)
    assessments = [Interim.OffPayroll.INSIDE, Interim.OffPayroll.OUTSIDE, Interim.OffPayroll.ON_PAYROLL]
    entries = []
    for number in range(INTERIMS):
        name, at = stage.new_name(), stage.days_ago(chance.randint(5, 300))
        home = regions[number % len(regions)]
        person = Person.objects.create(full_name=name, region=home, created_at=at)
        assessed = Interim.OffPayroll.NOT_ASSESSED if number % 5 == 4 else chance.choice(assessments)
        entry = join(
            person,
            regions={home, chance.choice(regions)},
            roles=[str(role) for role in ROLES[number % len(ROLES)]],
            day_rate=chance.randrange(550, 950, 25),
            available_from=today + dt.timedelta(days=chance.randint(-60, 45)),
            off_payroll=assessed,
            summary=chance.choice(WORDS),
            by=team,
            at=at,
            reason=CONSENT,
        )
        entries.append(entry)
    for entry in entries[:2]:
        _assign(stage, entry, today)


def _assign(stage: Stage, entry: Interim, today: dt.date) -> None:
    """The first vacant seat of the entry's posts and regions, checked and filled for six months."""
    team, first = stage.accounts["talent_team"], max(today, entry.available_from) + dt.timedelta(days=7)
    last = first + dt.timedelta(days=182)
    taken = Tenure.objects.exclude(ends_on__lt=first).values("seat")
    seats = Seat.objects.open_on(first).filter(role__in=entry.roles, board__region__in=entry.regions.all())
    seat = seats.filter(board__closed_on=None).exclude(pk__in=taken).select_related("board").order_by("pk").first()
    if seat is None or entry.off_payroll == Interim.OffPayroll.NOT_ASSESSED:
        return
    said = {"by": team, "at": stage.at}
    record_all_clear([(entry.person, seat)], on=first, done_on=today, reason=FROM_PAPER, **said)
    assign(entry, seat, starts_on=first, ends_on=last, reason="Agreed with the chair and the region.", **said)
