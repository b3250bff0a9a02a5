"""What is held about oneself: a copy to take away, and being erased."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.holding import is_public, obstacles, what_stays
from portal.models import Job
from portal.views.files import PRIVATE
from talent import own_copy
from talent.access import Refused
from talent.erasing import erase_member
from talent.forms.own_data import EraseForm
from talent.models import OwnCopy, OwnCopyEvent


@login_required
def own_data_detail(request: HttpRequest) -> HttpResponse:
    mine, now = OwnCopy.objects.filter(user=request.user), timezone.now()
    waiting = mine.being_made().first()
    context = {
        "copies": mine.fetchable(now),
        "waiting": waiting,
        "job": waiting and Job.objects.filter(key=own_copy.job_key(waiting)).first(),
        "events": OwnCopyEvent.objects.filter(user=request.user).order_by("-at", "-pk")[:20],
    }
    return render(request, "talent/own_data_detail.html", context)


@login_required
@require_POST
def own_data_ask(request: HttpRequest) -> HttpResponse:
    own_copy.ask(request.user, by=request.user, at=timezone.now())
    messages.success(request, "Your copy is being made. We write to you when it is ready")
    return redirect("talent:own_data_detail")


@login_required
def own_data_fetch(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    copy = get_object_or_404(OwnCopy.objects.fetchable(now).filter(user=request.user), pk=pk)
    content = own_copy.fetch(copy, by=request.user, at=now)
    name = f"my-data-{timezone.localdate(copy.made_at).isoformat()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **PRIVATE}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@login_required
@require_POST
def own_data_remove(request: HttpRequest, pk: int) -> HttpResponse:
    copy = get_object_or_404(OwnCopy.objects.fetchable(timezone.now()).filter(user=request.user), pk=pk)
    own_copy.remove(copy, by=request.user, at=timezone.now())
    messages.success(request, "The copy is removed from the portal")
    return redirect("talent:own_data_detail")


@login_required
def own_data_erase(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; then, with a word typed, everything at once, and signed out."""
    subject, now = own_copy.subject_of(request.user), timezone.now()
    form = EraseForm(request.POST or None)
    reasons = obstacles(subject, at=now)
    if request.method == "POST" and not reasons and form.is_valid():
        try:
            erase_member(request.user, by=request.user, at=now)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            logout(request)
            return redirect("talent:own_data_erased")
    context = {"form": form, "reasons": reasons, "stays": what_stays(subject), "is_public": is_public(subject)}
    return render(request, "talent/own_data_erase.html", context)


def own_data_erased(request: HttpRequest) -> HttpResponse:
    """Where the erased arrive; it knows nothing of them."""
    return render(request, "talent/own_data_erased.html")
