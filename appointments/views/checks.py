"""Fit and proper checks, for talent staff in their scope: the list, one person's for one seat, and each act on them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from appointments.access import in_question, may_waive
from appointments.checking import CheckRefused, close_checks, open_checks, record_result, waive
from appointments.evidencing import add_evidence, note_reading, remove_evidence
from appointments.filters_checks import CheckSetFilter
from appointments.fitness import Line, fitness_of_set
from appointments.forms_checks import EvidenceForm, OpenChecksForm, ResultForm, WaiverForm
from appointments.models import Check, CheckSet, Evidence, Seat, SelfDeclaration
from appointments.self_declaring import ask_declaration
from appointments.views.packs import PRIVATE
from portal.access import STAFF_ROLES, requires_role
from portal.uploads import form_with_file, limited_uploads
from talent.access import account_of
from talent.models import Person

PAGE_SIZE = 25
staff_only = requires_role(*STAFF_ROLES)


def _visible(request: HttpRequest, pk: int) -> CheckSet:
    sets = CheckSet.objects.visible_to(request.user)
    return get_object_or_404(sets.select_related("person", "seat__board__region", "framework"), pk=pk)


def _line(check_set: CheckSet, kind: str) -> Line:
    lines = fitness_of_set(check_set, on=timezone.localdate()).lines
    found = next((line for line in lines if line.rule.kind == kind), None)
    if found is None:
        raise Http404
    return found


@staff_only
def check_list(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    sets = CheckSet.objects.visible_to(request.user).live(day)
    sets = sets.select_related("person", "seat__board__region", "framework")
    asked = CheckSetFilter(request.GET, queryset=sets, user=request.user, today=day)
    ordered = asked.qs.order_by("-open_count", "renews_on", "person__sort_name", "pk")
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(row, row.word_on(day)) for row in page.object_list]
    return render(request, "appointments/check_list.html", {"form": asked.form, "page": page, "rows": rows})


@staff_only
def check_detail(request: HttpRequest, pk: int) -> HttpResponse:
    check_set, day = _visible(request, pk), timezone.localdate()
    context = {
        "check_set": check_set,
        "fitness": fitness_of_set(check_set, on=day),
        "word": check_set.word_on(day),
        "checks": check_set.checks.select_related("by").order_by("-pk"),
        "waivers": check_set.waivers.select_related("by").order_by("-pk"),
        "declarations": check_set.declarations.select_related("by").order_by("-pk"),
        "readings": check_set.readings.select_related("by").order_by("-pk"),
        "evidence": Evidence.objects.standing().filter(check_set=check_set).select_related("added_by"),
        "may_waive": may_waive(request.user, check_set),
        "has_account": account_of(check_set.person) is not None,
    }
    return render(request, "appointments/check_detail.html", context)


@staff_only
def check_open(request: HttpRequest, pk: int) -> HttpResponse:
    """For a seat: whose checks, and from which day they must be clear."""
    seat = get_object_or_404(Seat.objects.visible_to(request.user).select_related("board__region"), pk=pk)
    form = OpenChecksForm(request.POST or None, board=seat.board, people=_candidates(request, seat))
    if request.method == "POST" and form.is_valid():
        person, first = form.cleaned_data["person"], form.cleaned_data["starts_on"]
        try:
            opened = open_checks(person, seat, on=first, by=request.user, at=timezone.now())
        except CheckRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("appointments:check_detail", opened.pk)
    return render(request, "appointments/check_open.html", {"form": form, "seat": seat})


def _candidates(request: HttpRequest, seat: Seat) -> object:
    """Who sits in the seat or is proposed for it, but for whoever asks and those in question for them."""
    barred = [person for person, about in in_question(request.user) if about == seat.pk]
    people = Person.objects.exclude(pk__in=Person.objects.of_user(request.user).values("pk")).exclude(pk__in=barred)
    return (people.filter(tenures__seat=seat) | people.filter(proposals__seat=seat)).distinct()


@staff_only
def check_record(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    check_set = _visible(request, pk)
    line = _line(check_set, kind)
    corrects = _corrected(request, check_set, kind)
    form = ResultForm(request.POST or None, may_not_apply=line.rule.may_not_apply)
    if request.method == "POST" and form.is_valid():
        try:
            record_result(check_set, kind, corrects=corrects, by=request.user, at=timezone.now(), **form.cleaned_data)
        except CheckRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Recorded: {line.rule}.")
            return redirect("appointments:check_detail", pk)
    context = {"form": form, "check_set": check_set, "line": line, "corrects": corrects}
    return render(request, "appointments/check_record.html", context)


def _corrected(request: HttpRequest, check_set: CheckSet, kind: str) -> Check | None:
    """The row that ?corrects= names, if it is one of this check."""
    asked = request.GET.get("corrects", "")
    if not asked:
        return None
    return get_object_or_404(check_set.checks.filter(kind=kind), pk=asked if asked.isdigit() else 0)


@staff_only
def check_waive(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    check_set = _visible(request, pk)
    line = _line(check_set, kind)
    if not may_waive(request.user, check_set):
        raise PermissionDenied
    form = WaiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            waive(check_set, kind, by=request.user, at=timezone.now(), **form.cleaned_data)
        except CheckRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Waived: {line.rule}.")
            return redirect("appointments:check_detail", pk)
    return render(request, "appointments/check_waive.html", {"form": form, "check_set": check_set, "line": line})


@staff_only
@limited_uploads
def evidence_create(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    check_set = _visible(request, pk)
    line = _line(check_set, kind)
    form = form_with_file(EvidenceForm, request)
    if form.is_valid():
        try:
            add_evidence(check_set, kind, form.cleaned_data["file"], by=request.user, at=timezone.now())
        except CheckRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("appointments:check_detail", pk)
    return render(request, "appointments/evidence_create.html", {"form": form, "check_set": check_set, "line": line})


def _evidence(request: HttpRequest, pk: int) -> Evidence:
    rows = Evidence.objects.visible_to(request.user).select_related("check_set__person", "check_set__seat__board")
    return get_object_or_404(rows, pk=pk)


@staff_only
def evidence_download(request: HttpRequest, pk: int) -> FileResponse:
    """Always as a download; that it was opened is written down first."""
    evidence = _evidence(request, pk)
    note_reading(evidence, by=request.user, at=timezone.now())
    return FileResponse(evidence.file.open("rb"), as_attachment=True, filename=evidence.name, headers=PRIVATE)


@staff_only
def evidence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked first: the file is gone for good."""
    evidence = _evidence(request, pk)
    if request.method != "POST":
        return render(request, "appointments/evidence_remove.html", {"evidence": evidence})
    try:
        remove_evidence(evidence, by=request.user, at=timezone.now())
    except CheckRefused as refused:
        messages.error(request, str(refused))
    return redirect("appointments:check_detail", evidence.check_set_id)


@staff_only
@require_POST
def declaration_read(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody declared: shown to whoever asks for it by a press, and so never by the way."""
    declared = get_object_or_404(
        SelfDeclaration.objects.filter(check_set__in=CheckSet.objects.visible_to(request.user)).select_related(
            "check_set__person", "check_set__seat__board"
        ),
        pk=pk,
    )
    note_reading(declared, by=request.user, at=timezone.now())
    return render(request, "appointments/declaration_read.html", {"declared": declared})


@staff_only
@require_POST
def declaration_ask(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, ask_declaration, "The person is asked to declare and sign; a mail is on its way.")


@staff_only
@require_POST
def check_close(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, close_checks, "Closed. What was recorded stays; nothing falls due any more.")


def _act(request: HttpRequest, pk: int, act: object, done: str) -> HttpResponse:
    try:
        act(_visible(request, pk), by=request.user, at=timezone.now())  # type: ignore[operator]
    except CheckRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("appointments:check_detail", pk)
