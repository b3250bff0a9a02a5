"""An applicant's way: from the first question to a sent application that is withdrawn again."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from programmes.models import Intake
from talent.models import Application, State
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import PDF
from tests.journeys.browser import Walk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EMAIL, PASSWORD = "asha.patel@example.org", "harbour-lights-in-october"


@pytest.fixture
def intake(live_server) -> Intake:
    return IntakeFactory(name="London, autumn 2017")


@pytest.mark.parametrize(
    "how",
    [{}, {"keyboard": True}, {"scripts": False}],
    ids=["mouse", "keyboard-only", "without-javascript"],
)
def test_from_eligibility_to_withdrawn(visitor: Visitor, intake: Intake, how: dict[str, bool]):
    walk = visitor(**how)

    find_out_whether_to_apply(walk, intake)
    sign_up(walk)
    begin(walk)
    answer_every_section(walk)
    answer_equality_questions(walk)
    send(walk)
    assert Application.objects.get().state == State.SUBMITTED
    withdraw(walk)

    application = Application.objects.get()
    assert application.state == State.WITHDRAWN
    assert [event.transition for event in application.events.all()] == ["submit", "withdraw"]


def find_out_whether_to_apply(walk: Walk, intake: Intake) -> None:
    walk.goes_to(reverse("talent:eligibility", args=[intake.pk]))
    walk.sees("Check if you can apply")
    for number in range(4):
        walk.tick(walk.page.get_by_label("Yes", exact=True).nth(number))
    walk.presses("Continue")
    walk.sees("You can apply")
    walk.presses("Start your application")


def sign_up(walk: Walk) -> None:
    walk.sees("Sign in")
    walk.follows("create one")
    walk.sees("Create an account")
    walk.fills("Full name", "Asha Patel")
    walk.fills("Email address", EMAIL)
    walk.fills("Password", PASSWORD)
    walk.presses("Create my account")
    walk.sees("Check your email")
    walk.follows_mailed_link(EMAIL)
    walk.sees("Confirm your email address")
    walk.presses("Confirm my address")


def begin(walk: Walk) -> None:
    walk.sees("Start your application")
    walk.presses("Start now")
    walk.sees("Your application")
    walk.reads("You have completed 0 of 7 sections.")


def answer_every_section(walk: Walk) -> None:
    section(walk, "About you", about_you)
    section(walk, "Posts held", posts_held)
    section(walk, "Your experience", experience)
    section(walk, "What you want to learn", learning)
    section(walk, "Your placement", placement)
    section(walk, "Your CV", lambda walk: walk.uploads("Your CV", "cv.pdf", PDF))
    section(walk, "Declarations", declarations)
    walk.reads("You have completed 7 of 7 sections.")


def section(walk: Walk, title: str, fill_in: Callable[[Walk], None]) -> None:
    walk.follows(title)
    walk.sees(title)
    fill_in(walk)
    walk.presses("Save and continue")
    walk.sees("Your application")


def about_you(walk: Walk) -> None:
    walk.fills("Full name", "Asha Patel")
    walk.fills("Phone number", "020 7946 0018")
    walk.fills("Home postcode", "LS1 4AP")
    walk.fills("Current or most recent role", "Chief operating officer, Harbour Housing")


def posts_held(walk: Walk) -> None:
    walk.fills("Job title", "Chief operating officer")
    walk.fills("Employer", "Harbour Housing")
    walk.fills_date("Start date", "1", "4", "2012")
    walk.chooses("Yes", of="Was it at board level?")


def experience(walk: Walk) -> None:
    walk.fills("Leading at a senior level", "I led the merger of two associations and kept every service open.")
    walk.fills("Challenging and supporting others", "I asked for the evidence behind a closure; we kept it open.")
    walk.fills("Understanding local communities", "I hold open evenings each month and take what I hear to the board.")


def learning(walk: Walk) -> None:
    walk.fills("Why you want to be a non-executive director", "I have led services that hospitals depend on.")
    walk.chooses("Working at board level")
    walk.chooses("How the NHS is organised and paid for")


def placement(walk: Walk) -> None:
    walk.chooses("Up to an hour")
    walk.fills_date("When could you start?", "1", "9", "2030")
    walk.chooses("No", of="Do you work for an NHS trust now?")


def declarations(walk: Walk) -> None:
    none = walk.page.get_by_label("None of these", exact=True)
    for number in range(3):
        walk.tick(none.nth(number))


def answer_equality_questions(walk: Walk) -> None:
    walk.follows("Equality monitoring")
    walk.sees("Equality monitoring")
    walk.tick(walk.page.get_by_label("Prefer not to say", exact=True).first)
    walk.presses("Save answers")
    walk.sees("Your application")


def send(walk: Walk) -> None:
    walk.follows("Check your answers and send")
    walk.sees("Check your answers")
    walk.presses("Send application")
    walk.sees("Check your answers")
    walk.chooses("What I have written is true and complete, as far as I know")
    walk.presses("Send application")
    walk.sees("Application sent")
    walk.reads(Application.objects.get().reference)


def withdraw(walk: Walk) -> None:
    walk.follows("Follow your application")
    walk.sees("Received")
    walk.follows("Withdraw this application")
    walk.sees("Withdraw your application?")
    walk.presses("Withdraw application")
    walk.sees("Your applications")
