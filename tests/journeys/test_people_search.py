"""Finding people: by keyboard and by pointer, with scripts and without; a search saved and its alert."""

import pytest
from django.core import mail
from django.utils import timezone

from portal import outbox
from portal.models import Role, User
from search.alerting import run_due
from talent.models import Person
from tests.factories.portal import PASSWORD, RegionFactory, UserFactory, member
from tests.factories.search import findable, index_all
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crowd() -> User:
    """Three people in two regions; the one who is looked for has an account."""
    london, north = RegionFactory(name="London"), RegionFactory(name="North")
    found = findable(full_name="Ada Found", region=london, posts=("Director of finance",), summary="Led a merger.")
    findable(full_name="Ben Elsewhere", region=north, posts=("Director of finance",))
    findable(full_name="Cai Other", region=london, posts=("Solicitor",))
    account = UserFactory()
    Person.objects.filter(pk=found.pk).update(user=account)
    index_all()
    return account


@pytest.fixture
def staff() -> User:
    return member(Role.TALENT_TEAM, user=UserFactory(full_name="Sam Staff"))


@pytest.mark.parametrize(("keyboard", "scripts"), [(True, True), (False, False)])
def test_words_then_a_facet_then_the_person(
    visitor: Visitor, crowd: User, staff: User, keyboard: bool, scripts: bool
) -> None:
    walk = visitor(keyboard=keyboard, scripts=scripts)
    walk.signs_in(staff.email, PASSWORD)
    walk.sees("Your home")

    walk.goes_to("/talent/people/")
    walk.sees("Find people")
    walk.fills("Words", "director of finance")
    walk.presses("Find people")
    walk.reads("2 people")
    walk.chooses("London (1)", of="Lives in")
    walk.presses("Show people")
    walk.reads("1 person")
    walk.reads_not("Ben Elsewhere")
    walk.follows("Ada Found")
    walk.sees("Ada Found")

    member_walk = visitor()
    member_walk.signs_in(crowd.email, PASSWORD)
    member_walk.goes_to("/profile/seen/")
    member_walk.sees("Who has seen your profile")
    member_walk.reads("Sam Staff")


def test_a_search_is_saved_watched_and_tells_of_somebody_new(visitor: Visitor, crowd: User, staff: User) -> None:
    walk = visitor(keyboard=True)
    walk.signs_in(staff.email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to("/talent/people/?q=director+of+finance")
    walk.sees("Find people")
    walk.follows("Save this search")
    walk.sees("Save this search")
    walk.fills("Name", "Finance directors")
    walk.chooses("All talent staff", of="Who can see it?")
    walk.presses("Save")
    walk.sees("Finance directors Pool by rule")
    walk.reads("2 people")
    walk.chooses("As soon as somebody new is found", of="Tell me about new people")
    walk.presses("Save")
    walk.reads("You are told about new people")

    findable(full_name="Dee New", posts=("Director of finance",))
    index_all()
    now = timezone.now()
    run_due(at=now)
    while outbox.run_next(at=now):
        pass

    assert [message.subject for message in mail.outbox if message.to == [staff.email]] == [
        "1 new person: Finance directors"
    ]
    walk.follows_mailed_link(staff.email)
    walk.sees("Finance directors Pool by rule")
    walk.reads("Dee New")
    walk.reads("New")

    walk.chooses("Never", of="Tell me about new people")
    walk.presses("Save")
    walk.reads("You are not told about new people")
    walk.follows("Saved searches")
    walk.sees("Saved searches")
    walk.reads("Words: director of finance")
