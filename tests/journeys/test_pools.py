"""A shortlist goes to a trust and comes back with a view; a member withdraws and is gone; a CV is read."""

import datetime as dt

import pytest
from django.utils import timezone

from appointments.models import ShareEvent
from portal.models import Role
from talent import curating
from talent.models import PoolMembership
from tests.factories.portal import PASSWORD, OrganisationFactory, UserFactory, member
from tests.factories.search import index_all
from tests.factories.sharing import shared, willing
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_shortlist_is_shared_with_a_trust(visitor: Visitor):
    now = timezone.now()
    until = timezone.localdate(now) + dt.timedelta(days=30)
    team = member(Role.TALENT_TEAM)
    trust = OrganisationFactory(name="Harbour General Hospital NHS Trust")
    reader = member(Role.TRUST_USER, organisation=trust)
    ada = willing(user=UserFactory(full_name="Ada Holt"), headline="Finance director, Vale Housing")
    pool = curating.open_pool(
        name="Audit chairs", purpose="Three seats.", reach="national", region=None, expires_on=until, by=team, at=now
    )
    curating.add(pool, ada, by=team, at=now, reason="Chaired two audit committees.")

    walk = visitor()
    walk.signs_in(team.email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to("/talent/curated/")
    walk.sees("Curated pools")
    walk.follows("Audit chairs")
    walk.sees("Audit chairs")
    walk.follows("Ada Holt")
    walk.sees("Ada Holt")
    walk.goes_to(f"/talent/curated/{pool.pk}/share/")
    walk.sees("Show people to a trust")
    walk.selects("Trust", trust.name)
    walk.fills("For which vacancy?", "Non-executive director, audit")
    walk.chooses("Ada Holt, Finance director, Vale Housing")
    walk.chooses("Current role and region")
    walk.fills_date("Until when?", str(until.day), str(until.month), str(until.year))
    walk.presses("Show them")
    walk.sees("Non-executive director, audit")

    guest = visitor(keyboard=True)
    guest.signs_in(reader.email, PASSWORD)
    guest.sees("Your home")
    guest.goes_to("/shortlists/")
    guest.sees("People shown to your trust")
    guest.follows("Non-executive director, audit")
    guest.sees("Non-executive director, audit")
    guest.reads("Finance director, Vale Housing")
    guest.follows("Say what you think of Ada Holt")
    guest.sees("Ada Holt")
    guest.chooses("Would like to meet")
    guest.presses("Send")
    guest.sees("Non-executive director, audit")

    owner = visitor()
    owner.signs_in(ada.user.email, PASSWORD)
    owner.sees("Your home")
    owner.goes_to("/profile/shown-to/")
    owner.sees("Trusts that were shown your profile")
    owner.reads("Harbour General Hospital NHS Trust")

    walk.goes_to("/talent/shared/")
    walk.sees("People shown to trusts")
    walk.follows("Non-executive director, audit")
    walk.reads("Ada Holt: would like to meet")
    walk.follows("Withdraw it now")
    walk.sees("Withdraw “Non-executive director, audit”?")
    walk.presses("Withdraw")
    walk.sees("Non-executive director, audit")
    guest.goes_to("/shortlists/")
    guest.reads_not("Non-executive director, audit")
    assert [event.view for event in ShareEvent.objects.filter(kind="feedback")] == ["meet"]


def test_a_member_withdraws_and_is_gone_everywhere(visitor: Visitor):
    team, trust = member(Role.TALENT_TEAM), OrganisationFactory(name="Harbour General Hospital NHS Trust")
    reader = member(Role.TRUST_USER, organisation=trust)
    ada = willing(user=UserFactory(full_name="Ada Holt"), headline="Finance director, Vale Housing")
    membership = PoolMembership.objects.get()
    pool = curating.open_pool(
        name="Audit chairs",
        purpose="Three seats.",
        reach="national",
        region=None,
        expires_on=timezone.localdate() + dt.timedelta(days=30),
        by=team,
        at=timezone.now(),
    )
    curating.add(pool, ada, by=team, at=timezone.now(), reason="Chaired two audit committees.")
    shared_list = shared(trust, [ada], by=team)
    index_all()
    places = (
        ("/talent/people/?words=finance", "Find people"),
        (f"/talent/pools/{membership.pool.slug}/", membership.pool.name),
        (f"/talent/curated/{pool.pk}/", "Audit chairs"),
        (f"/talent/shared/{shared_list.pk}/", "Non-executive director, audit"),
    )
    staff, guest = visitor(), visitor()
    staff.signs_in(team.email, PASSWORD)
    staff.sees("Your home")
    guest.signs_in(reader.email, PASSWORD)
    guest.sees("Your home")
    for path, heading in places:
        staff.goes_to(path)
        staff.sees(heading)
        staff.reads("Ada Holt")
    guest.goes_to(f"/shortlists/{shared_list.pk}/")
    guest.reads("Ada Holt")

    owner = visitor()
    owner.signs_in(ada.user.email, PASSWORD)
    owner.sees("Your home")
    owner.goes_to("/profile/")
    owner.sees("Your profile")
    owner.follows("Leave every talent pool")
    owner.sees("Leave every talent pool?")
    owner.presses("Leave every pool")
    owner.sees("Your profile")
    owner.goes_to("/profile/consents/")
    owner.sees("What you agreed to")
    owner.reads("You left")

    for path, heading in places:
        staff.goes_to(path)
        staff.sees(heading)
        staff.reads_not("Ada Holt")
    guest.goes_to(f"/shortlists/{shared_list.pk}/")
    guest.sees("Non-executive director, audit")
    guest.reads_not("Ada Holt")
    guest.reads("Nobody is on this list any more.")
    owner.goes_to("/profile/shown-to/")
    owner.sees("Trusts that were shown your profile")
    owner.reads("Not shown any more")
