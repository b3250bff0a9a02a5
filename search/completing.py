"""What somebody may be about to type: skills and roles from the vocabulary and from posts held, and people in scope."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Q

from portal.names import folded
from search.documents import findable
from search.models import Concept, Entry
from search.queries import Scope
from talent.models import PostHeld, Skill

MOST = 5
SHORTEST = 2
# A title is suggested when so many findable people hold or held it: one person's alone would point at them.
HELD_BY = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    kind: str  # skill, word, role or person
    text: str


def suggestions(typed: str, scope: Scope) -> list[Suggestion]:
    """For what is typed so far, a few of each kind; people are those that a search would show."""
    begun = "".join(c for c in folded(typed) if c.isalnum() or c in " -")
    if len(begun) < SHORTEST:
        return []
    return [*_skills(begun), *_concepts(begun), *_titles(begun, scope), *_people(begun, scope)]


def _skills(begun: str) -> list[Suggestion]:
    """Those in whose name a word begins so."""
    names = Skill.objects.offered().order_by("name").values_list("name", flat=True)
    return [Suggestion("skill", name) for name in names if f" {begun}" in f" {folded(name)}"][:MOST]


def _concepts(begun: str) -> list[Suggestion]:
    found = [c.name for c in Concept.objects.all() if any(folded(form).startswith(begun) for form in c.all_forms)]
    return [Suggestion("word", name) for name in sorted(found)[:MOST]]


def _titles(begun: str, scope: Scope) -> list[Suggestion]:
    held = PostHeld.objects.filter(title__istartswith=begun, person__in=findable(scope.day))
    counted = held.order_by().values("title").annotate(people=Count("person", distinct=True))
    rows = counted.filter(people__gte=HELD_BY).order_by("-people", "title")[:MOST]
    return [Suggestion("role", row["title"]) for row in rows]


def _people(begun: str, scope: Scope) -> list[Suggestion]:
    last_names = Q(
        words=SearchQuery(f"'{begun}':*", search_type="raw", config="simple"), sort_name__contains=f" {begun}"
    )
    entries = Entry.objects.filter(Q(sort_name__startswith=begun) | last_names, fresh_until__gt=scope.day)
    people = findable(scope.day).exclude(pk__in=scope.barred).filter(pk__in=entries.values("person_id"))
    if scope.region_ids is not None:
        people = people.filter(region__in=scope.region_ids)
    names = people.order_by("sort_name", "pk").values_list("full_name", flat=True)
    return [Suggestion("person", name) for name in names[:MOST]]
