"""One's own CV: sending it to be read, and deciding about each thing that it suggests."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.document_text import Unreadable
from portal.files import FileRefused
from portal.uploads import form_with_file, limited_uploads
from talent import cv_reading
from talent.access import Refused
from talent.forms.cv import CvForm
from talent.forms.profile import PostForm
from talent.models import CvReading, CvSuggestion, PostHeld
from talent.views.profile import own_person


@login_required
@limited_uploads
def cv_upload(request: HttpRequest) -> HttpResponse:
    person = own_person(request)
    form = form_with_file(CvForm, request)
    if form.is_valid() and _was_read(request, form):
        return redirect("talent:cv_detail")
    return render(request, "talent/cv_upload.html", {"form": form, "person": person})


def _was_read(request: HttpRequest, form: CvForm) -> bool:
    try:
        cv_reading.read_cv(own_person(request), form.cleaned_data["file"], by=request.user, at=timezone.now())
    except (FileRefused, Unreadable) as refused:
        form.add_error("file", str(refused))
        return False
    return True


@login_required
def cv_detail(request: HttpRequest) -> HttpResponse:
    """What was read, and what waits to be confirmed or turned down, one by one."""
    reading = CvReading.objects.filter(person=own_person(request)).first()
    if reading is None:
        return redirect("talent:cv_upload")
    open_still = list(reading.suggestions.undecided().select_related("skill"))
    context = {
        "reading": reading,
        "skills": [each for each in open_still if each.skill],
        "posts": [each for each in open_still if not each.skill],
        "is_used": reading.person.cv_text == reading.text,
    }
    return render(request, "talent/cv_detail.html", context)


@login_required
@require_POST
def cv_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a suggested skill, or turns a suggestion down; a post is added on its own page."""
    suggestion, now = _suggestion(request, pk), timezone.now()
    try:
        if request.POST.get("decision") == "add":
            cv_reading.add_skill(suggestion, by=request.user, at=now)
            messages.success(request, f"{suggestion}: added to your profile")
        else:
            cv_reading.settle(suggestion, accepted=False, by=request.user, at=now)
            messages.success(request, f"{suggestion}: not added")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("talent:cv_detail")


@login_required
def cv_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A suggested post, filled in for the person to put right and save."""
    suggestion = _suggestion(request, pk)
    if suggestion.skill:
        raise Http404
    names = ("title", "employer", "started_on", "ended_on")
    initial = {name: getattr(suggestion, name) for name in names}
    posted = request.POST if request.method == "POST" else None
    form = PostForm(posted, instance=PostHeld(person=own_person(request)), initial=initial)
    if request.method == "POST" and form.is_valid():
        form.save()
        cv_reading.settle(suggestion, accepted=True, by=request.user, at=timezone.now())
        messages.success(request, f"{form.instance}: added to your profile")
        return redirect("talent:cv_detail")
    return render(request, "talent/cv_post.html", {"form": form, "suggestion": suggestion})


@login_required
@require_POST
def cv_use(request: HttpRequest) -> HttpResponse:
    """The words become the profile's CV, or are forgotten."""
    reading = get_object_or_404(CvReading, person=own_person(request))
    if request.POST.get("act") == "forget":
        cv_reading.forget(reading, by=request.user)
        messages.success(request, "What was read is forgotten")
        return redirect("talent:profile_detail")
    cv_reading.use_text(reading, by=request.user)
    messages.success(request, "These words are the CV on your profile")
    return redirect("talent:cv_detail")


def _suggestion(request: HttpRequest, pk: int) -> CvSuggestion:
    mine = CvSuggestion.objects.undecided().filter(reading__person=own_person(request))
    return get_object_or_404(mine.select_related("skill", "reading__person"), pk=pk)
