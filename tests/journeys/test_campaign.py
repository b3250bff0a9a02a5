"""A campaign led in the browser: the team from the vacancy to the recommendation, a panel member scoring twice."""

import datetime as dt

import pytest
from django.utils import timezone

from appointments import campaign_policies, panel, policies
from appointments.models import Campaign, Mark, Proposal, Tenure
from portal.models import Role, User
from programmes.models import Intake
from talent.models import Application, State
from tests.factories.appointments import MeetingFactory, committee_of
from tests.factories.boards import SeatFactory
from tests.factories.campaigns import an_applicant
from tests.factories.portal import PASSWORD, member
from tests.journeys.browser import Walk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_vacancy_to_recommendation(visitor: Visitor):
    campaign_policies.load()
    policies.load()
    seat, team = SeatFactory(), member(Role.TALENT_TEAM)
    members = [member(Role.REVIEWER) for _ in range(3)]
    walk, reader = visitor(), visitor()
    walk.signs_in(team.email, PASSWORD)
    walk.sees("Your home")

    campaign = begins(walk, str(seat))
    asks(walk, campaign, members)
    opens(walk, visitor(), campaign)
    closed = applied_and_closed(campaign)
    divides(walk, campaign, "longlist", "Make the longlist", [a.pseudonym for a in closed])
    confirms(walk, campaign, "Begin the blind sift")
    reader.signs_in(members[2].email, PASSWORD)
    reader.sees("Your home")
    scores(reader, campaign, closed[0], closed[0].pseudonym)
    the_others_score(campaign, members)
    divides(walk, campaign, "shortlist", "Make the shortlist", [a.pseudonym for a in closed])
    confirms(walk, campaign, "Begin the interviews")
    scores(reader, campaign, closed[0], closed[0].person.full_name)
    the_others_score(campaign, members)
    divides(walk, campaign, "verdicts", "Record the panel’s verdict", [a.person.full_name for a in closed])
    recommends(walk, campaign, closed[0])
    assert set(Application.objects.values_list("state", flat=True)) == {State.RECOMMENDED, State.RESERVE}
    decides(walk, Proposal.objects.get())
    accepts(visitor(), closed[0])
    appoints(walk, campaign, closed[0])
    announces(walk, visitor(), closed[0])

    assert Tenure.objects.get().person == closed[0].person


def begins(walk: Walk, seat: str) -> Campaign:
    walk.follows("Campaigns")
    walk.sees("Campaigns")
    walk.presses("Start a campaign for a vacant seat")
    walk.sees("Vacant seats")
    walk.follows(f"Start a campaign for {seat}")
    walk.sees("Start a campaign")
    day = timezone.localdate() + dt.timedelta(days=28)
    walk.fills("About the trust and the role", "A trust that listens to the people it serves.")
    walk.fills_date("Closing date", str(day.day), str(day.month), str(day.year))
    walk.presses("Save and write the specification")
    walk.sees("Specification")
    walk.presses("Save")
    walk.reads("The specification is saved.")
    return Campaign.objects.get()


def asks(walk: Walk, campaign: Campaign, members: list[User]) -> None:
    walk.sees(str(campaign))
    walk.reads("The panel needs an independent member.")
    for number, user in enumerate(members):
        walk.follows("Add a panel member")
        walk.sees("Add a panel member")
        walk.fills("Name, email address or organisation", user.email)
        walk.presses("Find")
        walk.tick(walk.page.get_by_role("radio", name=f"{user} ("))
        walk.chooses("Panel chair" if number == 0 else "Member")
        if number == 1:
            walk.page.get_by_label("This is an independent member").check()
        walk.presses("Add to the panel")
        walk.sees(str(campaign))


def opens(walk: Walk, anybody: Walk, campaign: Campaign) -> None:
    walk.presses("Open the campaign")
    walk.sees("Open the campaign")
    walk.presses("Open the campaign")
    walk.sees(str(campaign))
    anybody.goes_to("/opportunities/")
    anybody.sees("Open roles on NHS boards")
    anybody.follows(str(campaign))
    anybody.sees(str(campaign))
    anybody.presses("Check you can apply")


def applied_and_closed(campaign: Campaign) -> list[Application]:
    """Two people apply, and the closing date passes."""
    campaign.refresh_from_db()
    applications = [an_applicant(campaign, at=timezone.now()) for _ in range(2)]
    now = timezone.now()
    Intake.objects.update(opens_at=now - dt.timedelta(days=30), closes_at=now - dt.timedelta(minutes=1))
    return applications


def divides(walk: Walk, campaign: Campaign, name: str, heading: str, chosen: list[str]) -> None:
    walk.goes_to(f"/campaigns/{campaign.pk}/")
    walk.presses(heading)
    walk.sees(heading)
    for label in chosen:
        walk.page.get_by_role("checkbox", name=label).check()
    walk.fills("Reason", "All gave strong evidence.")
    walk.presses("Continue")
    walk.sees("Check before you go on")
    walk.presses(heading)
    walk.sees(str(campaign))


def confirms(walk: Walk, campaign: Campaign, heading: str) -> None:
    walk.presses(heading)
    walk.sees(heading)
    walk.presses(heading)
    walk.sees(str(campaign))


def scores(walk: Walk, campaign: Campaign, application: Application, called: str) -> None:
    walk.goes_to("/panels/")
    walk.sees("Panels you sit on")
    walk.follows(str(campaign))
    walk.sees(str(campaign))
    walk.follows(called)
    walk.sees(f"Before you read {called}")
    walk.chooses("No conflict that I know of")
    walk.presses("Continue")
    walk.sees(f"Score {called}")
    if called == application.person.full_name:
        talks(walk, called)
    for number in range(1, campaign.criteria.count() + 1):
        walk.chooses("3", of=f"Score for criterion {number}")
        walk.fills(f"Evidence for criterion {number}", "Chaired a housing board.")
    walk.presses("Save scores")
    walk.sees(str(campaign))


def talks(walk: Walk, name: str) -> None:
    walk.follows("Record what was discussed")
    walk.sees(f"Conflicts of interest: {name}")
    walk.chooses("There is none, or it can be managed")
    walk.fills("What was discussed", "None that bears on this board.")
    walk.presses("Record it")
    walk.sees(f"Score {name}")


def the_others_score(campaign: Campaign, members: list[User]) -> None:
    for user in members:
        done = Mark.objects.filter(member__user=user, round=Application.objects.first().state)
        for application in panel.readable_by(user).exclude(pk__in=done.values("application")):
            panel.declare_none(application, by=user, at=timezone.now())
            if application.state == State.INTERVIEW and not application.conflict_talks.exists():
                panel.talk_of_conflicts(application, manageable=True, said="None.", by=user, at=timezone.now())
            given = {c.pk: panel.Given(3, "Clear evidence.") for c in campaign.criteria.all()}
            panel.score(application, given, by=user, at=timezone.now())


def recommends(walk: Walk, campaign: Campaign, first: Application) -> None:
    walk.presses("Recommend, reserve or answer")
    walk.sees("Outcome")
    walk.follows(f"Recommend {first.person.full_name}")
    walk.sees(f"Recommend: {first.person.full_name}")
    walk.fills("Reason", "The strongest at interview.")
    walk.presses("Recommend")
    walk.sees("Outcome")
    second = Application.objects.get(intake=campaign.intake_id, state=State.APPOINTABLE)
    walk.fills(second.person.full_name, "1")
    walk.presses("Write the reserve list")
    walk.reads("On the reserve list")


def decides(walk: Walk, proposal: Proposal) -> None:
    """The proposal stands on an agenda, and the meeting approves it."""
    committee, members = committee_of(3)
    meeting = MeetingFactory(committee=committee)
    walk.goes_to(f"/committees/meetings/{meeting.pk}/agenda/")
    walk.follows("Add proposals about boards (1 wait)")
    walk.page.get_by_role("checkbox", name=str(proposal.person)).check()
    walk.presses("Add to the agenda")
    item = meeting.items.get()
    walk.goes_to(f"/committees/items/{item.pk}/decide/")
    walk.sees("Record the decision")
    for user in members:
        walk.chooses("For", of=str(user))
    walk.chooses("Approved", of="Outcome")
    walk.fills("Reason", "The strongest of an open field.")
    walk.presses("Continue")
    walk.sees("Check the decision before you record it")
    walk.presses("Record the decision")
    walk.reads("Approved")


def accepts(walk: Walk, application: Application) -> None:
    user = application.person.user
    user.set_password(PASSWORD)
    user.save()
    walk.signs_in(user.email, PASSWORD)
    walk.goes_to(f"/applications/{application.reference}/offer/")
    walk.sees("Your offer")
    walk.reads("The committee has appointed you")
    walk.presses("Accept the offer")
    walk.sees("Accept the offer?")
    walk.presses("Yes, accept")
    walk.sees("Offer accepted")


def appoints(walk: Walk, campaign: Campaign, application: Application) -> None:
    walk.goes_to(f"/campaigns/{campaign.pk}/outcome/")
    walk.follows(f"Record as appointed {application.person.full_name}")
    walk.sees(f"Record as appointed: {application.person.full_name}")
    walk.fills("Reason", "Accepted the offer.")
    walk.presses("Record as appointed")
    walk.sees("Outcome")


def announces(walk: Walk, anybody: Walk, application: Application) -> None:
    name = application.person.full_name
    walk.follows(f"Announce the appointment of {name}")
    walk.sees(f"Announce: {name}")
    walk.fills("About the person", "Chaired a housing association through a merger.")
    walk.presses("Save and see it")
    walk.sees(name)
    walk.presses("Publish the announcement")
    walk.reads("Chaired a housing association through a merger.")
    anybody.goes_to("/announcements/")
    anybody.follows(name)
    anybody.sees(name)
