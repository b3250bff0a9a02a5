"""A clinician begins a form for the award and asks a manager, who joins; both write, both confirm, it is sent."""

import pytest
from django.utils import timezone

from portal import outbox
from portal.models import Role
from talent.models import Application, SectionRevision, State
from tests.factories.awards import award_intake, shared_form
from tests.factories.portal import PASSWORD, UserFactory, member
from tests.factories.talent import ReviewFactory
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "What do you want to change?": "Older people wait at the front door.",
    "How do the two of you work together now?": "We walk the front door each Tuesday.",
}


def drain() -> None:
    while outbox.run_next(at=timezone.now()):
        pass


@pytest.mark.parametrize("scripts", [True, False])
def test_two_apply_together(visitor: Visitor, scripts: bool):
    intake = award_intake()
    clinician = UserFactory(full_name="Asha Patel", email="asha@example.org")
    manager = UserFactory(full_name="Morgan Bright", email="morgan@example.org")
    asha, morgan = visitor(scripts=scripts), visitor(scripts=scripts)

    asha.signs_in(clinician.email, PASSWORD)
    asha.goes_to(f"/applications/intakes/{intake.pk}/eligibility/")
    asha.sees("Check if you can apply")
    for answer in range(3):
        asha.tick(asha.page.get_by_label("Yes", exact=True).nth(answer))
    asha.presses("Continue")
    asha.sees("You can apply")
    asha.presses("Start your application")
    asha.sees("Start your application")
    asha.presses("Start now")
    asha.sees("Your application")
    asha.follows("Who applies with you")
    asha.sees("The two of you")
    asha.chooses("Clinician")
    asha.fills("Their full name", manager.full_name)
    asha.fills("Their email address", manager.email)
    asha.presses("Send the invitation")
    asha.reads(f"The invitation is on its way to {manager.email}.")
    drain()

    morgan.signs_in(manager.email, PASSWORD)
    morgan.follows_mailed_link(manager.email)
    morgan.sees("Asha Patel asks you to apply together")
    morgan.presses("Join the application")
    morgan.sees("Your application")
    morgan.follows("What you want to change")
    morgan.sees("What you want to change")
    for question, words in WORDS.items():
        morgan.fills(question, words)
    morgan.presses("Save and continue")
    morgan.sees("Your application")

    form = Application.objects.get()
    asha.goes_to(f"/applications/{form.reference}/sections/the-two-of-you/")
    asha.fills("The clinician: name and post", "Asha Patel, consultant")
    asha.fills("The manager: name and post", "Morgan Bright, general manager")
    asha.fills("Your trust", "Elmbridge Hospitals")
    asha.presses("Save and continue")
    asha.follows("What you would learn")
    asha.fills("What would you learn, where and from whom?", "Each the other's craft.")
    asha.fills("How would you spend the prize?", "On time.")
    asha.presses("Save and continue")
    asha.follows("If you win")
    asha.chooses("Yes")
    asha.presses("Save and continue")
    asha.follows("Confirm the form")
    asha.presses("I confirm the form as it stands")
    asha.sees("The two of you")
    asha.goes_to(f"/applications/{form.reference}/submit/")
    asha.reads("Still to confirm: Morgan Bright.")
    asha.sees("Check your answers")

    morgan.goes_to(f"/applications/{form.reference}/pair/")
    morgan.presses("I confirm the form as it stands")
    morgan.goes_to(f"/applications/{form.reference}/submit/")
    morgan.chooses("What I have written is true and complete, as far as I know")
    morgan.presses("Send application")
    morgan.sees("Application sent")

    form.refresh_from_db()
    assert (form.state, [person.full_name for person in form.applicants]) == (
        State.SUBMITTED,
        ["Asha Patel", "Morgan Bright"],
    )
    assert SectionRevision.objects.filter(set_aside=True).count() == 0


def test_the_team_gives_the_award_and_everybody_reads_who_won(visitor: Visitor):
    form = shared_form(state=State.INTERVIEW)
    ReviewFactory(application=form, submitted_at=timezone.now())
    staff = member(Role.TALENT_TEAM)
    walk = visitor()

    walk.signs_in(staff.email, PASSWORD)
    walk.goes_to(f"/talent/candidates/{form.reference}/")
    walk.follows("Give the award")
    walk.sees(f"Give the award: {form.names}")
    day = timezone.localdate()
    walk.fills_date("When did the panel decide?", str(day.day), str(day.month), str(day.year))
    walk.fills("Why this pair?", "Unanimous")
    walk.presses("Give the award")
    walk.sees(f"Announce the award: {form.names}")
    walk.fills("Where do they work?", "Elmbridge Hospitals")
    walk.fills("What is it for?", "For the front door.")
    walk.presses("Announce the award")
    walk.sees(f"Winners of the {form.intake.scheme}")

    anybody = visitor()
    anybody.goes_to(f"/awards/{form.intake.scheme.slug}/")
    anybody.sees(f"Winners of the {form.intake.scheme}")
    anybody.reads(form.names)
