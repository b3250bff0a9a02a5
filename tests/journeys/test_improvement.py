"""A collaborative in the browser: the team chooses a trust, the trust sends figures and a plan, its buddy answers."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.models import Organisation, Role, User
from programmes.models import Enrolment, ImprovementPlan, Wave
from programmes.models.measure import first_of
from tests.factories.collaboratives import (
    CollaborativeFactory,
    MeasureFactory,
    TimelineStepFactory,
    WaveFactory,
    counted,
    months_from,
)
from tests.factories.portal import PASSWORD, OrganisationFactory, member
from tests.journeys.browser import Walk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTHS = 14
DATA_SHOW = "Four in ten leavers go within two years."


def test_a_trust_is_chosen_sends_figures_and_a_plan_and_its_buddy_returns_and_approves_it(visitor: Visitor):
    wave, trust, lead = a_wave()
    secretary = member(Role.TRUST_USER, organisation=trust)
    first = first_of(first_of(timezone.localdate()) - dt.timedelta(days=31 * MONTHS))

    team = visitor()
    team.signs_in(lead.email, PASSWORD)
    chooses_the_trust(team, wave)
    enrolment = Enrolment.objects.get()
    Enrolment.objects.update(clinical_buddy=lead)

    own = visitor()
    own.signs_in(secretary.email, PASSWORD)
    own.sees("Your home")
    sends_a_file(own, trust, first)
    sees_the_chart(own, enrolment)
    writes_the_plan(own, enrolment)

    plan = ImprovementPlan.objects.get()
    returns_it(team, plan)
    own.goes_to(f"/collaboratives/plans/{plan.pk}/")
    own.sees(str(plan))
    own.reads("Name the wards.")
    sends_it(own, plan)
    approves_it(team, plan)
    own.goes_to(f"/collaboratives/trusts/{enrolment.pk}/charts/turnover/")
    own.sees("Turnover")
    own.reads("Target: 14.5% by")


def a_wave() -> tuple[Wave, Organisation, User]:
    """Twelve acute trusts of which one stands out, last month; the wave to come."""
    turnover = MeasureFactory(name="Turnover", code="turnover")
    lead = member(Role.IMPROVEMENT_LEAD)
    collaborative = CollaborativeFactory(measures=[turnover], name="Retention", slug="retention", leads=[lead])
    TimelineStepFactory(collaborative=collaborative, name="Visit by the buddies")
    wave = WaveFactory(collaborative=collaborative, name="Cohort 3", starts_on=timezone.localdate())
    trust = OrganisationFactory(name="Elm Trust", sector=Organisation.Sector.ACUTE)
    last = first_of(first_of(timezone.localdate()) - dt.timedelta(days=1))
    for other in OrganisationFactory.create_batch(11, sector=Organisation.Sector.ACUTE):
        counted(other, turnover, [150], first=last)
    counted(trust, turnover, [260], first=last)
    return wave, trust, lead


def chooses_the_trust(walk: Walk, wave: Wave) -> None:
    walk.goes_to("/collaboratives/retention/")
    walk.sees("Retention")
    walk.follows("Choose trusts for a wave")
    walk.sees("Choose trusts")
    walk.presses("Go on with these trusts")
    walk.sees("Choose trusts")
    walk.reads("Tick the trusts that you want to choose.")
    walk.chooses("Choose Elm Trust")
    walk.presses("Go on with these trusts")
    walk.sees("Why this trust?")
    walk.fills("Elm Trust", "")
    walk.presses("Choose")
    walk.sees("Why this trust?")
    walk.reads("Say why Elm Trust is chosen")
    walk.fills("Elm Trust", "Beyond the upper limit, and its board asked for help.")
    walk.presses("Choose")
    walk.sees("Retention")
    walk.reads("Chosen for Cohort 3: Elm Trust.")


def sends_a_file(walk: Walk, trust: Organisation, first: dt.date) -> None:
    rows = [
        f"{trust.ods_code},turnover,{month:%Y-%m},{210 - number},1000"
        for number, month in enumerate(months_from(first, MONTHS - 1))
    ]
    header = "trust,measure,month,numerator,denominator"
    walk.goes_to("/collaboratives/figures/file/")
    walk.sees("Figures from a file")
    walk.uploads("File", "figures.csv", "\n".join([header, rows[0].replace("210", "many")]).encode(), "text/csv")
    walk.presses("Read the file")
    walk.sees("Figures from a file")
    walk.reads("many")
    walk.uploads("File", "figures.csv", "\n".join([header, *rows]).encode(), "text/csv")
    walk.presses("Read the file")
    walk.sees("What the file would change")
    walk.presses("Enter these figures")
    walk.sees("Collaboratives")


def sees_the_chart(walk: Walk, enrolment: Enrolment) -> None:
    walk.follows("Retention")
    walk.sees("Elm Trust")
    walk.follows("Turnover")
    walk.sees("Turnover")
    walk.reads("seven in a row in one direction")
    walk.follows("run chart")
    walk.sees("Turnover")
    walk.reads("What the run chart marks")


def writes_the_plan(walk: Walk, enrolment: Enrolment) -> None:
    walk.goes_to(f"/collaboratives/trusts/{enrolment.pk}/")
    walk.presses("Begin your plan")
    walk.sees("Improvement plan of Elm Trust")
    walk.presses("Write the plan")
    walk.sees("Write the plan")
    walk.fills("What do your data show?", DATA_SHOW)
    walk.fills("What drives it?", "Rosters come out late.")
    walk.presses("Save and go back to the plan")
    walk.sees("Improvement plan of Elm Trust")
    walk.presses("Add a change idea")
    walk.sees("Add a change idea")
    walk.fills("What will you change?", "Rosters eight weeks ahead")
    walk.fills("Who sees to it?", "Matron, medicine")
    due = timezone.localdate() + dt.timedelta(days=60)
    walk.fills_date("By when?", str(due.day), str(due.month), str(due.year))
    walk.presses("Add it")
    walk.sees("Improvement plan of Elm Trust")
    walk.presses("Set a target")
    walk.sees("Set a target")
    walk.chooses("Turnover")
    walk.fills("Target", "14.5")
    walk.fills_date("To be reached by", str(due.day), str(due.month), str(due.year + 1))
    walk.presses("Set it")
    sends_it(walk, ImprovementPlan.objects.get())


def sends_it(walk: Walk, plan: ImprovementPlan) -> None:
    walk.sees("Improvement plan of Elm Trust")
    walk.presses("Send to the buddies")
    walk.sees("Send to the buddies")
    walk.presses("Send to the buddies")
    walk.sees("Improvement plan of Elm Trust")
    walk.reads("With the buddies")


def returns_it(walk: Walk, plan: ImprovementPlan) -> None:
    walk.goes_to(f"/collaboratives/plans/{plan.pk}/")
    walk.sees("Improvement plan of Elm Trust")
    walk.reads(DATA_SHOW)
    walk.presses("Return with comments")
    walk.sees("Return with comments")
    walk.presses("Return with comments")
    walk.sees("Return with comments")
    walk.fills("What should be worked on?", "Name the wards.")
    walk.presses("Return with comments")
    walk.sees("Improvement plan of Elm Trust")
    walk.reads("To be worked on")


def approves_it(walk: Walk, plan: ImprovementPlan) -> None:
    walk.goes_to(f"/collaboratives/plans/{plan.pk}/")
    walk.sees("Improvement plan of Elm Trust")
    walk.presses("Approve")
    walk.sees("Approve")
    walk.presses("Approve")
    walk.sees("Improvement plan of Elm Trust")
    walk.reads("Approved")
