"""The pipeline measures as sections with a chart and its tables, for the page, the report and the file alike."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.utils.safestring import SafeString

from appointments.models import Seat
from appointments.pipeline import DAYS_A_YEAR, POSTS, Applied, InPost, Pipeline, Taken, Vacant, mean_years
from portal.charts import Line, LineChart, bar_chart, line_chart, simple_bars
from portal.exporting import guarded
from portal.words import long_date

COLUMNS = ("Measure", "Post", "Region", "Quarter from or day", "Posts or people", "Number", "Average")
ALL = "England"
NONE = "–"

Row = TypeVar("Row")
Dated = TypeVar("Dated", Applied, Taken)


@dataclass(frozen=True, slots=True)
class Table:
    """Words and figures as they stand on the page; the first column heads its row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """Each row's cells with the name of their column."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lead: str
    chart: SafeString | None
    tables: tuple[Table, ...]  # the first has the chart's figures

    @property
    def has_figures(self) -> bool:
        return bool(self.tables[0].rows)


def sections(pipeline: Pipeline) -> tuple[Section, ...]:
    return (
        _applied(pipeline.applied),
        _taken(pipeline),
        _in_post(pipeline.in_post),
        _vacant(pipeline.vacant),
    )


def _applied(rows: tuple[Applied, ...]) -> Section:
    head = ("Posts closed to applicants", "Applicants", "Applicants per post")
    by_role = _by(rows, lambda row: row.role)
    bars = [(_post(role), _per_post(found), f"{_per_post(found):.1f}") for role, found in by_role.items()]
    title = "Applicants per post"
    words = "Average number of applicants for each post. The table below has the same figures."
    return Section(
        title,
        "Posts whose advert closed in the year, and how many people applied. A post advertised outside the portal "
        "counts where whoever ran it has said how many applied.",
        bar_chart(simple_bars(title, words, bars)) if bars else None,
        (
            Table("By post", ("Post", *head), _lines(by_role, _applied_cells, _post)),
            Table("By region", ("Region", *head), _lines(_by(rows, lambda row: row.region), _applied_cells, str)),
            Table("By quarter", ("Quarter", *head), _lines(_quarters(rows), _applied_cells, str)),
        ),
    )


def _applied_cells(rows: list[Applied]) -> tuple[str, ...]:
    return str(sum(r.posts for r in rows)), str(sum(r.applicants for r in rows)), f"{_per_post(rows):.1f}"


def _per_post(rows: Iterable[Applied]) -> float:
    found = list(rows)
    return sum(row.applicants for row in found) / sum(row.posts for row in found)


def _taken(pipeline: Pipeline) -> Section:
    rows, aim = pipeline.taken, pipeline.aim
    months = f"{aim.months} months" if aim else "the aim"
    head = ("Appointments", f"Within {months}", "Average days")
    by_role = _by(rows, lambda row: row.role)
    bars = [(_post(role), _mean_days(found), f"{_mean_days(found):.0f} days") for role, found in by_role.items()]
    title = "Time to appoint"
    source = f" The aim is {months}: {aim.source}." if aim else " No aim is on record."
    words = "Average days from the closing date to the decision. The table below has the same figures."
    return Section(
        title,
        f"New appointments decided in the year, from the advert’s closing date to the decision.{source}",
        bar_chart(simple_bars(title, words, bars)) if bars else None,
        (
            Table("By post", ("Post", *head), _lines(by_role, _taken_cells, _post)),
            Table("By region", ("Region", *head), _lines(_by(rows, lambda row: row.region), _taken_cells, str)),
            Table("By quarter", ("Quarter", *head), _lines(_quarters(rows), _taken_cells, str)),
        ),
    )


def _taken_cells(rows: list[Taken]) -> tuple[str, ...]:
    posts, within = sum(row.posts for row in rows), sum(row.within for row in rows)
    return str(posts), f"{within} ({within / posts:.0%})", f"{_mean_days(rows):.0f}"


def _mean_days(rows: Iterable[Taken]) -> float:
    found = list(rows)
    return sum(row.mean_days * row.posts for row in found) / sum(row.posts for row in found)


def _in_post(rows: tuple[InPost, ...]) -> Section:
    by_region = {ALL: list(rows), **_by(rows, lambda row: row.region)}
    days = sorted({row.day for row in rows})
    values = {
        region: tuple(mean_years(row for row in found if row.day == day) for day in days)
        for region, found in by_region.items()
    }
    title = "How long chief executives have been in post"
    words = "Average years on each day, in England and by region. The table below has the same figures."
    return Section(
        title,
        "Chief executives in post on each day, acting ones apart, counted from their first day in that post.",
        _lines_chart(title, words, days, values),
        (Table("Average years in post", ("Region", *(long_date(day) for day in days)), _years_rows(values)),),
    )


def _years_rows(values: dict[str, tuple[float | None, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple((name, *(NONE if v is None else f"{v:.1f}" for v in line)) for name, line in values.items())


def _vacant(rows: tuple[Vacant, ...]) -> Section:
    by_region = {ALL: list(rows), **_by(rows, lambda row: row.region)}
    days = sorted({row.day for row in rows})
    summed = {
        region: [
            (sum(row.vacant for row in found if row.day == day), sum(row.seats for row in found if row.day == day))
            for day in days
        ]
        for region, found in by_region.items()
    }
    values = {name: tuple(100 * v / s if s else None for v, s in line) for name, line in summed.items()}
    cells = tuple((name, *(f"{v} of {s}" for v, s in line)) for name, line in summed.items())
    title = "Vacant seats of chairs and non-executive directors"
    words = "Vacant seats in percent of all on each day. The table below has the numbers."
    return Section(
        title,
        "Seats on the boards of trusts that nobody sat in, in percent of all there were on the day.",
        _lines_chart(f"{title}, percent", words, days, values),
        (Table("Vacant seats", ("Region", *(long_date(day) for day in days)), cells),),
    )


def _lines_chart(
    title: str, words: str, days: list[dt.date], values: dict[str, tuple[float | None, ...]]
) -> SafeString | None:
    if not days:
        return None
    axis = tuple(f"{day:%b %Y}" for day in days)
    return line_chart(LineChart(title, words, axis, tuple(Line(name, line) for name, line in values.items())))


def _by(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return dict(sorted(found.items(), key=lambda pair: _place(pair[0])))


def _place(key: str) -> tuple[int, str]:
    return (POSTS.index(Seat.Role(key)), "") if key in POSTS else (len(POSTS), key)


def _quarters(rows: Iterable[Dated]) -> dict[str, list[Dated]]:
    ordered = sorted(rows, key=lambda row: row.quarter)
    found: dict[str, list[Dated]] = {}
    for row in ordered:
        found.setdefault(f"From {long_date(row.quarter)}", []).append(row)
    return found


def _lines(
    groups: dict[str, list[Row]], cells: Callable[[list[Row]], tuple[str, ...]], name: Callable[[str], str]
) -> tuple[tuple[str, ...], ...]:
    return tuple((name(key), *cells(found)) for key, found in groups.items())


def _post(role: str) -> str:
    return Seat.Role(role).label


def table(pipeline: Pipeline) -> Iterator[tuple[str, ...]]:
    """Every measure in its finest grain as one list, safe in a spreadsheet."""
    yield COLUMNS
    for row in _flat(pipeline):
        yield tuple(guarded(cell) for cell in row)


def _flat(pipeline: Pipeline) -> Iterator[tuple[str, ...]]:
    for a in pipeline.applied:
        yield (
            "Applicants",
            _post(a.role),
            a.region,
            a.quarter.isoformat(),
            str(a.posts),
            str(a.applicants),
            _decimal(a.applicants / a.posts),
        )
    for t in pipeline.taken:
        yield (
            "Days to appoint",
            _post(t.role),
            t.region,
            t.quarter.isoformat(),
            str(t.posts),
            str(t.within),
            _decimal(t.mean_days),
        )
    chief = _post(Seat.Role.CHIEF_EXECUTIVE)
    for p in pipeline.in_post:
        years = "" if p.mean_days is None else _decimal(p.mean_days / DAYS_A_YEAR)
        yield "Years in post", chief, p.region, p.day.isoformat(), str(p.number), "", years
    for v in pipeline.vacant:
        seats = "Chairs and non-executive directors"
        yield "Vacant seats", seats, v.region, v.day.isoformat(), str(v.seats), str(v.vacant), _decimal(v.rate)


def _decimal(value: float) -> str:
    return f"{value:.3f}"
