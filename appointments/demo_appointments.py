"""The demonstration year's appointments: each proposed, put on an agenda, decided, and so entered in the ledger.

Also what is no appointment of a chair or non-executive: executives, pay, an end, a refusal; and corrections.
"""

import datetime as dt
from random import Random
from typing import Any

from appointments import demo_reasons as reasons
from appointments.agenda import add_proposals, close_meeting
from appointments.appointing import correct_appointment
from appointments.conflicts import conflicted_members
from appointments.decisions import record_decision
from appointments.demo_fitness import find_fit
from appointments.demo_meetings import ballot, meeting_on
from appointments.demo_plots import COMMITTEE_DAYS, SUBCOMMITTEE_DAYS, Plot, month_end
from appointments.models import (
    AgendaItem,
    Appointment,
    Committee,
    Decision,
    PayCap,
    Proposal,
    RemunerationRate,
    Seat,
    Tenure,
)
from appointments.proposing import propose
from appointments.seating import leave_seat
from appointments.terms import ONE_DAY, last_day_of
from portal.demo import SEED, Stage, london
from portal.models import Standing, User
from portal.names import folded
from portal.planner import take_statistics
from talent.models import Person

Kind, Outcome = Proposal.Kind, Decision.Outcome
DAYS_A_MONTH = {Seat.Role.CHAIR: "12", Seat.Role.NED: "2.5"}
EXECUTIVE_PAY = {
    Seat.Role.CHIEF_EXECUTIVE: (165_000, 172_500, 180_000),
    Seat.Role.FINANCE: (132_500, 138_000),
    Seat.Role.OPERATING: (122_500, 127_500),
}
APPROVED = "Approved by ministers; the letter is with the trust’s remuneration committee"
# How many apply, from the fewest to the most.
APPLICANTS = {
    Seat.Role.CHAIR: (3, 14),
    Seat.Role.NED: (6, 31),
    Seat.Role.CHIEF_EXECUTIVE: (2, 9),
    Seat.Role.FINANCE: (3, 12),
    Seat.Role.OPERATING: (4, 16),
}
MINUTES_AN_ITEM = 4
WITHIN = dt.timedelta(days=18)  # of the decision, a mistake is found


class Year:
    """Leads both committees through 2017/18; a chance of its own, so that nothing else of the year changes."""

    def __init__(self, stage: Stage, committee: Committee, subcommittee: Committee) -> None:
        self.stage, self.chance = stage, Random(SEED + 7)
        self.clerk: User = stage.accounts["talent_team"]
        self.days = {day: committee for day in COMMITTEE_DAYS} | {day: subcommittee for day in SUBCOMMITTEE_DAYS}
        self.plots: list[Plot] = stage.left["plots"]
        self.people = self._newcomers()
        self.open: dict[int, Proposal] = {}  # deferred ones, by seat
        self.turnover = dict(Standing.objects.values_list("organisation", "turnover_millions"))
        self.rates = _standard_rates(COMMITTEE_DAYS[0])
        self.cap = min(PayCap.objects.values_list("amount", flat=True))

    def _newcomers(self) -> dict[int, Person]:
        """Somebody for each seat that a new person is proposed for."""
        at = london(COMMITTEE_DAYS[0])
        people = {}
        for plot in self.plots:
            if plot.kind in (Kind.NEW_APPOINTMENT, Kind.EXECUTIVE_MOVE):
                name, region = self.stage.new_name(), plot.seat.board.region
                people[plot.seat.pk] = Person(full_name=name, sort_name=folded(name), region=region, created_at=at)
        Person.objects.bulk_create(people.values())
        return people

    def hold(self, day: dt.date) -> None:
        """One meeting: who resigned, what is proposed, and each item's decision in its turn."""
        committee, due = self.days[day], [plot for plot in self.plots if plot.day == day]
        first_heard = [plot for plot in self.plots if plot.twist == "deferred" and plot.before == day]
        proposals = {self._proposed(plot).pk: plot for plot in (*due, *first_heard)}
        take_statistics()
        meeting = meeting_on(committee, day)
        rows = Proposal.objects.select_related("person", "seat__board", "tenure").in_bulk(proposals)
        find_fit(rows.values(), by=self.clerk, day=day - dt.timedelta(days=9))
        ready = [rows[pk] for pk in sorted(rows, key=lambda pk: proposals[pk].seat.board.sort_name)]
        items = add_proposals(meeting, ready, by=self.clerk, at=london(day - dt.timedelta(days=8), hour=11))
        members = [seat.user for seat in meeting.seats(meeting.starts_at)]
        meeting.substitute = members[1]
        meeting.save(update_fields=["substitute"])
        for number, item in enumerate(self.stage.progress(items, f"Boards, {day:%B %Y}")):
            at = london(day, hour=14) + dt.timedelta(minutes=5 + number * MINUTES_AN_ITEM)
            self._decide(item, proposals[item.proposal_id], members, day, at)
        close_meeting(meeting, by=self.clerk, at=london(day, hour=18))

    def _decide(self, item: AgendaItem, plot: Plot, members: list[User], day: dt.date, at: dt.datetime) -> None:
        outcome, why = Outcome.APPROVED, reasons.decided(plot.kind, self.chance)
        if plot.day != day:
            outcome, why = Outcome.DEFERRED, reasons.DEFERRED
        elif plot.twist == "refused":
            outcome, why = Outcome.NOT_APPROVED, self.chance.choice(reasons.REFUSED)
        # What the portal has found stands between a member and the item keeps them out of it, here as everywhere.
        out = conflicted_members(item, [member.pk for member in members])
        voting = [member for member in members if member.pk not in out]
        votes, interests = ballot(voting, self.chance, approved=outcome == Outcome.APPROVED)
        record_decision(item, outcome=outcome, votes=votes, interests=interests, reason=why, by=self.clerk, at=at)

    def _proposed(self, plot: Plot) -> Proposal:
        """A deferred one stands already."""
        if plot.seat.pk in self.open:
            return self.open.pop(plot.seat.pk)
        heard = plot.before if plot.twist == "deferred" and plot.before else plot.day
        if plot.twist == "resigned":
            self._resigns(plot)
        tenure = self._sitting(plot) if plot.kind in Proposal.OF_HOLDER else None
        proposal = propose(
            kind=plot.kind,
            seat=plot.seat,
            person=tenure.person if tenure else self.people[plot.seat.pk],
            by=self.clerk,
            at=london(heard - dt.timedelta(days=self.chance.randint(12, 20)), hour=self.chance.randint(9, 16)),
            reason=reasons.why(plot.kind, self.chance),
            **self._facts(plot, tenure),
        )
        if heard != plot.day:
            self.open[plot.seat.pk] = proposal
        return proposal

    def _sitting(self, plot: Plot) -> Tenure:
        return Tenure.objects.select_related("person").filter(seat=plot.seat).latest("starts_on")

    def _resigns(self, plot: Plot) -> None:
        last_on = plot.day - dt.timedelta(days=self.chance.randint(20, 50))
        leave_seat(
            self._sitting(plot),
            kind=self.chance.choice((Tenure.End.RESIGNATION, Tenure.End.RESIGNATION, Tenure.End.MOVE)),
            last_on=last_on,
            by=self.clerk,
            at=london(last_on - dt.timedelta(days=30)),
            reason="By letter to the chair, who told the region.",
        )

    def _facts(self, plot: Plot, tenure: Tenure | None) -> dict[str, Any]:
        if plot.kind == Kind.TERMINATION:
            ground = "Not in the interests of the health service: absence without good cause"
            return {"tenure": tenure, "last_on": plot.day + dt.timedelta(days=14), "ground": ground}
        if plot.kind == Kind.EXECUTIVE_MOVE:
            pay = self.chance.choice(EXECUTIVE_PAY[Seat.Role(plot.seat.role)])
            authority = APPROVED if pay > self.cap else ""
            facts = {"starts_on": plot.starts_on, "remuneration": pay, "authority": authority}
            return facts | self._advert(plot)
        if plot.kind == Kind.REMUNERATION:
            starts_on = month_end(plot.day, 0) + ONE_DAY
            return {"tenure": tenure, "starts_on": starts_on, "remuneration": self.rates[plot.seat.role][0]}
        facts = {"starts_on": plot.starts_on, "ends_on": self._last_day(plot, tenure), **self._terms_of(plot.seat)}
        if tenure is None:
            return facts | self._advert(plot)
        facts |= {"tenure": tenure, "appraisal_satisfactory": True, "appraisal_on": plot.day - dt.timedelta(days=40)}
        if plot.twist == "exceptional":
            facts["exceptional"] = self.chance.choice(reasons.EXCEPTIONAL)
        return facts

    def _advert(self, plot: Plot) -> dict[str, Any]:
        """The year's posts were advertised before the portal ran campaigns: what the trusts say of it."""
        fewest, most = APPLICANTS[Seat.Role(plot.seat.role)]
        closed_on = plot.day - dt.timedelta(days=self.chance.randint(48, 130))
        return {"applicants": self.chance.randint(fewest, most), "closed_on": closed_on}

    def _terms_of(self, seat: Seat) -> dict[str, Any]:
        """The standard rate: a chair's by the trust's turnover."""
        rates, turnover = self.rates[seat.role], self.turnover.get(seat.board_id) or 0
        band = 0 if turnover >= 400 else 1 if turnover >= 200 else 2
        return {"remuneration": rates[min(band, len(rates) - 1)], "days_a_month": DAYS_A_MONTH[Seat.Role(seat.role)]}

    def _last_day(self, plot: Plot, tenure: Tenure | None) -> dt.date:
        """An extension is for a year, and no term longer than four; an exceptional term is short."""
        if plot.kind == Kind.EXTENSION:
            return last_day_of(plot.starts_on, 12)
        if plot.twist == "exceptional":
            return last_day_of(plot.starts_on, 24)
        return last_day_of(plot.starts_on, self.chance.choice((24, 36, 36, 48)))

    def put_right(self) -> None:
        """Takes back an appointment that was never taken up, and corrects a last day and a rate entered wrongly."""
        team = self.clerk
        for plot in (plot for plot in self.plots if plot.twist == "taken back"):
            [row] = Appointment.objects.filter(seat=plot.seat)
            why = "Withdrew before the first day for a post abroad; nothing was signed."
            correct_appointment(row, cancelled=True, by=team, at=london(row.decided_on + WITHIN), reason=why)
        rows = Appointment.objects.standing().filter(kind=Appointment.Kind.NEW, role=Seat.Role.NED)
        found = list(rows.filter(decided_on=SUBCOMMITTEE_DAYS[2]).order_by("pk"))
        # Whoever was appointed for two years is right already.
        wrong_day = next(row for row in found if row.ends_on != last_day_of(row.starts_on, 24))
        wrong_pay = next(row for row in found if row != wrong_day)
        said: dict[str, Any] = {"by": team, "at": london(wrong_day.decided_on + WITHIN)}
        why = "The committee decided on two years; the entry said otherwise."
        correct_appointment(wrong_day, ends_on=last_day_of(wrong_day.starts_on, 24), reason=why, **said)
        why = "Gives one day a month less while a deputy is trained; the letter says so and the entry did not."
        correct_appointment(wrong_pay, days_a_month="1.5", reason=why, **said)


def _standard_rates(day: dt.date) -> dict[str, list[int]]:
    """For each role, the dearest first."""
    found: dict[str, list[int]] = {}
    for role, amount in RemunerationRate.objects.in_force(day).order_by("-amount").values_list("role", "amount"):
        found.setdefault(role, []).append(amount)
    return found
