"""A member's pack: asking for it, how far it is, opening it; the PDFs that the secretariat puts behind an item."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from appointments.access import is_secretariat
from appointments.agenda import add_appendix, remove_appendix
from appointments.forms import AppendixForm, PackCheckForm
from appointments.models import AgendaItem, Appendix, Meeting, PackIssued
from appointments.pack_orders import orders_of
from appointments.packs import PackRefused, is_stale, may_open, order_pack, record_reading
from appointments.preparing import AgendaRefused
from appointments.proof import proofs_of, sha256_of
from appointments.views import committee_only, secretariat_only
from appointments.views.items import visible as visible_item
from appointments.views.meetings import visible
from portal.binding import NotAPdf
from portal.uploads import form_with_file, limited_uploads

PRIVATE = {"Cache-Control": "private, no-store"}


@committee_only
def pack_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """For a member, their own; for the secretariat, who was issued what and who opened it: hashes, never a volume.

    A page that waits asks again and again, with the step it knows of; nothing is sent while there is no other.
    """
    meeting = visible(request, pk)
    context = _own(meeting, request.user)
    if is_secretariat(request.user):
        context |= _everybodys(meeting, request.user)
    if request.htmx and request.GET.get("step") == context["step"]:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "appointments/pack_detail.html", context)


def _own(meeting: Meeting, member: Any) -> dict[str, Any]:
    last = PackIssued.objects.visible_to(member).filter(meeting=meeting).select_related("meeting", "member").first()
    pack = last if last and may_open(last, member) else None
    order = orders_of(meeting).get(member.pk)
    return {
        "meeting": meeting,
        "pack": pack,
        "withdrawn": last is not None and pack is None,
        "order": order,
        "step": order.step if order else "",
        "waits": order is not None and order.is_moving,
        "stale": pack is not None and order is None and is_stale(pack, at=timezone.now()),
        "sits": meeting.seats(timezone.now()).filter(user=member).exists(),
    }


def _everybodys(meeting: Meeting, reader: Any) -> dict[str, Any]:
    """How long a volume is, or will be, says nothing of an item that the reader takes no part in: it is left out."""
    free = AgendaItem.objects.free_of_conflict(reader).filter(meeting=meeting)
    known = set(free.values_list("pk", flat=True))
    members = {seat.user_id: seat.user for seat in meeting.seats(timezone.now())}
    orders = {members[pk]: order for pk, order in orders_of(meeting).items() if pk in members}
    counts = not AgendaItem.objects.standing().filter(meeting=meeting).exclude(pk__in=known).exists()
    if not counts:
        orders = {member: order.without_counts() for member, order in orders.items()}
    return {
        "for_secretariat": True,
        "orders": orders,
        "counts": counts,
        "step": " ".join(f"{member.pk}:{order.step}" for member, order in orders.items()),
        "waits": any(order.is_moving for order in orders.values()),
        "issued": [
            (pack, set(pack.items) <= known)
            for pack in meeting.packs.select_related("member").prefetch_related("readings")
        ],
    }


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
def pack_check(request: HttpRequest) -> HttpResponse:
    """Whether a PDF was issued, for whom and when. It is read and forgotten."""
    form, context = form_with_file(PackCheckForm, request), {}
    if form.is_valid():
        sha256 = sha256_of(form.cleaned_data["file"].chunks())
        context = {"sha256": sha256, "proofs": proofs_of(sha256)}
    return render(request, "appointments/pack_check.html", {"form": form, **context})


@secretariat_only
@limited_uploads
def appendix_create(request: HttpRequest, pk: int) -> HttpResponse:
    item = visible_item(request, pk)
    form = form_with_file(AppendixForm, request)
    if form.is_valid():
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
def appendix_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked first: the file does not come back."""
    appendix = get_object_or_404(Appendix.objects.visible_to(request.user).select_related("item__meeting"), pk=pk)
    if request.method != "POST":
        back = reverse("appointments:item_detail", args=[appendix.item_id])
        context = {"appendix": appendix, "meeting": appendix.item.meeting, "back": back}
        return render(request, "appointments/appendix_remove.html", context)
    try:
        remove_appendix(appendix, by=request.user, at=timezone.now())
    except AgendaRefused as refused:
        messages.error(request, str(refused))
    return redirect("appointments:item_detail", pk=appendix.item_id)
