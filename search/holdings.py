"""What the roof holds about a member: whose search showed them, and the indexes, which an erasure empties at once."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from portal.holding import Subject, after_erasure, in_copy
from search.models import Index, Pending, SearchMade
from search.syncing import take_turn, write


@in_copy
def searches_that_showed(subject: Subject, at: dt.datetime) -> Iterator[tuple[str, Any]]:
    """Ids stand in an array, so no column leads to them."""
    made = SearchMade.objects.filter(shown__overlap=list(subject.people)).select_related("by").order_by("pk")
    yield "Searches that showed you", [{"when": one.at, "by": str(one.by), "asked for": one.question} for one in made]


@after_erasure
def leave_indexes(subject: Subject, at: dt.datetime) -> None:
    """PostgreSQL's index in this transaction; another engine's by its queue, which hides the person meanwhile."""
    for index in Index.objects.filter(engine=Index.Engine.POSTGRESQL):
        take_turn(index, wait=True)
        write(index, subject.people, at=at)
        Pending.objects.filter(index=index, person_id__in=subject.people).delete()
    Pending.objects.filter(person_id__in=subject.people).update(hides=True, due_at=None, parked_at=None)
