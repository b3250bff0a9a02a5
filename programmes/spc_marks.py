"""The marks of points: each kind has its colour, its shape, an outline and a name."""

from django.utils.safestring import SafeString

from portal.svg import INK, tag
from programmes.spc import Kind

# The colours of "plot the dots". The blue has 2.5:1 on white: it never stands without its shape and outline.
COLOURS = {Kind.COMMON: "#aeb7bd", Kind.IMPROVEMENT: "#00b0f0", Kind.CONCERN: "#e46c0a", Kind.NEUTRAL: "#490092"}
NAMES = {
    Kind.COMMON: "Common cause",
    Kind.IMPROVEMENT: "Special cause: improvement",
    Kind.CONCERN: "Special cause: concern",
    Kind.NEUTRAL: "Special cause",
}
FUNNEL_NAMES = {
    Kind.COMMON: "Within the limits",
    Kind.IMPROVEMENT: "Beyond a limit, better than the others",
    Kind.CONCERN: "Beyond a limit, of concern",
    Kind.NEUTRAL: "Beyond a limit",
}
# Circle, square, diamond, triangle, drawn around a point.
SHAPES = {
    Kind.COMMON: "M{x} {y}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    Kind.IMPROVEMENT: "M{x} {y}m-4.5 -4.5h9v9h-9z",
    Kind.CONCERN: "M{x} {y}m0 -6l6 6l-6 6l-6 -6z",
    Kind.NEUTRAL: "M{x} {y}m0 -6l6 10h-12z",
}


def legend_mark(kind: Kind) -> SafeString:
    """The dot of one kind by itself; the words stand beside it, so it says nothing of its own."""
    dot = tag("path", d=SHAPES[kind].format(x="8", y="8"), fill=COLOURS[kind], stroke=INK, stroke_width=1)
    return tag("svg", dot, viewBox="0 0 16 16", width=16, height=16, aria_hidden="true")
