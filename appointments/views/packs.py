"""A member's pack: asking for it, how far it is, opening it; the PDFs that the secretariat puts behind an item."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from appointments.access import is_secretariat
from appointments.agenda import add_appendix, remove_appendix
from appointments.forms import AppendixForm
from appointments.models import Appendix, Meeting, PackIssued
from appointments.packs import MAKE_PACK, PackRefused, may_open, order_pack, record_reading
from appointments.preparing import AgendaRefused
from appointments.views import committee_only, secretariat_only
from appointments.views.items import visible as visible_item
from appointments.views.meetings import visible
from portal.binding import NotAPdf
from portal.models import Job
from portal.uploads import limited_uploads, too_large

PRIVATE = {"Cache-Control": "private, no-store"}


@committee_only
def pack_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """For a member, their own; for the secretariat, who was issued what and who opened it: hashes, never a volume."""
    meeting = visible(request, pk)
    mine = PackIssued.objects.visible_to(request.user).filter(meeting=meeting).first()
    job = Job.objects.filter(kind=MAKE_PACK, payload__meeting=pk, done_at=None, payload__member=request.user.pk).last()
    context: dict[str, Any] = {
        "meeting": meeting,
        "pack": mine if mine and may_open(mine, request.user) else None,
        "job": job,
        "sits": meeting.seats(timezone.now()).filter(user=request.user).exists(),
    }
    if is_secretariat(request.user):
        context["issued"] = meeting.packs.select_related("member").prefetch_related("readings")
    return render(request, "appointments/pack_detail.html", context)


@committee_only
@require_POST
def pack_order(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's own pack; the secretariat's word makes those of all who have declared."""
    meeting, now = visible(request, pk), timezone.now()
    everybody = is_secretariat(request.user)
    members = [seat.user for seat in meeting.seats(now)] if everybody else [request.user]
    refusals = [refused for member in members if (refused := _ordered(meeting, member, now))]
    if len(refusals) == len(members):
        messages.error(request, refusals[0] if refusals else "The committee has no members on that day.")
    return redirect("appointments:pack_detail", pk=pk)


def _ordered(meeting: Meeting, member: Any, at: Any) -> str:
    try:
        order_pack(meeting, member=member, at=at)
    except PackRefused as refused:
        return str(refused)
    return ""


@committee_only
def pack_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    packs = PackIssued.objects.visible_to(request.user).filter(meeting=pk).select_related("meeting")
    pack = get_object_or_404(packs[:1])
    if not may_open(pack, request.user):
        messages.error(request, "Your pack has been withdrawn. Have it made again.")
        return redirect("appointments:pack_detail", pk=pk)
    record_reading(pack, by=request.user, at=timezone.now())
    name = f"pack-{pack.meeting.day.isoformat()}.pdf"
    return FileResponse(pack.file.open("rb"), content_type="application/pdf", filename=name, headers=PRIVATE)


@secretariat_only
@limited_uploads
def appendix_create(request: HttpRequest, pk: int) -> HttpResponse:
    item = visible_item(request, pk)
    form = AppendixForm(request.POST or None, request.FILES or None)
    if "file" in too_large(request):
        form.add_error("file", "The file is too large")
    elif request.method == "POST" and form.is_valid():
        title, content = form.cleaned_data["title"], form.cleaned_data["file"].read()
        try:
            add_appendix(item, title=title, content=content, by=request.user, at=timezone.now())
        except (AgendaRefused, NotAPdf) as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("appointments:item_detail", pk=pk)
    return render(request, "appointments/appendix_create.html", {"form": form, "item": item})


@committee_only
def appendix_download(request: HttpRequest, pk: int) -> FileResponse:
    appendix = get_object_or_404(Appendix.objects.visible_to(request.user), pk=pk)
    file = appendix.file.open("rb")
    return FileResponse(file, content_type="application/pdf", filename=f"appendix-{pk}.pdf", headers=PRIVATE)


@secretariat_only
@require_POST
def appendix_remove(request: HttpRequest, pk: int) -> HttpResponse:
    appendix = get_object_or_404(Appendix.objects.visible_to(request.user).select_related("item__meeting"), pk=pk)
    try:
        remove_appendix(appendix, by=request.user, at=timezone.now())
    except AgendaRefused as refused:
        messages.error(request, str(refused))
    return redirect("appointments:item_detail", pk=appendix.item_id)
