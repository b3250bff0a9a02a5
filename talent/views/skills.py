"""Skills on one's own profile, and on the page that talent staff read of a person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import STAFF_ROLES, requires_role
from talent import skills
from talent.forms.skill import SkillForm
from talent.models import Person, PersonSkill
from talent.views.profile import own_person


@login_required
def skill_add(request: HttpRequest) -> HttpResponse:
    form = SkillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        skills.claim_skill(own_person(request), **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Your skills are saved")
        return redirect("talent:profile_detail")
    return render(request, "talent/skill_add.html", {"form": form})


@login_required
def skill_remove(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(own_person(request).skills.select_related("skill", "person"), pk=pk)
    if request.method == "POST":
        skills.drop_skill(held, by=request.user)
        messages.success(request, "The skill is removed from your profile")
        return redirect("talent:profile_detail")
    return render(request, "talent/skill_remove.html", {"held": held})


@requires_role(*STAFF_ROLES)
def person_skill_add(request: HttpRequest, pk: int) -> HttpResponse:
    others = Person.objects.visible_to(request.user).exclude(user=request.user)
    person = get_object_or_404(others, pk=pk)
    form = SkillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        skills.note_skill(person, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The skill is on the profile, confirmed by you.")
        return redirect("talent:person_detail", pk)
    return render(request, "talent/person_skill_add.html", {"form": form, "person": person})


@requires_role(*STAFF_ROLES)
@require_POST
def person_skill_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    mine = PersonSkill.objects.visible_to(request.user).exclude(person__user=request.user)
    held = get_object_or_404(mine.select_related("person", "skill"), pk=pk)
    skills.confirm_skill(held, by=request.user, at=timezone.now())
    messages.success(request, f"{held.skill}: confirmed.")
    return redirect("talent:person_detail", held.person_id)
