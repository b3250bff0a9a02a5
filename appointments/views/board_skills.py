"""Setting what a board wants: its trust's administrators, and talent staff in their scope."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments import board_skills
from appointments.access import boards_to_propose_for
from appointments.forms_skill import BoardSkillForm
from appointments.models import BoardSkill


@login_required
def board_skill_add(request: HttpRequest, ods_code: str) -> HttpResponse:
    trust = get_object_or_404(boards_to_propose_for(request.user), ods_code=ods_code)
    form = BoardSkillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        board_skills.want_skill(trust, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"{form.cleaned_data['skill']}: the board wants it.")
        return redirect("appointments:board_detail", ods_code)
    return render(request, "appointments/board_skill_add.html", {"form": form, "trust": trust})


@login_required
def board_skill_end(request: HttpRequest, pk: int) -> HttpResponse:
    mine = BoardSkill.objects.wanted().filter(board__in=boards_to_propose_for(request.user))
    want = get_object_or_404(mine.select_related("board", "skill"), pk=pk)
    if request.method == "POST":
        board_skills.stop_wanting(want, by=request.user, at=timezone.now())
        messages.success(request, f"{want.skill}: no longer among what the board wants.")
        return redirect("appointments:board_detail", want.board.ods_code)
    return render(request, "appointments/board_skill_end.html", {"want": want})
