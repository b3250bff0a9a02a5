"""The two icons of a control chart: how the last month varies, and whether the process will meet its target.

A circle says variation (H high, L low, a wave for common cause), a square says assurance (P passes, F fails, ? either):
shape and letter carry the meaning, the colours of "plot the dots" repeat it.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from portal.svg import INK, joined, tag, words
from programmes.spc import Assurance, ControlChart, Kind
from programmes.spc_marks import COLOURS

SIZE = 36
WHITE = "#ffffff"
VARIATION_NAMES = {
    Kind.COMMON: "Common cause variation",
    Kind.IMPROVEMENT: "Special cause variation, an improvement",
    Kind.CONCERN: "Special cause variation, a concern",
    Kind.NEUTRAL: "Special cause variation",
}
ASSURANCE_NAMES = {
    Assurance.PASSES: "Will meet the target",
    Assurance.FAILS: "Will miss the target",
    Assurance.HIT_AND_MISS: "Will meet the target in some months and miss it in others",
}
LETTERS = {Assurance.PASSES: "P", Assurance.FAILS: "F", Assurance.HIT_AND_MISS: "?"}
ASSURANCE_KINDS = {
    Assurance.PASSES: Kind.IMPROVEMENT,
    Assurance.FAILS: Kind.CONCERN,
    Assurance.HIT_AND_MISS: Kind.COMMON,
}


@dataclass(frozen=True, slots=True)
class Icon:
    """`drawn` lies in a square of SIZE; `name` is its text alternative."""

    name: str
    drawn: SafeString

    def __str__(self) -> SafeString:
        """By itself, as a template shows it."""
        box = f"0 0 {SIZE} {SIZE}"
        return tag(
            "svg",
            self.drawn,
            viewBox=box,
            width=SIZE,
            height=SIZE,
            role="img",
            aria_label=self.name,
            font_family="Arial, Liberation Sans, sans-serif",
            font_size=18,
        )

    def at(self, x: float, y: float) -> SafeString:
        """Within a picture, whose own description says the same."""
        return tag("g", self.drawn, transform=f"translate({x:g} {y:g})", font_size=18)


def icons(chart: ControlChart) -> tuple[Icon, ...]:
    """Of the last month; the second only where there is a target to be held against."""
    last = chart.points[-1]
    shown = [variation_icon(last.kind, high=last.high)]
    if chart.assurance is not None:
        shown.append(assurance_icon(chart.assurance))
    return tuple(shown)


def variation_icon(kind: Kind, *, high: bool | None = None) -> Icon:
    ring = tag("circle", cx=18, cy=18, r=16, fill=COLOURS[kind], stroke=INK, stroke_width=2)
    if kind is Kind.COMMON or high is None:
        wave = tag("path", d="M7 20c4 -9 7 -9 11 -2s7 7 11 -2", stroke=INK, stroke_width=2.5, fill="none")
        return Icon(VARIATION_NAMES[kind], joined([ring, wave]))
    name = f"{VARIATION_NAMES[kind]}: {'high' if high else 'low'}"
    return Icon(name, joined([ring, _letter("H" if high else "L", kind)]))


def assurance_icon(found: Assurance) -> Icon:
    kind = ASSURANCE_KINDS[found]
    square = tag("rect", x=2, y=2, width=32, height=32, rx=5, fill=COLOURS[kind], stroke=INK, stroke_width=2)
    return Icon(ASSURANCE_NAMES[found], joined([square, _letter(LETTERS[found], kind)]))


def _letter(letter: str, kind: Kind) -> SafeString:
    return words(letter, 18, 24.5, anchor="middle", weight="bold", fill=WHITE if kind is Kind.NEUTRAL else INK)
