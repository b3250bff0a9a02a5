"""A drawing as a PNG picture, for slides and reports; the only file that imports resvg."""

import resvg_py
from django.utils.safestring import SafeString

from portal.svg import INK, joined, px, tag, words

TITLE = 34  # the height of the line that names the picture


def png(svg: str, *, title: str, size: tuple[float, float], zoom: int = 2) -> bytes:
    """`svg` on white under its title; `size` is its width and height, `zoom` the dots of each."""
    width, height = size
    whole = joined(
        [
            words(title, 8, 22, weight="bold", fill=INK),
            tag("svg", SafeString(svg), y=TITLE, width=width, height=height, viewBox=f"0 0 {px(width)} {px(height)}"),
        ]
    )
    sheet = tag(
        "svg",
        whole,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height + TITLE,
        font_family="Arial, Liberation Sans, sans-serif",
        font_size=13,
    )
    return bytes(resvg_py.svg_to_bytes(svg_string=str(sheet), zoom=zoom, background="white"))
