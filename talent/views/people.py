"""One person's page for the team, and drafts whose deadline may need moving."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.access import STAFF_ROLES, requires_role
from talent.forms.staff import ExtensionForm
from talent.journey import journey_of
from talent.merging import kept_record, records_of
from talent.models import Application, Person, PoolMembership, PostHeld, ProfileView
from talent.models.application import closing_time


@requires_role(*STAFF_ROLES)
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("region"), pk=pk)
    if person.merged_into_id:
        return redirect("talent:person_detail", kept_record(person).pk)
    records = records_of(person)
    is_own = any(record.user_id == request.user.pk for record in records)
    if not is_own:
        ProfileView.objects.create(person=person, by=request.user, at=timezone.now())
    applications = Application.objects.in_scope_of(request.user).named().filter(person__in=records)
    context = {
        "person": person,
        "posts": person.posts.all(),
        "works_in": list(person.works_in.all()),
        "applications": applications.select_related("intake__scheme", "region"),
        "merged": [_beside(record) for record in records[1:]],
        "pools": person.pool_memberships.select_related("pool").order_by("-consented_at"),
        "skills": person.skills.select_related("skill", "confirmed_by"),
        "journey": journey_of(person, applications),
        "is_own": is_own,
        "today": timezone.localdate(),
    }
    return render(request, "talent/person_detail.html", context)


def _beside(record: Person) -> tuple[Person, list[PostHeld], list[PoolMembership]]:
    """What stands at a record that was merged into the one on show."""
    return record, list(record.posts.all()), list(record.pool_memberships.select_related("pool"))


@requires_role(*STAFF_ROLES)
def draft_list(request: HttpRequest) -> HttpResponse:
    """Who has begun and not sent: reference, name and deadline; never what they wrote."""
    drafts = Application.objects.drafts_in_scope_of(request.user)
    rows = drafts.select_related("person", "intake__scheme").order_by("intake__closes_at", "person__sort_name", "pk")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "talent/draft_list.html", {"page": page, "now": timezone.now()})


@requires_role(*STAFF_ROLES)
def extension_edit(request: HttpRequest, reference: str) -> HttpResponse:
    drafts = Application.objects.drafts_in_scope_of(request.user).select_related("person", "intake__scheme")
    application = get_object_or_404(drafts, reference=reference)
    form = ExtensionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.act_on(application, by=request.user, at=timezone.now()):
        messages.success(request, f"{application.reference} has more time.")
        return redirect("talent:draft_list")
    context = {
        "application": application,
        "form": form,
        "closes_at": closing_time(application),
        "extensions": application.extensions.select_related("by"),
    }
    return render(request, "talent/extension_edit.html", context)
