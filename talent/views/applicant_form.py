"""Filling in the form: one section a page, saved as it is typed, and two texts side by side when two tabs meet."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal import autosaving
from portal.files import FileRefused, limit_in_words, too_large_text
from portal.numbers import typed_number
from portal.uploads import limited_uploads, too_large
from programmes.questions import Kind, Section, faults, missing
from talent.applying import Clash, Closed, Page, Saved, answers_of, save_section
from talent.files import attach
from talent.forms.questions import Check, SectionForm, read_section
from talent.models import Application, SectionAnswer
from talent.views.applicant import closed_page, own_application


def _section(application: Application, key: str) -> Section:
    try:
        return application.question_set.questions.section(key)
    except KeyError:
        raise Http404 from None


def _stored(application: Application, section: Section) -> SectionAnswer:
    found = application.answers.filter(section_key=section.key).first()
    return found or SectionAnswer(application=application, section_key=section.key)


def _page(data: Any, *, final: bool) -> Page:
    return Page(str(data.get("page", ""))[:32], typed_number(data.get("tick"), default=0), final=final)


@limited_uploads
@own_application
def section_edit(request: HttpRequest, application: Application, key: str) -> HttpResponse:
    """One section: shown, or saved as typed and then judged."""
    section = _section(application, key)
    if request.method == "POST":
        return _save(request, application, section)
    if application.state != "draft":
        return redirect("talent:application_detail", application.reference)
    answer = _stored(application, section)
    check = Check.TYPED if answer.revision else Check.NOTHING
    return _show(request, application, section, answer.values, answer.revision, check)


def _show(
    request: HttpRequest,
    application: Application,
    section: Section,
    values: dict[str, Any],
    revision: int,
    check: Check,
    file_errors: dict[str, str] | None = None,
) -> HttpResponse:
    form = SectionForm(
        section,
        values,
        answers=answers_of(application),
        files=list(application.attachments.all()),
        check=check,
        file_errors=file_errors,
        extra_row=request.GET.get("add", ""),
    )
    numbers = [s.key for s in application.question_set.questions.sections]
    context = {
        "application": application,
        "section": section,
        "number": numbers.index(section.key) + 1,
        "count": len(numbers),
        "form": form,
        "revision": revision,
        "page": secrets.token_hex(16),
        "size_limit": limit_in_words(),
    }
    return render(request, "talent/section_edit.html", context)


def _save(request: HttpRequest, application: Application, section: Section) -> HttpResponse:
    values = _posted(request, application, section)
    try:
        result = save_section(
            application,
            section,
            values,
            base_revision=typed_number(request.POST.get("revision"), default=0),
            complete=False,
            by=request.user,
            at=timezone.now(),
            page=_page(request.POST, final=True),
        )
    except Closed as closed:
        return closed_page(request, application, closed, section=section, typed=values)
    if isinstance(result, Clash):
        return redirect("talent:section_clash", application.reference, section.key, result.aside)
    return _go_on(request, application, section, values, result, _take_files(request, application, section))


def _posted(request: HttpRequest, application: Application, section: Section) -> dict[str, Any]:
    stored = _stored(application, section).values
    values = read_section(section, request.POST, stored=stored, answers=answers_of(application))
    key, _, row = request.POST.get("remove", "").rpartition("-")
    if row.isdecimal() and isinstance(values.get(key), list):
        values[key] = _without(request, values[key], key, int(row))
    return values


def _without(request: HttpRequest, rows: list[Any], key: str, row: int) -> list[Any]:
    """The rows but the removed one; `row` is its number on the page, where empty rows count."""
    posted = [(name.split("-"), request.POST.getlist(name)) for name in request.POST if name.startswith(f"{key}-")]
    filled = sorted({int(parts[1]) for parts, given in posted if any(given) and parts[1].isdecimal()})
    return [kept for n, kept in zip(filled, rows, strict=False) if n != row]


def _take_files(request: HttpRequest, application: Application, section: Section) -> dict[str, str]:
    """Stores what was uploaded; returns what is wrong by question key."""
    wrong = {}
    for question in section.questions:
        if question.kind is not Kind.FILE:
            continue
        if question.key in too_large(request):
            wrong[question.key] = too_large_text()
        elif upload := request.FILES.get(question.key):
            try:
                attach(application, question, upload, by=request.user, at=timezone.now())
            except FileRefused as refused:
                wrong[question.key] = str(refused)
    return wrong


def _go_on(
    request: HttpRequest,
    application: Application,
    section: Section,
    values: dict[str, Any],
    saved: Saved,
    file_errors: dict[str, str],
) -> HttpResponse:
    here = reverse("talent:section_edit", args=[application.reference, section.key])
    if "remove" in request.POST:
        return redirect(here)
    if key := request.POST.get("add", ""):
        return redirect(f"{here}?add={key}#{key}-last")
    later = request.POST.get("go") == "later"
    if file_errors or (not later and _is_unfinished(application, section)):
        check = Check.TYPED if later else Check.ALL
        return _show(request, application, section, values, saved.revision, check, file_errors)
    if later:
        messages.success(request, "Your answers are saved. You can come back until the deadline.")
    else:
        _mark_complete(request, application, section, values, saved)
    return redirect("talent:application_detail", application.reference)


def _is_unfinished(application: Application, section: Section) -> bool:
    answers = answers_of(application)
    files = frozenset(application.attachments.values_list("question_key", flat=True))
    return bool(missing(section, answers, files=files) or faults(section, answers))


def _mark_complete(
    request: HttpRequest, application: Application, section: Section, values: dict[str, Any], saved: Saved
) -> None:
    save_section(
        application,
        section,
        values,
        base_revision=saved.revision,
        complete=True,
        by=request.user,
        at=timezone.now(),
        page=_page(request.POST, final=True),
    )


@require_POST
@own_application
def section_autosave(request: HttpRequest, application: Application, key: str) -> JsonResponse:
    """Saves what is typed, from the page's script; says what became of it and never overwrites another's text."""
    section, now = _section(application, key), timezone.now()
    values = read_section(
        section, request.POST, stored=_stored(application, section).values, answers=answers_of(application)
    )
    try:
        result = save_section(
            application,
            section,
            values,
            base_revision=typed_number(request.POST.get("revision"), default=0),
            complete=False,
            by=request.user,
            at=now,
            page=_page(request.POST, final=False),
        )
    except Closed:
        return autosaving.closed("The deadline has passed. This is not saved.")
    if isinstance(result, Clash):
        return autosaving.clash(result.revision)
    return autosaving.saved(result.revision, at=now)
