"""`manage.py spc`: what it prints, and what it says of a file that cannot be charted."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def spc(tmp_path: Path, text: str, *asked: str) -> str:
    (tmp_path / "series.csv").write_text(text)
    said = io.StringIO()
    call_command("spc", str(tmp_path / "series.csv"), *asked, stdout=said)
    return said.getvalue()


def test_it_prints_the_published_keys(tmp_path: Path):
    lines = ["date,value", *(f"2017-{month:02d}-01,{value}" for month, value in enumerate([10, 12, 11, 13], start=1))]

    said = json.loads(spc(tmp_path, "\n".join(lines), "--direction", "down", "--target", "16", "--json"))

    assert said == {
        "centre": 11.5,
        "lower": pytest.approx(7.066667),
        "upper": pytest.approx(15.933333),
        "trial": True,
        "direction": "down",
        "target": 16.0,
        "assurance": "consistently_passes",
        "segments": [
            {
                "from": "2017-01-01",
                "to": "2017-04-01",
                "centre": 11.5,
                "lower": pytest.approx(7.066667),
                "upper": pytest.approx(15.933333),
                "trial": True,
            }
        ],
        "missing": [],
        "points": [
            {"date": f"2017-{month:02d}-01", "value": value, "kind": "common", "rule": None}
            for month, value in enumerate([10.0, 12.0, 11.0, 13.0], start=1)
        ],
    }


def test_a_month_and_an_empty_cell_are_read(tmp_path: Path):
    said = json.loads(spc(tmp_path, "date,value\n2018-03,5\n2018-01,4\n2018-02,\n", "--direction", "up", "--json"))

    assert [(point["date"], point["value"]) for point in said["points"]] == [("2018-01-01", 4.0), ("2018-03-01", 5.0)]
    assert (said["missing"], said["upper"]) == (["2018-02-01"], None)


def test_without_json_it_prints_a_table(tmp_path: Path):
    said = spc(tmp_path, "date,value\n2018-01,4\n2018-02,6\n", "--direction", "up", "--target", "5")

    assert said.splitlines() == [
        "Centre 5, limits -0.32 to 10.32, trial limits: fewer than 13 points.",
        "Target 5: hit and miss.",
        "2018-01-01            4  common",
        "2018-02-01            6  common",
    ]


def test_rebasing_is_asked_for_by_date(tmp_path: Path):
    text = "date,value\n2018-01,4\n2018-02,6\n2018-03,14\n2018-04,16\n"

    said = json.loads(spc(tmp_path, text, "--direction", "up", "--rebase", "2018-03", "--json"))

    assert [segment["centre"] for segment in said["segments"]] == [5.0, 15.0]


def test_every_bad_line_is_named(tmp_path: Path):
    text = "date,value\n2018-13-01,4\n2018-02-01,5%\n2018-03-01,6\n2018-03-01,7\n,8\n2018-04-01,nan\n2018-05-01\n"

    with pytest.raises(CommandError) as refused:
        spc(tmp_path, text, "--direction", "up")

    assert str(refused.value).splitlines()[1:] == [
        "Line 2, date: “2018-13-01” is no real date; write year-month-day, such as 2017-04-01",
        "Line 3, value: “5%” is no number; write it in figures with a point, such as 15.2",
        "Line 5, date: is the date of line 4 as well",
        "Line 6, date: is empty",
        "Line 7, value: “nan” is no number that can be charted",
        "Line 8: has 1 columns instead of 2",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("day,rate\n2018-01-01,4\n", "Line 1: the header must be date,value, but is day,rate"),
        ("date,value\n2018-01-01,\n", "Line 1, value: no line has a value"),
        ("date,value\n", "Line 1, value: no line has a value"),
        ("\n", "Line 1: the file is empty"),
        ("PK\x03\x04", "Line 1: this is a workbook or another packed file; save it as CSV UTF-8"),
        ("date;value\n2018-01-01;4\n", "Line 1: the header must be date,value, but is date;value"),
        ("2018-01-01,4\n", "Line 1: the header must be date,value, but is 2018-01-01,4"),
    ],
)
def test_a_file_without_a_series_is_refused(tmp_path: Path, text: str, why: str):
    with pytest.raises(CommandError) as refused:
        spc(tmp_path, text, "--direction", "up")

    assert str(refused.value).splitlines()[1:] == [why]


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    missing = tmp_path / "none.csv"

    with pytest.raises(CommandError) as refused:
        call_command("spc", str(missing), "--direction", "up")

    assert str(refused.value) == f"{missing} cannot be read: No such file or directory."


def test_one_row_negative_values_and_missing_months_are_said_plainly(tmp_path: Path):
    one = spc(tmp_path, "date,value\n2018-01,-4\n", "--direction", "down")
    gap = spc(tmp_path, "date,value\n2018-01,-4\n2018-02,2\n2018-04,3\n", "--direction", "down")

    assert one.splitlines() == ["Centre -4, no limits yet.", "2018-01-01           -4  common"]
    assert gap.splitlines()[:2] == [
        "Centre 0.3333, limits -15.63 to 16.29, trial limits: fewer than 13 points.",
        "Missing: 2018-03-01.",
    ]


def test_each_stretch_of_a_rebased_series_has_its_line(tmp_path: Path):
    text = "date,value\n2018-01,4\n2018-02,6\n2018-03,14\n2018-04,16\n"

    said = spc(tmp_path, text, "--direction", "up", "--rebase", "2018-03")

    assert [line.partition(",")[0] for line in said.splitlines()[:2]] == [
        "From 2018-01-01: centre 5",
        "From 2018-03-01: centre 15",
    ]
