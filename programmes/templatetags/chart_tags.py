"""The legends of control charts and of funnels, for templates."""

from django import template
from django.utils.safestring import SafeString

from programmes.spc import Kind
from programmes.spc_chart import FUNNEL_NAMES, NAMES, legend_mark

register = template.Library()


@register.simple_tag
def chart_legend() -> list[tuple[SafeString, str]]:
    """(mark, words) of each kind of point."""
    return [(legend_mark(kind), NAMES[kind]) for kind in Kind]


@register.simple_tag
def funnel_legend() -> list[tuple[SafeString, str]]:
    """(mark, words) of each kind of trust."""
    return [(legend_mark(kind), words) for kind, words in FUNNEL_NAMES.items()]
