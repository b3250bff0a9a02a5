"""The icons of a chart: letter and shape say what the colour repeats, and both stand in the picture."""

import xml.etree.ElementTree as ET

import pytest
from django.template import Context, Template

from programmes.spc import Assurance, Direction, Kind
from programmes.spc_chart import LARGE, SMALL, control_picture
from programmes.spc_icons import assurance_icon, icons, variation_icon
from tests.programmes.test_spc_chart import chart, words

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("icon", "name", "letter", "shape"),
    [
        (variation_icon(Kind.COMMON), "Common cause variation", None, "circle"),
        (
            variation_icon(Kind.IMPROVEMENT, high=True),
            "Special cause variation, an improvement: high",
            "H",
            "circle",
        ),
        (variation_icon(Kind.CONCERN, high=False), "Special cause variation, a concern: low", "L", "circle"),
        (variation_icon(Kind.NEUTRAL, high=True), "Special cause variation: high", "H", "circle"),
        (assurance_icon(Assurance.PASSES), "Will meet the target", "P", "rect"),
        (assurance_icon(Assurance.FAILS), "Will miss the target", "F", "rect"),
        (
            assurance_icon(Assurance.HIT_AND_MISS),
            "Will meet the target in some months and miss it in others",
            "?",
            "rect",
        ),
    ],
)
def test_an_icon_says_by_letter_and_shape_what_it_is(icon, name: str, letter: str | None, shape: str):
    shown = Template("{{ icon }}").render(Context({"icon": icon}))
    root = ET.fromstring(shown)  # noqa: S314 (our own string)

    assert (root.get("role"), root.get("aria-label"), icon.name) == ("img", name, name)
    assert [one.text for one in root.iter("text")] == ([letter] if letter else [])
    assert [one.tag for one in root.iter() if one.tag in {"circle", "rect"}] == [shape]


def test_the_last_month_and_the_target_decide_which_icons_a_chart_has():
    high = [10, 11] * 6 + [30]

    named = [
        [icon.name for icon in icons(found)]
        for found in (
            chart(high),
            chart(high, target=100),
            chart([10, 11] * 7, target=1),
            chart(high, Direction.NEUTRAL, target=1),
        )
    ]

    assert named == [
        ["Special cause variation, a concern: high"],
        ["Special cause variation, a concern: high", "Will meet the target"],
        ["Common cause variation", "Will miss the target"],
        ["Special cause variation: high"],
    ]


def test_they_stand_in_a_whole_picture_and_not_in_a_small_one():
    found = chart([10, 11] * 7, target=1)
    large, small = (control_picture("T", "D", found, badges=icons(found), size=size) for size in (LARGE, SMALL))

    assert ("F" in words(large), "F" in words(small)) == (True, False)
    places = [one.get("transform") for one in ET.fromstring(large).iter(f"{SVG}g")]  # noqa: S314
    assert places == ["translate(600 0)", "translate(560 0)"]


def test_the_names_of_the_levels_stand_below_the_icons():
    found = chart([10, 11] * 7)
    drawn = control_picture("T", "D", found, badges=icons(found))
    heights = [
        float(one.get("y"))
        for one in ET.fromstring(drawn).iter(f"{SVG}text")  # noqa: S314
        if one.text.startswith(("Upper", "Mean", "Lower"))
    ]

    assert min(heights) >= 49
