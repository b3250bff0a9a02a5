"""The file of trusts is loaded whole or not at all, and every fault is named by line and column."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.models import Organisation, Region

pytestmark = pytest.mark.django_db

HEADER = "ods_code,name,region,sector,kind,postcode,opened,closed,successor"
GOOD = "R0A,Alpha NHS Trust,North,acute,NHS trust,M1 1AA,2017-10-01,,"
OLD = "R0B,Beta NHS Trust,North,mental health,foundation trust,M1 1AB,2001-04-01,2017-10-01,R0A"


@pytest.fixture
def load(tmp_path: Path):
    def loaded(*lines: str, encoding: str = "utf-8", end: str = "\n") -> str:
        file, out = tmp_path / "trusts.csv", StringIO()
        file.write_bytes(end.join(lines).encode(encoding))
        call_command("import_trusts", file, stdout=out, stderr=StringIO())
        return out.getvalue().strip()

    return loaded


def faults(load, *lines: str, **how: str) -> list[str]:
    with pytest.raises(CommandError) as caught:
        load(*lines, **how)
    return str(caught.value).splitlines()[1:]


def test_the_real_file_loads_and_loads_again():
    path = settings.BASE_DIR / "portal" / "data" / "trusts.csv"
    first, second = StringIO(), StringIO()

    call_command("import_trusts", path, stdout=first, stderr=StringIO())
    call_command("import_trusts", path, stdout=second, stderr=StringIO())

    assert first.getvalue() == "243 read, 243 new, 0 changed\n"
    assert second.getvalue() == "243 read, 0 new, 0 changed\n"
    assert Organisation.objects.trusts().count() == 243
    assert list(Region.objects.values_list("name", flat=True)) == ["London", "Midlands and East", "North", "South"]
    assert Organisation.objects.get(ods_code="RE9").successor.ods_code == "R0B"
    assert Organisation.objects.filter(kind="body").count() == 1


def test_a_row_is_read_whole(load):
    assert load(HEADER, OLD, GOOD) == "2 read, 2 new, 0 changed"

    trust = Organisation.objects.get(ods_code="R0B")
    assert (trust.name, trust.region.name, trust.sector, trust.kind, trust.postcode, trust.successor.ods_code) == (
        "Beta NHS Trust",
        "North",
        "mental_health",
        "foundation_trust",
        "M1 1AB",
        "R0A",
    )
    assert (str(trust.opened_on), str(trust.closed_on)) == ("2001-04-01", "2017-10-01")


def test_what_changed_is_counted(load):
    load(HEADER, OLD, GOOD)

    assert load(HEADER, OLD, GOOD.replace("Alpha", "Alfa")) == "2 read, 0 new, 1 changed"
    assert Organisation.objects.get(ods_code="R0A").sort_name == "alfa nhs trust"


def test_a_byte_order_mark_blank_lines_and_other_line_ends_are_no_fault(load):
    assert load(HEADER, "", GOOD, ",,,,,,,,", "", encoding="utf-8-sig", end="\r\n") == "1 read, 1 new, 0 changed"


def test_every_fault_is_named_and_nothing_is_loaded(load):
    found = faults(
        load,
        HEADER,
        GOOD,
        "",
        ",Gamma,North,acute,NHS trust,,,,",
        "R0C,Gamma,North,dental,trust,,1/4/2001,,",
        "R0D,Delta,,acute,NHS trust,,2001-04-01,2000-04-01,XXX",
        "R0E,Epsilon,North,acute,NHS trust,,,,RZZ",
        "R0A,Zeta,North,acute,NHS trust,,2001-02-30,,",
        GOOD,
        "R0F,Eta",
    )

    sectors = "acute, ambulance, community, mental health, specialist"
    assert found == [
        "Line 4, ods_code: is empty",
        f"Line 5, sector: “dental” is none of: {sectors}",
        "Line 5, kind: “trust” is none of: NHS trust, foundation trust",
        "Line 5, opened: “1/4/2001” is no real date; write year-month-day, such as 2017-04-01",
        "Line 6, region: is empty",
        "Line 6, closed: 2000-04-01 is before the day it opened, 2001-04-01",
        "Line 7, successor: RZZ is neither in the file nor known already",
        "Line 8, opened: “2001-02-30” is no real date; write year-month-day, such as 2017-04-01",
        "Line 9, ods_code: R0A stands on line 2 already",
        "Line 10: has 2 columns instead of 9",
    ]
    assert Organisation.objects.count() == Region.objects.count() == 0


def test_a_quoted_line_break_does_not_shift_the_line_numbers(load):
    assert faults(load, HEADER, GOOD.replace("Alpha NHS Trust", '"Alpha\nNHS Trust"'), "R0F,Eta") == [
        "Line 4: has 2 columns instead of 9"
    ]


def test_a_wrong_header_is_one_fault(load):
    assert faults(load, "code,name", GOOD) == [f"Line 1: the header must be {HEADER}, but is code,name"]


def test_an_empty_file_and_a_header_alone_are_faults(load):
    assert faults(load, "") == ["Line 1: the file is empty"]
    assert faults(load, HEADER) == ["Line 1: the file holds no trusts"]


def test_another_encoding_is_named_by_its_line(load):
    assert faults(load, HEADER, GOOD.replace("Alpha", "Alphå"), encoding="latin-1") == [
        "Line 2: not readable as UTF-8; save the file as CSV UTF-8"
    ]


def test_a_quote_left_open_is_a_fault(load):
    assert faults(load, HEADER, 'R0A,"Alpha,North') == ["Line 2: not readable as CSV: unexpected end of data"]


def test_a_successor_may_be_known_from_an_earlier_file(load):
    load(HEADER, GOOD)

    assert load(HEADER, OLD) == "1 read, 1 new, 0 changed"


def test_a_file_that_is_not_there_says_so(tmp_path: Path):
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("import_trusts", tmp_path / "none.csv")
