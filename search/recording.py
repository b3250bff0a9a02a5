"""Who was shown to whom: written with each page of people, read by the team and by the person."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from portal.models import User
from search.asking import Answer
from search.matching import Matches
from search.models import SearchMade
from talent.models import Person, ProfileView


def record_search(answer: Answer, *, by: User, at: dt.datetime) -> SearchMade:
    """One row a page, also of an empty one: what somebody looked for is part of the record."""
    return SearchMade.objects.create(
        by=by,
        at=at,
        question=answer.question.as_data(),
        engine=answer.engine,
        total=answer.total,
        shown=[found.person.pk for found in answer.people],
    )


def record_match(matches: Matches, title: str, board: str, *, by: User, at: dt.datetime) -> SearchMade:
    """A match is a search: what was asked for whom, and everybody who was shown, those left out too."""
    asked = matches.specification
    return SearchMade.objects.create(
        by=by,
        at=at,
        question={
            "text": f"Match: {title}, {board}",
            "essential": [criterion.text for criterion in asked.essential],
            "desirable": [criterion.text for criterion in asked.desirable],
        },
        engine=matches.engine,
        total=matches.total,
        shown=[one.person.pk for one in (*matches.people, *matches.left_out)],
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """One member of staff who came upon a person: in how many lists, how often on their page, and when last."""

    name: str
    lists: int
    views: int
    last_at: dt.datetime


def seen_by(person: Person) -> list[Seen]:
    """Everyone who was shown `person`, the latest first: two queries."""
    lists = _by_viewer(SearchMade.objects.filter(shown__contains=[person.pk]))
    views = _by_viewer(ProfileView.objects.filter(person=person))
    found = [
        Seen(
            name=(lists.get(user) or views[user])[0],
            lists=lists[user][1] if user in lists else 0,
            views=views[user][1] if user in views else 0,
            last_at=max(each[user][2] for each in (lists, views) if user in each),
        )
        for user in lists.keys() | views.keys()
    ]
    return sorted(found, key=lambda seen: (seen.last_at, seen.name), reverse=True)


def _by_viewer(rows: object) -> dict[int, tuple[str, int, dt.datetime]]:
    counted = rows.order_by().values("by").annotate(name=Min("by__full_name"), n=Count("pk"), last=Max("at"))  # type: ignore[attr-defined]
    return {row["by"]: (row["name"], row["n"], row["last"]) for row in counted}
