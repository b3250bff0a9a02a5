"""The talent team's search for people: facets beside the list, and for each person why."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from portal.access import STAFF_ROLES, requires_role
from search.access import scope_of
from search.asking import Answer, ask
from search.forms import PeopleForm, facets_of, write_place
from search.recording import record_search


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
        "first": first,
        "last": first + len(answer.people) - 1,
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
    later = _without_place(asked)
    later["after"] = write_place(answer.next_place)
    later["least"] = str(answer.at_least)
    later["from"] = str(first + len(answer.people))
    return later.urlencode()


def _without_place(asked: QueryDict) -> QueryDict:
    kept = asked.copy()
    for name in ("after", "least", "from"):
        kept.pop(name, None)
    return kept
