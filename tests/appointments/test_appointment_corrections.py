"""Correcting the register in the browser: asked, shown beside what stands, entered once, and the report follows."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from appointments import reports
from appointments.appointing import AppointingRefused, correct_appointment, rehearse_correction
from appointments.models import Appointment
from appointments.register import Change
from appointments.years import ReportingYear
from portal.models import Role
from tests.factories.boards import SeatFactory, somebody
from tests.factories.portal import member, sign_in
from tests.factories.proposals import decided, proposed_new
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def policies(db: None) -> None:
    call_command("load_policies", verbosity=0)


@pytest.fixture
def row() -> Appointment:
    decided(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=somebody("Nadia Okoro"), remuneration=6157))
    return Appointment.objects.get()


def typed(row: Appointment, **change: Any) -> dict[str, Any]:
    """The form as it stands, with `change`; days are typed as year-month-day."""
    days = {name: getattr(row, name) for name in ("starts_on", "ends_on", "decided_on")}
    days |= {name: dt.date.fromisoformat(change.pop(name)) for name in list(days) if name in change}
    said: dict[str, Any] = {"off_payroll": "no", "remuneration": row.remuneration, "reason": "The minutes say so"}
    for name, day in days.items():
        said |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return said | change


def test_a_correction_is_shown_before_it_is_entered(client: Client, row: Appointment):
    sign_in(client, member(Role.TALENT_TEAM))
    page = f"/appointments/{row.pk}/correct/"

    shown = client.post(page, typed(row, remuneration=7000, ends_on="2020-06-30"))

    assert shown.context["changes"] == (
        Change("Last day", "31 December 2020", "30 June 2020"),
        Change("Pounds a year", "£6,157", "£7,000"),
    )
    assert list(Appointment.objects.all()) == [row]

    response = client.post(page, typed(row, remuneration=7000, ends_on="2020-06-30") | {"confirm": "yes"})

    entered = Appointment.objects.get(corrects=row)
    assert response.url == f"/appointments/{entered.pk}/"
    assert (entered.remuneration, str(entered.ends_on), entered.reason) == (7000, "2020-06-30", "The minutes say so")
    assert str(entered.tenure.ends_on) == "2020-06-30"


def test_another_day_of_the_decision_moves_it_into_another_years_report(client: Client, row: Appointment):
    sign_in(client, member(Role.TALENT_TEAM))
    page, said = f"/appointments/{row.pk}/correct/", typed(row, decided_on="2017-07-20")
    now, then = ReportingYear.of(timezone.localdate()), ReportingYear.parse("2017-18")

    shown = client.post(page, said)
    before = (reports.appointments(then).total, reports.appointments(now).total)
    client.post(page, said | {"confirm": "yes"})

    assert shown.context["years"] == [then, now]
    assert before == (0, 1)
    assert (reports.appointments(then).total, reports.appointments(now).total) == (1, 0)


def test_an_appointment_is_taken_back(client: Client, row: Appointment):
    sign_in(client, member(Role.TALENT_TEAM))
    page, year = f"/appointments/{row.pk}/take-back/", ReportingYear.of(row.decided_on)

    shown = client.post(page, {"reason": "Never taken up"})
    before = reports.appointments(year).total
    client.post(page, {"reason": "Never taken up", "confirm": "yes"})

    assert f"The year-end report of {year} counts one less" in shown.content.decode()
    assert (before, reports.appointments(year).total) == (1, 0)
    assert list(Appointment.objects.standing()) == []


def test_what_cannot_be_is_said_before_the_last_page(client: Client, row: Appointment):
    sign_in(client, member(Role.TALENT_TEAM))
    page = f"/appointments/{row.pk}/correct/"

    def said(**change: Any) -> list[str]:
        return [
            str(e) for errors in client.post(page, typed(row, **change)).context["form"].errors.values() for e in errors
        ]

    assert said() == ["Nothing is different from what is recorded."]
    assert said(reason="") == ["Say why it is corrected"]
    assert said(ends_on="2017-12-31") == ["The last day must not be before the first day"]
    assert said(starts_on="2001-03-31") == ["First day must be the same as or after 1 April 2001"]
    assert said(decided_on="2100-01-01") == ["The day of the decision cannot be still to come."]
    assert Appointment.objects.count() == 1


def test_only_the_row_that_stands_can_be_corrected(client: Client, row: Appointment):
    team = member(Role.TALENT_TEAM)
    newer = correct_appointment(row, remuneration=7000, by=team, at=timezone.now(), reason="Typed wrongly")
    sign_in(client, team)

    old, new = (client.get(f"/appointments/{pk}/").context["may_correct"] for pk in (row.pk, newer.pk))
    refused = client.post(f"/appointments/{row.pk}/take-back/", {"reason": "Never taken up"})

    assert (old, new) == (False, True)
    assert refused.context["form"].non_field_errors() == [
        "This row has been corrected already. Correct the newest one."
    ]


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.COMMITTEE_MEMBER, Role.TRUST_USER])
def test_only_the_team_corrects(client: Client, row: Appointment, role: str):
    where = {"region": row.board.region} if role == Role.REGIONAL_LEAD else {}
    where |= {"organisation": row.board, "is_administrator": True} if role == Role.TRUST_USER else {}
    user = member(role, **where)
    sign_in(client, user)

    assert client.get(f"/appointments/{row.pk}/").status_code == 200
    for step in ("correct", "take-back"):
        assert client.post(f"/appointments/{row.pk}/{step}/", {"reason": "x", "confirm": "yes"}).status_code == 403
    with pytest.raises(PermissionDenied):
        correct_appointment(row, cancelled=True, by=user, at=timezone.now(), reason="x")
    assert Appointment.objects.count() == 1


def test_nobody_corrects_their_own_appointment(client: Client):
    user = member(Role.TALENT_TEAM)
    person = PersonFactory(user=user)
    decided(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=person, by=member(Role.TALENT_TEAM)))
    row = Appointment.objects.get()
    sign_in(client, user)

    assert client.get(f"/appointments/{row.pk}/").context["may_correct"] is False
    assert client.get(f"/appointments/{row.pk}/correct/").status_code == 403
    with pytest.raises(PermissionDenied):
        correct_appointment(row, cancelled=True, by=user, at=timezone.now(), reason="Never taken up")


def test_a_rehearsal_leaves_no_trace(row: Appointment):
    said: dict[str, Any] = {"by": member(Role.TALENT_TEAM), "at": timezone.now()}

    rehearse_correction(row, cancelled=True, reason="Never taken up", **said)
    with pytest.raises(AppointingRefused):
        rehearse_correction(row, cancelled=True, reason=" ", **said)

    assert (list(Appointment.objects.standing()), row.seat.tenures.count()) == ([row], 1)
