"""Relationships that the talent team records, so that conflicts are found before a paper is read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from appointments.forms_case import RelationshipForm
from appointments.models import Relationship
from appointments.relating import RelationshipRefused, end_relationship, record_relationship
from appointments.views import secretariat_only
from talent.models import Person

PAGE_SIZE = 25


@secretariat_only
def relationship_list(request: HttpRequest) -> HttpResponse:
    """All but one's own, which somebody else keeps."""
    mine = Q(user=request.user) | Q(person__in=Person.objects.of_user(request.user).values("pk"))
    rows = Relationship.objects.in_force(timezone.now()).exclude(mine).select_related("user", "person", "recorded_by")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "appointments/relationship_list.html", {"page": page})


@secretariat_only
def relationship_create(request: HttpRequest) -> HttpResponse:
    form = RelationshipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_relationship(**form.cleaned_data, by=request.user, at=timezone.now())
        except RelationshipRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Recorded. What is on a planned agenda has been looked through.")
            return redirect("appointments:relationship_list")
    return render(request, "appointments/relationship_create.html", {"form": form})


@secretariat_only
@require_POST
def relationship_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Relationship.objects.in_force(timezone.now()), pk=pk)
    try:
        end_relationship(row, by=request.user, at=timezone.now())
        messages.success(request, "Ended. Conflicts that were found because of it stand until each is lifted.")
    except RelationshipRefused as refused:
        messages.error(request, str(refused))
    return redirect("appointments:relationship_list")
