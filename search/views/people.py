"""The talent team's search for people: facets beside the list, and for each person why."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from portal.access import STAFF_ROLES, requires_role
from search.access import scope_of
from search.asking import Answer, ask
from search.forms import PeopleForm, facets_of, write_place
from search.queries import PAGE_SIZE
from search.recording import record_search
from search.views.saved import changing

# What an address says of the place in the list; the trail holds so many pages that one can step back through.
PLACE, LONGEST_TRAIL = ("after", "least", "from", "trail"), 20


@requires_role(*STAFF_ROLES)
def people_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = PeopleForm(request.GET)
    answer = ask(form.question(), scope_of(request.user, day=timezone.localdate(now)))
    record_search(answer, by=request.user, at=now)
    first = _first(request)
    context = {
        "form": form,
        "answer": answer,
        "facets": facets_of(answer),
        "asked": _without_place(request.GET).urlencode(),
        "changing": changing(request),
        "first": first,
        "last": first + len(answer.people) - 1,
        "previous": _previous(request.GET, first),
        "next": _next(request.GET, answer, first),
        "from_start": _without_place(request.GET).urlencode() if first > 1 else "",
    }
    return render(request, "search/people_list.html", context)


def _first(request: HttpRequest) -> int:
    """How far down the list this page begins, as the address says: shown only, never trusted."""
    text = request.GET.get("from", "")
    return int(text) if text.isdecimal() and len(text) < 9 and "after" in request.GET else 1


def _next(asked: QueryDict, answer: Answer, first: int) -> str:
    if answer.next_place is None:
        return ""
    trail = [*_trail(asked), asked.get("after", "")][-LONGEST_TRAIL:]
    return _at(asked, write_place(answer.next_place), trail, first + len(answer.people), str(answer.at_least))


def _previous(asked: QueryDict, first: int) -> str:
    """The page that led here; empty where that was the first one, or is too long ago."""
    trail = _trail(asked)
    if not trail or not trail[-1]:
        return ""
    return _at(asked, trail[-1], trail[:-1], max(1, first - PAGE_SIZE), asked.get("least", ""))


def _trail(asked: QueryDict) -> list[str]:
    """Where the pages before this one began, the last of them last; the first page of all has no place."""
    return asked.get("trail", "").split(".")[-LONGEST_TRAIL:] if "trail" in asked else []


def _at(asked: QueryDict, after: str, trail: list[str], first: int, least: str) -> str:
    there = _without_place(asked)
    there.update({"after": after, "trail": ".".join(trail), "from": str(first), "least": least})
    return there.urlencode()


def _without_place(asked: QueryDict) -> QueryDict:
    kept = asked.copy()
    for name in PLACE:
        kept.pop(name, None)
    return kept
