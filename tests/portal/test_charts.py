"""Charts: exact shapes, words beside colours, nothing that the content security policy forbids, tagged in papers."""

import io
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from portal.charts import (
    COLOURS,
    QUIET,
    Bar,
    BarChart,
    Group,
    Line,
    LineChart,
    Mark,
    bar_chart,
    line_chart,
    simple_bars,
)
from portal.pdf import html_to_pdf
from tests.verapdf import assert_pdf_ua

SVG = "{http://www.w3.org/2000/svg}"


def parts(drawn: str, tag: str) -> list[ET.Element]:
    return list(ET.fromstring(drawn).iter(SVG + tag))  # noqa: S314 (our own string)


def bars(drawn: str) -> list[tuple[str, str]]:
    """Width and colour of each bar; the white boxes behind figures left out."""
    return [(one.get("width"), one.get("fill")) for one in parts(drawn, "rect") if one.get("fill") != "#fff"]


def words(drawn: str) -> list[str]:
    return [one.text for one in parts(drawn, "text")]


def paths(drawn: str, **wanted: str) -> list[str]:
    return [p.get("d") for p in parts(drawn, "path") if all(p.get(k) == v for k, v in wanted.items())]


def test_bars_are_as_long_as_their_figures() -> None:
    drawn = bar_chart(simple_bars("Sessions", "By region.", [("London", 3, "3"), ("North", 6, "6"), ("South", 0, "0")]))

    # 440 wide, 15.2 of them for the figures.
    assert bars(drawn) == [("212.4", COLOURS[0]), ("424.8", COLOURS[0]), ("0", COLOURS[0])]
    assert words(drawn) == ["London", "3", "North", "6", "South", "0"]


def test_a_picture_says_what_it_shows() -> None:
    root = ET.fromstring(bar_chart(simple_bars("Women & men", "Boards <2017>.", [("Women", 43, "43%")])))  # noqa: S314
    title, description = root[0], root[1]

    assert (root.get("role"), title.text, description.text) == ("img", "Women & men", "Boards <2017>.")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (root.get("viewBox"), root.get("width"), root.get("height")) == ("0 0 440 48", "440", "48")


def test_each_bar_of_a_group_carries_its_own_words() -> None:
    group = Group("Women", (Bar("Applied", 45, "45%"), Bar("Appointed", 30, "30%")))
    drawn = bar_chart(BarChart("t", "d", (group,), largest=100))

    # Words take 72.8 at the left, figures 29.6 at the right; a hundred is the rest.
    assert bars(drawn) == [("151.9", COLOURS[0]), ("101.3", COLOURS[1])]
    assert words(drawn) == ["Women", "Applied", "Appointed", "45%", "30%"]


def test_a_figure_that_is_not_shown_has_no_bar() -> None:
    drawn = bar_chart(simple_bars("t", "d", [("A", None, "*"), ("B", 10, "10")]))

    assert bars(drawn) == [("417.6", COLOURS[0])]
    assert words(drawn) == ["A", "*", "B", "10"]


def test_a_mark_stands_at_its_value_beside_each_group() -> None:
    groups = (Group("A", (Bar("", 40, "40"),)), Group("B", (Bar("", 60, "60"),)))
    drawn = bar_chart(BarChart("t", "d", groups, (Mark("Aim", 50),), largest=100))

    assert paths(drawn, **{"stroke-dasharray": "4 2"}) == ["M208.8 37V57", "M208.8 85V105"]
    assert words(drawn)[0] == "Aim"


def test_what_others_are_compared_with_is_grey() -> None:
    drawn = bar_chart(BarChart("t", "d", (Group("A", (Bar("Us", 1, "1"), Bar("All", 2, "2", quiet=True))),)))

    assert [colour for _, colour in bars(drawn)] == [COLOURS[0], QUIET]


def test_an_interval_is_drawn_over_its_bar() -> None:
    drawn = bar_chart(BarChart("t", "d", (Group("A", (Bar("", 2, "2.0", (1, 4)),)),)))

    # The scale ends at the interval's end: 440 less 29.6 for the figure.
    assert bars(drawn) == [("205.2", COLOURS[0])]
    assert paths(drawn, stroke="#212b32") == ["M102.6 26H410.4M102.6 21v10M410.4 21v10"]


def test_a_bar_cannot_show_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="begins at zero"):
        bar_chart(simple_bars("t", "d", [("A", -1, "-1")]))


def test_a_chart_without_bars_is_still_a_picture() -> None:
    assert bars(bar_chart(BarChart("t", "d", ()))) == []


def test_lines_break_where_nothing_was_measured() -> None:
    drawn = line_chart(LineChart("t", "d", ("Jan", "Feb", "Mar", "Apr"), (Line("Us", (1, 2, None, 2)),), "%"))

    (stroke,) = paths(drawn, fill="none")
    (shapes,) = paths(drawn, fill=COLOURS[0])
    assert (stroke.count("M"), stroke.count("L"), shapes.count("a4 4")) == (1, 1, 6)
    assert words(drawn) == ["1%", "1.5%", "2%", "Jan", "Feb", "Mar", "Apr", "Us"]


def test_each_line_has_its_own_shape_and_its_name_at_its_end() -> None:
    drawn = line_chart(
        LineChart("t", "d", ("2017", "2018"), (Line("Cohort", (10, 20)), Line("All trusts", (10, 19.9))))
    )

    assert [shape.split("m", 1)[1][:5] for c in COLOURS[:2] for shape in paths(drawn, fill=c)] == ["-4 0a", "-4 -4"]
    names = [one for one in parts(drawn, "text") if one.get("font-weight") == "bold"]
    assert [(one.text, one.get("y")) for one in names] == [("Cohort", "12"), ("All trusts", "29")]


def test_many_places_on_the_axis_are_not_all_named_and_the_last_is() -> None:
    months = tuple(f"{year}-{month:02}" for year in (2017, 2018) for month in range(1, 13))
    drawn = line_chart(LineChart("t", "d", months, (Line("Us", tuple(range(24))),)))

    assert [word for word in words(drawn) if word in months] == [
        "2017-04",
        "2017-08",
        "2017-12",
        "2018-04",
        "2018-08",
        "2018-12",
    ]


def test_nothing_that_the_content_security_policy_forbids() -> None:
    bar = bar_chart(BarChart("t", "d", (Group("A", (Bar("x", 2, "2", (1, 3)), Bar("y", None, "*"))),), (Mark("m", 1),)))
    line = line_chart(LineChart("t", "d", ("a", "b"), (Line("l", (1, 2)),)))

    for drawn in (bar, line):
        every = list(ET.fromstring(drawn).iter())  # noqa: S314
        assert {one.tag.removeprefix(SVG) for one in every} <= {"svg", "title", "desc", "text", "rect", "path"}
        assert [one.tag for one in every if one.get("style") or any(key.startswith("on") for key in one.attrib)] == []


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [*COLOURS, QUIET])
def test_colours_stand_out_from_white(colour: str) -> None:
    # 4.5 rather than 3: names at the ends of lines are written in them too.
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def alternatives(elements: Any) -> list[str]:
    """The alternative text of each figure in a structure tree."""
    found = []
    for one in elements:
        one = one.get_object()
        if isinstance(one, dict):
            found += [one["/Alt"]] if one.get("/S") == "/Figure" else alternatives(one.get("/K", []))
    return found


def test_in_a_paper_a_chart_is_a_figure_with_alternative_text(tmp_path: Path) -> None:
    drawn = bar_chart(
        BarChart("Women on boards", "d", (Group("A", (Bar("x", 2, "2"), Bar("y", 3, "3"))),), (Mark("m", 1),))
    )
    page = f'<html lang="en-GB"><head><title>x</title></head><body><h1>A report</h1>{drawn}</body></html>'
    paper = html_to_pdf(page, title="A report")

    elements = PdfReader(io.BytesIO(paper)).trailer["/Root"]["/StructTreeRoot"]["/K"]
    assert alternatives(elements) == ["Women on boards"]
    assert_pdf_ua(paper, tmp_path)
