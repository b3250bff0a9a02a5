"""A collaborative against its aim: change with its interval, lateness, who needs help."""

import datetime as dt
from decimal import Decimal

import pytest

from programmes.cohort import change_of, overview, table
from programmes.models import EnrolmentEvent
from programmes.series import series_of
from tests.factories.collaboratives import (
    CollaborativeFactory,
    EnrolmentFactory,
    MeasureFactory,
    TimelineStepFactory,
    WaveFactory,
    counted,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2017, 7, 20)


def collaborative_of(trusts: int, **measure: object):
    made = CollaborativeFactory(measures=[MeasureFactory(**measure)])
    wave = WaveFactory(collaborative=made, starts_on=dt.date(2017, 1, 2))
    return made, made.measures.get(), [EnrolmentFactory(wave=wave) for _ in range(trusts)]


def test_change_compares_the_first_three_months_with_the_last_three():
    _, measure, [enrolment] = collaborative_of(1)
    counted(enrolment.trust, measure, [160, 170, 150, 900, 120, 110, 130])

    change = change_of(series_of([enrolment.trust], [measure])[enrolment.trust_id, measure.pk])

    # 480 of 3,000 to 360 of 3,000: variances 0.16 / 3000 and 0.12 / 3000, half an interval 1.96 x 0.966%.
    assert (change.start, change.now, change.percent) == (16.0, 12.0, -25.0)
    assert (change.low, change.high) == (pytest.approx(-5.893, abs=0.001), pytest.approx(-2.107, abs=0.001))
    assert change.is_certain


def test_a_proportion_has_the_narrower_interval_and_a_count_none():
    _, share, [first] = collaborative_of(1, is_proportion=True)
    _, count, [second] = collaborative_of(1, count=True)
    counted(first.trust, share, [160] * 3 + [120] * 3)
    counted(second.trust, count, [10] * 3 + [13] * 3, denominator=None)

    of = series_of([first.trust, second.trust], [share, count])
    one, two = change_of(of[first.trust_id, share.pk]), change_of(of[second.trust_id, count.pk])

    # 0.16 x 0.84 / 3000 + 0.12 x 0.88 / 3000
    assert one.high - one.low == pytest.approx(2 * 195.9964 * (0.0001344 / 3 + 0.0001056 / 3) ** 0.5)
    assert (two.start, two.now, two.low, two.high, two.is_certain) == (10.0, 13.0, None, None, False)


def test_five_months_are_too_few_to_compare():
    _, measure, [enrolment] = collaborative_of(1)
    counted(enrolment.trust, measure, [160] * 5)

    assert change_of(series_of([enrolment.trust], [measure])[enrolment.trust_id, measure.pk]) is None


def test_the_whole_pools_the_trusts_and_tells_who_is_late_and_needs_help():
    made, measure, [good, bad, silent, slow] = collaborative_of(4)
    aim = made.aims.get()
    step = TimelineStepFactory(collaborative=made, day=10)
    for enrolment in (good, bad, silent):
        EnrolmentEvent.objects.create(
            enrolment=enrolment, kind="held", step=step, held_on=dt.date(2017, 1, 12), at="2017-01-12T09:00Z"
        )
    counted(good.trust, measure, [150, 151, 150, 149, 150, 151])
    counted(bad.trust, measure, [150, 151, 150, 149, 150, 250])
    counted(silent.trust, measure, [150, 151, 150, 149])
    counted(slow.trust, measure, [150, 151, 150, 149, 150, 151])

    found = overview(made, measure, [good, bad, silent, slow], today=TODAY)

    assert [(row.needs_help, row.months_overdue, len(row.steps_late)) for row in found.rows] == [
        (False, 0, 0),
        (True, 0, 0),
        (False, 1, 0),
        (True, 0, 1),
    ]
    assert (found.late, found.need_help, found.aim) == (1, 2, aim)
    assert [[row.enrolment for row in found.only(which)] for which in ("late", "help", "")] == [
        [silent],
        [bad, slow],
        [good, bad, silent, slow],
    ]
    # Three trusts with six months: 451 + 451 + 451 and 450 + 549 + 450 of 9,000 each.
    assert (found.whole.start, found.whole.now) == (pytest.approx(135300 / 9000), pytest.approx(144900 / 9000))


def test_the_list_as_a_file():
    made, measure, [enrolment] = collaborative_of(1)
    enrolment.trust.name = "=Trust"
    counted(enrolment.trust, measure, [160] * 3 + [120] * 3)

    [header, row] = table(overview(made, measure, [enrolment], today=TODAY))

    assert header[:3] == ("trust", "code", "wave")
    assert row == (
        "'=Trust",
        enrolment.trust.ods_code,
        enrolment.wave.name,
        "16.00",
        "12.00",
        "-4.00",
        "-5.89",
        "-2.11",
        "2017-06",
        "0",
        "no",
    )


def test_any_number_of_trusts_takes_the_same_queries(django_assert_num_queries):
    made, measure, enrolments = collaborative_of(3)
    for enrolment in enrolments:
        counted(enrolment.trust, measure, [Decimal(150)] * 6)

    for some in (enrolments[:1], enrolments):
        with django_assert_num_queries(6):
            overview(made, measure, some, today=TODAY)
