"""Who may do what: memberships in force add up, and everything else is nobody."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from portal.access import (
    NOBODY,
    Access,
    access_of,
    administered_organisations,
    administers_everyone,
    has_role,
    may_administer,
    may_use_cms,
    needs_second_factor,
    requires_role,
)
from portal.models import Role, User
from tests.factories.portal import (
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    UserFactory,
    member,
    the_body,
)

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 3, 8, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
TRUSTED = {"reviewer", "talent_team", "regional_lead", "committee_member", "improvement_lead", "editor"}


def fresh(user: User) -> User:
    """As the next request finds them."""
    return User.objects.get(pk=user.pk)


def test_somebody_without_a_membership_is_nobody() -> None:
    assert access_of(UserFactory()) == NOBODY
    assert access_of(AnonymousUser()) == NOBODY


def test_memberships_add_up() -> None:
    region, trust = RegionFactory(), OrganisationFactory()
    user = member(Role.REGIONAL_LEAD, region=region)
    member(Role.TRUST_USER, user=user, organisation=trust, is_administrator=True)

    held = frozenset(user.memberships.values_list("pk", flat=True))
    assert access_of(user) == Access(
        membership_ids=held,
        roles=frozenset({"regional_lead", "trust_user"}),
        region_ids=frozenset({region.pk}),
        trust_ids=frozenset({trust.pk}),
        administers_ids=frozenset({trust.pk}),
        organisation_ids=frozenset({trust.pk, the_body().pk}),
    )


@pytest.mark.parametrize(
    ("started_at", "ended_at", "expected"),
    [
        (AT, None, True),
        (AT - SECOND, AT + SECOND, True),
        (AT + SECOND, None, False),
        (AT - SECOND, AT, False),
        (AT - 2 * SECOND, AT - SECOND, False),
    ],
    ids=["from its first second", "until its last", "not begun", "ending now", "ended"],
)
def test_access_runs_from_its_start_to_its_end(
    started_at: dt.datetime, ended_at: dt.datetime | None, expected: bool
) -> None:
    user = member(Role.REVIEWER, started_at=started_at, ended_at=ended_at)

    assert access_of(user, at=AT).roles == (frozenset({"reviewer"}) if expected else frozenset())


def test_a_closed_account_is_nobody_whatever_its_memberships_say() -> None:
    user = member(Role.TALENT_TEAM, is_administrator=True)
    user.is_active = False

    assert access_of(user) == NOBODY
    assert not administers_everyone(user)


def test_access_is_read_once_a_request(django_assert_num_queries) -> None:
    user = fresh(member(Role.REVIEWER))

    with django_assert_num_queries(1):
        assert has_role(user, Role.REVIEWER)
        assert needs_second_factor(user)
        assert access_of(user).roles == {"reviewer"}


def test_asking_for_another_moment_keeps_nothing(django_assert_num_queries) -> None:
    user = fresh(member(Role.REVIEWER, ended_at=timezone.now() - SECOND))

    with django_assert_num_queries(2):
        assert access_of(user, at=timezone.now() - dt.timedelta(days=1)).roles == {"reviewer"}
        assert access_of(user).roles == frozenset()


def test_a_role_is_held_or_not() -> None:
    user = member(Role.REVIEWER)

    assert [has_role(user, role) for role in Role] == [role == Role.REVIEWER for role in Role]
    assert has_role(user, Role.TALENT_TEAM, Role.REVIEWER)
    assert not has_role(user)


@pytest.mark.parametrize("role", Role)
def test_the_second_factor_is_for_whoever_is_trusted_with_others(role: Role) -> None:
    assert needs_second_factor(member(role)) == (role in TRUSTED)


@pytest.mark.parametrize("role", Role)
def test_the_cms_is_for_editors_and_the_talent_team(role: Role) -> None:
    assert may_use_cms(member(role)) == (role in {"editor", "talent_team"})


@requires_role(Role.REVIEWER, Role.TALENT_TEAM)
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


def ask(user: User | AnonymousUser) -> HttpResponse:
    request = RequestFactory().get("/inside/")
    request.user = user
    return guarded(request)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TALENT_TEAM])
def test_a_guarded_view_lets_its_roles_in(role: Role) -> None:
    assert ask(member(role)).content == b"inside"


@pytest.mark.parametrize("role", [role for role in Role if role not in {"reviewer", "talent_team"}])
def test_a_guarded_view_refuses_every_other_role(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        ask(member(role))


def test_a_guarded_view_refuses_applicants_and_superusers_without_the_role() -> None:
    for user in (UserFactory(), UserFactory(is_superuser=True)):
        with pytest.raises(PermissionDenied):
            ask(user)


def test_a_guarded_view_sends_the_unknown_to_sign_in() -> None:
    response = ask(AnonymousUser())

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/inside/")


def test_a_trusts_administrator_looks_after_that_trust() -> None:
    own, other = OrganisationFactory(), OrganisationFactory()
    user = member(Role.TRUST_USER, organisation=own, is_administrator=True)

    assert [may_administer(user, own), may_administer(user, other), may_administer(user, the_body())] == [
        True,
        False,
        False,
    ]
    assert list(administered_organisations(user)) == [own]


def test_a_trusts_other_people_look_after_nobody() -> None:
    trust = OrganisationFactory()
    user = member(Role.TRUST_USER, organisation=trust)

    assert not may_administer(user, trust)
    assert list(administered_organisations(user)) == []


def test_the_talent_teams_administrator_and_the_superuser_look_after_everybody() -> None:
    trust, body = OrganisationFactory(), the_body()

    for user in (member(Role.TALENT_TEAM, is_administrator=True), UserFactory(is_superuser=True)):
        assert administers_everyone(user)
        assert may_administer(user, trust)
        assert set(administered_organisations(user)) == {trust, body}


def test_the_talent_teams_other_people_look_after_nobody() -> None:
    assert list(administered_organisations(member(Role.TALENT_TEAM))) == []


def test_an_administrator_who_left_looks_after_nobody() -> None:
    trust = OrganisationFactory()
    user = member(Role.TRUST_USER, organisation=trust, is_administrator=True, ended_at=timezone.now())

    assert not may_administer(user, trust)


def test_a_regional_lead_reaches_their_regions_and_no_other() -> None:
    first, second, left = RegionFactory(), RegionFactory(), RegionFactory()
    user = member(Role.REGIONAL_LEAD, region=first)
    MembershipFactory(user=user, organisation=OrganisationFactory(), role=Role.REGIONAL_LEAD, region=second)
    MembershipFactory(
        user=user,
        organisation=OrganisationFactory(),
        role=Role.REGIONAL_LEAD,
        region=left,
        ended_at=timezone.now() - SECOND,
    )

    assert access_of(user).region_ids == {first.pk, second.pk}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REGIONAL_LEAD])
def test_a_region_on_another_role_gives_no_reach(role: Role) -> None:
    assert access_of(member(role, region=RegionFactory())).region_ids == frozenset()


@pytest.mark.parametrize("role", Role)
def test_staff_are_the_talent_team_and_regional_leads(role: Role) -> None:
    access = access_of(member(role))

    assert access.is_talent_staff == (role in {"talent_team", "regional_lead"})
    assert access.is_talent_team == (role == "talent_team")
