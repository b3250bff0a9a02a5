"""Matching for the talent team: people for a vacancy and why, two side by side, the paper for a committee."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from portal.access import STAFF_ROLES, requires_role
from search.access import scope_of
from search.match_papers import match_pdf
from search.matching import Matched, Matches, match, of_people
from search.openings import openings_for
from search.recording import record_match
from search.vacancies import Vacancy, vacancy_of
from talent.models import Person

SHOWN, PRINTED = 20, 20
staff_only = requires_role(*STAFF_ROLES)


def _found(request: HttpRequest, kind: str, pk: int, at: dt.datetime) -> tuple[Vacancy, Matches]:
    day = timezone.localdate(at)
    vacancy = vacancy_of(kind, pk, request.user, day=day, everywhere=_everywhere(request))
    scope = scope_of(request.user, day=day)
    matches = match(vacancy.specification, scope, checks=vacancy.check(day), size=SHOWN)
    record_match(matches, vacancy.title, str(vacancy.board), by=request.user, at=at)
    return vacancy, matches


def _everywhere(request: HttpRequest) -> bool:
    return request.GET.get("region") == "any"


@staff_only
def match_list(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    vacancy, matches = _found(request, kind, pk, timezone.now())
    context = {"vacancy": vacancy, "matches": matches, "everywhere": _everywhere(request)}
    return render(request, "search/match_list.html", context)


@staff_only
def match_paper(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    now = timezone.now()
    vacancy, matches = _found(request, kind, pk, now)
    headers = {"Content-Disposition": f'attachment; filename="match-{vacancy.kind}-{vacancy.pk}.pdf"'}
    return HttpResponse(match_pdf(vacancy, matches, at=now), content_type="application/pdf", headers=headers)


@staff_only
def match_compare(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Two people side by side, criterion by criterion; with any other number of people chosen, a word about it."""
    now = timezone.now()
    day = timezone.localdate(now)
    vacancy = vacancy_of(kind, pk, request.user, day=day, everywhere=_everywhere(request))
    chosen = list(dict.fromkeys(int(text) for text in request.GET.getlist("person") if _is_number(text)))
    matches = None
    if len(chosen) == 2:
        matches = of_people(vacancy.specification, chosen, scope_of(request.user, day=day), checks=vacancy.check(day))
        record_match(matches, vacancy.title, str(vacancy.board), by=request.user, at=now)
    pair = [*matches.people, *matches.left_out] if matches else []
    context = {
        "vacancy": vacancy,
        "pair": pair if len(pair) == 2 else [],
        "lines": _side_by_side(vacancy, pair) if len(pair) == 2 else [],
        "everywhere": _everywhere(request),
    }
    return render(request, "search/match_compare.html", context)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 12


def _side_by_side(vacancy: Vacancy, pair: list[Matched]) -> list[dict[str, object]]:
    return [
        {"criterion": criterion, "sides": [one.of(criterion) for one in pair]}
        for criterion in vacancy.specification.criteria
    ]


@staff_only
def opening_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What one person could apply for now, as staff see it."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    context = {"person": person, "openings": openings_for(person, at=timezone.now())}
    return render(request, "search/opening_list.html", context)


@login_required
def own_opening_list(request: HttpRequest) -> HttpResponse:
    """What the member could apply for now, by what their own profile says."""
    person = Person.objects.filter(user=request.user).first()
    openings = openings_for(person, at=timezone.now()) if person else []
    return render(request, "search/own_opening_list.html", {"person": person, "openings": openings})
