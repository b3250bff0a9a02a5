"""Elasticsearch stopped in the middle, restarted, of another version: searches go on, saves do not wait."""

import datetime as dt
import time

import pytest
from django.utils import timezone

from search.asking import ask
from search.engines import registry
from search.engines.base import EngineDown
from search.models import Index, Pending
from search.queries import Question, Scope
from search.rebuilding import rebuild
from search.syncing import drain
from talent.models import Person
from tests.factories.search import findable, index_all
from tests.search.conftest import use_elasticsearch
from tests.search.elastic import Server

pytestmark = pytest.mark.django_db
EVERYONE = Scope(day=timezone.localdate())


@pytest.fixture(scope="module")
def server(program):
    server = Server(program).start()
    yield server
    server.stop(kill=True)


@pytest.fixture
def index(server, settings, db):
    use_elasticsearch(settings, server.url)
    settings.ELASTICSEARCH_TIMEOUT = 5.0
    if server.process is None:
        server.start()
    return rebuild(Index.Engine.ELASTICSEARCH, at=timezone.now())


def test_killed_in_the_middle_and_back_again(server, index):
    """One story: up, killed, searched and saved meanwhile, back, everything arrived."""
    kept = findable(full_name="Before", posts=("Nurse",))
    index_all()
    assert ask(Question(text="nurse"), EVERYONE).engine == "elasticsearch"

    server.stop(kill=True)
    began = time.monotonic()
    later = [findable(full_name=f"Meanwhile {n}", posts=("Nurse",)) for n in range(3)]
    Person.objects.filter(pk=kept.pk).update(headline="Chief nurse")
    saved_in = time.monotonic() - began
    at = timezone.now()
    drain(at=at)
    down = ask(Question(text="nurse"), EVERYONE)

    assert (down.engine, down.total) == ("postgresql", 4)
    assert down.note.startswith("Elasticsearch does not answer")
    assert saved_in < 2
    assert set(Pending.objects.values_list("index", "person_id")) == {(index.pk, p.pk) for p in (kept, *later)}
    assert Index.objects.get(pk=index.pk).failures == 1

    server.start()
    registry.forget_failures()
    drain(at=at + dt.timedelta(minutes=5))
    back = ask(Question(text="nurse"), EVERYONE)

    assert (back.engine, back.note, back.total) == ("elasticsearch", "", 4)
    assert (Pending.objects.count(), Index.objects.get(pk=index.pk).failures) == (0, 0)


def test_who_withdraws_while_it_is_behind_is_not_found_on_it(server, index):
    leaver, stayer = findable(posts=("Nurse",)), findable(full_name="Stayer", posts=("Nurse",))
    index_all()
    leaver.pool_memberships.update(left_at=timezone.now())

    answer = ask(Question(text="nurse"), EVERYONE, engine="elasticsearch")

    assert ([f.person.pk for f in answer.people], answer.total) == ([stayer.pk], 1)
    assert sum(answer.facets["pool"].values()) == 1


def test_an_index_of_another_version_is_not_asked(server, index):
    findable(posts=("Nurse",))
    index_all()
    Index.objects.filter(pk=index.pk).update(shape="former")

    answer = ask(Question(text="nurse"), EVERYONE)

    assert (answer.engine, answer.total) == ("postgresql", 1)
    assert answer.note == "the index on Elasticsearch is from another version"


def test_the_engine_that_was_named_is_asked_alone(server, index):
    server.stop(kill=True)

    with pytest.raises(EngineDown):
        ask(Question(), EVERYONE, engine="elasticsearch")


def test_a_rebuild_that_fails_leaves_the_live_index_alone(server, index):
    server.stop(kill=True)

    with pytest.raises(EngineDown):
        rebuild(Index.Engine.ELASTICSEARCH, at=timezone.now())

    assert [(i.pk, i.is_live) for i in Index.objects.filter(engine="elasticsearch")] == [(index.pk, True)]


def test_too_slow_it_is_left_alone_for_a_while(server, index, settings):
    findable(posts=("Nurse",))
    index_all()
    settings.ELASTICSEARCH_TIMEOUT = 1.0

    server.pause()
    try:
        first = ask(Question(text="nurse"), EVERYONE)
        again = ask(Question(text="nurse"), EVERYONE)
    finally:
        server.resume()
    settings.ELASTICSEARCH_TIMEOUT = 30.0
    server.wait()
    registry.forget_failures()
    back = ask(Question(text="nurse"), EVERYONE)

    assert [(answer.engine, answer.total) for answer in (first, again, back)] == [
        ("postgresql", 1),
        ("postgresql", 1),
        ("elasticsearch", 1),
    ]
    assert first.note == "Elasticsearch does not answer (ConnectionTimeout)"
    assert again.note == "Elasticsearch did not answer a moment ago"


def test_full_it_is_still_asked_and_what_it_would_not_take_waits(server, index):
    """A cluster that runs out of disk lays this block on its indexes itself."""
    block = {"index.blocks.read_only_allow_delete": True}
    client = registry.engine(Index.Engine.ELASTICSEARCH).client
    leaver, stayer = findable(posts=("Nurse",)), findable(full_name="Stayer", posts=("Nurse",))
    index_all()
    client.indices.put_settings(index=index.name, settings=block)
    later = findable(full_name="Later", posts=("Nurse",))
    leaver.pool_memberships.update(left_at=timezone.now())
    at = timezone.now()

    drain(at=at)
    full = ask(Question(text="nurse"), EVERYONE)

    assert (full.engine, [found.person.pk for found in full.people]) == ("elasticsearch", [stayer.pk])
    assert set(Pending.objects.values_list("index", "person_id")) == {(index.pk, p.pk) for p in (leaver, later)}
    assert Index.objects.get(pk=index.pk).last_error == "Elasticsearch takes no writes now (429)"

    client.indices.put_settings(index=index.name, settings=dict.fromkeys(block))
    drain(at=at + dt.timedelta(minutes=5))

    assert [found.person.pk for found in ask(Question(text="nurse"), EVERYONE).people] == [stayer.pk, later.pk]
