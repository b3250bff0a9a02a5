"""A board beside an item about one of its seats: who sits, what votes, what is vacant, when terms end. Pure: rows in.

Who is known to come next is not in it: that may be the very item on which a reader has a conflict.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from appointments.boards import Count, Place, board_of, day_shown
from appointments.years import ReportingYear
from portal.charts import Bar, BarChart, Group, bar_chart, simple_bars
from portal.models import Organisation


@dataclass(frozen=True, slots=True)
class Composition:
    trust: Organisation
    day: dt.date
    places: Sequence[Place]
    counts: Sequence[Count]  # the last is the whole board
    ending: tuple[tuple[str, int], ...]  # terms of non-executives, by reporting year, without a gap

    @property
    def seats_chart(self) -> SafeString:
        groups = tuple(Group(count.label, tuple(_bars(count))) for count in self.counts[:-1] if count.seats)
        said = [f"{count.label}: {count.filled} of {count.seats} seats filled" for count in self.counts if count.seats]
        return bar_chart(BarChart(f"Seats of the board of {self.trust}", f"{'. '.join(said)}.", groups))

    @property
    def ending_chart(self) -> SafeString:
        said = ", ".join(f"{number} in {year}" for year, number in self.ending)
        bars = [(year, number, str(number)) for year, number in self.ending]
        return bar_chart(simple_bars(f"Terms on the board of {self.trust} that end", f"By year: {said}.", bars))


def composition_of(trust: Organisation, day: dt.date) -> Composition:
    """The board on the day, as the queries of boards.board_of() find it."""
    board = board_of(trust, day_shown(trust, day))
    return Composition(trust, board.day, board.places, board.composition, tuple(_ending(board.places)))


def _bars(count: Count) -> Iterable[Bar]:
    for label, number in (("Voting", count.voting), ("Not voting", count.non_voting), ("Vacant", count.vacant)):
        yield Bar(label, number, str(number))


def _ending(places: Iterable[Place]) -> Iterable[tuple[str, int]]:
    years = Counter(
        ReportingYear.of(place.tenure.ends_on)
        for place in places
        if place.seat.is_non_executive and place.tenure and place.tenure.ends_on
    )
    if years:
        for starts in range(min(years).starts, max(years).starts + 1):
            yield str(ReportingYear(starts)), years[ReportingYear(starts)]
