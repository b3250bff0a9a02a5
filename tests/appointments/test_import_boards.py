"""A file of boards is loaded whole or not at all, every fault is named, and loading again changes nothing."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from appointments import policies
from appointments.boards import board_of
from appointments.boards_file import PARSERS
from appointments.models import Seat, Tenure, TenureEvent
from talent.models import Person
from tests.factories.boards import SeatFactory, seated
from tests.factories.portal import OrganisationFactory
from tests.factories.proposals import decided, proposed_new
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db

HEADER = ",".join(PARSERS)
CHAIR = "R0A,chair,1,,yes,Ada Holt,ada@example.org,2013-06-01,2017-06-01,2021-05-31"
NED = "R0A,ned,1,audit_chair,yes,Ben Okoro,,2016-04-01,,2020-03-31"
VACANT = "R0A,ned,2,,yes,,,,,"
CHIEF = "R0A,chief_executive,1,,yes,Cy Marsh,cy@example.org,2015-01-05,,"
D = dt.date


@pytest.fixture
def trust():
    return OrganisationFactory(ods_code="R0A")


@pytest.fixture
def load(tmp_path: Path, trust):
    def loaded(*lines: str) -> str:
        file, out = tmp_path / "boards.csv", StringIO()
        file.write_text("\n".join(lines), encoding="utf-8")
        call_command("import_boards", file, stdout=out, stderr=StringIO())
        return out.getvalue().strip()

    return loaded


def faults(load, *lines: str) -> list[str]:
    with pytest.raises(CommandError) as caught:
        load(*lines)
    return str(caught.value).splitlines()[1:]


def test_a_board_is_loaded_with_the_service_before_the_term(load):
    assert load(HEADER, CHAIR, NED, VACANT, CHIEF) == "4 read, 4 new seats, 3 new people, 4 new terms"

    tenures = Tenure.objects.order_by("person__full_name", "starts_on")
    assert list(tenures.values_list("person__full_name", "seat__role", "starts_on", "ends_on", "source")) == [
        ("Ada Holt", "chair", D(2013, 6, 1), D(2017, 5, 31), "first_load"),
        ("Ada Holt", "chair", D(2017, 6, 1), D(2021, 5, 31), "first_load"),
        ("Ben Okoro", "ned", D(2016, 4, 1), D(2020, 3, 31), "first_load"),
        ("Cy Marsh", "chief_executive", D(2015, 1, 5), None, "first_load"),
    ]
    assert [(s.role, s.number, s.designation) for s in Seat.objects.order_by("role", "number")] == [
        ("chair", 1, ""),
        ("chief_executive", 1, ""),
        ("ned", 1, "audit_chair"),
        ("ned", 2, ""),
    ]
    assert TenureEvent.objects.count() == 4


def test_loading_again_changes_nothing(load):
    load(HEADER, CHAIR, NED, VACANT, CHIEF)

    assert load(HEADER, CHAIR, NED, VACANT, CHIEF) == "4 read, 0 new seats, 0 new people, 0 new terms"


def test_a_seat_follows_the_file(load):
    load(HEADER, NED)
    load(HEADER, "R0A,ned,1,vice_chair,no,Ben Okoro,,2016-04-01,,2020-03-31")

    seat = Seat.objects.get()
    assert (seat.designation, seat.voting) == ("vice_chair", False)


def test_a_known_address_is_the_same_person(load):
    known = PersonFactory(full_name="Ada M Holt", email="Ada@Example.org")

    assert load(HEADER, CHAIR) == "1 read, 1 new seats, 0 new people, 2 new terms"
    assert set(Tenure.objects.values_list("person", flat=True)) == {known.pk}


def test_the_address_of_a_merged_person_leads_to_the_kept_record(load):
    kept = PersonFactory()
    PersonFactory(email="ada@example.org", merged_into=kept)

    assert load(HEADER, CHAIR) == "1 read, 1 new seats, 0 new people, 2 new terms"
    assert set(Tenure.objects.values_list("person", flat=True)) == {kept.pk}


def test_who_was_merged_since_the_last_load_is_not_loaded_twice(load):
    load(HEADER, CHAIR)
    Person.objects.filter(email="ada@example.org").update(merged_into=PersonFactory())

    assert load(HEADER, CHAIR) == "1 read, 0 new seats, 0 new people, 0 new terms"


def test_a_term_that_the_file_shows_to_be_too_long_is_flagged(load, trust):
    policies.load()
    ben = PersonFactory(user=None, full_name="Ben Okoro", email="ben@example.org")
    decided(proposed_new(SeatFactory(board=trust), "2018-01-01", "2021-12-31", person=ben))

    load(HEADER, "R0A,ned,2,,yes,Ben Okoro,ben@example.org,2007-01-01,,2017-12-31")

    flag = TenureEvent.objects.get(kind="beyond")
    assert (flag.tenure.starts_on, flag.by, flag.reason) == (
        D(2018, 1, 1), None, "First load of the boards: earlier service came to light.",
    )  # fmt: skip
    assert [fault.split(" (")[0] for fault in flag.facts["faults"]] == [
        "This goes beyond the normal limit and needs an exceptional justification"
    ]


def test_one_bad_row_and_nothing_is_loaded(load):
    assert faults(load, HEADER, CHAIR, NED.replace("2016-04-01", "2016-02-30")) == [
        "Line 3, first_appointed: “2016-02-30” is no real date; write year-month-day, such as 2017-04-01"
    ]
    assert (Seat.objects.count(), Person.objects.count(), Tenure.objects.count()) == (0, 0, 0)


def test_every_fault_is_named(load):
    assert faults(
        load,
        HEADER,
        "R0A,ned,0,,maybe,Ada,,,,",
        "R9Z,chair,1,audit_chair,yes,,,2016-01-01,,",
        CHAIR,
        CHAIR.replace("2017-06-01", "2012-06-01"),
        "R0A,ned,3,,yes,Ben,not-an-address,2016-04-01,,",
    ) == [
        "Line 2, number: “0” is no number from 1 to 99",
        "Line 2, voting: “maybe” is none of: yes, no",
        "Line 2, first_appointed: is empty; without it no term can be worked out",
        "Line 2, term_ends: is empty; a chair's or non-executive's term has an end",
        "Line 3, name: is empty, but the seat has a day of first appointment",
        "Line 3, designation: is a non-executive director's only",
        "Line 5, term_started: 2012-06-01 is before the first appointment, 2013-06-01",
        "Line 6, email: “not-an-address” is no email address",
        "Line 6, term_ends: is empty; a chair's or non-executive's term has an end",
    ]


def test_an_unknown_trust_and_a_seat_named_twice(load):
    assert faults(load, HEADER, CHAIR, CHAIR, CHAIR.replace("R0A", "R9Z")) == [
        "Line 3, number: this seat stands on line 2 already",
        "Line 4, ods_code: R9Z is no trust that is known; load the trusts first",
    ]


def test_one_address_is_one_person(load):
    assert faults(load, HEADER, CHAIR, CHIEF.replace("cy@example.org", "Ada@example.org")) == [
        "Line 3, email: is Ada Holt’s on line 2; one address is one person"
    ]
    assert load(HEADER, CHAIR, CHIEF.replace("Cy Marsh,cy@", "Ada  HOLT,ada@")).startswith("2 read, 2 new seats, 1 new")


def test_an_address_without_a_name(load):
    assert faults(load, HEADER, "R0A,ned,2,,yes,,ada@example.org,,,") == [
        "Line 2, name: is empty, but the seat has an email address"
    ]


def test_eight_years_before_the_term_count_as_two_terms(load, trust):
    policies.load()
    load(HEADER, "R0A,chair,1,,yes,Ada Holt,,2008-04-01,2016-04-01,2020-03-31")

    standing = board_of(trust, D(2018, 3, 31)).places[0].standing

    assert (standing.terms, standing.needs_exception) == (3, True)


def test_what_the_acts_refuse_is_named_by_line_and_nothing_stays(load, trust):
    seated(SeatFactory(board=trust, role="chair"), "2016-01-01", "2019-12-31")

    assert faults(load, HEADER, CHIEF, CHAIR) == ["Line 3: Somebody sits in this seat on some of these days."]
    assert (Seat.objects.count(), Person.objects.count(), Tenure.objects.count()) == (1, 1, 1)


def test_a_term_on_record_with_another_end_is_not_overwritten(load):
    load(HEADER, NED)

    assert faults(load, HEADER, NED.replace("2020-03-31", "2019-03-31")) == [
        "Line 2: Ben Okoro’s term from 1 April 2016 is on record already with another last day."
    ]


def test_a_closed_trust_gets_no_running_term(load):
    OrganisationFactory(ods_code="R0C", closed_on=D(2018, 4, 1))

    assert faults(load, HEADER, CHAIR.replace("R0A", "R0C")) == [
        "Line 2: The trust closed on 1 April 2018; nothing new can be decided for it."
    ]
