"""The signed-in home leads each role to its places, and nowhere it would be refused."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal import cms_groups
from portal.doorway import doors_of
from portal.models import Role
from tests.factories.portal import OrganisationFactory, UserFactory, member, sign_in

pytestmark = pytest.mark.django_db

OWN = ["Your applications", "Your profile and talent pools", "Your programmes"]
ACCOUNT = ["Change your email address", "Change your password", "Second factor for signing in"]
COMMITTEE = ["Meetings", "Actions", "Committees and members", "Decision register"]
STAFF = [
    "Candidates",
    "Intakes: sift, reviewers, scores",
    "Unsent drafts and extensions",
    "Talent pools",
    "Curated pools",
]
SEARCH = ["Find people", "Saved searches", "Searches made", "State of the search"]
TERMS = ["All boards", "Terms of office that end", "Register of appointments"]
PANELS = ["Panels you sit on"]
BOARDS = [
    *TERMS,
    "Seats that fall vacant",
    "Proposals about boards",
    "Chair networks",
    "Campaigns",
    "Fit and proper checks",
    "Interim executives",
    "Off-payroll office holders",
]
TEAM = ["Lists of people that are overdue", "Jobs that gave up"]
EVENTS = ["Events and masterclasses", "Your bookings"]
# For those who act for a trust, or support trusts.
NETWORKS = [*EVENTS, "Learning networks"]
HUB = "Share on the Improvement Hub"
SUCCESSION = ["Succession", "Equality report", "People shown to trusts"]
CMS = ["Edit pages, schemes and intakes"]


def titles(user):
    return {heading: [door.title for door in doors] for heading, doors in doors_of(user).items()}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (None, {"Website": ["Trusts"]}),
        (Role.REVIEWER, {"Website": ["Trusts"], "Reviewing": ["Your reviews"], "Boards": PANELS}),
        (
            Role.TRUST_USER,
            {
                "Events": NETWORKS,
                "Website": ["Trusts"],
                "Talent": ["Placements"],
                "Improvement": [HUB],
                "Boards": ["Your board", *TERMS[1:], *PANELS, "People shown to your trust"],
            },
        ),
        (Role.COMMITTEE_MEMBER, {"Website": ["Trusts"], "Committees": COMMITTEE, "Boards": [*TERMS, *PANELS]}),
        (
            Role.IMPROVEMENT_LEAD,
            {"Website": ["Trusts"], "Improvement": ["Collaboratives", "Events you run"], "Events": NETWORKS},
        ),
        (Role.EDITOR, {"Website": [*CMS, "Trusts"], "Improvement": [HUB]}),
        (
            Role.TALENT_TEAM,
            {
                "People and access": TEAM,
                "Website": [*CMS, "Trusts"],
                "Talent": [*STAFF, "Possible duplicates", "Placements", "Cohorts", *SUCCESSION, *SEARCH],
                "Improvement": ["Collaboratives", "Events you run", HUB],
                "Events": NETWORKS,
                "Committees": [*COMMITTEE, "Recorded relationships"],
                "Boards": BOARDS,
            },
        ),
    ],
)
def test_each_role_has_its_doors(role, expected):
    user = member(role) if role else UserFactory()

    assert titles(user) == {"Your applications": OWN, "Events": EVENTS, "Your account": ACCOUNT, **expected}


def test_what_everybody_has_stands_below_ones_own_work():
    assert list(titles(member(Role.TALENT_TEAM))) == [
        "People and access",
        "Improvement",
        "Your applications",
        "Talent",
        "Committees",
        "Boards",
        "Events",
        "Website",
        "Your account",
    ]


def test_an_administrator_is_led_to_the_people_of_their_own_organisation():
    trust = OrganisationFactory()
    user = member(Role.TRUST_USER, organisation=trust, is_administrator=True)

    assert titles(user)["People and access"] == [f"People of {trust.name}"]


@pytest.mark.parametrize("role", list(Role))
def test_no_door_is_shut(client, role):
    user = sign_in(client, member(role))
    cms_groups.keep_in_step(user, at=timezone.now())

    doors = [door for group in doors_of(user).values() for door in group if door.url != reverse("mfa_index")]

    assert [(door.title, client.get(door.url).status_code) for door in doors] == [(door.title, 200) for door in doors]
