"""For the talent team: whose lists of people are overdue, and jobs that gave up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal import confirmations, outbox
from portal.access import requires_role
from portal.models import Job, Role

PAGE_SIZE = 25


@requires_role(Role.TALENT_TEAM)
def confirmation_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    late = confirmations.overdue(at=now).select_related("region").prefetch_related("confirmations")
    page = Paginator(late, PAGE_SIZE).get_page(request.GET.get("page"))
    due_on = confirmations.due_on(confirmations.quarter_of(timezone.localdate(now)))
    return render(request, "portal/confirmation_list.html", {"page": page, "due_on": due_on})


@requires_role(Role.TALENT_TEAM)
def job_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(Job.objects.parked().order_by("-parked_at"), PAGE_SIZE).get_page(request.GET.get("page"))
    waiting = Job.objects.due(timezone.now()).count()
    return render(request, "portal/job_list.html", {"page": page, "waiting": waiting})


@requires_role(Role.TALENT_TEAM)
@require_POST
def job_retry(request: HttpRequest, pk: int) -> HttpResponse:
    outbox.retry(get_object_or_404(Job.objects.parked(), pk=pk), at=timezone.now())
    messages.success(request, "The job will be tried again.")
    return redirect("portal:job_list")
