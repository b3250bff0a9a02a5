"""What waits is put in: in batches, once, later when it was refused, by one writer at a time."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.outbox import HANDLERS
from search import lag, syncing
from search.models import Entry, Index, Pending
from search.syncing import REFUSED_MINUTES, drain, sync, write
from talent.models import Person
from tests.factories.search import findable

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def index():
    return Index.objects.get(engine=Index.Engine.POSTGRESQL)


def test_a_batch_takes_each_person_once_however_often_they_changed(index):
    people = [findable() for _ in range(3)]
    Person.objects.update(headline="Changed")

    assert [sync(index, at=NOW, limit=2), sync(index, at=NOW, limit=2), sync(index, at=NOW, limit=2)] == [2, 1, 0]
    assert (Pending.objects.count(), Entry.objects.count()) == (0, len(people))


def test_an_older_document_never_takes_the_place_of_a_newer_one(index):
    person = findable()
    drain(at=NOW)
    held = Entry.objects.get()
    Entry.objects.update(version=held.version + 1000)
    Person.objects.update(days_a_month=9)

    write(index, [person.pk], at=NOW)

    assert Entry.objects.get().days == 0


def test_who_is_not_findable_is_taken_out(index):
    person = findable()
    drain(at=NOW)

    person.pool_memberships.update(left_at=NOW)
    drain(at=NOW)

    assert (Entry.objects.count(), Pending.objects.count()) == (0, 0)


def test_a_person_the_index_refuses_is_tried_later_each_time_and_then_parked(elasticsearch):
    """An index whose mapping lacks our fields: the real server refuses the document, not the batch."""
    engine, name = syncing.engine(Index.Engine.ELASTICSEARCH), f"{elasticsearch.name}-strict"
    engine.client.indices.create(index=name, mappings={"dynamic": "strict", "properties": {}})
    index = Index.objects.create(engine=Index.Engine.ELASTICSEARCH, name=name, shape="other", made_at=NOW)
    person = findable()
    Pending.objects.filter(pk__in=Pending.objects.filter(index=index).order_by("pk")[1:].values("pk")).delete()
    at, tries = NOW, []
    for _ in range(len(REFUSED_MINUTES) + 1):
        sync(index, at=at)
        row = Pending.objects.get(index=index, person_id=person.pk)
        tries.append((row.attempts, row.parked_at is not None, row.last_error))
        at = row.due_at + dt.timedelta(seconds=1)

    error = "strict_dynamic_mapping_exception"
    assert tries == [(1, False, error), (2, False, error), (3, False, error), (4, False, error), (5, True, error)]
    assert sync(index, at=at) == 0


def test_consents_that_ran_out_are_marked_without_anybody_saving():
    findable()
    drain(at=NOW)

    syncing.mark_stale(day=Entry.objects.get().fresh_until)

    assert list(Pending.objects.values_list("hides", flat=True)) == [True]


def test_lag_is_the_age_of_what_waits_longest(index):
    findable()
    Pending.objects.update(marked_at=NOW - dt.timedelta(seconds=90))

    (state,) = lag.states(at=NOW)

    assert (state.people, state.behind) == (1, dt.timedelta(seconds=90))


def test_the_nightly_count_is_a_job():
    assert "search.recount" in HANDLERS
