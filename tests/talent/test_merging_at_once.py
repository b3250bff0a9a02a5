"""Two decide about one record in one moment: one of them is told, and no two records ever point at each other."""

import pytest
from django.utils import timezone

from portal.models import Role
from talent import merging
from talent.models import MergeEvent, Person
from tests.appointments.test_concurrency import at_once, kinds
from tests.factories.portal import member
from tests.factories.talent import DuplicatePairFactory, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


def merging_of(pair, keep, by):
    return lambda: merging.merge(pair, keep=keep, by=by, at=NOW, reason="Same address.")


def test_one_pair_is_decided_once():
    team, other = member(Role.TALENT_TEAM), member(Role.TALENT_TEAM)
    pair = DuplicatePairFactory(first=PersonFactory(user=None), second=PersonFactory(user=None))

    results = at_once(merging_of(pair, pair.first, team), merging_of(pair, pair.second, other))

    assert kinds(results) == ["Person", "Refused"]
    assert (Person.objects.exclude(merged_into=None).count(), MergeEvent.objects.count()) == (1, 1)


def test_three_records_merged_in_a_ring_leave_one_that_stands():
    team = member(Role.TALENT_TEAM)
    a, b, c = (PersonFactory(user=None) for _ in range(3))
    ab, bc, ac = (DuplicatePairFactory(first=x, second=y) for x, y in ((a, b), (b, c), (a, c)))

    at_once(merging_of(ab, b, team), merging_of(bc, c, team), merging_of(ac, a, team))

    standing = Person.objects.unmerged().filter(pk__in=(a.pk, b.pk, c.pk))
    assert {merging.kept_record(person) for person in Person.objects.filter(pk__in=(a.pk, b.pk, c.pk))} == set(standing)
    assert standing.count() in (1, 2)
