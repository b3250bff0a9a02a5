"""A correction keeps to the policy as a decision does: no term, its own or a later one, grows beyond it unjustified."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from appointments.appointing import AppointingRefused, correct_appointment
from appointments.limits import standing_faults
from appointments.models import Appointment, Tenure, TermPolicy
from appointments.policies import load
from portal.models import Role
from talent.models import Person
from tests.appointments.test_concurrency import at_once, kinds
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, member
from tests.factories.proposals import decided, proposed, proposed_new

pytestmark = pytest.mark.django_db

D = dt.date
TOO_LONG = "A term is at most 4 years long"
UNJUSTIFIED = "This goes beyond the normal limit and needs an exceptional justification"
INSTEAD = "A correction cannot give it: take the appointment back and propose it anew."


@pytest.fixture(autouse=True)
def policies(db: None) -> None:
    load()


def term(first: str, last: str, person: Person, **facts: Any) -> Appointment:
    """Decided by the committee, in a seat of its own on the one board."""
    board = facts.pop("board")
    decided(proposed_new(SeatFactory(board=board), first, last, person=person, **facts))
    return Appointment.objects.latest("pk")


def correct(row: Appointment, **facts: Any) -> Appointment:
    team = member(Role.TALENT_TEAM)
    return correct_appointment(row, by=team, at=timezone.now(), reason="The minutes say so.", **facts)


def refused(row: Appointment, **facts: Any) -> str:
    """What it says; nothing is changed by it."""
    before = list(Tenure.objects.values_list("pk", "starts_on", "ends_on"))
    with pytest.raises(AppointingRefused) as error:
        correct(row, **facts)
    assert list(Tenure.objects.values_list("pk", "starts_on", "ends_on")) == before
    assert not Appointment.objects.exclude(corrects=None).exists()
    return str(error.value)


def test_a_term_is_not_lengthened_beyond_four_years():
    row = term("2018-01-01", "2020-12-31", somebody(), board=OrganisationFactory())

    said = refused(row, ends_on=D(2022, 1, 1))

    assert said.startswith(TOO_LONG)
    assert said.endswith(INSTEAD)
    assert correct(row, ends_on=D(2021, 12, 31)).ends_on == D(2021, 12, 31)


def test_nor_by_an_earlier_first_day():
    row = term("2018-01-01", "2021-12-31", somebody(), board=OrganisationFactory())

    assert refused(row, starts_on=D(2017, 12, 31)).startswith(TOO_LONG)


def test_nine_years_need_a_justification_that_a_correction_does_not_bring():
    board, person = OrganisationFactory(), somebody()
    seated(SeatFactory(board=board), "2015-01-01", "2018-12-31", person=person)
    term("2019-01-01", "2022-12-31", person, board=board)
    row = term("2023-05-01", "2024-03-31", person, board=board, reviewed_on=D(2023, 3, 1))

    # Four months without a seat between them: nine years are full on 29 April 2024.
    assert refused(row, ends_on=D(2024, 4, 30)).startswith(UNJUSTIFIED)
    assert correct(row, ends_on=D(2024, 4, 29)).ends_on == D(2024, 4, 29)


def test_one_that_has_its_justification_can_be_put_right():
    board, person = OrganisationFactory(), somebody()
    seated(SeatFactory(board=board), "2015-01-01", "2018-12-31", person=person)
    term("2019-01-01", "2022-12-31", person, board=board)
    facts = {"reviewed_on": D(2023, 3, 1), "exceptional": "A merger is being completed."}
    row = term("2023-05-01", "2024-03-31", person, board=board, **facts)

    assert correct(row, ends_on=D(2025, 4, 30)).ends_on == D(2025, 4, 30)


def test_an_earlier_term_does_not_push_a_later_one_beyond():
    """Who began earlier than recorded has served the nine years earlier: the last term would stand without reason."""
    board, person = OrganisationFactory(), somebody()
    first = term("2017-07-01", "2018-06-30", person, board=board)
    term("2018-07-01", "2022-06-30", person, board=board)
    term("2023-04-01", "2027-03-31", person, board=board, reviewed_on=D(2023, 3, 1))

    assert refused(first, starts_on=D(2017, 6, 30)).startswith(UNJUSTIFIED)
    assert correct(first, ends_on=D(2018, 3, 31)).ends_on == D(2018, 3, 31)


def test_an_extension_is_corrected_within_the_running_terms_limit():
    row = term("2018-01-01", "2020-12-31", somebody(), board=OrganisationFactory())
    facts = {"starts_on": D(2021, 1, 1), "ends_on": D(2021, 6, 30)}
    decided(proposed(row.tenure, kind="extension", **facts))
    extension = Appointment.objects.get(kind="extension")

    assert refused(extension, ends_on=D(2022, 1, 1)).startswith(TOO_LONG)
    assert Tenure.objects.get(pk=correct(extension, ends_on=D(2021, 12, 31)).tenure_id).ends_on == D(2021, 12, 31)


def test_what_was_beyond_the_policy_before_is_not_held_against_a_shorter_term():
    """A policy that changed since: the row is put right all the same, if it does not grow."""
    board, person = OrganisationFactory(), somebody()
    row = term("2018-01-01", "2021-12-31", person, board=board)
    TermPolicy.objects.update(term_months=24)

    assert standing_faults(person.pk, board.pk) != {}
    assert correct(row, ends_on=D(2021, 6, 30)).ends_on == D(2021, 6, 30)


@pytest.mark.django_db(transaction=True)
def test_a_correction_and_a_decision_at_once_do_not_add_up_to_too_much():
    """Each alone is within nine years: of the two at once, one is refused."""
    board, person = OrganisationFactory(), somebody()
    first = term("2017-07-01", "2018-06-30", person, board=board)
    term("2018-07-01", "2022-06-30", person, board=board)
    seat = SeatFactory(board=board)
    last = proposed_new(seat, "2023-04-01", "2027-03-31", person=person, reviewed_on=D(2023, 3, 1))

    results = at_once(lambda: correct(first, starts_on=D(2017, 6, 30)), lambda: decided(last))

    assert kinds(results) in (["Appointment", "DecisionRefused"], ["AppointingRefused", "Decision"])
    assert standing_faults(person.pk, board.pk) == {}


def test_a_term_that_is_too_long_already_grows_no_further():
    """The fault is the same in words; by a day more it is another."""
    row = term("2018-01-01", "2021-12-31", somebody(), board=OrganisationFactory())
    TermPolicy.objects.update(term_months=24)

    assert refused(row, ends_on=D(2022, 1, 1)).startswith("A term is at most 2 years long")
    assert refused(row, starts_on=D(2017, 12, 31)).startswith("A term is at most 2 years long")
