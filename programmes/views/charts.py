"""One chart by itself: the picture, the table beside it, notes, the target, and both as files."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.exporting import as_csv
from portal.pictures import png
from programmes.access import may_enter_figures
from programmes.chart_basis import control_basis, run_basis
from programmes.charting import drawn, table
from programmes.entering import EntryRefused, annotate, set_target, withdraw_note
from programmes.forms_figures import NoteForm, TargetForm
from programmes.models import ChartNote, Enrolment, Measure, Reading
from programmes.run_charting import DrawnRun
from programmes.series import Series, series_of
from programmes.views import enrolment_of, participants_only


def _read(request: HttpRequest, pk: int, code: str) -> tuple[Enrolment, Series, bool]:
    """What one may read: one's own (True), and peers' where the trust shares.

    Notes tell of the trust's plan, so its peers see the limits that a note began and not its words.
    """
    readable = Enrolment.objects.visible_to(request.user) | Enrolment.objects.shared_with(request.user)
    enrolment = get_object_or_404(readable.distinct().select_related("trust", "wave__collaborative"), pk=pk)
    measure = get_object_or_404(enrolment.wave.collaborative.measures, code=code)
    series = series_of([enrolment.trust], [measure])[enrolment.trust_id, measure.pk]
    own = Enrolment.objects.visible_to(request.user).filter(pk=enrolment.pk).exists()
    return enrolment, series if own else replace(series, notes=()), own


def _own(request: HttpRequest, pk: int, code: str) -> tuple[Enrolment, Measure]:
    """What one may change: figures of one's own trust, or of one that one supports."""
    enrolment = enrolment_of(request, pk)
    if not may_enter_figures(request.user, enrolment.trust):
        raise PermissionDenied
    return enrolment, get_object_or_404(enrolment.wave.collaborative.measures, code=code)


@participants_only
def chart_detail(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    enrolment, series, own = _read(request, pk, code)
    as_run = request.GET.get("view") == "run"
    context = {
        "enrolment": enrolment,
        "chart": drawn(series),
        "run": DrawnRun(series) if as_run else None,
        "basis": run_basis() if as_run else control_basis(),
        "own": own,
        "corrections": _corrections(series) if own else [],
        "may_enter": own and may_enter_figures(request.user, enrolment.trust),
    }
    return render(request, "programmes/chart_detail.html", context)


def _corrections(series: Series) -> QuerySet[Reading]:
    """What was put right, the newest first; not for peers, who see the chart alone."""
    rows = Reading.objects.filter(trust=series.trust, measure=series.measure).exclude(corrects=None)
    return rows.select_related("measure", "corrects__measure", "by").order_by("-at", "-pk")


@participants_only
def chart_csv(request: HttpRequest, pk: int, code: str) -> StreamingHttpResponse:
    enrolment, series, _ = _read(request, pk, code)
    name = f"{code}-{enrolment.trust.ods_code}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(as_csv(table(series)), content_type="text/csv; charset=utf-8", headers=headers)


@participants_only
def chart_png(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The picture by itself, for a slide."""
    enrolment, series, _ = _read(request, pk, code)
    chart = drawn(series)
    shown = DrawnRun(series) if request.GET.get("view") == "run" else chart
    if shown.picture is None:
        raise Http404
    name = f"{code}-{enrolment.trust.ods_code}.png"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    picture = png(shown.picture, title=chart.title, size=(chart.size.width, chart.size.height))
    return HttpResponse(picture, content_type="image/png", headers=headers)


@participants_only
def note_create(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    enrolment, measure = _own(request, pk, code)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        annotate(enrolment.trust, measure, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The note is on the chart.")
        return redirect("programmes:chart_detail", pk, code)
    context = {"form": form, "enrolment": enrolment, "measure": measure}
    return render(request, "programmes/note_create.html", context)


@participants_only
@require_POST
def note_withdraw(request: HttpRequest, pk: int, code: str, note: int) -> HttpResponse:
    enrolment, measure = _own(request, pk, code)
    row = get_object_or_404(ChartNote.objects.filter(trust=enrolment.trust, measure=measure, withdraws=None), pk=note)
    try:
        withdraw_note(row, by=request.user, at=timezone.now())
    except EntryRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The note is off the chart. It stays on record.")
    return redirect("programmes:chart_detail", pk, code)


@participants_only
def target_edit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    enrolment, measure = _own(request, pk, code)
    form = TargetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_target(enrolment.trust, measure, **form.cleaned_data, by=request.user, at=timezone.now())
        except EntryRefused as refused:
            form.add_error("value", str(refused))
        else:
            messages.success(request, "The target is on the chart.")
            return redirect("programmes:chart_detail", pk, code)
    context = {"form": form, "enrolment": enrolment, "measure": measure}
    return render(request, "programmes/target_edit.html", context)
