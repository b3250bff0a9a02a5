"""Watches over saved searches: who is found now and was not before, and telling whoever watches."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal import outbox
from portal.mail import send
from portal.models import User
from search.access import may_search, scope_of
from search.asking import ids_found
from search.queries import Question
from search.saved import Names, question_of, stale_because
from talent.access import Refused
from talent.models import SavedSearch, SearchWatch
from talent.saved_searches import next_due, note_known, replace_question, watch_search

# A search that finds more people than this tells nobody anything: it has to be narrowed first.
MOST = 2_000
LOOK_MINUTES = 5
TELL = "search.tell_watcher"


@dataclass(frozen=True, slots=True)
class News:
    """What one run of a watch found: how many in all, and who of them was not known to the watcher."""

    total: int
    people: tuple[int, ...]


@transaction.atomic
def begin_watching(saved: SavedSearch, frequency: str, *, by: User, at: dt.datetime) -> SearchWatch:
    """Whoever is found today is known; from now on `by` hears of anybody else."""
    found = ids_found(question_of(saved), scope_of(by, day=timezone.localdate(at)), most=MOST)
    if found.total > MOST:
        raise Refused(f"This search finds {found.total:,} people. Narrow it to {MOST:,} or fewer before you watch it.")
    return watch_search(saved, frequency, found.people, by=by, at=at)


@transaction.atomic
def save_changes(saved: SavedSearch, question: Question, *, by: User, at: dt.datetime) -> SavedSearch:
    """The search asks `question` from now on. Whoever watches it knows whom it finds today: only later people are news.

    Raises Refused, also where somebody watches it and it would find more than a watch can tell of.
    """
    row = replace_question(saved, question.as_data(), by=by, at=at)
    for watch in row.watches.select_related("user"):
        found = ids_found(question_of(row), scope_of(watch.user, day=timezone.localdate(at)), most=MOST)
        if found.total > MOST:
            raise Refused(
                f"It would find {found.total:,} people, and somebody watches it. Narrow it to {MOST:,} or fewer."
            )
        note_known(watch, found.people, at=at)
    return row


def news_of(watch: SearchWatch, *, at: dt.datetime) -> News:
    """Within what the watcher may be shown today."""
    found = ids_found(question_of(watch.search), scope_of(watch.user, day=timezone.localdate(at)), most=MOST)
    known = set(watch.people.filter(person__in=found.people).values_list("person_id", flat=True))
    return News(found.total, tuple(person for person in found.people if person not in known))


@transaction.atomic
def run_watch(watch: SearchWatch, *, at: dt.datetime) -> int:
    """Notes who is new and writes one message if anybody is; how many. Somebody who may not search hears nothing."""
    row = SearchWatch.objects.select_for_update(of=("self",)).select_related("search", "user").get(pk=watch.pk)
    if not may_search(row.user) or not SavedSearch.objects.visible_to(row.user).filter(pk=row.search_id).exists():
        row.delete()
        return 0
    news = news_of(row, at=at)
    row.due_at = next_due(row.frequency, at + dt.timedelta(minutes=LOOK_MINUTES))
    if news.people:
        note_known(row, news.people, at=at)
        row.told_at = at
        outbox.enqueue(TELL, {"watch": row.pk, "people": len(news.people), "total": news.total}, at=at)
    row.save(update_fields=["due_at", "told_at"])
    return len(news.people)


def run_due(*, at: dt.datetime) -> int:
    """Each watch in a transaction of its own; how many people were new in all of them."""
    return sum(run_watch(watch, at=at) for watch in SearchWatch.objects.due(at).order_by("due_at", "pk"))


def tell(watch_id: int, *, people: int, total: int, at: dt.datetime) -> None:
    """Says how many, never who: names are read behind the sign-in, where it is recorded."""
    for watch in SearchWatch.objects.filter(pk=watch_id).select_related("search", "user"):
        address = reverse("search:saved_detail", args=[watch.search_id])
        context = {
            "watch": watch,
            "people": people,
            "too_many": total > MOST,
            "most": MOST,
            "stale": stale_because(watch.search, at=at, names=Names()),
            "opt_out_url": f"{settings.PORTAL_BASE_URL}{address}#watch",
        }
        send("saved_search_alert", to=[watch.user.email], context=context)
