"""Two real nodes: when the master dies no search fails, writes wait, and all of them arrive when it is back."""

import datetime as dt
import itertools
import time

import pytest
from django.utils import timezone

from search.asking import ask
from search.engines import registry
from search.models import Index, Pending
from search.queries import Question, Scope
from search.rebuilding import rebuild
from search.syncing import drain
from tests.factories.search import findable, index_all
from tests.search.conftest import use_elasticsearch
from tests.search.elastic import Server

pytestmark = pytest.mark.django_db
EVERYONE = Scope(day=timezone.localdate())
SEARCHES = 20
AGREE_WITHIN = 120  # seconds


@pytest.fixture
def cluster(program, settings, db):
    """The first node is the one that is elected; each has a copy of everything."""
    first = Server(program)
    second = Server(program)
    facts = {
        "cluster.name": f"test-{first.port}",
        "discovery.seed_hosts": [f"127.0.0.1:{node.transport_port}" for node in (first, second)],
        "cluster.initial_master_nodes": [first.name],
    }
    for node in (first, second):
        node.write_settings(facts)
        node.launch()
    for node in (first, second):
        node.wait()
    use_elasticsearch(settings, first.url, second.url)
    yield first, second
    for node in (first, second):
        node.stop(kill=True)


def test_the_master_is_killed_and_comes_back(cluster):
    engine = registry.engine(Index.Engine.ELASTICSEARCH)
    master = _master(engine.client, cluster)
    kept = findable(full_name="Kept", posts=("Nurse",))
    rebuild(Index.Engine.ELASTICSEARCH, at=timezone.now())
    index_all()
    engine.client.cluster.health(wait_for_status="green", timeout="60s")

    master.stop(kill=True)
    answers = [ask(Question(text="nurse"), EVERYONE) for _ in range(SEARCHES)]
    late = findable(full_name="Late", posts=("Nurse",))
    at = timezone.now()
    drain(at=at)

    assert [answer.total for answer in answers] == [1] * SEARCHES
    assert {answer.people[0].person.pk for answer in answers} == {kept.pk}
    assert answers[-1].engine == "elasticsearch"
    assert set(Pending.objects.values_list("index__engine", "person_id")) == {("elasticsearch", late.pk)}

    master.start()
    registry.forget_failures()
    patient = engine.client.options(request_timeout=130)
    patient.cluster.health(wait_for_nodes="2", wait_for_status="green", timeout="120s")
    later = itertools.count(60, 60)
    until(lambda: not drain(at=at + dt.timedelta(seconds=next(later))) and not Pending.objects.exists())
    # The node that was without a master answers from what it had until it has joined again.
    until(lambda: [_total() for _ in range(2 * len(cluster))] == [2] * 2 * len(cluster))


def _total():
    return ask(Question(text="nurse"), EVERYONE, engine="elasticsearch").total


def until(condition):
    """Waits for what is true in the end: two nodes agree when they have found each other, not when they are asked."""
    end = time.monotonic() + AGREE_WITHIN
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)


def _master(client, cluster):
    state = client.cluster.state(metric="master_node,nodes")
    name = state["nodes"][state["master_node"]]["name"]
    return next(node for node in cluster if node.name == name)
