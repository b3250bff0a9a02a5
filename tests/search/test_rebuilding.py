"""A rebuild beside the live index while people search and save; the check that finds what is wrong; words counted."""

import datetime as dt
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from search.asking import ask
from search.checking import Differences, compare, repair
from search.engines import registry
from search.engines.base import EngineDown
from search.models import Entry, Index, Pending, Term
from search.queries import Question, Scope
from search.rebuilding import rebuild, recount
from search.syncing import next_version
from talent.models import Person
from tests.factories.search import findable, index_all
from tests.search.conftest import use_elasticsearch

EVERYONE = Scope(day=timezone.localdate())
SAVES = 60


@pytest.mark.django_db(transaction=True)
def test_nothing_is_missed_and_no_search_fails_while_an_index_is_rebuilt(server_url, settings):
    """Twenty saves a second and a search after each, from another connection, until the swap is over."""
    use_elasticsearch(settings, server_url)
    people = [findable(full_name=f"Person {number:03}", posts=("Nurse",)) for number in range(SAVES)]
    first = rebuild(Index.Engine.ELASTICSEARCH, at=timezone.now())
    searched, failed, pace = [], [], threading.Event()

    def save_and_search() -> None:
        try:
            for number, person in enumerate(people):
                Person.objects.filter(pk=person.pk).update(headline=f"Changed number{number}")
                searched.append(ask(Question(text="nurse"), EVERYONE, engine="elasticsearch").total)
                pace.wait(0.05)
        except EngineDown as down:
            failed.append(down)
        finally:
            connection.close()

    thread = threading.Thread(target=save_and_search)
    thread.start()
    second = rebuild(Index.Engine.ELASTICSEARCH, at=timezone.now())
    thread.join()
    index_all()

    assert (failed, set(searched), len(searched)) == ([], {SAVES}, SAVES)
    assert [i.pk for i in Index.objects.filter(engine="elasticsearch")] == [second.pk] != [first.pk]
    assert not compare(second, at=timezone.now())
    assert Pending.objects.count() == 0
    assert ask(Question(text="changed"), EVERYONE, engine="elasticsearch").total == SAVES
    registry.engine("elasticsearch").drop(second.name)


@pytest.mark.django_db(transaction=True)
def test_a_save_that_was_begun_before_a_rebuild_is_waited_for(server_url, settings):
    """Its triggers ran when the new index could not be seen yet: nothing but waiting tells the index of it."""
    use_elasticsearch(settings, server_url)
    person = findable(posts=("Nurse",))
    begun, made, built = threading.Event(), threading.Event(), []

    def save() -> None:
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(headline="Matron")
            begun.set()
            made.wait(30)
        connection.close()

    def build() -> None:
        built.append(rebuild(Index.Engine.ELASTICSEARCH, at=timezone.now()))
        connection.close()

    threads = [threading.Thread(target=save), threading.Thread(target=build)]
    threads[0].start()
    begun.wait(30)
    threads[1].start()
    until = time.monotonic() + 30
    while not Index.objects.filter(engine="elasticsearch").exists() and time.monotonic() < until:
        made.wait(0.02)
    assert built == []
    made.set()
    for thread in threads:
        thread.join()

    assert ask(Question(text="matron"), EVERYONE, engine="elasticsearch").total == 1
    registry.engine("elasticsearch").drop(built[0].name)


@pytest.mark.django_db
def test_who_leaves_during_a_rebuild_does_not_come_back(elasticsearch):
    leaver = findable(posts=("Nurse",))
    index_all()
    leaver.pool_memberships.update(left_at=timezone.now())

    rebuild(Index.Engine.ELASTICSEARCH, at=timezone.now())

    assert ask(Question(), EVERYONE, engine="elasticsearch").total == 0


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["postgresql", "elasticsearch"])
def test_the_check_finds_what_is_wrong_and_repairs_it(elasticsearch, kind):
    index = Index.objects.get(engine=kind, is_live=True)
    right, outdated, missing, gone = (findable(full_name=name) for name in ("Right", "Old", "Missing", "Gone"))
    index_all()
    Person.objects.filter(pk=outdated.pk).update(headline="New")
    gone.pool_memberships.update(left_at=timezone.now())
    Pending.objects.all().delete()
    registry.engine(kind).write(index.name, next_version(), [], [missing.pk], refresh=True)

    found = compare(index, at=timezone.now())
    assert found == Differences(missing=(missing.pk,), too_many=(gone.pk,), outdated=(outdated.pk,))
    assert right.pk not in found.people

    repair(index, found, at=timezone.now())
    assert not compare(index, at=timezone.now())


@pytest.mark.django_db
def test_the_command_fails_on_differences_until_they_are_repaired(capsys):
    findable()
    Pending.objects.all().delete()

    with pytest.raises(CommandError, match="Differences were found"):
        call_command("search_check")
    call_command("search_check", repair=True)
    call_command("search_check")

    assert capsys.readouterr().out.splitlines()[-1] == "postgresql: as the database"


@pytest.mark.django_db
def test_what_waits_is_no_difference():
    findable()

    assert not compare(Index.objects.get(), at=timezone.now())


@pytest.mark.django_db
def test_a_rebuild_in_place_fills_an_empty_table_and_empties_it_of_strangers():
    person = findable()
    Pending.objects.all().delete()
    index_all()
    Entry.objects.create(
        person_id=0, version=1, words="", head="", fresh_until=dt.date(2100, 1, 1), sort_name="", readiness=9, days=0
    )

    rebuild(Index.Engine.POSTGRESQL, at=timezone.now())

    assert list(Entry.objects.values_list("person_id", flat=True)) == [person.pk]


@pytest.mark.django_db
def test_words_are_counted_by_their_stems_and_forgotten_with_the_last_who_had_them():
    findable(full_name="A", summary="audits")
    other = findable(full_name="B", summary="audit casualty")
    index_all()
    recount()
    assert dict(Term.objects.filter(word__in=["audit", "audits", "casualty"]).values_list("word", "people")) == {
        "audit": 2,
        "audits": 2,
        "casualty": 1,
    }

    other.pool_memberships.update(left_at=timezone.now())
    index_all()
    recount()
    assert not Term.objects.filter(word="casualty").exists()


@pytest.mark.django_db
def test_a_word_of_a_name_is_never_suggested():
    findable(full_name="Ngozi Okafor")
    index_all()

    assert not Term.objects.filter(word__in=["ngozi", "okafor"]).exists()
