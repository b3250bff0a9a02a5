"""The equality report of a year: what was published, beside what it is compared with. Every reading is logged."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from appointments.equality_units import BOARDS
from appointments.models import EqualityBaseline
from appointments.years import ReportingYear
from portal import outbox
from portal.exporting import guarded
from portal.models import User
from talent.access import may_read_equality
from talent.disclosure import Shown
from talent.equality import VaultClosed
from talent.models import EqualityReading, EqualityTable
from talent.published import SHARES, Likelihood, Reading, reading, share

PUBLISH = "appointments.publish_equality"
COLUMNS = ("Unit", "Question", "Group", "People", "Answer", "Figure", "Percent")


@dataclass(frozen=True, slots=True)
class Line:
    """One share as it is compared: of a published group, or of a baseline with its source."""

    label: str
    percent: float | None
    text: str
    source: str = ""  # of a baseline

    @property
    def is_baseline(self) -> bool:
        return bool(self.source)


@dataclass(frozen=True, slots=True)
class Compared:
    """Women, BME or disabled people: in the groups of one unit and elsewhere."""

    key: str
    label: str
    lines: tuple[Line, ...]

    @property
    def against_pool(self) -> list[tuple[Line, int | None]]:
        """Each later stage with its points above or below the pool, which is the first; None beside a star."""
        stages = [line for line in self.lines if not line.is_baseline]
        pool = stages[0].percent if stages else None
        return [(line, None if pool is None else _points(line, pool)) for line in stages[1:]]


def _points(line: Line, pool: float) -> int | None:
    return None if line.percent is None else round(line.percent - pool)


def _in_words(compared: Compared) -> Iterator[tuple[Line, str]]:
    for line, points in compared.against_pool:
        if points:
            yield line, f" ({abs(points)} points {'above' if points > 0 else 'below'} the pool)"


@dataclass(frozen=True, slots=True)
class Section:
    """One unit of the year as it was published."""

    key: str
    title: str
    published_at: dt.datetime
    is_demonstration: bool
    tables: tuple[Reading, ...]
    compared: tuple[Compared, ...]

    @property
    def comparison(self) -> list[tuple[str, list[str], str]]:
        """The same lines as one table: group or baseline, its share of each kind, the sources."""
        lines = [(line, place) for place, one in enumerate(self.compared) for line in one.lines]
        rows: dict[str, list[str]] = {}
        sources: dict[str, list[str]] = {}
        beside = {} if self.is_boards else {id(line): said for one in self.compared for line, said in _in_words(one)}
        for line, place in sorted(lines, key=lambda found: found[0].is_baseline):
            text = line.text + beside.get(id(line), "")
            rows.setdefault(line.label, [""] * len(self.compared))[place] = text
            sources.setdefault(line.label, []).append(line.source)
        return [(label, texts, "; ".join(dict.fromkeys(filter(None, sources[label])))) for label, texts in rows.items()]

    @property
    def likelihoods(self) -> tuple[Likelihood, ...]:
        return tuple(one for table in self.tables for one in table.likelihoods)

    @property
    def is_boards(self) -> bool:
        return self.key == BOARDS


@dataclass(frozen=True, slots=True)
class Balance:
    """How far the boards are from the aim of as many women as men."""

    women: int
    aim: EqualityBaseline

    @property
    def points_to_go(self) -> int:
        return max(0, round(self.aim.percent) - self.women)


@dataclass(frozen=True, slots=True)
class EqualityReport:
    year: ReportingYear
    sections: tuple[Section, ...]
    balance: Balance | None


def read_report(year: ReportingYear, *, by: User, at: dt.datetime, form: str) -> EqualityReport:
    """The year's report; writes who read it in which form. Raises VaultClosed. Three queries beside the log's."""
    if not may_read_equality(by):
        raise VaultClosed("Only the talent team reads the equality report.")
    EqualityReading.objects.create(year_starts=year.starts, form=form, by=by, at=at)
    baselines = list(EqualityBaseline.objects.known_on(year.last_on))
    tables = EqualityTable.objects.filter(year_starts=year.starts).order_by("unit", "pk")
    by_unit = groupby(tables, key=lambda table: table.unit)
    sections = tuple(_section(list(group), baselines) for _, group in by_unit)
    # The boards last, as in the list of units.
    ordered = tuple(sorted(sections, key=lambda section: (section.is_boards, section.title)))
    return EqualityReport(year, ordered, _balance(ordered, baselines))


def _section(tables: Sequence[EqualityTable], baselines: Sequence[EqualityBaseline]) -> Section:
    first, readings = tables[0], tuple(reading(table) for table in tables)
    compared = tuple(_compared(key, readings, baselines) for key in SHARES)
    return Section(first.unit, first.title, first.at, first.is_demonstration, readings, compared)


def _compared(key: str, readings: Sequence[Reading], baselines: Sequence[EqualityBaseline]) -> Compared:
    question, answer, against = SHARES[key]
    table = next(reading for reading in readings if reading.question == question)
    ours = [_line(row, answer, against) for row in table.rows if ":" not in row.key]  # regions stand in the table only
    theirs = [Line(b.name, float(b.percent), b.text, b.source) for b in baselines if b.share == key]
    return Compared(key, EqualityBaseline.Share(key).label, (*ours, *theirs))


def _line(row: Shown, answer: int, against: int) -> Line:
    percent = share(row, answer, against)
    return Line(row.label, percent, "*" if percent is None else f"{percent}%")


def _balance(sections: Sequence[Section], baselines: Sequence[EqualityBaseline]) -> Balance | None:
    aims = [b for b in baselines if b.kind == EqualityBaseline.Kind.AIM and b.share == EqualityBaseline.Share.WOMEN]
    women = boards_share(sections, "women")
    return Balance(women, aims[-1]) if aims and women is not None else None


def boards_share(sections: Sequence[Section], key: str) -> int | None:
    """The share among all voting members, of those who answered; None where it is not published or not shown."""
    lines = [one.lines[0] for section in sections if section.is_boards for one in section.compared if one.key == key]
    return None if not lines or lines[0].percent is None else round(lines[0].percent)


def csv_rows(report: EqualityReport) -> Iterator[tuple[str, ...]]:
    """Every published figure on a line of its own, stars as stars."""
    yield COLUMNS
    for section in report.sections:
        for table in section.tables:
            for row in table.rows:
                for answer, cell in zip(table.answers, row.cells, strict=True):
                    line = (section.title, table.title, row.label, row.total.text, answer, cell.text, cell.percent_text)
                    yield tuple(guarded(value) for value in line)
            for one in table.likelihoods:
                title = f"Relative likelihood, {one.words}: {one.way}"
                yield (section.title, table.title, title, "", one.ratio.interval_text, one.ratio.text, "")


def order_publication(year: ReportingYear, *, by: User, at: dt.datetime) -> None:
    """Asks the worker to publish every unit of the year that has closed. Raises VaultClosed."""
    if not may_read_equality(by):
        raise VaultClosed("Only the talent team publishes the equality report.")
    key = f"equality:{year}:{at.timestamp():.3f}"
    outbox.enqueue(PUBLISH, {"year": str(year), "by": by.pk}, at=at, key=key)
