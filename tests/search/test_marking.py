"""What writes Pending: every change of what a document is made of, in its own transaction, bulk writes too."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from search.models import Index, Pending
from talent.models import Person, PersonSkill, PoolMembership, PostHeld, Skill
from tests.factories.portal import RegionFactory
from tests.factories.search import findable
from tests.factories.skills import PersonSkillFactory, SkillFactory
from tests.factories.talent import PersonFactory, PoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    """Somebody about whom nothing waits."""
    person = findable(posts=("Audit manager",), works_in=(RegionFactory(),))
    Pending.objects.all().delete()
    return person


def marked():
    """Who is marked, and whether it hides them."""
    return sorted(set(Pending.objects.values_list("person_id", "hides")))


def test_a_new_person_is_marked():
    person = PersonFactory()

    assert marked() == [(person.pk, False)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", "Another Name"),
        ("headline", "Chair"),
        ("summary", "Words"),
        ("readiness", "now"),
        ("days_a_month", 3),
        ("background", "law"),
        ("sectors", ["acute"]),
        ("roles_sought", ["ned"]),
        ("travel_minutes", 60),
        ("cv_text", "A CV"),
    ],
)
def test_a_change_of_what_is_indexed_marks_without_hiding(person, field, value):
    Person.objects.filter(pk=person.pk).update(**{field: value})

    assert marked() == [(person.pk, False)]


@pytest.mark.parametrize(("field", "value"), [("phone", "07700 900000"), ("mail_opt_out", True), ("postcode", "ZZ1")])
def test_a_change_of_anything_else_marks_nobody(person, field, value):
    Person.objects.filter(pk=person.pk).update(**{field: value})

    assert marked() == []


def test_moving_to_another_region_hides(person):
    Person.objects.filter(pk=person.pk).update(region=RegionFactory())

    assert marked() == [(person.pk, True)]


def test_being_merged_hides_and_has_the_kept_record_read_again(person):
    other = PersonFactory()
    Pending.objects.all().delete()

    Person.objects.filter(pk=person.pk).update(merged_into=other)

    assert marked() == [(person.pk, True), (other.pk, False)]


def test_leaving_a_pool_hides(person):
    PoolMembership.objects.filter(person=person).update(left_at=timezone.now())

    assert marked() == [(person.pk, True)]


def test_joining_a_pool_marks(person):
    PoolMembership.objects.create(
        person=person, pool=PoolFactory(), consented_at=timezone.now(), expires_on=dt.date(2100, 1, 1)
    )

    assert marked() == [(person.pk, False)]


def test_posts_added_changed_and_removed_mark(person):
    post = person.posts.get()
    for act in (
        lambda: PostHeld.objects.bulk_create(
            [PostHeld(person=person, title="A", employer="B", started_on="2015-04-01")]
        ),
        lambda: PostHeld.objects.filter(pk=post.pk).update(title="Chair"),
        lambda: PostHeld.objects.filter(pk=post.pk).delete(),
    ):
        Pending.objects.all().delete()
        act()
        assert marked() == [(person.pk, False)]


def test_regions_to_serve_in_mark_when_they_come_and_go(person):
    region = RegionFactory()
    for act in (person.works_in.add, person.works_in.remove):
        Pending.objects.all().delete()
        act(region)
        assert marked() == [(person.pk, False)]


def test_skills_added_changed_removed_and_renamed_mark(person):
    skill = SkillFactory(name="Audit")
    PersonSkillFactory(skill=SkillFactory(name="Other"))
    for act in (
        lambda: PersonSkillFactory(person=person, skill=skill),
        lambda: PersonSkill.objects.filter(person=person).update(evidence="Chaired it."),
        lambda: Skill.objects.filter(pk=skill.pk).update(name="Audit and risk"),
        lambda: PersonSkill.objects.filter(person=person).delete(),
    ):
        Pending.objects.all().delete()
        act()
        assert marked() == [(person.pk, False)]


def test_a_skill_that_is_retired_marks_nobody(person):
    held = PersonSkillFactory(person=person)
    Pending.objects.all().delete()

    Skill.objects.filter(pk=held.skill_id).update(retired=True)

    assert marked() == []


def test_a_person_who_goes_hides(person):
    pk = person.pk
    PoolMembership.objects.filter(person=person).delete()
    Pending.objects.all().delete()

    Person.objects.filter(pk=pk).delete()

    assert (pk, True) in marked()


def test_one_statement_for_many_marks_each_once():
    people = [findable() for _ in range(3)]
    Pending.objects.all().delete()

    Person.objects.update(headline="Changed")

    assert sorted(Pending.objects.values_list("person_id", flat=True)) == [person.pk for person in people]


def test_every_index_is_told():
    Index.objects.create(engine="elasticsearch", name="second", shape="", made_at=timezone.now())

    PersonFactory()

    assert sorted(Pending.objects.values_list("index__name", flat=True)) == ["postgresql", "second"]


def test_what_is_rolled_back_marks_nobody(person):
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(headline="Changed")
        transaction.set_rollback(True)

    assert marked() == []
