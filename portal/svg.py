"""The strokes of a picture: escaped SVG that a page and a paper both hold, with the words that stand for it."""

import hashlib
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

INK, FAINT = "#212b32", "#aeb7bd"
TEXT, EM = 13, 7.2  # the size of the words, and what one letter takes on average


def picture(title: str, description: str, size: tuple[float, float], parts: Iterable[SafeString]) -> SafeString:
    """`title` and `description` are its text alternative; `size` is width and height."""
    width, height = (px(one) for one in size)
    drawn = joined(parts)
    # By its content, so that two charts on one page never share it and the same chart always gets it.
    key = hashlib.sha256(f"{title}\0{description}\0{drawn}".encode()).hexdigest()[:10]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="portal-chart" role="img" viewBox="0 0 {} {}" width="{}" '
        'height="{}" font-family="Arial, Liberation Sans, sans-serif" font-size="{}" '
        'aria-labelledby="chart-{}-title chart-{}-desc"><title id="chart-{}-title">{}</title>'
        '<desc id="chart-{}-desc">{}</desc>{}</svg>',
        *(width, height, width, height, TEXT, key, key, key, title, key, description, drawn),
    )


def words(
    text: str, x: float, y: float, *, anchor: str = "start", weight: str | None = None, fill: str = INK
) -> SafeString:
    place = {"text_anchor": None if anchor == "start" else anchor, "font_weight": weight}
    return tag("text", text, x=x, y=y, fill=fill, **place)


def tag(name: str, content: str = "", /, **attributes: str | float | None) -> SafeString:
    given = ((key.replace("_", "-"), px(value)) for key, value in attributes.items() if value is not None)
    flat = format_html_join("", ' {}="{}"', given)
    if not content:
        return format_html("<{}{}/>", name, flat)
    return format_html("<{}{}>{}</{}>", name, flat, content, name)


def px(value: str | float) -> str:
    """A length as SVG wants it, without needless digits."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 (each part is escaped already)
