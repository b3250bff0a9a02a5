"""A trust's board, and its half-yearly confirmation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from appointments import confirming
from appointments.access import (
    answers_for,
    is_secretariat,
    may_change_board,
    may_propose,
    may_run_campaign,
    may_see_fitness,
)
from appointments.attesting import with_words
from appointments.board_list import SOON, at_a_glance, table
from appointments.board_skills import skills_on
from appointments.boards import board_of, day_shown
from appointments.forms_board import BoardConfirmForm
from appointments.models import BoardConfirmation, Tenure
from appointments.views import board_only, secretariat_only
from portal.access import access_of, boards_visible_to
from portal.filters import TrustFilter
from portal.models import Organisation
from portal.views.files import as_file

PAGE_SIZE = 25


@board_only
def board_list(request: HttpRequest) -> HttpResponse:
    """Every board that may be seen, a line each."""
    asked = _asked(request)
    page = Paginator(at_a_glance(asked.qs, asked.day), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": asked.form, "page": page, "day": asked.day, "soon": SOON, "query": request.GET.urlencode()}
    return render(request, "appointments/board_list.html", context)


@board_only
def board_export(request: HttpRequest) -> HttpResponseBase:
    """The whole of the list: CSV, or a workbook with `format=xlsx`."""
    asked = _asked(request)
    return as_file(request, table(at_a_glance(asked.qs, asked.day)), name=f"boards-{asked.day}", title="Boards")


def _asked(request: HttpRequest) -> TrustFilter:
    return TrustFilter(
        request.GET, queryset=boards_visible_to(request.user), user=request.user, day=timezone.localdate()
    )


@board_only
def board_detail(request: HttpRequest, ods_code: str) -> HttpResponse:
    trust = get_object_or_404(boards_visible_to(request.user).select_related("region"), ods_code=ods_code)
    now, today = timezone.now(), timezone.localdate()
    said = BoardConfirmation.objects.visible_to(request.user).filter(board=trust).select_related("confirmed_by")
    board = board_of(trust, day_shown(trust, today))
    context = {
        "board": with_words(board, reader=request.user) if may_see_fitness(request.user, trust) else board,
        "trust": trust,
        "skills": skills_on(trust, day_shown(trust, today)),
        "may_set_skills": may_propose(request.user, trust),
        "today": today,
        "confirmations": said[:4],
        "found_beyond": set(Tenure.objects.filter(seat__board=trust).found_beyond(today).values_list("pk", flat=True)),
        "may_confirm": answers_for(request.user, trust) and confirming.owing(at=now).filter(pk=trust.pk).exists(),
        "is_secretariat": is_secretariat(request.user),
        "may_open_checks": may_run_campaign(request.user, trust),
        "may_propose": may_run_campaign(request.user, trust),
        "sees_pay": may_see_fitness(request.user, trust),
        "may_notify": not trust.body_appoints and may_change_board(request.user, trust),
    }
    return render(request, "appointments/board_detail.html", context)


@login_required
def board_confirm(request: HttpRequest, ods_code: str) -> HttpResponse:
    trusts = Organisation.objects.trusts().filter(pk__in=access_of(request.user).administers_ids)
    trust, now = get_object_or_404(trusts, ods_code=ods_code), timezone.now()
    form = BoardConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirming.confirm_board(trust, by=request.user, at=now, wrong=form.said())
        except confirming.ConfirmationRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, form.thanks())
            return redirect("appointments:board_detail", ods_code)
    day = timezone.localdate(now)
    context = {"form": form, "board": board_of(trust, day), "trust": trust}
    context["due_on"] = confirming.due_on(confirming.half_of(day))
    return render(request, "appointments/board_confirm.html", context)


@secretariat_only
@require_POST
def board_settle(request: HttpRequest, pk: int) -> HttpResponse:
    said = get_object_or_404(BoardConfirmation.objects.visible_to(request.user).select_related("board"), pk=pk)
    confirming.settle(said, by=request.user, at=timezone.now())
    messages.success(request, "Marked as put right.")
    return redirect("appointments:board_detail", said.board.ods_code)
