"""The parts of an agenda: add, rename, put in order, take off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from appointments.forms_agenda import SectionForm
from appointments.models import AgendaSection, Meeting
from appointments.sections import add_section, add_usual_sections, change_section, remove_section, shift_section
from appointments.views import secretariat_only
from appointments.views.agenda import done
from appointments.views.meetings import visible


def _section(request: HttpRequest, pk: int) -> AgendaSection:
    meetings = Meeting.objects.visible_to(request.user)
    return get_object_or_404(AgendaSection.objects.filter(meeting__in=meetings).select_related("meeting"), pk=pk)


@secretariat_only
def section_add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible(request, pk, state=Meeting.State.PLANNED)
    form = SectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return done(request, pk, add_section, meeting, **form.cleaned_data)
    return render(request, "appointments/section_add.html", {"meeting": meeting, "form": form})


@secretariat_only
@require_POST
def section_add_usual(request: HttpRequest, pk: int) -> HttpResponse:
    return done(request, pk, add_usual_sections, visible(request, pk))


@secretariat_only
def section_edit(request: HttpRequest, pk: int) -> HttpResponse:
    section = _section(request, pk)
    form = SectionForm(request.POST or None, initial={"title": section.title, "minutes": section.minutes})
    if request.method == "POST" and form.is_valid():
        return done(request, section.meeting_id, change_section, section, **form.cleaned_data, place=f"part-{pk}")
    return render(request, "appointments/section_edit.html", {"section": section, "form": form})


@secretariat_only
@require_POST
def section_shift(request: HttpRequest, pk: int) -> HttpResponse:
    section = _section(request, pk)
    earlier = request.POST.get("direction") == "up"
    return done(request, section.meeting_id, shift_section, section, earlier=earlier, place=f"part-{pk}")


@secretariat_only
@require_POST
def section_remove(request: HttpRequest, pk: int) -> HttpResponse:
    section = _section(request, pk)
    return done(request, section.meeting_id, remove_section, section)
