"""Control charts and funnels as pictures: each kind its colour, shape and outline; levels named; gaps are gaps."""

import datetime as dt
import xml.etree.ElementTree as ET

from portal.svg import EM
from programmes.funnel import Counts, funnel
from programmes.spc import Direction, Kind, control_chart
from programmes.spc_chart import LARGE, SMALL, Note, control_picture, funnel_picture
from programmes.spc_marks import COLOURS, legend_mark

SVG = "{http://www.w3.org/2000/svg}"
INK = "#212b32"


def chart(values: list[float | None], direction: Direction = Direction.DOWN, **asked: object):
    months = [dt.date(2017 + number // 12, number % 12 + 1, 1) for number in range(len(values))]
    return control_chart(zip(months, values, strict=True), direction=direction, **asked)


def paths(drawn: str, **wanted: str) -> list[str]:
    found = ET.fromstring(drawn).iter(f"{SVG}path")  # noqa: S314 (our own string)
    return [one.get("d") for one in found if all(one.get(k.replace("_", "-")) == v for k, v in wanted.items())]


def words(drawn: str) -> list[str]:
    return [one.text for one in ET.fromstring(drawn).iter(f"{SVG}text")]  # noqa: S314


def test_each_kind_of_point_has_its_own_colour_and_shape_and_an_outline():
    values = [10, 14, 12] * 5 + [40]
    concern, better, neutral = (chart(values, way) for way in (Direction.DOWN, Direction.UP, Direction.NEUTRAL))

    shapes = {}
    for kind, found in ((Kind.CONCERN, concern), (Kind.IMPROVEMENT, better), (Kind.NEUTRAL, neutral)):
        special = paths(control_picture("T", "D", found), fill=COLOURS[kind], stroke=INK)
        [shapes[kind]] = {path.split("m", 1)[1] for path in special}
    common = paths(control_picture("T", "D", concern), fill=COLOURS[Kind.COMMON], stroke=INK)

    assert shapes == {
        Kind.CONCERN: "0 -6l6 6l-6 6l-6 -6z",
        Kind.IMPROVEMENT: "-4.5 -4.5h9v9h-9z",
        Kind.NEUTRAL: "0 -6l6 10h-12z",
    }
    assert len(common) == sum(point.kind is Kind.COMMON for point in concern.points) > 0


def test_levels_are_named_at_their_end_and_stand_apart():
    drawn = control_picture("T", "D", chart([15.5, 16.5] * 8, target=16.05), unit="%")

    assert [one for one in words(drawn) if one[0].isalpha() and "%" in one] == [
        "Upper limit 18.7%",
        "Target 16.1%",
        "Mean 16.0%",
        "Lower limit 13.3%",
    ]
    heights = [
        float(one.get("y"))
        for one in ET.fromstring(drawn).iter(f"{SVG}text")  # noqa: S314
        if one.text.startswith(("Target", "Mean"))
    ]
    assert heights[1] - heights[0] >= 13


def test_a_missing_month_breaks_the_line():
    [line] = paths(control_picture("T", "D", chart([10, 12, None, 11, 13])), stroke="#768692")

    assert [part.count("L") for part in line.split("M")[1:]] == [1, 1]


def test_notes_stand_by_their_number_and_a_small_picture_leaves_words_out():
    found = chart([10, 12, 11, 13])
    notes = [Note(dt.date(2017, 2, 1), "Exit interviews began")]

    assert "1" in words(control_picture("T", "D", found, notes=notes))
    assert all(one[0].isdigit() or one.endswith("17") for one in words(control_picture("T", "D", found, size=SMALL)))


def test_notes_of_one_month_and_of_months_to_come_stand_side_by_side():
    notes = [Note(dt.date(2017, month, 1), "Something") for month in (2, 2, 4, 9)]

    said = words(control_picture("T", "D", chart([10, 12, 11, 13]), notes=notes))

    assert [one for one in said if one in {"1", "2", "1, 2", "3, 4"}] == ["1, 2", "3, 4"]


def test_each_stretch_has_its_own_limits():
    found = chart([1, 2, 1, 2, 11, 12, 11, 12], rebase_on=[dt.date(2017, 5, 1)])

    assert len(paths(control_picture("T", "D", found), stroke_dasharray="6 4")) == 4


def test_a_picture_says_what_it_shows():
    root = ET.fromstring(control_picture("Turnover <A>", "Mean 11.5.", chart([10, 12, 11, 13])))  # noqa: S314

    assert (root.get("role"), root[0].text, root[1].text) == ("img", "Turnover <A>", "Mean 11.5.")


def test_a_legend_mark_says_nothing_by_itself():
    assert ET.fromstring(legend_mark(Kind.CONCERN)).get("aria-hidden") == "true"  # noqa: S314


def test_a_funnel_draws_each_trust_and_both_limits():
    counts = [Counts(key, 100, 1000) for key in range(19)] + [Counts(19, 160, 1000)]
    found = funnel(counts, per=100, direction=Direction.DOWN, proportion=True)

    drawn = funnel_picture("T", "D", found, unit="%")

    assert len(paths(drawn, fill=COLOURS[Kind.COMMON])) == 19
    assert len(paths(drawn, fill=COLOURS[Kind.CONCERN])) == 1
    assert len(paths(drawn, stroke_dasharray="6 4", fill="none")) == 2


def test_the_name_of_a_trust_on_a_funnel_stays_within_the_picture():
    small, large = Counts(1, 15, 100), Counts(2, 450, 3000)
    found = funnel([small, large, Counts(3, 160, 1000)], per=100, direction=Direction.DOWN, proportion=True)
    name = "Barking, Havering and Redbridge University Hospitals NHS Trust"

    begins = []
    for counts in (small, large):
        drawn = funnel_picture("T", "D", found, unit="%", marked=(counts.key, name))
        [label] = [one for one in ET.fromstring(drawn).iter(f"{SVG}text") if one.text == name]  # noqa: S314
        begins.append(float(label.get("x")))

    assert 0 < begins[0] < begins[1] <= LARGE.width - len(name) * EM
