"""The Improvement Hub's desk: trusts write and send, editors read, return and publish."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal import autosaving
from portal.access import access_of, may_use_cms
from portal.files import FileRefused
from portal.forms import PortalForm
from portal.numbers import typed_number
from portal.uploads import form_with_file, limited_uploads
from portal.views.files import as_download
from programmes import sharing
from programmes.forms_hub import BeginForm, FileForm, ImageForm, SubmissionForm
from programmes.forms_plan import WordForm
from programmes.hub_pages import NoHub
from programmes.models import Submission
from programmes.pictures import sound_picture
from programmes.sharing import SubmissionChanged, SubmissionRefused

PER_PAGE = 25
View = Callable[..., HttpResponse]


def hub_people_only(view: View) -> View:
    """Signed in, and of a trust or of those who moderate; the QuerySet says what they see."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (access_of(request.user).trust_ids or may_use_cms(request.user)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def trust_people_only(view: View) -> View:
    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not access_of(request.user).trust_ids:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _submission(request: HttpRequest, pk: int) -> Submission:
    return get_object_or_404(Submission.objects.visible_to(request.user).select_related("trust", "page"), pk=pk)


def _own(request: HttpRequest, pk: int) -> Submission:
    submission = _submission(request, pk)
    if not sharing.acts_for(request.user, submission):
        raise PermissionDenied
    return submission


@hub_people_only
def submission_list(request: HttpRequest) -> HttpResponse:
    rows = Submission.objects.visible_to(request.user).select_related("trust", "changed_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "programmes/submission_list.html", {"page": page, "writes": access_of(request.user).trust_ids}
    )


@trust_people_only
def submission_create(request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        submission = sharing.begin_submission(**form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("programmes:submission_edit", submission.pk)
    return render(request, "programmes/submission_create.html", {"form": form})


@hub_people_only
def submission_detail(request: HttpRequest, pk: int) -> HttpResponse:
    submission = _submission(request, pk)
    own = sharing.acts_for(request.user, submission)
    context = {
        "submission": submission,
        "images": submission.images.all(),
        "topics": submission.topics.all(),
        "events": submission.events.select_related("by"),
        "steps": sharing.steps_for(request.user, submission),
        "missing": sharing.missing(submission) if own and submission.is_open else [],
        "writes": own and submission.is_open,
        "form": WordForm(),
    }
    return render(request, "programmes/submission_detail.html", context)


@hub_people_only
def submission_edit(request: HttpRequest, pk: int) -> HttpResponse:
    submission = _own(request, pk)
    if not submission.is_open:
        return redirect("programmes:submission_detail", pk)
    initial = {name: getattr(submission, name) for name in sharing.TEXTS} | {"topics": submission.topics.all()}
    form = SubmissionForm(request.POST or None, initial=initial, kind=submission.kind)
    revision, theirs = submission.revision, None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, submission, form)
        except SubmissionChanged as changed:
            # What was typed stays in the boxes; the next save goes over the revision that is shown beside it.
            theirs, revision = changed.submission, changed.submission.revision
            form.add_error(None, str(changed))
        except SubmissionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("programmes:submission_detail", pk)
    context = {"form": form, "submission": submission, "revision": revision, "theirs": theirs}
    return render(request, "programmes/submission_edit.html", context)


def _save(request: HttpRequest, submission: Submission, form: SubmissionForm) -> Submission:
    texts = {name: value for name, value in form.cleaned_data.items() if name in sharing.TEXTS}
    base = typed_number(request.POST.get("revision"), default=0)
    return sharing.write(
        submission,
        texts,
        base_revision=base,
        topics=form.cleaned_data["topics"],
        by=request.user,
        at=timezone.now(),
    )


@hub_people_only
@require_POST
def submission_autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Saves what is typed, from the page's script; says what became of it and never overwrites another's text."""
    submission = _own(request, pk)
    form = SubmissionForm(request.POST, kind=submission.kind)
    if not form.is_valid():
        return autosaving.refused_form(form)
    try:
        row = _save(request, submission, form)
    except SubmissionChanged as changed:
        return autosaving.clash(changed.submission.revision)
    except SubmissionRefused as refused:
        return autosaving.refused(str(refused))
    return autosaving.saved(row.revision, at=timezone.now())


def _act(
    request: HttpRequest, submission: Submission, form: PortalForm, act: Callable[..., Any], heading: str, button: str
) -> HttpResponse:
    """One form, one act, back to the submission."""
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data, by=request.user, at=timezone.now())
        except (SubmissionRefused, FileRefused) as refused:
            form.add_error(None, str(refused))
        except NoHub:
            form.add_error(None, "The site has no Improvement Hub page yet. Make one in the CMS, then publish.")
        else:
            return redirect("programmes:submission_detail", submission.pk)
    context = {"form": form, "submission": submission, "heading": heading, "button": button}
    return render(request, "programmes/submission_act.html", context)


@hub_people_only
def submission_step(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    submission = _submission(request, pk)
    step = next((step for step in sharing.steps_for(request.user, submission) if step.kind == kind), None)
    if step is None:
        raise Http404
    label = "What should be changed, or why not?" if step.needs_reason else "Comment"
    form = WordForm(request.POST if request.method == "POST" else None, required=step.needs_reason, label=label)
    act = lambda **said: sharing.move_submission(submission, kind, **said)  # noqa: E731
    return _act(request, submission, form, act, step.label, step.label)


@hub_people_only
@require_POST
def submission_comment(request: HttpRequest, pk: int) -> HttpResponse:
    submission, form = _submission(request, pk), WordForm(request.POST)
    if form.is_valid():
        sharing.comment(submission, text=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, "Your comment was added.")
    else:
        messages.error(request, "Write what you want to say.")
    return redirect("programmes:submission_detail", pk)


@limited_uploads
@hub_people_only
def image_add(request: HttpRequest, pk: int) -> HttpResponse:
    submission = _own(request, pk)
    form = form_with_file(ImageForm, request)

    def act(*, file: Any, alt_text: str, **said: Any) -> Any:
        return sharing.add_image(submission, sound_picture(file), alt_text=alt_text, **said)

    return _act(request, submission, form, act, "Add a picture", "Add it")


@hub_people_only
@require_POST
def image_drop(request: HttpRequest, pk: int, image: int) -> HttpResponse:
    row = get_object_or_404(_own(request, pk).images, pk=image)
    try:
        sharing.drop_image(row, by=request.user, at=timezone.now())
    except SubmissionRefused as refused:
        messages.error(request, str(refused))
    return redirect("programmes:submission_detail", pk)


@hub_people_only
def image_file(request: HttpRequest, pk: int, image: int) -> FileResponse:
    row = get_object_or_404(_submission(request, pk).images, pk=image)
    return FileResponse(row.file.open(), content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


@limited_uploads
@hub_people_only
def file_add(request: HttpRequest, pk: int) -> HttpResponse:
    submission = _own(request, pk)
    form = form_with_file(FileForm, request)

    def act(*, file: Any, **said: Any) -> Any:
        return sharing.attach_file(submission, file, **said)

    return _act(request, submission, form, act, "Add the file", "Add it")


@hub_people_only
@require_POST
def file_drop(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        sharing.drop_file(_own(request, pk), by=request.user, at=timezone.now())
    except SubmissionRefused as refused:
        messages.error(request, str(refused))
    return redirect("programmes:submission_detail", pk)


@hub_people_only
def file_download(request: HttpRequest, pk: int) -> FileResponse:
    submission = _submission(request, pk)
    if not submission.file:
        raise Http404
    return as_download(submission.file, title=str(submission), content_type=submission.file_type)
