"""The programme team's work on a whole wave: choosing its trusts by their funnels, recording what all took part in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.models import Organisation
from programmes.access import may_lead
from programmes.choosing import Field, field_of, months_of
from programmes.enrolling import EnrolmentRefused, choose_trusts, hold_for_all
from programmes.forms_choosing import ChoiceForm, FieldForm
from programmes.forms_support import WaveStepForm
from programmes.models import Collaborative, Wave
from programmes.views import participants_only


def _led(request: HttpRequest, slug: str) -> Collaborative:
    collaborative = get_object_or_404(Collaborative.objects.visible_to(request.user), slug=slug)
    if not may_lead(request.user, collaborative):
        raise PermissionDenied
    return collaborative


def _field(request: HttpRequest, collaborative: Collaborative) -> tuple[FieldForm, Field | None]:
    """What was asked for, else the acute trusts in the newest month; no field while nothing was entered at all."""
    measures = list(collaborative.measures.order_by("aims__position", "pk"))
    months = months_of(measures)
    usual = {"sector": Organisation.Sector.ACUTE.value, "month": f"{months[0]:%Y-%m}" if months else ""}
    form = FieldForm({**usual, **request.GET.dict()}, months=months)
    if not months or not form.is_valid():
        return form, None
    month = next(one for one in months if f"{one:%Y-%m}" == form.cleaned_data["month"])
    return form, field_of(
        collaborative, measures, sector=form.cleaned_data["sector"], month=month, today=timezone.localdate()
    )


@participants_only
def trusts_choose(request: HttpRequest, slug: str) -> HttpResponse:
    collaborative = _led(request, slug)
    form, found = _field(request, collaborative)
    context = {
        "collaborative": collaborative,
        "form": form,
        "found": found,
        "joinable": Wave.objects.joinable(timezone.localdate()).filter(collaborative=collaborative).exists(),
    }
    return render(request, "programmes/trusts_choose.html", context)


@participants_only
def trusts_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """The trusts that were ticked, each with its reason; they join together or none does."""
    collaborative = _led(request, slug)
    _, found = _field(request, collaborative)
    ticked = {int(key) for key in request.GET.getlist("trust") if key.isascii() and key.isdecimal()}
    chosen = [one for one in found.candidates if one.trust.pk in ticked] if found else []
    if not chosen:
        messages.error(request, "Tick the trusts that you want to choose.")
        return redirect("programmes:trusts_choose", slug)
    given = {"collaborative": collaborative, "today": timezone.localdate(), "chosen": chosen}
    form = ChoiceForm(request.POST or None, **given)
    if request.method == "POST" and form.is_valid():
        try:
            made = choose_trusts(form.cleaned_data["wave"], form.choices(), by=request.user, at=timezone.now())
        except EnrolmentRefused as refused:
            form.add_error(None, str(refused))
        else:
            names = ", ".join(str(one.trust) for one in made)
            messages.success(request, f"Chosen for {form.cleaned_data['wave'].name}: {names}. Name their buddies next.")
            return redirect("programmes:collaborative_detail", slug)
    context = {"collaborative": collaborative, "form": form, "chosen": chosen, "query": request.GET.urlencode()}
    return render(request, "programmes/trusts_confirm.html", context)


@participants_only
def wave_step(request: HttpRequest, slug: str) -> HttpResponse:
    collaborative = _led(request, slug)
    form = WaveStepForm(request.POST or None, today=timezone.localdate(), collaborative=collaborative)
    if request.method == "POST" and form.is_valid():
        try:
            held = hold_for_all(**form.cleaned_data, by=request.user, at=timezone.now())
        except EnrolmentRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Recorded for {len(held)} trusts: {form.cleaned_data['step']}.")
            return redirect("programmes:collaborative_detail", slug)
    return render(request, "programmes/wave_step.html", {"form": form, "collaborative": collaborative})
