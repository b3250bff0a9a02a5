"""The year-end report of 2017/18 as published, and that it is counted from rows: change one and the figure follows."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from appointments import pipeline, reports
from appointments.appointing import correct_appointment
from appointments.demo_boards import FIRST_SINCE
from appointments.filters import AppointmentFilter
from appointments.models import Appointment, Decision, Meeting, Proposal, Tenure
from appointments.years import ReportingYear
from portal import demo

pytestmark = pytest.mark.django_db

YEAR = ReportingYear.parse("2017-18")
PUBLISHED = {
    "year": "2017-18",
    "appointments": {"total": 320, "new": 115, "new_chairs": 14, "renewed": 205, "renewed_chairs": 35},
    "chair_networks": 12,
    "next_director": {"placements": 48, "by_region": {"London": 22, "Midlands and East": 26}},
    "aspiring_chief_executive": {"participants": 27, "became_chief_executive": 11},
}
# Written without the portal's own words, so that both would have to be wrong in the same way.
BY_HAND = """
    SELECT a.kind IN ('reappointment', 'extension') AS renewed, a.role = 'chair' AS chair, count(*)
    FROM appointments_appointment a
    JOIN portal_organisation trust ON trust.id = a.board_id
    LEFT JOIN appointments_appointment newer ON newer.corrects_id = a.id
    WHERE newer.id IS NULL AND NOT a.cancelled AND a.role IN ('chair', 'ned') AND trust.kind = 'nhs_trust'
      AND a.decided_on >= '2017-04-01' AND a.decided_on < '2018-04-01'
    GROUP BY 1, 2
"""


def published(year: str = "2017-18") -> dict[str, Any]:
    out = StringIO()
    call_command("year_end_report", year, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def counted() -> dict[str, int]:
    return {name: getattr(reports.appointments(YEAR), name) for name in reports.Appointments.__slots__}


def one(**which: Any) -> Appointment:
    """A row of the year whose seat nothing else happened to since."""
    rows = reports.appointment_rows(YEAR).filter(tenure__end_kind="", corrects=None, **which)
    row = rows.order_by("pk").first()
    assert row is not None
    return row


def test_the_year_is_what_was_published(rows: demo.Stage):
    assert published() == PUBLISHED


def test_a_count_by_hand_agrees(rows: demo.Stage):
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND)
        found = {(renewed, chair): number for renewed, chair, number in cursor.fetchall()}

    assert found == {(False, True): 14, (False, False): 101, (True, True): 35, (True, False): 170}


@pytest.mark.parametrize(
    ("which", "figures"),
    [
        ({"kind": "new", "role": "chair"}, {"total": 319, "new": 114, "new_chairs": 13}),
        ({"kind": "new", "role": "ned"}, {"total": 319, "new": 114}),
        ({"kind": "reappointment", "role": "chair"}, {"total": 319, "renewed": 204, "renewed_chairs": 34}),
        ({"kind": "extension", "role": "ned"}, {"total": 319, "renewed": 204}),
    ],
)
def test_an_appointment_taken_back_leaves_the_report(rows: demo.Stage, which: dict[str, str], figures: dict[str, int]):
    team = rows.accounts["talent_team"]

    correct_appointment(one(**which), cancelled=True, by=team, at=rows.at, reason="Never taken up")

    assert counted() == PUBLISHED["appointments"] | figures


def test_a_decision_of_another_day_leaves_the_year(rows: demo.Stage):
    before = reports.appointments(ReportingYear.parse("2018-19"))
    row = one(kind="new", role="chair")

    correct_appointment(
        row, decided_on=dt.date(2018, 4, 3), by=rows.accounts["talent_team"], at=rows.at, reason="The minutes say so"
    )

    assert counted() == PUBLISHED["appointments"] | {"total": 319, "new": 114, "new_chairs": 13}
    after = reports.appointments(ReportingYear.parse("2018-19"))
    assert (after.total - before.total, after.new_chairs - before.new_chairs) == (1, 1)


def test_a_corrected_rate_changes_no_figure(rows: demo.Stage):
    correct_appointment(
        one(kind="new"), remuneration=5_000, by=rows.accounts["talent_team"], at=rows.at, reason="Typed wrongly"
    )

    assert counted() == PUBLISHED["appointments"]


def test_executives_and_foundation_trusts_are_there_and_not_counted(rows: demo.Stage):
    executives = Appointment.objects.standing().decided_in(YEAR).exclude(role__in=["chair", "ned"])
    notices = Tenure.objects.filter(
        source="notice", seat__role__in=["chair", "ned"], starts_on__range=(YEAR.first_on, YEAR.last_on)
    )

    assert executives.count() == 9
    assert notices.count() > 100
    assert not set(executives) & set(reports.appointment_rows(YEAR))
    assert Appointment.objects.filter(board__kind="foundation_trust").count() == 0


def test_every_appointment_rests_on_an_approval_and_every_approval_made_one(rows: demo.Stage):
    made = Appointment.objects.filter(corrects=None)
    appointing = [*Proposal.TERMS, Proposal.Kind.EXECUTIVE_MOVE]
    approved = Decision.objects.filter(outcome="approved", item__proposal__kind__in=appointing)

    assert set(made.values_list("decision", flat=True)) == set(approved.values_list("pk", flat=True))
    seated = Tenure.objects.filter(source="decision", starts_on__lt=FIRST_SINCE)
    assert seated.filter(appointments=None).count() == 0


def test_the_register_is_in_the_order_of_the_days(rows: demo.Stage):
    days = list(Decision.objects.order_by("number").values_list("at", flat=True))

    assert days == sorted(days)


def test_some_were_deferred_refused_or_put_right(rows: demo.Stage):
    about_seats = Decision.objects.filter(item__proposal__isnull=False)

    assert about_seats.filter(outcome="not_approved").count() == 3
    assert about_seats.filter(outcome="deferred").count() == 11
    assert Appointment.objects.filter(cancelled=True).count() == 1
    assert Appointment.objects.exclude(corrects=None).count() == 3
    before_april = dt.datetime(2018, 4, 1, tzinfo=dt.UTC)
    assert Proposal.objects.exclude(exceptional="").filter(made_at__lt=before_april).count() == 7


def test_two_committees_held_thirteen_meetings_about_boards(rows: demo.Stage):
    held = Meeting.objects.filter(items__proposal__isnull=False, state="held").distinct()

    assert sorted(held.values_list("committee__kind", flat=True)) == ["main"] * 6 + ["sub"] * 7


def test_each_figure_about_appointments_leads_to_just_its_rows(rows: demo.Stage):
    found = {}
    for figure, number in reports.lines(reports.year_end(YEAR)):
        if figure.query:
            asked = {"year": str(YEAR), **dict(figure.query)}
            register = AppointmentFilter(asked, queryset=Appointment.objects.all(), user=rows.accounts["talent_team"])
            found[figure.key] = (register.qs.count(), number)

    assert found == {
        "appointments": (320, 320),
        "new": (115, 115),
        "new-chairs": (14, 14),
        "renewed": (205, 205),
        "renewed-chairs": (35, 35),
    }


def test_the_pipeline_measures_have_something_to_say(rows: demo.Stage):
    measures = pipeline.pipeline(YEAR, today=rows.at.date())

    posts = {row.role for row in measures.applied}
    assert posts == {"chair", "ned", "chief_executive", "finance", "operating"}
    assert {row.region for row in measures.vacant} == {"London", "Midlands and East", "North", "South"}
    taken = sum(row.posts for row in measures.taken)
    assert 0 < sum(row.within for row in measures.taken) < taken
