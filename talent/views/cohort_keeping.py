"""Making cohorts and seeing people through them: the talent team's pages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import requires_role
from portal.models import Role
from programmes.models import Cohort
from talent import cohort_keeping
from talent.cohorts import cohorts
from talent.forms.cohort import CohortForm, GraduationForm, HelpersForm, NewcomerForm
from talent.forms.staff import ReasonForm
from talent.models import Participation, Person
from talent.participating import OutcomeRefused

team = requires_role(Role.TALENT_TEAM)


def _cohort(pk: int) -> Cohort:
    return get_object_or_404(cohorts(), pk=pk)


def _participation(pk: int) -> Participation:
    rows = Participation.objects.filter(cohort__in=cohorts().order_by().values("pk"))
    return get_object_or_404(rows.select_related("person", "cohort__scheme"), pk=pk)


@team
def cohort_create(request: HttpRequest) -> HttpResponse:
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = cohort_keeping.begin_cohort(form.facts(), by=request.user, at=timezone.now())
        except OutcomeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The cohort is made. Take people in, and plan its sessions.")
            return redirect("talent:cohort_detail", made.pk)
    return render(request, "talent/cohort_create.html", {"form": form})


@team
def cohort_edit(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = _cohort(pk)
    form = CohortForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            cohort_keeping.change_cohort(cohort, form.facts(), by=request.user, at=timezone.now())
        except OutcomeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your changes are saved.")
            return redirect("talent:cohort_detail", pk)
    return render(request, "talent/cohort_edit.html", {"form": form, "cohort": cohort})


@team
def participant_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Find somebody by name and take them in, or take in somebody of whom there is no record yet."""
    cohort, words = _cohort(pk), request.GET.get("q", "")
    is_newcomer = request.method == "POST" and "person" not in request.POST
    form = NewcomerForm(request.POST if is_newcomer else None)
    if request.method == "POST" and not is_newcomer:
        return _taken_in(request, cohort)
    day = timezone.localdate()
    if is_newcomer and form.is_valid():
        made = cohort_keeping.take_in_newcomer(
            cohort, **form.cleaned_data, joined_on=day, by=request.user, at=timezone.now()
        )
        messages.success(request, f"{made.person} is in.")
        return redirect("talent:participant_edit", made.pk)
    found = cohort_keeping.found(cohort, words, by=request.user)
    context = {"cohort": cohort, "form": form, "words": words, "found": found}
    return render(request, "talent/participant_add.html", context)


def _taken_in(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    people = Person.objects.visible_to(request.user).unmerged()
    person = get_object_or_404(people, pk=request.POST["person"] if request.POST["person"].isdecimal() else 0)
    day = timezone.localdate()
    made = cohort_keeping.take_in(cohort, person, joined_on=day, by=request.user, at=timezone.now())
    messages.success(request, f"{person} is in.")
    return redirect("talent:participant_edit", made.pk)


@team
@require_POST
def participant_add_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who accepted a place."""
    cohort = _cohort(pk)
    number = cohort_keeping.take_in_intake(cohort, joined_on=cohort.starts_on, by=request.user, at=timezone.now())
    messages.success(request, f"{number} taken in.")
    return redirect("talent:cohort_detail", pk)


@team
def participant_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _participation(pk)
    given = {"sponsor_name": row.sponsor_name, "mentor_name": row.mentor_name, "joined_on": row.joined_on}
    form = HelpersForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        cohort_keeping.name_helpers(row, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"Saved for {row.person}.")
        return redirect("talent:cohort_detail", row.cohort_id)
    return render(request, "talent/participant_edit.html", {"form": form, "participation": row})


@team
def participant_take_out(request: HttpRequest, pk: int) -> HttpResponse:
    row = _participation(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cohort_keeping.take_out(row, **form.cleaned_data, by=request.user, at=timezone.now())
        except OutcomeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{row.person} is taken out.")
            return redirect("talent:cohort_detail", row.cohort_id)
    return render(request, "talent/participant_take_out.html", {"form": form, "participation": row})


@team
def cohort_graduate(request: HttpRequest, pk: int) -> HttpResponse:
    """Who completed the programme, for everybody at once."""
    cohort = _cohort(pk)
    people = list(cohort_keeping.on_the_way(cohort))
    named = [(one.pk, one.person.full_name) for one in people]
    initial = {"people": [one.pk for one in people], "on": cohort.ends_on or timezone.localdate()}
    form = GraduationForm(request.POST or None, people=named, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in people if str(one.pk) in form.cleaned_data["people"]]
        try:
            number = cohort_keeping.graduate(chosen, on=form.cleaned_data["on"], by=request.user, at=timezone.now())
        except OutcomeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{number} completed the programme.")
            return redirect("talent:cohort_detail", pk)
    return render(request, "talent/cohort_graduate.html", {"form": form, "cohort": cohort, "people": people})
