"""The letter about a seat: for the person it is about, and talent staff who may see the decision."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from appointments.models import Letter


@login_required
def seat_letter_download(request: HttpRequest, pk: int) -> FileResponse:
    """A letter on an application has its own address, under the application's reference."""
    letters = Letter.objects.visible_to(request.user).filter(decision__item__proposal__isnull=False)
    letter = get_object_or_404(letters.select_related("decision"), pk=pk)
    return FileResponse(
        letter.file.open("rb"),
        content_type="application/pdf",
        filename=f"appointment-decision-{letter.decision.number}.pdf",
        headers={"Cache-Control": "private, no-store"},
    )
