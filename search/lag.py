"""How far each index is behind what people have saved."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q

from search.models import Index


@dataclass(frozen=True, slots=True)
class State:
    """One index: how many people wait for it, since when, and what was wrong last."""

    index: Index
    people: int
    parked: int
    oldest_at: dt.datetime | None
    behind: dt.timedelta


def states(*, at: dt.datetime) -> list[State]:
    waiting = Q(pending__parked_at=None)
    indexes = Index.objects.annotate(
        people=Count("pending__person_id", filter=waiting, distinct=True),
        parked=Count("pending__person_id", filter=Q(pending__parked_at__isnull=False), distinct=True),
        oldest=Min(F("pending__marked_at"), filter=waiting),
    )
    return [
        State(index, index.people, index.parked, index.oldest, at - index.oldest if index.oldest else dt.timedelta())
        for index in indexes
    ]
