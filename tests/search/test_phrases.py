"""The vocabulary's phrases as words of PostgreSQL's index: found whether they are in it already or not."""

import pytest
from django.utils import timezone

from search.asking import ask
from search.models import Concept, Entry, Index, Phrase
from search.phrases import Phrases
from search.queries import Question, Scope
from search.rebuilding import rebuild
from tests.factories.search import findable, index_all

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def found(text: str) -> list[tuple[int, int]]:
    answer = ask(Question(text=text), Scope(day=TODAY), engine=Index.Engine.POSTGRESQL)
    return [(one.person.pk, one.score) for one in answer.people]


def words_of(person) -> str:
    return Entry.objects.get(person_id=person.pk).words


def test_each_phrase_is_found_wherever_it_begins():
    phrases = Phrases(["chief nurs", "chief nurs offic", "nurs"])

    assert list(phrases.held(["chief", "nurs", "offic", "chief", "execut", "nurs", "_", "chief"])) == [
        (0, "~chief nurs"),
        (0, "~chief nurs offic"),
        (1, "~nurs"),
        (5, "~nurs"),
    ]


def test_a_phrase_that_staff_add_finds_people_at_once_and_is_in_the_index_after_the_next_rebuild():
    person, other = findable(posts=("Purple zebra keeper",)), findable(posts=("Zebra keeper, purple",))
    index_all()
    Concept.objects.create(name="Purple zebra", forms="PZQ")

    before = found("PZQ")
    rebuild(Index.Engine.POSTGRESQL, at=timezone.now())

    assert [pk for pk, _ in before] == [person.pk]
    assert found("PZQ") == before
    assert ("~purpl zebra" in words_of(person), "~purpl zebra" in words_of(other)) == (True, False)


def test_a_phrase_is_not_relied_on_while_one_person_has_not_been_written_since():
    old = findable(posts=("Purple zebra keeper",))
    index_all()
    Concept.objects.create(name="Purple zebra", forms="PZQ")
    new = findable(posts=("Purple zebra trainer",))
    index_all()

    assert sorted(pk for pk, _ in found("PZQ")) == [old.pk, new.pk]
    assert ("~purpl zebra" in words_of(old), "~purpl zebra" in words_of(new)) == (False, True)
    assert Phrase.objects.get(text="purpl zebra").since > min(Entry.objects.values_list("version", flat=True))


def test_an_excluded_phrase_leaves_out_whoever_has_it_before_and_after_the_rebuild():
    findable(posts=("Purple zebra keeper",))
    other = findable(posts=("Keeper",))
    index_all()
    Concept.objects.create(name="PZQ", forms="Purple zebra")

    assert [pk for pk, _ in found("keeper -PZQ")] == [other.pk]
    rebuild(Index.Engine.POSTGRESQL, at=timezone.now())
    assert [pk for pk, _ in found("keeper -PZQ")] == [other.pk]
