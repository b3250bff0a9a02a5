"""The legends of control charts and of funnels, for templates."""

from django import template
from django.utils.safestring import SafeString

from programmes.spc import Assurance, Kind
from programmes.spc_icons import Icon, assurance_icon, variation_icon
from programmes.spc_marks import FUNNEL_NAMES, NAMES, legend_mark

register = template.Library()
TARGET_WORDS = {
    Assurance.PASSES: "Will meet the target",
    Assurance.FAILS: "Will miss the target",
    Assurance.HIT_AND_MISS: "Will meet it in some months",
}


@register.simple_tag
def chart_legend() -> list[tuple[SafeString, str]]:
    """(mark, words) of each kind of point."""
    return [(legend_mark(kind), NAMES[kind]) for kind in Kind]


@register.simple_tag
def funnel_legend() -> list[tuple[SafeString, str]]:
    """(mark, words) of each kind of trust."""
    return [(legend_mark(kind), words) for kind, words in FUNNEL_NAMES.items()]


@register.simple_tag
def icon_legend() -> list[tuple[Icon, str]]:
    """(icon, words) of what the two icons of a chart can say."""
    variation = [
        (variation_icon(Kind.COMMON), "Last month: common cause"),
        (variation_icon(Kind.IMPROVEMENT, high=True), "Last month: high, an improvement"),
        (variation_icon(Kind.CONCERN, high=False), "Last month: low, a concern"),
    ]
    return [*variation, *((assurance_icon(one), words) for one, words in TARGET_WORDS.items())]
