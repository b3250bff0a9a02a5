"""The search's pages: what staff see, what is written down, what a member is told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import Role
from search.models import Concept, Index, Pending, SearchMade
from talent.models import Person, ProfileView
from tests.factories.portal import RegionFactory, UserFactory, member, sign_in
from tests.factories.search import findable, index_all
from tests.factories.skills import SkillFactory
from tests.factories.talent import PostHeldFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("search:people_list")


@pytest.fixture
def staff(client):
    return sign_in(client, member(Role.TALENT_TEAM, user=UserFactory(full_name="Sam Staff")))


def shown(response):
    return [found.person.full_name for found in response.context["answer"].people]


def test_words_facets_and_ranges_in_the_address_narrow_the_list(client, staff):
    north = RegionFactory(name="North")
    findable(full_name="Fits", region=north, posts=("Nurse",), days_a_month=3)
    findable(full_name="Other region", posts=("Nurse",), days_a_month=3)
    findable(full_name="Other days", region=north, posts=("Nurse",), days_a_month=9)
    findable(full_name="Other post", region=north, days_a_month=3)
    index_all()

    response = client.get(PAGE, {"q": "nurse", "region": north.pk, "days_from": "2.5", "days_to": "5"})

    assert shown(response) == ["Fits"]


@pytest.mark.parametrize(
    "faulty",
    [
        {"region": "x"},
        {"region": "999999"},
        {"sort": "rubbish"},
        {"days_from": "many"},
        {"after": "rubbish"},
        {"after": "WzEsMiwzXQ"},
        {"least": "x"},
        {"q": "\x00'\\:*&|!("},
    ],
)
def test_what_cannot_be_understood_is_left_out(client, staff, faulty):
    findable(full_name="Somebody")
    index_all()

    assert shown(client.get(PAGE, faulty)) == ["Somebody"]


def test_a_page_says_why_and_marks_only_what_was_found(client, staff):
    findable(summary="<b>Audit</b> of wards.")
    index_all()

    page = client.get(PAGE, {"q": "audits"}).content.decode()

    assert "&lt;b&gt;<mark>Audit</mark>&lt;/b&gt; of wards." in page
    assert "Another form of the word in Summary" in page


def test_following_next_shows_everybody_once(client, staff):
    for number in range(45):
        findable(full_name=f"Person {number:02}")
    index_all()
    names, address = [], PAGE
    while address:
        response = client.get(address)
        names += shown(response)
        address = f"{PAGE}?{response.context['next']}" if response.context["next"] else ""

    assert names == [f"Person {number:02}" for number in range(45)]
    assert (response.context["first"], response.context["last"]) == (41, 45)


def test_previous_leads_back_through_every_page(client, staff):
    for number in range(85):
        findable(full_name=f"Person {number:02}")
    index_all()
    seen, address = [], PAGE
    for _ in range(4):
        response = client.get(address)
        seen.append(shown(response))
        address = f"{PAGE}?{response.context['next']}"
    response = client.get(address)

    back = []
    while response.context["previous"]:
        response = client.get(f"{PAGE}?{response.context['previous']}")
        back.append((shown(response), response.context["first"]))

    assert back == [(seen[3], 61), (seen[2], 41), (seen[1], 21)]
    assert shown(client.get(f"{PAGE}?{response.context['from_start']}")) == seen[0]


def test_the_list_takes_the_same_queries_for_one_and_for_three(client, staff, django_assert_num_queries):
    region = RegionFactory()

    def another():
        person = findable(posts=("Nurse",), region=region, works_in=(region,))
        PostHeldFactory(person=person)
        index_all()

    another()
    client.get(PAGE, {"q": "nurse"})
    with django_assert_num_queries(33):
        client.get(PAGE, {"q": "nurse"})
    another()
    another()
    with django_assert_num_queries(33):
        client.get(PAGE, {"q": "nurse"})


def test_each_page_is_written_down_with_who_was_shown(client, staff):
    person = findable(posts=("Nurse",))
    findable(posts=("Solicitor",))
    index_all()

    client.get(PAGE, {"q": "nurse"})

    made = SearchMade.objects.get()
    assert (made.by, made.question["text"], made.total, made.shown) == (staff, "nurse", 1, [person.pk])


def test_a_member_sees_who_found_them_and_who_opened_their_page(client, staff):
    me = UserFactory()
    person, other = findable(posts=("Nurse",)), findable(posts=("Solicitor",))
    Person.objects.filter(pk=person.pk).update(user=me)
    index_all()
    client.get(PAGE, {"q": "nurse"})
    client.get(PAGE, {"q": "solicitor"})
    client.get(reverse("talent:person_detail", args=[person.pk]))
    client.get(reverse("talent:person_detail", args=[other.pk]))

    sign_in(client, me)
    seen = list(client.get(reverse("search:seen_list")).context["page"])

    assert [(each.name, each.lists, each.views) for each in seen] == [("Sam Staff", 1, 1)]


def test_looking_at_ones_own_page_is_no_view(client, staff):
    person = findable()
    Person.objects.filter(pk=person.pk).update(user=staff)

    client.get(reverse("talent:person_detail", args=[person.pk]))

    assert ProfileView.objects.count() == 0


def test_suggestions_are_skills_concepts_roles_of_several_and_people_in_scope(client):
    lead = sign_in(client, member(Role.REGIONAL_LEAD))
    home = lead.memberships.get().region
    Concept.objects.create(name="Finance director", forms="CFO")
    SkillFactory(name="Corporate finance")
    SkillFactory(name="Financial recovery", retired=True)
    for number in range(3):
        findable(full_name=f"Fin {number}", posts=("Finance manager",), region=home if number else None)
    findable(full_name="Ada Finch", posts=("Finest cook",), region=home)
    index_all()

    found = client.get(reverse("search:suggestion_list"), {"q": "fin"}).context["suggestions"]

    assert [(each.kind, each.text) for each in found] == [
        ("skill", "Corporate finance"),
        ("word", "Finance director"),
        ("role", "Finance manager"),
        ("person", "Ada Finch"),
        ("person", "Fin 1"),
        ("person", "Fin 2"),
    ]


def test_the_state_shows_what_waits_and_what_was_refused_and_can_be_tried_again(client, staff):
    person = findable()
    Pending.objects.filter(person_id=person.pk).update(parked_at=timezone.now(), last_error="too_long")
    waiting = findable()

    page = client.get(reverse("search:index_list"))
    (state,) = page.context["indexes"]
    assert (state.index, state.people, state.parked) == (Index.objects.get(), 1, 1)
    assert "too_long" in page.content.decode()

    client.post(reverse("search:pending_retry"))
    assert Pending.objects.parked().count() == 0
    assert set(Pending.objects.values_list("person_id", flat=True)) == {person.pk, waiting.pk}
