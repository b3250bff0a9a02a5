"""Files: served to the applicant and to staff in charge, taken back from a draft."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from talent.access import may_read_files
from talent.files import remove
from talent.models import Application, Attachment
from talent.views.applicant import own_application


@login_required
def attachment_download(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """The file to its owner, or to staff who may act on the application; to everybody else it is not there."""
    scoped = Attachment.objects.filter(application__in=Application.objects.visible_to(request.user))
    attachment = get_object_or_404(
        scoped.select_related("application__person", "application__partner", "application__intake"),
        pk=pk,
        application__reference=reference,
    )
    if not may_read_files(request.user, attachment.application):
        raise Http404
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@own_application
def attachment_remove(request: HttpRequest, application: Application, pk: int) -> HttpResponse:
    attachment = get_object_or_404(application.attachments, pk=pk)
    sections = application.question_set.questions.sections
    section = next(s for s in sections if any(q.key == attachment.question_key for q in s.questions))
    if request.method == "POST":
        remove(attachment, by=request.user, at=timezone.now())
        messages.success(request, "The file is removed.")
        return redirect("talent:section_edit", application.reference, section.key)
    context = {"application": application, "attachment": attachment, "section": section}
    return render(request, "talent/attachment_remove.html", context)
