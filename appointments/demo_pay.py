"""Executives' pay in the demonstration: what trusts reported, one post off the payroll and one who acts up."""

import datetime as dt
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from appointments.agenda import add_proposals, close_meeting
from appointments.decisions import record_decision
from appointments.demo_fitness import boards_looked_at, find_fit
from appointments.demo_meetings import ballot, meeting_on
from appointments.models import Committee, Decision, Proposal, Seat, Tenure
from appointments.pay import cap_on, range_of
from appointments.paying import is_decided, record_pay
from appointments.proposing import propose
from portal.demo import SEED, Stage, london
from talent.models import Person

REPORTED = "The trust’s annual report and accounts, remuneration report."
APPROVED = "Approved by ministers; the letter is with the trust’s remuneration committee"
OFF_PAYROLL = "Two rounds found nobody for the payroll; a specialist steadies the post until the third is over."
WHY_OFF = "The post has been empty since the summer. The chair and the region ask for cover at short notice."
WHY_ACTING = "Knows the trust and has its clinicians’ trust. The post is advertised meanwhile."
DECIDED = "The committee agrees, for six months and no longer."


def load_pay(stage: Stage, committee: Committee) -> None:
    """A chance of its own; the last board looked at shows how pay that is not on record reads."""
    day, chance, team = timezone.localdate(stage.at), Random(SEED + 13), stage.accounts["talent_team"]
    _decide_two(stage, committee, day, chance)
    boards = boards_looked_at(stage, day)[:-1]
    rows = Tenure.objects.sitting_on(day).filter(seat__board__in=boards).exclude(seat__role__in=Seat.NON_EXECUTIVE)
    for tenure in rows.exclude(person__user=team).select_related("seat__board", "person").order_by("pk"):
        pounds = _pay(tenure.seat, day, chance)
        if pounds and not is_decided(tenure):
            said = {"by": team, "at": stage.days_ago(60), "reason": REPORTED}
            from_on = min(max(tenure.starts_on, dt.date(day.year - 1, 4, 1)), stage.days_ago(61).date())
            if from_on >= tenure.starts_on:
                record_pay(tenure, pounds=pounds, from_on=from_on, **said)


def _pay(seat: Seat, day: dt.date, chance: Random) -> int:
    """Mostly within the range, now and then above it; none where the range is not known."""
    found = range_of(seat, day)
    if found is None:
        return 0
    most = found.upper + 7_500 if chance.random() < 0.12 else found.upper
    return round(chance.randint(found.lower, most) / 500) * 500


def _decide_two(stage: Stage, committee: Committee, day: dt.date, chance: Random) -> None:
    """A meeting three days ago about two empty executives' seats of NHS trusts, both filled from today."""
    taken = Tenure.objects.exclude(ends_on__lt=day).values("seat")
    empty = Seat.objects.open_on(day).exclude(role__in=Seat.NON_EXECUTIVE).exclude(pk__in=taken)
    ours = empty.filter(board__closed_on=None).select_related("board__region").order_by("-board__kind", "pk")
    made = [_propose(stage, seat, day, chance, acting=number == 1) for number, seat in enumerate(ours[:2])]
    if not made:
        return
    team, held = stage.accounts["talent_team"], day - dt.timedelta(days=3)
    find_fit(made, by=team, day=day - dt.timedelta(days=5))
    meeting = meeting_on(committee, held)
    items = add_proposals(meeting, made, by=team, at=london(day - dt.timedelta(days=4), hour=11))
    members = [seat.user for seat in meeting.seats(meeting.starts_at)]
    for number, item in enumerate(items):
        votes, interests = ballot(members, chance, approved=True)
        at = london(held, hour=14) + dt.timedelta(minutes=10 * number + 10)
        said = {"outcome": Decision.Outcome.APPROVED, "reason": DECIDED, "by": team, "at": at}
        record_decision(item, votes=votes, interests=interests, **said)
    close_meeting(meeting, by=team, at=london(held, hour=16))


def _propose(stage: Stage, seat: Seat, day: dt.date, chance: Random, *, acting: bool) -> Proposal:
    """Acting up: a colleague of the same board keeps their own post. Off the payroll: somebody new, explained."""
    pounds, cap = _pay(seat, day, chance) or 120_000, cap_on(day)
    beyond = cap is not None and pounds > cap.amount
    last = day + relativedelta(months=6, days=-1)
    facts: dict[str, Any] = {"starts_on": day, "ends_on": last, "remuneration": pounds}
    facts["authority"] = APPROVED if beyond or pounds > getattr(range_of(seat, day), "upper", pounds) else ""
    leads = (*Seat.NON_EXECUTIVE, Seat.Role.CHIEF_EXECUTIVE)
    colleagues = Tenure.objects.sitting_on(day).filter(seat__board=seat.board).exclude(seat__role__in=leads)
    colleague = colleagues.select_related("person").order_by("pk").first()
    if acting and colleague is not None:
        person, why, facts = colleague.person, WHY_ACTING, {**facts, "acting": True}
    else:
        person = Person.objects.create(full_name=stage.new_name(), region=seat.board.region, created_at=stage.at)
        why, facts = WHY_OFF, {**facts, "off_payroll": True, "off_payroll_reason": OFF_PAYROLL}
    said = {"by": stage.accounts["talent_team"], "at": london(day - dt.timedelta(days=6)), "reason": why}
    return propose(kind=Proposal.Kind.EXECUTIVE_MOVE, seat=seat, person=person, **said, **facts)
