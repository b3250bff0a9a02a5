"""Series of monthly figures: what stands, what is late, what is overdue, in three queries."""

import datetime as dt
from decimal import Decimal

import pytest

from programmes.models import ChartNote, Measure, Reading, Target
from programmes.series import due_on, period_after, period_before, series_of
from tests.factories.collaboratives import MeasureFactory, counted
from tests.factories.portal import OrganisationFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2017, 2, 10, 9, tzinfo=dt.UTC)
JANUARY, FEBRUARY, MARCH, APRIL = (dt.date(2017, month, 1) for month in (1, 2, 3, 4))


def of(trust, measure):
    return series_of([trust], [measure])[trust.pk, measure.pk]


def test_a_month_is_shown_as_it_was_put_right():
    trust, measure = OrganisationFactory(), MeasureFactory()
    [first, _] = counted(trust, measure, [150, 160], at=AT)
    facts = {"trust": trust, "measure": measure, "month": first.month, "source": "typed"}
    Reading.objects.create(**facts, numerator=152, denominator=1000, corrects=first, at=AT)

    found = of(trust, measure)

    assert [(c.month, c.value, c.is_correction) for c in found.counted] == [
        (JANUARY, Decimal("15.2"), True),
        (FEBRUARY, Decimal(16), False),
    ]
    assert [point.value for point in found.chart.points] == [15.2, 16.0]


def test_a_month_entered_after_its_due_day_is_late():
    trust, measure = OrganisationFactory(), MeasureFactory(due_days=20)
    counted(trust, measure, [150], at=dt.datetime(2017, 2, 20, 9, tzinfo=dt.UTC))
    counted(trust, measure, [150], first=FEBRUARY, at=dt.datetime(2017, 3, 23, 9, tzinfo=dt.UTC))

    assert due_on(measure, JANUARY) == dt.date(2017, 2, 20)
    assert [one.days_late for one in of(trust, measure).counted] == [0, 3]


def test_months_without_figures_are_overdue_once_their_day_is_over():
    trust, measure = OrganisationFactory(), MeasureFactory(due_days=20)
    counted(trust, measure, [150, None, 150])

    found = of(trust, measure)

    assert found.overdue(dt.date(2017, 4, 20)) == (FEBRUARY,)
    assert found.overdue(dt.date(2017, 5, 20)) == (FEBRUARY,)
    assert found.overdue(dt.date(2017, 5, 21)) == (FEBRUARY, APRIL)
    assert found.overdue(dt.date(2017, 9, 1), until=dt.date(2017, 3, 31)) == (FEBRUARY,)


def test_without_a_figure_there_is_no_chart_and_nothing_is_overdue():
    found = of(OrganisationFactory(), MeasureFactory())

    assert (found.chart, found.latest, found.overdue(dt.date(2030, 1, 1))) == (None, None, ())


def test_notes_and_the_last_target_come_along_and_those_taken_off_do_not():
    trust, measure = OrganisationFactory(), MeasureFactory()
    counted(trust, measure, [150] * 6)
    about = {"trust": trust, "measure": measure, "at": AT}
    kept = ChartNote.objects.create(**about, month=APRIL, text="Ward sisters see their figures", rebase=True)
    gone = ChartNote.objects.create(**about, month=MARCH, text="Typed by mistake")
    ChartNote.objects.create(**about, month=MARCH, text="Typed by mistake", withdraws=gone)
    Target.objects.create(**about, value=16, by_month=APRIL)
    target = Target.objects.create(**about | {"at": AT + dt.timedelta(days=1)}, value=14, by_month=APRIL)

    found = of(trust, measure)

    assert (found.notes, found.target, found.chart.target) == ((kept,), target, 14.0)
    assert [len(segment.points) for segment in found.chart.segments] == [3, 3]


def test_any_number_of_charts_takes_three_queries(django_assert_num_queries):
    measures = [MeasureFactory(), MeasureFactory()]
    trusts = [OrganisationFactory() for _ in range(3)]
    for trust in trusts:
        for measure in measures:
            counted(trust, measure, [150, 160])

    with django_assert_num_queries(3):
        one = series_of(trusts[:1], measures[:1])
    with django_assert_num_queries(3):
        all_of_them = series_of(trusts, measures)

    assert (len(one), len(all_of_them)) == (1, 6)
    assert {len(series.counted) for series in all_of_them.values()} == {2}


def test_a_quarter_stands_under_its_last_month_and_one_left_out_is_missing():
    trust, measure = OrganisationFactory(), MeasureFactory(frequency=Measure.Frequency.QUARTERLY, due_days=20)
    for value, month in ((150, 3), (160, 6), (140, 12)):
        counted(trust, measure, [value], first=dt.date(2017, month, 1))
    counted(trust, measure, [150], first=dt.date(2018, 3, 1))

    found = of(trust, measure)

    assert found.chart.missing == (dt.date(2017, 9, 1),)
    # Two moving ranges of 1 each, none over September: limits 2.66 either side.
    assert found.chart.now.upper - found.chart.now.centre == pytest.approx(2.66)
    assert found.overdue(dt.date(2018, 9, 1)) == (dt.date(2017, 9, 1), dt.date(2018, 6, 1))
    assert (period_after(measure, JANUARY), period_before(measure, JANUARY)) == (MARCH, dt.date(2016, 12, 1))


def test_a_trust_without_a_target_of_its_own_is_held_against_the_measures():
    trust, measure = OrganisationFactory(), MeasureFactory(target=Decimal(12))
    counted(trust, measure, [150] * 3)
    programme = of(trust, measure)
    Target.objects.create(trust=trust, measure=measure, value=14, by_month=APRIL, at=AT)

    assert (programme.aim, programme.chart.target, programme.target) == (Decimal(12), 12.0, None)
    assert (of(trust, measure).aim, of(trust, measure).chart.target) == (Decimal(14), 14.0)
