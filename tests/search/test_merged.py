"""A record that was merged into another: its posts find the one that is kept, as long as the merge stands."""

import datetime as dt

import pytest
from django.utils import timezone

from search.asking import ask
from search.matching import match
from search.models import Index, Pending
from search.queries import Question, Scope
from search.specification import specified
from talent.models import Person
from tests.factories.search import findable, index_all
from tests.factories.talent import PersonFactory, PostHeldFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def found(text: str, engine: str = Index.Engine.POSTGRESQL) -> list[tuple[int, str]]:
    """Who is found, and where the words stand."""
    answer = ask(Question(text=text), Scope(day=TODAY), engine=engine)
    return [(one.person.pk, one.why[0].where) for one in answer.people]


def merge(other: Person, kept: Person) -> None:
    Person.objects.filter(pk=other.pk).update(merged_into=kept)


@pytest.mark.parametrize("engine", Index.Engine.values)
def test_posts_of_a_merged_record_find_the_kept_one_until_the_merge_is_undone(elasticsearch, engine):
    kept, other, unmerged = findable(posts=("Barrister",)), findable(), findable(posts=("Physicist",))
    PostHeldFactory(person=other, title="Physicist", employer="Kew", started_on=dt.date(2010, 1, 1))
    index_all()

    merge(other, kept)
    index_all()
    merged = found("physicist", engine)
    Person.objects.update(merged_into=None)
    index_all()

    assert sorted(pk for pk, _ in merged) == [kept.pk, unmerged.pk]
    assert dict(merged)[kept.pk] == "Physicist, Kew (2010 to now)"
    assert sorted(pk for pk, _ in found("physicist", engine)) == [other.pk, unmerged.pk]


def test_a_post_is_found_through_two_merges_and_when_it_is_changed_afterwards():
    kept, second, third = findable(), PersonFactory(), PersonFactory()
    post = PostHeldFactory(person=third, title="Physicist", employer="Kew", started_on=dt.date(2010, 1, 1))
    merge(third, second)
    merge(second, kept)
    index_all()
    post.title = "Chemist"
    post.save()

    waiting = set(Pending.objects.values_list("person_id", flat=True))
    index_all()

    assert waiting == {kept.pk, second.pk, third.pk}
    assert (found("physicist"), found("chemist")) == ([], [(kept.pk, "Chemist, Kew (2010 to now)")])


def test_a_merged_record_opens_no_door_to_whoever_did_not_agree():
    kept, other = PersonFactory(), findable(posts=("Physicist",))
    merge(other, kept)
    index_all()

    assert found("physicist") == []


def evidence() -> list[tuple[int, list[tuple[str, str]]]]:
    """Who is matched to a physicist's work, and by which words where."""
    matches = match(specified(title="", essential=["Physicist"], desirable=[]), Scope(day=TODAY))
    return [(one.person.pk, [(met.best.where, met.period) for met in one.met]) for one in matches.people]


@pytest.mark.usefixtures("vocabulary")
def test_a_post_of_a_merged_record_is_evidence_in_a_match_until_the_merge_is_undone():
    kept, middle, other = findable(posts=("Barrister",)), PersonFactory(), PersonFactory()
    PostHeldFactory(
        person=other, title="Physicist", employer="Kew", started_on=dt.date(2010, 1, 1), ended_on=dt.date(2014, 1, 1)
    )
    merge(other, middle)
    merge(middle, kept)
    index_all()

    merged = evidence()
    Person.objects.update(merged_into=None)
    index_all()

    assert merged == [(kept.pk, [("Physicist, Kew", "2010 to 2014")])]
    assert evidence() == []


@pytest.mark.usefixtures("vocabulary")
def test_a_match_reads_merged_records_with_the_same_queries(django_assert_num_queries):
    for _ in range(3):
        other = PersonFactory()
        PostHeldFactory(person=other, title="Physicist")
        merge(other, findable())
    index_all()

    with django_assert_num_queries(15):
        assert len(evidence()) == 3
