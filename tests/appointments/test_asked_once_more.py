"""Pages that ask once more before they write: what was typed goes with them, on to the act or back into the form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.models import Appointment, Decision, Proposal, Seat, Tenure
from appointments.policies import load
from portal.models import Organisation, Role, User
from tests.appointments.conftest import a_sitting
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, member, sign_in
from tests.factories.proposals import decided, proposed_new

pytestmark = pytest.mark.django_db

Typed = dict[str, Any]


class Hidden(HTMLParser):
    """What a browser would post of the page's hidden inputs."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.inputs: dict[str, list[str]] = {}
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given["name"] != "csrfmiddlewaretoken":
            self.inputs.setdefault(str(given["name"]), []).append(given["value"] or "")


@dataclass
class Form:
    """One of these pages: where it stands, who fills it in, what is typed, and how many rows its act has written."""

    address: str
    by: User
    typed: Typed
    written: Callable[[], int]


def date(name: str, day: int, month: int, year: int) -> Typed:
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": str(year)}


def a_decision() -> Form:
    sitting = a_sitting()
    votes = {f"member_{pk}": "for" for pk in sitting.all_for}
    address = reverse("appointments:decision_create", args=[sitting.item.pk])
    return Form(
        address, sitting.secretary, {**votes, "outcome": "deferred", "reason": "For “later”."}, Decision.objects.count
    )


def the_end_of_a_tenure() -> Form:
    tenure = seated(SeatFactory(), "2018-01-01", "2021-12-31")
    typed = {"kind": "resignation", "reason": "By letter.", **date("last_on", 1, 3, 2019)}
    ended = Tenure.objects.exclude(end_kind="")
    return Form(reverse("appointments:tenure_end", args=[tenure.pk]), member(Role.TALENT_TEAM), typed, ended.count)


def a_correction_of_a_tenure() -> Form:
    tenure = seated(SeatFactory(), "2018-01-01", "2021-12-31", person=somebody("Ben Okoro"))
    typed = {"name": "Ben Okoro", "email": tenure.person.email, "source": "first_load", "reason": "An old list"}
    typed |= date("starts_on", 1, 2, 2018) | date("ends_on", 31, 12, 2021)
    corrected = Tenure.objects.filter(starts_on="2018-02-01")
    address = reverse("appointments:tenure_correct", args=[tenure.pk])
    return Form(address, member(Role.TALENT_TEAM), typed, corrected.count)


def a_notice() -> Form:
    seat = SeatFactory(board=OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST))
    typed = {"name": "Nadia Okoro", "reason": "By letter.", **date("starts_on", 1, 3, 2019)}
    typed |= date("ends_on", 28, 2, 2022)
    address = reverse("appointments:notice_create", args=[seat.pk])
    return Form(address, member(Role.TALENT_TEAM), typed, Tenure.objects.count)


def an_executive() -> Form:
    seat = SeatFactory(role=Seat.Role.FINANCE)
    typed = {"name": "Nadia Okoro", "email": "nadia@example.org", "remuneration": "130000", "reason": "Best."}
    typed |= {"off_payroll": "on", "off_payroll_reason": "For six months.", "authority": "The minister’s letter"}
    typed |= date("starts_on", 1, 2, 2030) | date("ends_on", 31, 7, 2030)
    address = reverse("appointments:executive_propose", args=[seat.pk])
    return Form(address, member(Role.TALENT_TEAM), typed, Proposal.objects.count)


def an_appointment() -> Appointment:
    load()
    decided(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", fit=False))
    return Appointment.objects.get()


def a_correction_of_an_appointment() -> Form:
    row = an_appointment()
    today = timezone.localdate(row.at)
    typed = {
        "off_payroll": "no",
        "reason": "The minutes say so.",
        **date("starts_on", 1, 1, 2018),
        **date("ends_on", 30, 11, 2020),
    }
    typed |= date("decided_on", today.day, today.month, today.year)
    address = reverse("appointments:appointment_correct", args=[row.pk])
    return Form(address, member(Role.TALENT_TEAM), typed, Appointment.objects.exclude(corrects=None).count)


def taking_an_appointment_back() -> Form:
    address = reverse("appointments:appointment_take_back", args=[an_appointment().pk])
    taken_back = Appointment.objects.filter(cancelled=True)
    return Form(address, member(Role.TALENT_TEAM), {"reason": "A mistake."}, taken_back.count)


FORMS = [
    a_decision,
    the_end_of_a_tenure,
    a_correction_of_a_tenure,
    a_notice,
    an_executive,
    a_correction_of_an_appointment,
    taking_an_appointment_back,
]


def asked(client: Client, form: Form) -> dict[str, list[str]]:
    """The page that asks once more, as a browser would send it on."""
    sign_in(client, form.by)
    return Hidden(client.post(form.address, form.typed)).inputs


def standing(response: HttpResponse) -> Mapping[str, Any]:
    """What the form shows again, box by box."""
    return response.context["form"].data


@pytest.mark.parametrize("make", FORMS)
def test_a_press_on_the_page_itself_writes(client: Client, make: Callable[[], Form]):
    form = make()
    hidden, before = asked(client, form), form.written()

    done = client.post(form.address, hidden | {"confirm": "yes"})

    assert (before, done.status_code, form.written()) == (0, 302, 1)


@pytest.mark.parametrize("make", FORMS)
def test_another_press_leads_back_with_all_that_was_typed(client: Client, make: Callable[[], Form]):
    form = make()

    again = client.post(form.address, asked(client, form) | {"change": "yes"})

    shown = standing(again)
    assert {name: shown[name] for name in form.typed} == {name: str(value) for name, value in form.typed.items()}
    assert (again.context["form"].errors, form.written()) == ({}, 0)
    assert "confirm" not in again.templates[0].name
