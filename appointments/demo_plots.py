"""What the committees decide about NHS trusts' seats in 2017/18, planned ahead so that whoever sits there fits."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from random import Random

from dateutil.relativedelta import relativedelta

from appointments.models import Proposal, Seat
from appointments.terms import ONE_DAY

Kind = Proposal.Kind

# The committee takes chairs and executives, its subcommittee the non-executive directors.
COMMITTEE_DAYS = (dt.date(2017, 5, 11), dt.date(2017, 9, 14), dt.date(2018, 1, 11), dt.date(2018, 3, 8))
SUBCOMMITTEE_DAYS = (
    dt.date(2017, 4, 27),
    dt.date(2017, 6, 15),
    dt.date(2017, 7, 20),
    dt.date(2017, 9, 28),
    dt.date(2017, 11, 9),
    dt.date(2018, 1, 25),
    dt.date(2018, 3, 1),
)
YEAR_ENDS = dt.date(2018, 3, 31)

# How many of each the demonstration makes. The report counts their rows and knows nothing of this.
CHAIRS = {Kind.NEW_APPOINTMENT: 14, Kind.REAPPOINTMENT: 26, Kind.EXTENSION: 9, Kind.REMUNERATION: 2}
NEDS = {Kind.NEW_APPOINTMENT: 101, Kind.REAPPOINTMENT: 128, Kind.EXTENSION: 42}
# About non-executive directors, but by its terms of reference not the subcommittee’s to decide.
NEDS_BEFORE_THE_COMMITTEE = {Kind.TERMINATION: 1}
# New appointments beside these: the committee says no, or an appointment is taken back before it begins.
NEDS_IN_VAIN = ("refused", "refused", "refused", "taken back")
EXECUTIVES = ((Seat.Role.CHIEF_EXECUTIVE, 4), (Seat.Role.FINANCE, 3), (Seat.Role.OPERATING, 2))
# How a seat comes to be vacant, and which matters come before two meetings; one after another.
NEW_TWISTS = ("follows", "vacant", "follows", "deferred", "resigned", "vacant", "follows", "follows")
EXCEPTIONAL_EVERY = 19


@dataclass(frozen=True, slots=True)
class Plot:
    """One matter about one seat: what is proposed, at which meeting, and the incumbent's last day as planned."""

    seat: Seat
    kind: str
    day: dt.date
    before: dt.date | None  # the committee's meeting before that day
    ends_on: dt.date
    twist: str

    @property
    def starts_on(self) -> dt.date:
        """Of what is proposed: the day after the incumbent, or in an empty seat the first of the month to come."""
        if self.kind == Kind.EXECUTIVE_MOVE or self.twist not in ("", "follows", "exceptional"):
            return month_end(self.day, 0) + ONE_DAY
        return self.ends_on + ONE_DAY


def month_end(day: dt.date, months: int) -> dt.date:
    """The last day of the month so many after `day`'s."""
    last: dt.date = day.replace(day=1) + relativedelta(months=months + 1) - ONE_DAY
    return last


def plan(seats: Iterable[Seat], chance: Random) -> dict[int, Plot]:
    """By the seat's id. With fewer seats than matters, as many as there are."""
    pool = list(seats)
    chance.shuffle(pool)
    by_role = {role: [seat for seat in pool if seat.role == role] for role in Seat.Role.values}
    chairs, neds = list(_matters(CHAIRS)), [*_matters(NEDS), *((Kind.NEW_APPOINTMENT, how) for how in NEDS_IN_VAIN)]
    chance.shuffle(neds)
    found = [*_plots(by_role["chair"], chairs, COMMITTEE_DAYS, chance)]
    upstairs = list(_matters(NEDS_BEFORE_THE_COMMITTEE))
    found += _plots(by_role["ned"][: len(upstairs)], upstairs, COMMITTEE_DAYS, chance)
    found += _plots(by_role["ned"][len(upstairs) :], neds, SUBCOMMITTEE_DAYS, chance)
    for role, number in EXECUTIVES:
        found += _plots(by_role[role], [(Kind.EXECUTIVE_MOVE, "")] * number, COMMITTEE_DAYS, chance)
    return {plot.seat.pk: plot for plot in found}


def _matters(wanted: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    twists = cycle(NEW_TWISTS)
    for kind, number in wanted.items():
        for n in range(1, number + 1):
            if kind == Kind.NEW_APPOINTMENT:
                yield kind, next(twists)
            else:
                yield kind, "exceptional" if kind == Kind.REAPPOINTMENT and n % EXCEPTIONAL_EVERY == 0 else ""


def _plots(
    seats: list[Seat], matters: list[tuple[str, str]], days: tuple[dt.date, ...], chance: Random
) -> Iterator[Plot]:
    """The oldest seats for what needs two terms served; the meetings in turn."""
    left = sorted(seats, key=lambda seat: seat.opened_on, reverse=True)
    in_turn = cycle(range(len(days)))
    for kind, twist in sorted(matters, key=lambda matter: matter[1] != "exceptional"):
        if not left:
            return
        seat = left.pop() if twist == "exceptional" else left.pop(chance.randrange(len(left)))
        n = next(in_turn)
        if twist in ("resigned", "deferred") and n == 0:
            twist = "vacant"  # the year has only begun
        yield Plot(
            seat, kind, days[n], days[n - 1] if n else None, _incumbent_until(kind, twist, days[n], chance), twist
        )


def _incumbent_until(kind: str, twist: str, day: dt.date, chance: Random) -> dt.date:
    if twist == "resigned" or kind in (Kind.TERMINATION, Kind.REMUNERATION):
        return month_end(YEAR_ENDS, chance.randint(6, 20))
    if kind == Kind.EXECUTIVE_MOVE or twist in ("vacant", "deferred", "refused", "taken back"):
        return month_end(day, -chance.randint(2, 6))
    return month_end(day, chance.randint(1, 3))


def incumbents(seat: Seat, plot: Plot | None, chance: Random) -> list[tuple[dt.date, dt.date]]:
    """One person's terms up to the one that the plot finds; without a plot nothing falls due in the year."""
    if plot is None:
        last = dt.date(2016, 12, 31) if chance.random() < 0.03 else month_end(YEAR_ENDS, chance.randint(4, 28))
        return _terms(seat, last, 48, earlier=36 if chance.random() < 0.4 else 0)
    if plot.kind == Kind.EXECUTIVE_MOVE:
        return _terms(seat, plot.ends_on, chance.randint(30, 80), earlier=0)
    if plot.kind == Kind.EXTENSION:
        return _terms(seat, plot.ends_on, chance.choice((24, 24, 36)), earlier=chance.choice((0, 36)))
    if plot.kind in (Kind.TERMINATION, Kind.REMUNERATION) or plot.twist == "resigned":
        return _terms(seat, plot.ends_on, 48, earlier=0)
    if plot.kind == Kind.REAPPOINTMENT and plot.twist != "exceptional":
        return _terms(seat, plot.ends_on, chance.choice((24, 36, 36, 48, 48)), earlier=0)
    return _terms(seat, plot.ends_on, chance.choice((36, 48)), earlier=chance.choice((36, 48)))


def _terms(seat: Seat, last: dt.date, months: int, *, earlier: int) -> list[tuple[dt.date, dt.date]]:
    first = max(seat.opened_on, last + ONE_DAY - relativedelta(months=months))
    before = first - relativedelta(months=earlier)
    return [*([(before, first - ONE_DAY)] if earlier and before >= seat.opened_on else []), (first, last)]
