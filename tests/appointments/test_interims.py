"""The register of interim executives: by consent, in scope, withdrawn at will, and assigned to a seat with an end."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from appointments import frameworks
from appointments.interims import InterimRefused, assign, change, join, withdraw
from appointments.models import Interim, InterimEvent, Seat, Tenure
from portal.models import Region, Role, User
from talent.models import Person
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.fitness import fit
from tests.factories.portal import RegionFactory, UserFactory, member, sign_in
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db

D = dt.date
FIRST, LAST = D(2024, 2, 1), D(2024, 7, 31)


def entry(person: Person | None = None, region: Region | None = None, **facts: Any) -> Interim:
    given = {"roles": ["finance"], "day_rate": 700, "available_from": D(2024, 1, 1), "off_payroll": "inside"} | facts
    regions, by = [region or RegionFactory()], member(Role.TALENT_TEAM)
    reason = "By email of 3 January."
    return join(person or somebody("Ada Holt"), regions=regions, by=by, at=timezone.now(), reason=reason, **given)


def assigned(interim: Interim, seat: Seat, by: User | None = None) -> Tenure:
    said = {"by": by or member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "Agreed with the chair."}
    return assign(interim, seat, starts_on=FIRST, ends_on=LAST, **said)


def kinds(interim: Interim) -> list[str]:
    return list(interim.events.values_list("kind", flat=True))


def test_somebody_joins_once_with_their_consent():
    interim = entry()

    with pytest.raises(InterimRefused) as refused:
        entry(interim.person)

    assert str(refused.value) == "Ada Holt is on the register already."
    assert (kinds(interim), interim.roles_in_words) == (["joined"], "Director of finance")


def test_consent_is_said():
    with pytest.raises(InterimRefused, match="Say how and when they consented"):
        join(somebody(), regions=[], by=member(Role.TALENT_TEAM), at=timezone.now(), reason=" ", roles=[], day_rate=1)

    assert Interim.objects.count() == 0


def test_who_left_can_join_again():
    interim = entry()
    withdraw(interim, by=member(Role.TALENT_TEAM), at=timezone.now())

    again = entry(interim.person)

    assert (again.pk, again.withdrawn_at, kinds(again)) == (interim.pk, None, ["joined", "withdrawn", "joined"])


def test_who_sees_an_entry():
    region, own = RegionFactory(), UserFactory()
    interim = entry(PersonFactory(user=own), region)
    here, elsewhere = member(Role.REGIONAL_LEAD, region=region), member(Role.REGIONAL_LEAD)
    viewers = (own, member(Role.TALENT_TEAM), here, elsewhere, member(Role.TRUST_USER), member(Role.COMMITTEE_MEMBER))

    assert [Interim.objects.visible_to(viewer).count() for viewer in viewers] == [1, 1, 1, 0, 0, 0]
    withdraw(interim, by=own, at=timezone.now())
    assert [Interim.objects.visible_to(viewer).count() for viewer in viewers] == [1, 1, 0, 0, 0, 0]


def test_a_member_changes_and_leaves_but_does_not_assess_themselves():
    own = UserFactory()
    interim = entry(PersonFactory(user=own))
    regions = list(interim.regions.all())

    changed = change(interim, regions=regions, day_rate=650, by=own, at=timezone.now())
    with pytest.raises(PermissionDenied):
        change(interim, regions=regions, off_payroll="outside", by=own, at=timezone.now())
    for who in (UserFactory(), member(Role.REGIONAL_LEAD)):
        with pytest.raises(PermissionDenied):
            withdraw(interim, by=who, at=timezone.now())

    assert (changed.day_rate, kinds(interim)) == (650, ["joined", "changed"])


def test_an_interim_sits_acting_and_with_an_end():
    seat = SeatFactory(role=Seat.Role.FINANCE)
    interim = entry(region=seat.board.region)

    tenure = assigned(interim, seat)

    assert (tenure.person, tenure.acting, tenure.ends_on, tenure.source) == (interim.person, True, LAST, "interim")
    assert [(e.kind, e.tenure) for e in interim.events.exclude(kind="joined")] == [("assigned", tenure)]


def test_no_interim_starts_while_a_check_is_open():
    frameworks.load()
    seat = SeatFactory(role=Seat.Role.FINANCE)
    interim = entry(region=seat.board.region)

    with pytest.raises(InterimRefused) as refused:
        assigned(interim, seat)
    fit(interim.person, seat, on=FIRST)
    assigned(interim, seat)

    assert str(refused.value) == "The fit and proper checks of Ada Holt for this seat have not been opened."
    assert seat.tenures.count() == 1


@pytest.mark.parametrize(
    ("facts", "role", "said"),
    [
        ({"available_from": D(2024, 3, 1)}, "finance", "Ada Holt is available from 1 March 2024."),
        ({"off_payroll": "not_assessed"}, "finance", "Assess first whether the off-payroll rules apply."),
        ({}, "ned", "Interims fill executives’ seats only."),
        ({}, "taken", "Somebody sits in this seat on some of these days."),
    ],
)
def test_assignments_that_cannot_be(facts: dict[str, Any], role: str, said: str):
    seat = SeatFactory(role="finance" if role == "taken" else role)
    if role == "taken":
        seated(seat, "2023-01-01", None)
    interim = entry(region=seat.board.region, **facts)

    with pytest.raises(InterimRefused) as refused:
        assigned(interim, seat)

    assert (str(refused.value), kinds(interim)) == (said, ["joined"])


def test_a_lead_assigns_within_the_region_only():
    seat = SeatFactory(role=Seat.Role.FINANCE)
    elsewhere = RegionFactory()
    interim = entry(region=elsewhere)

    with pytest.raises(PermissionDenied):
        assigned(interim, seat, by=member(Role.REGIONAL_LEAD, region=elsewhere))

    assert InterimEvent.objects.filter(kind="assigned").count() == 0


def test_interim_list_can_be_narrowed_and_runs_the_same_queries(client: Client, django_assert_num_queries):
    sign_in(client, member(Role.TALENT_TEAM))
    region, counts = RegionFactory(), []
    for names in (("Ada Holt",), ("Ben Okoro", "Cem Dural")):
        for name in names:
            entry(somebody(name), region, day_rate=500 if name == "Ada Holt" else 800)
        client.get("/interims/")
        with django_assert_num_queries(11):
            page = client.get("/interims/").text
        counts.append(page.count("Inside the off-payroll rules"))
    cheap, other, free = (
        client.get("/interims/", query).text
        for query in ({"most": "600"}, {"role": "nursing"}, {"free_on": "2023-12-31"})
    )

    assert counts == [1, 3]
    assert [("Ada Holt" in page, "Ben Okoro" in page) for page in (cheap, other, free)] == [
        (True, False),
        (False, False),
        (False, False),
    ]


def test_interim_pages_write_through_the_acts(client: Client):
    team = sign_in(client, member(Role.TALENT_TEAM))
    seat = SeatFactory(role=Seat.Role.FINANCE)
    given = {"roles": ["finance"], "day_rate": "700", "available_from": "2024-01-01", "off_payroll": "inside"}
    given |= {"regions": [seat.board.region.pk], "summary": ""}
    named = {"name": "Ada Holt", "email": "ada@example.org", "reason": "By email."}

    client.post("/interims/new/", given | named)
    interim = Interim.objects.get()
    client.post(f"/interims/{interim.pk}/edit/", given | {"day_rate": "650"})
    days = {"seat": seat.pk, "starts_on": "2024-02-01", "ends_on": "2024-07-31", "reason": "Agreed."}
    client.post(f"/interims/{interim.pk}/assign/", days)
    client.post(f"/interims/{interim.pk}/withdraw/")

    assert kinds(interim) == ["joined", "changed", "assigned", "withdrawn"]
    assert set(interim.events.values_list("by", flat=True)) == {team.pk}
    assert seat.tenures.get().person.full_name == "Ada Holt"


def test_a_member_finds_their_own_entry(client: Client):
    own = UserFactory()
    interim = entry(PersonFactory(user=own))
    sign_in(client, own)

    assert "Your entry in the register of interim executives" in client.get(f"/interims/{interim.pk}/").text
    assert "Off-payroll assessment" not in client.get(f"/interims/{interim.pk}/edit/").text
    assert (client.get("/interims/").status_code, client.get(f"/interims/{interim.pk}/assign/").status_code) == (
        403,
        403,
    )
