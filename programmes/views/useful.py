"""Was this page useful? Anybody answers; a no may be followed by its reason."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.rates import limited
from programmes import answering
from programmes.answering import AnswerGone
from programmes.forms_useful import ReasonForm
from programmes.models import LibraryPage

THANKS = "Thank you. Your answer helps us to keep this page right."


@require_POST
@limited("page_useful")
def useful_create(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(LibraryPage.objects.readable(), pk=pk)
    was_useful = request.POST.get("useful") == "yes"
    given = answering.answer(page, was_useful=was_useful, on=timezone.localdate())
    if not was_useful:
        return redirect("programmes:useful_reason", answering.token_of(given))
    messages.success(request, THANKS)
    return redirect(page.get_url(request) or "/")


@limited("page_useful")
def useful_reason(request: HttpRequest, token: str) -> HttpResponse:
    try:
        given = answering.open_answer(token)
    except AnswerGone as gone:
        raise Http404 from gone
    page, form = given.page, ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answering.give_reason(given, **form.cleaned_data)
        messages.success(request, THANKS)
        return redirect(page.get_url(request) or "/")
    return render(request, "programmes/useful_reason.html", {"form": form, "page": page})
