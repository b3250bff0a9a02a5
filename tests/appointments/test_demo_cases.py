"""The demonstration's seats that fall vacant, on a small world: each kind of case is there, made by the acts."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from appointments.cases import propose_renewal
from appointments.demo_cases import EXCEPTIONAL, load_cases
from appointments.models import AgendaItem, Case, Proposal, Relationship, SupportRequest
from appointments.proposing import obstacles
from portal.demo import Stage
from portal.models import Organisation, Role
from tests.factories.appointments import committee_of
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, member

pytestmark = pytest.mark.django_db


def test_every_kind_of_case_is_there():
    call_command("load_policies", verbosity=0)
    committee, members = committee_of(4)
    stage = Stage(at=timezone.now(), cast={Role.COMMITTEE_MEMBER: members})
    stage.accounts["talent_team"] = member(Role.TALENT_TEAM)
    stage.accounts["trust_administrator"] = a_trust(Organisation.Kind.NHS_TRUST)
    for _ in range(10):
        a_trust(Organisation.Kind.NHS_TRUST)
    for _ in range(2):
        a_trust(Organisation.Kind.FOUNDATION_TRUST)

    load_cases(stage, committee)

    assert set(Case.objects.values_list("horizon", flat=True)) == {3, 6, 12, 18}
    assert set(Case.objects.values_list("intent", flat=True)) >= {"", "reappoint"}
    own = stage.accounts["trust_administrator"]
    mine = Case.objects.visible_to(own)
    assert sorted(mine.values_list("intent", flat=True)) == ["", "", "", "reappoint"]
    left = mine.get(intent="reappoint")
    seen = {"appraisal_on": stage.days_ago(30).date(), "appraisal_satisfactory": True, "reason": "A good term."}
    first = left.tenure.ends_on + dt.timedelta(days=1)
    days = {"starts_on": first, "ends_on": first + dt.timedelta(days=700)}
    assert obstacles(propose_renewal(left, by=own, at=stage.at, **seen, **days), day=stage.at.date()) == ()
    assert (SupportRequest.objects.count(), SupportRequest.objects.unanswered().count()) == (2, 1)
    assert Proposal.objects.filter(exceptional=EXCEPTIONAL).count() == 1
    assert Proposal.objects.incomplete().count() >= 1
    items = AgendaItem.objects.filter(meeting__committee=committee)
    assert items.exclude(proposal=None).count() == items.count() >= 2
    assert Relationship.objects.get().user == members[3]
    assert AgendaItem.objects.listed_for(members[3]).count() == items.count() - 1


def a_trust(kind: str) -> object:
    """Its administrator; four seats, one of each horizon, the nearest held for nine years."""
    trust, today = OrganisationFactory(kind=kind), timezone.localdate()
    for years, days in ((9, 80), (3, 170), (3, 350), (3, 530)):
        first = today.replace(year=today.year - years, day=1)
        last = today + dt.timedelta(days=days)
        seated(SeatFactory(board=trust), first.isoformat(), last.isoformat(), person=somebody())
    return member(Role.TRUST_USER, organisation=trust, is_administrator=True)
