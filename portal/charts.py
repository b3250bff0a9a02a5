"""Figures to pictures: frozen rows in, SVG out that a page and a paper both hold.

Nothing is said by colour alone: each bar carries its own words and its figure, each line its name and its own shape.
A table with the same figures stands beside every chart; the picture's title and description are its text alternative.
"""

import math
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString

from portal.svg import EM, FAINT, INK, TEXT, joined, picture, px, tag, words

# NHS colours with at least 4.5:1 on white; neighbours are told apart by their words, not by these.
COLOURS = ("#005eb8", "#330072", "#00703c", "#ae2573", "#7c2855")
QUIET = "#4c6272"
WIDTH = 440  # drawn small, so that words stay readable where a phone shrinks the picture
BAR, ROW, GAP = 16, 21, 10
PLOT_HEIGHT = 190


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `text` stands at its end; without a value it stands alone (a figure that is not shown)."""

    label: str
    value: float | None
    text: str
    interval: tuple[float, float] | None = None
    quiet: bool = False  # in grey: what the others are compared with


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that belong together under one heading; a group of one needs no words at its bar."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that the others are compared with: an aim, a baseline."""

    label: str
    value: float


@dataclass(frozen=True, slots=True)
class BarChart:
    title: str
    description: str
    groups: tuple[Group, ...]
    marks: tuple[Mark, ...] = ()
    largest: float | None = None  # where the scale ends; by default at the largest figure


@dataclass(frozen=True, slots=True)
class Line:
    """One value for each place on the chart's axis; None breaks the line."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    title: str
    description: str
    axis: tuple[str, ...]
    lines: tuple[Line, ...]
    unit: str = ""


def simple_bars(title: str, description: str, bars: Iterable[tuple[str, float | None, str]]) -> BarChart:
    """One bar each for (label, value, text)."""
    return BarChart(title, description, tuple(Group(label, (Bar("", value, text),)) for label, value, text in bars))


def bar_chart(chart: BarChart) -> SafeString:
    """Horizontal bars from zero, one group below the other. Raises ValueError for a value below zero."""
    bars = [bar for group in chart.groups for bar in group.bars]
    if any((bar.value or 0) < 0 for bar in bars):
        raise ValueError("A bar begins at zero: a line chart can show values below it.")
    left = min(150.0, max((len(bar.label) for bar in bars), default=0) * EM + 8) if any(b.label for b in bars) else 0.0
    right = max((len(bar.text) for bar in bars), default=0) * EM + 8
    scale = _Scale(left, WIDTH - right, _largest(chart, bars))
    top = TEXT + 9.0 if chart.marks else 0.0
    parts, y = [], top
    for mark in chart.marks:
        parts.append(_mark_name(mark, scale))
    for group in chart.groups:
        drawn, y = _group(group, scale, y, chart.marks)
        parts.append(drawn)
    return picture(chart.title, chart.description, (WIDTH, y), parts)


def _largest(chart: BarChart, bars: list[Bar]) -> float:
    shown = [max(bar.value or 0, *(bar.interval or (0, 0))) for bar in bars]
    return chart.largest or max([*shown, *(mark.value for mark in chart.marks)], default=0) or 1


@dataclass(frozen=True, slots=True)
class _Scale:
    left: float
    right: float
    largest: float

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * min(value / self.largest, 1)


def _group(group: Group, scale: _Scale, y: float, marks: tuple[Mark, ...]) -> tuple[SafeString, float]:
    """The group from `y` down, and where the next begins."""
    parts, ends = [], []
    weight = "bold" if len(group.bars) > 1 else None
    for line in textwrap.wrap(group.label, 56):
        parts.append(words(line, 0, y + TEXT, weight=weight))
        y += TEXT + 4
    top = y
    for colour, bar in zip(_colours(len(group.bars)), group.bars, strict=True):
        label = textwrap.wrap(bar.label, 19) or [""]
        parts += [words(line, 0, y + TEXT + number * (TEXT + 2)) for number, line in enumerate(label) if line]
        drawn, end = _bar(bar, scale, y + 1, QUIET if bar.quiet else colour)
        parts.append(drawn)
        ends.append((bar.text, end, y + 1))
        y += max(ROW, len(label) * (TEXT + 2) + 6)
    parts += [_mark_line(mark, scale, top, y - ROW + BAR + 2) for mark in marks]
    parts += [_figure(text, end, at) for text, end, at in ends]
    return joined(parts), y + GAP


def _figure(text: str, x: float, y: float) -> SafeString:
    """The bar's figure, on white so that no line runs through it."""
    box = tag("rect", x=x + 3, y=y, width=len(text) * EM + 3, height=BAR, fill="#fff")
    return joined([box, words(text, x + 5, y + TEXT)])


def _bar(bar: Bar, scale: _Scale, y: float, colour: str) -> tuple[SafeString, float]:
    """The bar, and where its figure may begin."""
    if bar.value is None:
        return joined([]), scale.left
    end = scale.x(bar.value)
    parts = [tag("rect", x=scale.left, y=y, width=end - scale.left, height=BAR, fill=colour)]
    if bar.interval:
        low, high = (scale.x(value) for value in bar.interval)
        middle, end = y + BAR / 2, max(end, high)
        path = f"M{px(low)} {px(middle)}H{px(high)}M{px(low)} {px(y + 3)}v10M{px(high)} {px(y + 3)}v10"
        # White below the ink: it is seen on the bar and beside it.
        parts += [tag("path", d=path, stroke=c, stroke_width=w, fill="none") for c, w in (("#fff", 4), (INK, 2))]
    return joined(parts), end


def _mark_name(mark: Mark, scale: _Scale) -> SafeString:
    x, half = scale.x(mark.value), len(mark.label) * EM / 2
    anchor = "start" if x < half else "end" if x + half > WIDTH else "middle"
    return words(mark.label, x, TEXT, anchor=anchor)


def _mark_line(mark: Mark, scale: _Scale, top: float, bottom: float) -> SafeString:
    path = f"M{px(scale.x(mark.value))} {px(top - 2)}V{px(bottom)}"
    # White below the ink: it is seen on a bar and beside it.
    return joined(
        [
            tag("path", d=path, stroke="#fff", stroke_width=5),
            tag("path", d=path, stroke=INK, stroke_width=2, stroke_dasharray="4 2"),
        ]
    )


def line_chart(chart: LineChart) -> SafeString:
    """Lines over the places of one axis, each with its own shape and its name at its end."""
    values = [value for line in chart.lines for value in line.values if value is not None]
    marks = ticks(min(values, default=0.0), max(values, default=1.0))
    names = [textwrap.wrap(line.label, 16) for line in chart.lines]
    right = WIDTH - max((len(part) for name in names for part in name), default=0) * EM - 14
    left = max(len(f"{tick:g}{chart.unit}") for tick in marks) * EM + 6
    frame = _Frame(left, right, 8, 8 + PLOT_HEIGHT, marks[0], marks[-1], max(len(chart.axis) - 1, 1))
    parts = [_tick(tick, frame, chart.unit, right) for tick in marks]
    step = max(1, math.ceil(len(chart.axis) * max((len(one) for one in chart.axis), default=1) * EM / (right - left)))
    for place, label in enumerate(chart.axis):
        if (len(chart.axis) - 1 - place) % step == 0:
            parts.append(words(label, frame.x(place), frame.bottom + TEXT + 6, anchor="middle"))
    parts += [_line(line, number, frame) for number, line in enumerate(chart.lines)]
    parts += _names(chart.lines, names, frame)
    return picture(chart.title, chart.description, (WIDTH, frame.bottom + TEXT + 14), parts)


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    top: float
    bottom: float
    lowest: float
    largest: float
    steps: int

    def x(self, place: int) -> float:
        return self.left + 8 + (self.right - self.left - 16) * place / self.steps

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * (value - self.lowest) / (self.largest - self.lowest)


def ticks(low: float, high: float) -> list[float]:
    """Four to seven round numbers that hold `low` and `high` between the first and the last."""
    rough = (high - low or abs(high) or 1) / 4
    power: float = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(step * number, 9) for number in range(first, max(last, first + 1) + 1)]


def _tick(tick: float, frame: _Frame, unit: str, right: float) -> SafeString:
    y = frame.y(tick)
    line = tag("path", d=f"M{px(frame.left)} {px(y)}H{px(right)}", stroke=FAINT)
    return joined([line, words(f"{tick:g}{unit}", frame.left - 5, y + 4, anchor="end")])


def _line(line: Line, number: int, frame: _Frame) -> SafeString:
    colour = COLOURS[number % len(COLOURS)]
    points = [None if v is None else (frame.x(place), frame.y(v)) for place, v in enumerate(line.values)]
    strokes = [f"M{px(a[0])} {px(a[1])}L{px(b[0])} {px(b[1])}" for a, b in pairwise(points) if a and b]
    shapes = [SHAPES[number % len(SHAPES)].format(x=px(point[0]), y=px(point[1])) for point in points if point]
    return joined(
        [
            tag("path", d="".join(strokes), stroke=colour, stroke_width=2, fill="none"),
            tag("path", d="".join(shapes), fill=colour),
        ]
    )


# Drawn around a point: circle, square, triangle, diamond.
SHAPES = (
    "M{x} {y}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "M{x} {y}m-4 -4h8v8h-8z",
    "M{x} {y}m0 -5l5 9h-10z",
    "M{x} {y}m0 -6l6 6l-6 6l-6 -6z",
)


def _names(lines: tuple[Line, ...], names: list[list[str]], frame: _Frame) -> list[SafeString]:
    """Each line's name at the height of its last value, moved down where two would overlap."""
    ends = [next((frame.y(v) for v in reversed(line.values) if v is not None), frame.bottom) for line in lines]
    parts, free = [], 0.0
    for number in sorted(range(len(lines)), key=lambda one: ends[one]):
        y = max(ends[number] + 4, free)
        for row in names[number]:
            parts.append(words(row, frame.right + 6, y, weight="bold", fill=COLOURS[number % len(COLOURS)]))
            y += TEXT + 2
        free = y + 2
    return parts


def _colours(number: int) -> Iterable[str]:
    return (COLOURS[one % len(COLOURS)] for one in range(number))
