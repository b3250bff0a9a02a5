"""Watches: who is new to the watcher, one message when anybody is, within what the watcher may be shown."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from portal import outbox
from portal.models import Job, Membership, Role
from search import alerting
from search.alerting import begin_watching, run_due
from search.models import SearchMade
from search.queries import Question
from talent import saved_searches
from talent.access import Refused
from talent.models import Person, SearchWatch
from tests.factories.portal import RegionFactory, UserFactory, member
from tests.factories.search import findable, index_all

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def staff():
    return member(Role.TALENT_TEAM, user=UserFactory(email="sam@example.org", full_name="Sam Staff"))


def nurses(by, frequency="immediate", **kwargs):
    """A watched search for nurses who are ready now, with one who is known."""
    findable(full_name="Known", posts=("Nurse",), readiness="now")
    index_all()
    question = Question(text="nurse", chosen={"readiness": (0,)}).as_data()
    saved = saved_searches.save_search("Nurses, ready now", question, by=by, at=NOW, **kwargs)
    return begin_watching(saved, frequency, by=by, at=NOW)


def another(name="New", **kwargs):
    person = findable(full_name=name, posts=("Nurse",), readiness="now", **kwargs)
    index_all()
    return person


def work(minutes=0):
    """The watches that are due, then the messages they wrote."""
    at = NOW + dt.timedelta(minutes=minutes)
    found = run_due(at=at)
    while outbox.run_next(at=at):
        pass
    return found


def test_whoever_is_found_anew_is_told_of_once_and_never_by_name(staff):
    nurses(staff)
    another("Ngozi Nurse")
    findable(full_name="Does not fit", posts=("Nurse",))
    index_all()

    assert (work(6), work(12)) == (1, 0)

    (message,) = mail.outbox
    assert (message.to, message.subject) == (["sam@example.org"], "1 new person: Nurses, ready now")
    assert "Ngozi" not in message.body
    assert "#watch" in message.body


def test_nothing_new_writes_nothing(staff):
    nurses(staff)

    assert (work(6), Job.objects.filter(kind=alerting.TELL).count()) == (0, 0)


def test_somebody_who_left_and_comes_back_is_no_news(staff):
    watch = nurses(staff)
    known = Person.objects.get(full_name="Known")
    known.pool_memberships.update(left_at=timezone.now())
    index_all()
    work(6)
    known.pool_memberships.update(left_at=None)
    index_all()

    assert work(12) == 0
    assert watch.people.count() == 1


@pytest.mark.parametrize(("frequency", "minutes"), [("immediate", 6), ("daily", 24 * 60), ("weekly", 7 * 24 * 60)])
def test_not_before_it_is_due(staff, frequency, minutes):
    watch = nurses(staff, frequency)
    another()
    SearchWatch.objects.filter(pk=watch.pk).update(due_at=NOW + dt.timedelta(minutes=minutes))

    assert (work(minutes - 1), work(minutes)) == (0, 1)


def test_a_watcher_hears_only_of_people_in_their_region(staff):
    lead = member(Role.REGIONAL_LEAD)
    watch = nurses(staff, audience="national")
    begin_watching(watch.search, "immediate", by=lead, at=NOW)
    another(region=RegionFactory())
    another(name="At home", region=lead.memberships.get().region)

    run_due(at=NOW + dt.timedelta(minutes=6))

    told = Job.objects.filter(kind=alerting.TELL).values_list("payload", flat=True)
    assert {each["watch"]: each["people"] for each in told} == {
        watch.pk: 2,
        SearchWatch.objects.get(user=lead).pk: 1,
    }


def test_whose_role_has_ended_hears_nothing_and_watches_nothing(staff):
    nurses(staff)
    another()
    Membership.objects.filter(user=staff).update(ended_at=NOW)

    assert (work(6), SearchWatch.objects.count(), len(mail.outbox)) == (0, 0, 0)


def test_a_search_that_finds_too_many_must_be_narrowed_first(staff, monkeypatch):
    monkeypatch.setattr(alerting, "MOST", 1)
    another("One")

    with pytest.raises(Refused, match="This search finds 2 people"):
        nurses(staff)


def test_a_search_that_grew_too_large_says_so(staff, monkeypatch):
    nurses(staff)
    another("A")
    another("B")
    monkeypatch.setattr(alerting, "MOST", 2)

    work(6)

    assert "grown beyond 2 people" in mail.outbox[0].body


def test_a_stale_search_says_so_in_its_message(staff):
    watch = nurses(staff)
    watch.search.opened_at = NOW - dt.timedelta(days=100)
    watch.search.save()
    another()

    work(6)

    assert "Nobody has looked at it for 100 days." in mail.outbox[0].body


def test_stopped_before_the_message_left_it_does_not_leave(staff):
    watch = nurses(staff)
    another()
    run_due(at=NOW + dt.timedelta(minutes=6))

    saved_searches.stop_watching(watch.search, by=staff)
    work()

    assert mail.outbox == []


def test_watching_is_no_search_made(staff):
    nurses(staff)
    another()
    work(6)

    assert not SearchMade.objects.exists()
