"""Figures from a file: sent, looked at, entered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.exporting import as_csv
from portal.rows_file import BadFile
from programmes.access import trusts_to_enter_for
from programmes.entering import EntryRefused
from programmes.figures_file import COLUMNS
from programmes.forms_upload import EnterFileForm, FiguresFileForm
from programmes.models import FiguresUpload, Measure
from programmes.uploading import enter_file, keep_aside, preview
from programmes.views import participants_only

SHOWN = 50


@participants_only
def upload_create(request: HttpRequest) -> HttpResponse:
    if not trusts_to_enter_for(request.user).exists():
        raise PermissionDenied
    form, faults = FiguresFileForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = keep_aside(file.read(), name=file.name, by=request.user, at=timezone.now())
        except BadFile as bad:
            faults = bad.faults
            form.add_error("file", "Nothing was loaded. Put right what is listed below and send the file again.")
        else:
            return redirect("programmes:upload_detail", kept.pk)
    context = {
        "form": form,
        "faults": faults[:SHOWN],
        "more": max(0, len(faults) - SHOWN),
        "columns": COLUMNS,
        "measures": Measure.objects.all(),
    }
    return render(request, "programmes/upload_create.html", context)


@participants_only
def upload_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would change, and the button that does it."""
    kept = get_object_or_404(FiguresUpload.objects.waiting_of(request.user), pk=pk)
    found = preview(kept)
    form = EnterFileForm(request.POST or None, puts_right=found.done.corrected > 0)
    if request.method == "POST" and form.is_valid():
        try:
            done = enter_file(kept, by=request.user, at=timezone.now(), reason=form.cleaned_data.get("reason", ""))
        except EntryRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = f"{done.new} entered, {done.corrected} put right, {done.unchanged} as they were."
            messages.success(request, f"{kept.name}: {said}")
            return redirect("programmes:collaborative_list")
    return render(request, "programmes/upload_detail.html", {"form": form, "kept": kept, "found": found})


@participants_only
def upload_template(request: HttpRequest) -> StreamingHttpResponse:
    """A file to begin with: the header, and nothing that would have to be taken out."""
    headers = {"Content-Disposition": 'attachment; filename="figures.csv"'}
    return StreamingHttpResponse(as_csv([COLUMNS]), content_type="text/csv; charset=utf-8", headers=headers)
