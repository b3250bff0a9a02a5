"""Control charts and funnels as pictures: each kind of point has its colour, its shape and an outline."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from portal.charts import ticks
from portal.svg import EM, FAINT, INK, TEXT, joined, picture, px, tag, words
from programmes.funnel import ALARM, WARNING, Distance, Funnel, Spot
from programmes.spc import ControlChart, Point, Segment
from programmes.spc_icons import SIZE, Icon
from programmes.spc_marks import COLOURS, SHAPES

TARGET = "#ae2573"


@dataclass(frozen=True, slots=True)
class Size:
    """A whole picture, or one of many on a page."""

    width: int
    height: int
    detailed: bool


LARGE = Size(640, 300, True)
SMALL = Size(300, 150, False)


@dataclass(frozen=True, slots=True)
class Note:
    """A word at one month: its number stands on the chart, its text beside it."""

    date: dt.date
    text: str


def control_picture(
    title: str,
    description: str,
    chart: ControlChart,
    *,
    unit: str = "",
    notes: Sequence[Note] = (),
    size: Size = LARGE,
    centre: str = "Mean",
    badges: Sequence[Icon] = (),
) -> SafeString:
    """The series with centre line, limits, target and notes. Time runs by the calendar: a gap is as wide as it is.

    `badges` stand in the top right corner of a detailed picture.
    """
    frame = _frame(chart, unit, size)
    parts = [*_scale(frame, unit), *_dates(frame, chart.points, size)]
    parts += [_segment(frame, segment) for segment in chart.segments]
    if chart.target is not None:
        parts.append(_level(frame, chart.target, frame.left, frame.right, stroke=TARGET, dash="2 4"))
    if size.detailed:
        parts += _names(frame, chart, unit, centre, free=SIZE + TEXT if badges else 0)
        parts += [badge.at(size.width - (SIZE + 4) * (place + 1), 0) for place, badge in enumerate(reversed(badges))]
        parts += _notes(frame, notes)
    parts += [_lines(frame, segment.points, chart.missing) for segment in chart.segments]
    parts += [_dot(frame, point) for point in chart.points]
    return picture(title, description, (size.width, size.height), parts)


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    ticks: tuple[float, ...]

    def x(self, at: float) -> float:
        span = self.last - self.first or 1
        return self.left + 8 + (self.right - self.left - 16) * (at - self.first) / span

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (self.bottom - self.top) * (value - low) / (high - low)


def _frame(chart: ControlChart, unit: str, size: Size) -> _Frame:
    values = [point.value for point in chart.points]
    values += [limit for segment in chart.segments for limit in (segment.lower, segment.upper) if limit is not None]
    values += [] if chart.target is None else [chart.target]
    marks = tuple(ticks(min(values), max(values)))
    left = max(len(_figure(mark, unit)) for mark in marks) * EM + 12
    right = size.width - (118 if size.detailed else 6)
    days = [point.date.toordinal() for point in chart.points]
    return _Frame(left, right, 22 if size.detailed else 8, size.height - 26, min(days), max(days), marks)


def _figure(value: float, unit: str) -> str:
    return f"{value:g}{unit}" if unit == "%" else f"{value:g}"


def _scale(frame: _Frame, unit: str) -> Iterable[SafeString]:
    for mark in frame.ticks:
        y = frame.y(mark)
        yield tag("path", d=f"M{px(frame.left)} {px(y)}H{px(frame.right)}", stroke="#e8edee")
        yield words(_figure(mark, unit), frame.left - 5, y + 4, anchor="end")


def _dates(frame: _Frame, points: Sequence[Point], size: Size) -> Iterable[SafeString]:
    """As many month names as fit, the last always among them."""
    room = max(1, int((frame.right - frame.left) // (9 * EM)))
    step = math.ceil(len(points) / room)
    for place, point in enumerate(reversed(points)):
        if place % step == 0:
            x = frame.x(point.date.toordinal())
            anchor = "end" if x > frame.right - 20 else "middle"
            yield words(f"{point.date:%b %y}", min(x, size.width - 2), size.height - 6, anchor=anchor)


def _segment(frame: _Frame, segment: Segment) -> SafeString:
    first, last = (frame.x(segment.points[place].date.toordinal()) for place in (0, -1))
    levels = [_level(frame, segment.centre, first - 6, last + 6, stroke=INK)]
    for limit in (segment.lower, segment.upper):
        if limit is not None:
            levels.append(_level(frame, limit, first - 6, last + 6, stroke=INK, dash="6 4"))
    return joined(levels)


def _level(
    frame: _Frame, value: float, first: float, last: float, *, stroke: str, dash: str | None = None
) -> SafeString:
    y = frame.y(value)
    return tag(
        "path",
        d=f"M{px(first)} {px(y)}H{px(last)}",
        stroke=stroke,
        stroke_width=1.5,
        stroke_dasharray=dash,
        fill="none",
    )


def _names(frame: _Frame, chart: ControlChart, unit: str, centre: str, free: float) -> Iterable[SafeString]:
    """What each level is called, at its end, from `free` down; moved apart where two would stand on one another."""
    now = chart.now
    named = [(centre, now.centre, INK), ("Lower limit", now.lower, INK), ("Upper limit", now.upper, INK)]
    named.append(("Target", chart.target, TARGET))
    levels = sorted((frame.y(value), name, value, ink) for name, value, ink in named if value is not None)
    for y, name, value, ink in levels:
        at = max(y + 4, free)
        yield words(f"{name} {_rounded(value)}{unit if unit == '%' else ''}", frame.right + 6, at, fill=ink)
        free = at + TEXT + 2


def _rounded(value: float) -> str:
    return f"{value:.1f}" if abs(value) < 1000 else f"{value:,.0f}"


def _notes(frame: _Frame, notes: Sequence[Note]) -> Iterable[SafeString]:
    """The numbers of notes above their months; those of one place stand side by side."""
    places: dict[float, list[int]] = {}
    for number, note in enumerate(notes, start=1):
        x = frame.x(min(max(note.date.toordinal(), frame.first), frame.last))
        places.setdefault(x, []).append(number)
    for x, numbers in places.items():
        yield tag("path", d=f"M{px(x)} {px(frame.top - 4)}V{px(frame.bottom)}", stroke=FAINT, stroke_dasharray="2 2")
        yield words(", ".join(map(str, numbers)), x, frame.top - 8, anchor="middle", weight="bold")


def _lines(frame: _Frame, points: Sequence[Point], missing: Iterable[dt.date]) -> SafeString:
    """From point to point; a missing reading breaks the line."""
    gaps = sorted(missing)
    path, before = "", None
    for point in points:
        broken = before is None or any(before.date < gap < point.date for gap in gaps)
        path += f"{'M' if broken else 'L'}{px(frame.x(point.date.toordinal()))} {px(frame.y(point.value))}"
        before = point
    return tag("path", d=path, stroke="#768692", stroke_width=1.5, fill="none")


def _dot(frame: _Frame, point: Point) -> SafeString:
    path = SHAPES[point.kind].format(x=px(frame.x(point.date.toordinal())), y=px(frame.y(point.value)))
    return tag("path", d=path, fill=COLOURS[point.kind], stroke=INK, stroke_width=1)


def funnel_picture(
    title: str, description: str, chart: Funnel, *, unit: str = "", marked: tuple[int, str] | None = None
) -> SafeString:
    """Each trust by its size and its figure, between the limits at 95% (dashed) and 99.8% (solid).

    `marked`: the key of one trust, and the words that point to it.
    """
    width, height = LARGE.width, LARGE.height
    largest = max(spot.size for spot in chart.spots) * 1.05
    sizes = [largest * (place + 1) / 60 for place in range(60)]
    values = [spot.value for spot in chart.spots] + list(chart.limits_at(min(s.size for s in chart.spots), ALARM))
    marks = tuple(ticks(min(values), max(values)))
    frame = _Frame(max(len(_figure(m, unit)) for m in marks) * EM + 12, width - 8, 10, height - 40, 0, largest, marks)
    parts = [*_scale(frame, unit), _level(frame, chart.centre, frame.left, frame.right, stroke=INK)]
    for reach, dash in ((WARNING, "6 4"), (ALARM, None)):
        parts += _limits(frame, chart, sizes, reach, dash)
    parts += [
        tag(
            "path",
            d=SHAPES[spot.kind].format(x=px(frame.x(spot.size)), y=px(frame.y(spot.value))),
            fill=COLOURS[spot.kind],
            stroke=INK,
            stroke_width=1 if spot.distance is Distance.WITHIN else 1.5,
        )
        for spot in chart.spots
    ]
    if marked:
        parts += [_pointer(frame, spot, marked[1]) for spot in chart.spots if spot.key == marked[0]]
    parts.append(words("Size of the trust (denominator)", (frame.left + frame.right) / 2, height - 6, anchor="middle"))
    parts += [words(f"{size:,.0f}", frame.x(size), height - 22, anchor="middle") for size in ticks(0, largest)[1:-1]]
    return picture(title, description, (width, height), parts)


def _pointer(frame: _Frame, spot: Spot, text: str) -> SafeString:
    """A ring around one trust's dot, and a line up to its name, which stays within the picture however long it is."""
    x, y = frame.x(spot.size), frame.y(spot.value)
    ring = tag("circle", cx=x, cy=y, r=9, fill="none", stroke=INK, stroke_width=2.5)
    line = tag("path", d=f"M{px(x)} {px(y - 9)}V{px(frame.top + 16)}", stroke=INK, stroke_width=1.5)
    begins = max(frame.left, min(x - len(text) * EM / 2, frame.right - len(text) * EM))
    return joined([ring, line, words(text, begins, frame.top + 12, weight="bold")])


def _limits(
    frame: _Frame, chart: Funnel, sizes: Sequence[float], reach: float, dash: str | None
) -> Iterable[SafeString]:
    """Both limits as curves, cut where they leave the picture."""
    low, high = frame.ticks[0], frame.ticks[-1]
    for side in (0, 1):
        points = [(size, chart.limits_at(size, reach)[side]) for size in sizes]
        inside = [f"{px(frame.x(size))} {px(frame.y(value))}" for size, value in points if low <= value <= high]
        if len(inside) > 1:
            yield tag("path", d="M" + "L".join(inside), stroke=INK, stroke_dasharray=dash, fill="none")
