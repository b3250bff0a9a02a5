"""Saved searches: the list, what each finds now, keeping one, sharing it as a pool, watching it."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import STAFF_ROLES, requires_role
from search.access import scope_of
from search.alerting import begin_watching, save_changes
from search.forms import PeopleForm, place_in, write_place
from search.forms_saved import SavedSearchForm, WatchForm
from search.recording import record_search
from search.saved import Names, as_address, parts_of, question_of, run, stale_because
from talent import saved_searches
from talent.access import Refused
from talent.models import SavedSearch, SearchWatch


def _in_reach(request: HttpRequest) -> Any:
    mine = Prefetch("watches", SearchWatch.objects.filter(user=request.user), to_attr="mine")
    found = SavedSearch.objects.in_use().visible_to(request.user)
    return found.select_related("owner", "region").prefetch_related(mine)


@requires_role(*STAFF_ROLES)
def saved_list(request: HttpRequest) -> HttpResponse:
    now, names = timezone.now(), Names()
    rows = [
        {
            "saved": saved,
            "parts": parts_of(question_of(saved), names),
            "stale": stale_because(saved, at=now, names=names),
        }
        for saved in _in_reach(request)
    ]
    return render(request, "search/saved_list.html", {"rows": rows})


@requires_role(*STAFF_ROLES)
def saved_detail(request: HttpRequest, pk: int) -> HttpResponse:
    now, names = timezone.now(), Names()
    saved = get_object_or_404(_in_reach(request), pk=pk)
    stale = stale_because(saved, at=now, names=names)
    answer = run(saved, scope_of(request.user, day=timezone.localdate(now)), after=place_in(request.GET))
    record_search(answer, by=request.user, at=now)
    saved_searches.note_opened(saved, at=now)
    watch = saved.mine[0] if saved.mine else None
    context = {
        "saved": saved,
        "parts": parts_of(question_of(saved), names),
        "stale": stale,
        "answer": answer,
        "new": _new_to(watch),
        "watch": watch,
        "form": WatchForm(initial={"frequency": watch.frequency if watch else ""}),
        "may_change": saved_searches.may_change(request.user, saved),
        "address": as_address(question_of(saved)),
        "next": write_place(answer.next_place) if answer.next_place else "",
    }
    return render(request, "search/saved_detail.html", context)


def _new_to(watch: SearchWatch | None) -> set[int]:
    """Whom the last message to the watcher was about."""
    if watch is None or watch.told_at is None:
        return set()
    return set(watch.people.filter(at=watch.told_at).values_list("person_id", flat=True))


@requires_role(*STAFF_ROLES)
def saved_create(request: HttpRequest) -> HttpResponse:
    """The question is the address's, as the search page wrote it."""
    question = PeopleForm(request.GET).question()
    form = SavedSearchForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = {**_given(form, request), "question": question.as_data(), "at": timezone.now()}
        saved = _tried(form, lambda: saved_searches.save_search(**given))
        if saved:
            messages.success(request, f"“{saved}” is saved.")
            return redirect("search:saved_detail", saved.pk)
    return render(request, "search/saved_create.html", {"form": form, "parts": parts_of(question, Names())})


@requires_role(*STAFF_ROLES)
def saved_edit(request: HttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(_in_reach(request), pk=pk)
    initial = {name: getattr(saved, name) for name in ("name", "purpose", "audience", "region")}
    form = SavedSearchForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = _tried(form, lambda: saved_searches.change_search(saved, **_given(form, request)))
        if changed:
            messages.success(request, "The search is changed.")
            return redirect("search:saved_detail", pk)
    return render(request, "search/saved_edit.html", {"form": form, "saved": saved})


@requires_role(*STAFF_ROLES)
def saved_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """What it asks and what it would ask, side by side; then the new question in the old one's place."""
    saved, names = get_object_or_404(_in_reach(request), pk=pk), Names()
    question = PeopleForm(request.GET).question()
    refused = ""
    if request.method == "POST":
        try:
            save_changes(saved, question, by=request.user, at=timezone.now())
        except Refused as reason:
            refused = str(reason)
        else:
            messages.success(request, f"“{saved}” asks for this from now on.")
            return redirect("search:saved_detail", pk)
    context = {
        "saved": saved,
        "before": parts_of(question_of(saved), names),
        "after": parts_of(question, names),
        "asked": request.GET.urlencode(),
        "watched": saved.watches.count(),
        "may_change": saved_searches.may_change(request.user, saved),
        "refused": refused,
    }
    return render(request, "search/saved_replace.html", context)


def changing(request: HttpRequest) -> SavedSearch | None:
    """The saved search from which somebody came to the search page, if they may change it."""
    named = request.GET.get("saved", "")
    if not named.isdecimal() or len(named) > 9:
        return None
    found = SavedSearch.objects.in_use().visible_to(request.user).filter(pk=int(named)).first()
    return found if found and saved_searches.may_change(request.user, found) else None


def _given(form: SavedSearchForm, request: HttpRequest) -> dict[str, Any]:
    return {**form.cleaned_data, "by": request.user}


def _tried(form: SavedSearchForm, act: Any) -> SavedSearch | None:
    try:
        return act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


@requires_role(*STAFF_ROLES)
@require_POST
def saved_watch(request: HttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(_in_reach(request), pk=pk)
    form = WatchForm(request.POST)
    frequency = form.cleaned_data["frequency"] if form.is_valid() else ""
    try:
        if frequency:
            begin_watching(saved, frequency, by=request.user, at=timezone.now())
            messages.success(
                request, f"You are told about new people: {SearchWatch.Frequency(frequency).label.lower()}."
            )
        else:
            saved_searches.stop_watching(saved, by=request.user)
            messages.success(request, "You are not told about new people.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("search:saved_detail", pk)


@requires_role(*STAFF_ROLES)
def saved_retire(request: HttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(_in_reach(request), pk=pk)
    if request.method == "POST":
        try:
            saved_searches.retire_search(saved, by=request.user, at=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("search:saved_detail", pk)
        messages.success(request, f"“{saved}” is gone from the list.")
        return redirect("search:saved_list")
    return render(request, "search/saved_retire.html", {"saved": saved})
