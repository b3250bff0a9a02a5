"""Announcements of appointments: drafted and published by talent staff, read by everybody."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments import announcing
from appointments.announcing import AnnouncementRefused
from appointments.forms_campaign import AnnouncementForm
from appointments.models import Announcement, Appointment
from appointments.views.campaigns import staff_only

PAGE_SIZE = 25
ABOUT = ("appointment__person", "appointment__seat__board__region")


def announcement_list(request: HttpRequest) -> HttpResponse:
    rows = Announcement.objects.published().select_related(*ABOUT)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "appointments/announcement_list.html", {"page": page})


def announcement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    announcement = get_object_or_404(Announcement.objects.published().select_related(*ABOUT), pk=pk)
    return render(request, "appointments/announcement_detail.html", {"announcement": announcement})


@staff_only
def announcement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft about one appointment, made on the first save."""
    mine = Appointment.objects.standing().visible_to(request.user).select_related("person", "seat__board")
    appointment = get_object_or_404(mine, pk=pk)
    draft = Announcement.objects.filter(appointment=appointment).first()
    form = AnnouncementForm(request.POST or None, initial={"words": draft.words if draft else ""})
    if request.method == "POST" and form.is_valid():
        try:
            made = announcing.draft_announcement(appointment, **form.cleaned_data, by=request.user, at=timezone.now())
        except AnnouncementRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("appointments:announcement_publish", made.pk)
    return render(request, "appointments/announcement_edit.html", {"form": form, "appointment": appointment})


@staff_only
def announcement_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What everybody will read, before it is published."""
    drafts = Announcement.objects.run_by(request.user).filter(published_at=None).select_related(*ABOUT)
    announcement = get_object_or_404(drafts, pk=pk)
    if request.method == "POST":
        try:
            announcing.publish_announcement(announcement, by=request.user, at=timezone.now())
        except AnnouncementRefused as refused:
            messages.error(request, str(refused))
            return redirect("appointments:announcement_publish", pk)
        messages.success(request, "The appointment is announced.")
        return redirect("appointments:announcement_detail", pk)
    return render(request, "appointments/announcement_publish.html", {"announcement": announcement})
