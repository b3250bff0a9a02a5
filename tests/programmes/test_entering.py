"""Monthly figures: entered and put right by who may, all or none, with nothing lost."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from portal.models import Role
from programmes.entering import Entered, Entry, EntryRefused, annotate, enter, set_target, withdraw_note
from programmes.models import ChartNote, Reading
from tests.factories.collaboratives import EnrolmentFactory, MeasureFactory, counted
from tests.factories.portal import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db
AT = dt.datetime(2018, 3, 10, 9, tzinfo=dt.UTC)
JANUARY, FEBRUARY = dt.date(2018, 1, 1), dt.date(2018, 2, 1)


def entry(trust, measure, month=JANUARY, numerator="150", denominator: str | None = "1000") -> Entry:
    return Entry(trust, measure, month, Decimal(numerator), None if denominator is None else Decimal(denominator))


def standing(trust) -> list[tuple[dt.date, Decimal]]:
    return list(Reading.objects.standing().filter(trust=trust).order_by("month").values_list("month", "numerator"))


def test_what_is_new_what_is_put_right_and_what_stands_are_told_apart():
    person = member(Role.TRUST_USER)
    trust, measure = person.memberships.get().organisation, MeasureFactory()
    [january, february] = counted(trust, measure, [150, 160], first=JANUARY)
    march = dt.date(2017, 12, 1)

    done = enter(
        [entry(trust, measure), entry(trust, measure, FEBRUARY, "161"), entry(trust, measure, march, "140")],
        by=person,
        at=AT,
        reason="Two leavers were counted twice",
    )

    assert done == Entered(new=1, corrected=1, unchanged=1)
    assert standing(trust) == [(march, Decimal(140)), (JANUARY, Decimal(150)), (FEBRUARY, Decimal(161))]
    newest = Reading.objects.get(corrects=february)
    assert (newest.by, newest.at, newest.reason) == (person, AT, "Two leavers were counted twice")
    assert Reading.objects.filter(trust=trust, month=FEBRUARY).count() == 2
    assert not Reading.objects.filter(corrects=january).exists()


@pytest.mark.parametrize(
    ("month", "numerator", "denominator", "why"),
    [
        (dt.date(2018, 3, 1), "1", "2", "the month must be over before its figures are entered"),
        (dt.date(2018, 1, 2), "1", "2", "the month must be the first day of a month"),
        (dt.date(1999, 1, 1), "1", "2", "the month must lie within the time in which Trust is open"),
        (JANUARY, "-1", "2", "the numerator must be a number from 0: leavers in 12 months"),
        (JANUARY, "1", "0", "the denominator must be a number above 0: average headcount"),
        (JANUARY, "1", None, "the denominator must be a number above 0: average headcount"),
    ],
)
def test_figures_that_cannot_be_are_refused_and_none_is_kept(month, numerator, denominator, why):
    person = member(Role.TRUST_USER, organisation=OrganisationFactory(name="Trust"))
    trust, measure = person.memberships.get().organisation, MeasureFactory(name="Turnover")

    with pytest.raises(EntryRefused) as refused:
        enter([entry(trust, measure, FEBRUARY), entry(trust, measure, month, numerator, denominator)], by=person, at=AT)

    assert str(refused.value) == f"Turnover, {month:%B %Y}: {why}."
    assert standing(trust) == []


def test_a_count_has_no_denominator_and_a_proportion_ends_at_the_whole():
    trust = OrganisationFactory()
    count, share = MeasureFactory(count=True, name="Falls"), MeasureFactory(is_proportion=True)

    assert count.fault_of(Decimal(3), Decimal(9)) == ("denominator", "must be empty: falls is a plain count")
    assert count.fault_of(Decimal(3), None) is None
    assert share.fault_of(Decimal(9), Decimal(9)) is None
    assert share.fault_of(Decimal(10), Decimal(9)) == (
        "numerator",
        "must not be more than the denominator, which it is part of",
    )
    assert entry(trust, count, denominator=None).key == (trust.pk, count.pk, JANUARY)


def test_one_month_named_twice_is_refused():
    person = member(Role.TRUST_USER)
    trust, measure = person.memberships.get().organisation, MeasureFactory()

    with pytest.raises(EntryRefused, match=r"^A month is named twice for one measure of one trust\.$"):
        enter([entry(trust, measure), entry(trust, measure, numerator="1")], by=person, at=AT)


def test_only_the_trust_its_buddies_and_the_programme_team_enter():
    enrolment, measure = EnrolmentFactory(), MeasureFactory()
    buddy = member(Role.IMPROVEMENT_LEAD)
    enrolment.clinical_buddy = buddy
    enrolment.save()
    lead, team = member(Role.IMPROVEMENT_LEAD), member(Role.TALENT_TEAM)
    enrolment.wave.collaborative.leads.add(lead)
    own = member(Role.TRUST_USER, organisation=enrolment.trust)

    for number, person in enumerate((own, buddy, lead, team)):
        enter([entry(enrolment.trust, measure, numerator=str(number))], by=person, at=AT)
    for stranger in (member(Role.TRUST_USER), member(Role.IMPROVEMENT_LEAD), member(Role.EDITOR), UserFactory()):
        with pytest.raises(PermissionDenied):
            enter([entry(enrolment.trust, measure, numerator="99")], by=stranger, at=AT)

    assert standing(enrolment.trust) == [(JANUARY, Decimal(3))]


def test_a_reading_is_written_once():
    [reading] = counted(OrganisationFactory(), MeasureFactory(), [150])

    with pytest.raises(DatabaseError, match="is written once: UPDATE refused"), transaction.atomic():
        connection.cursor().execute("UPDATE programmes_reading SET numerator = 1 WHERE id = %s", [reading.pk])
    with pytest.raises(DatabaseError, match="is written once: DELETE refused"), transaction.atomic():
        connection.cursor().execute("DELETE FROM programmes_reading WHERE id = %s", [reading.pk])


@pytest.mark.django_db(transaction=True)
def test_two_people_who_correct_one_month_at_once_both_stay_on_record():
    person = member(Role.TRUST_USER)
    trust, measure = person.memberships.get().organisation, MeasureFactory()
    counted(trust, measure, [150], first=JANUARY)
    ready, failed = threading.Barrier(2), []

    def correct(numerator: str) -> None:
        try:
            ready.wait(timeout=30)
            enter([entry(trust, measure, numerator=numerator)], by=person, at=AT, reason="Counted again")
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    both = [threading.Thread(target=correct, args=(numerator,)) for numerator in ("151", "152")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(timeout=60)

    assert failed == []
    assert Reading.objects.filter(trust=trust).count() == 3
    assert len(standing(trust)) == 1


def test_a_note_stands_on_the_chart_until_it_is_taken_off_once():
    person = member(Role.TRUST_USER)
    trust, measure = person.memberships.get().organisation, MeasureFactory()
    said = {"month": dt.date(2018, 1, 17), "text": " Exit interviews began ", "rebase": True}

    note = annotate(trust, measure, **said, by=person, at=AT)
    withdraw_note(note, by=person, at=AT)

    assert (note.month, note.text, note.rebase) == (JANUARY, "Exit interviews began", True)
    assert ChartNote.objects.get(withdraws=note).text == "Exit interviews began"
    with pytest.raises(EntryRefused, match=r"^This note is off the chart already\.$"):
        withdraw_note(note, by=person, at=AT)
    with pytest.raises(PermissionDenied):
        annotate(trust, measure, **said, by=UserFactory(), at=AT)


def test_a_target_is_set_by_who_enters_and_is_no_negative_number():
    person = member(Role.TRUST_USER)
    trust, measure = person.memberships.get().organisation, MeasureFactory()
    by_month = dt.date(2018, 12, 9)

    target = set_target(trust, measure, value=Decimal("14.5"), by_month=by_month, by=person, at=AT)

    assert (target.value, target.by_month) == (Decimal("14.5"), dt.date(2018, 12, 1))
    with pytest.raises(EntryRefused, match=r"^A target is a number from 0\.$"):
        set_target(trust, measure, value=Decimal(-1), by_month=by_month, by=person, at=AT)
    with pytest.raises(PermissionDenied):
        set_target(trust, measure, value=Decimal(1), by_month=by_month, by=member(Role.TRUST_USER), at=AT)
