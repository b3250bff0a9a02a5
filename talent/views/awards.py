"""Giving an award, announcing it, and the public page of those who won."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.access import STAFF_ROLES, requires_role
from programmes.models import Prize, Scheme
from talent.access import Refused
from talent.applying import answers_of
from talent.awarding import announce, announced, give_award
from talent.forms.pair import AnnouncementForm, AwardForm
from talent.models import Application, Award, State
from talent.views.candidates_fetch import in_scope, worked_on
from talent.workflow import MoveRefused


def award_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has won, the newest first; nobody needs an account."""
    scheme = get_object_or_404(Scheme.objects.filter(track=Scheme.Track.AWARD), slug=slug)
    context = {
        "scheme": scheme,
        "awards": announced(slug),
        "prize": Prize.objects.in_force(timezone.localdate()).filter(scheme=scheme).first(),
        "page_of_it": scheme.programme_pages.live().first(),
    }
    return render(request, "talent/award_list.html", context)


@requires_role(*STAFF_ROLES)
def award_create(request: HttpRequest, reference: str) -> HttpResponse:
    """What the panel decided, with its reason; it cannot be taken back."""
    application = worked_on(request, reference)
    if application.state != State.INTERVIEW or not application.intake.scheme.is_for_two:
        return redirect("talent:candidate_detail", reference)
    form = AwardForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            award = give_award(application, **form.cleaned_data, by=request.user, at=timezone.now())
        except (Refused, MoveRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{application.names} have the award, and a mail tells them.")
            return redirect("talent:award_announce", award.pk)
    prizes = Prize.objects.in_force(timezone.localdate()).filter(scheme=application.intake.scheme)
    context = {"application": application, "form": form, "prize": prizes.first()}
    return render(request, "talent/award_create.html", context)


@requires_role(*STAFF_ROLES)
def award_announce(request: HttpRequest, pk: int) -> HttpResponse:
    awards = Award.objects.filter(application__in=in_scope(request)).select_related(
        "application__person", "application__partner", "application__intake__scheme"
    )
    award = get_object_or_404(awards, pk=pk)
    last = award.announcements.first()
    form = AnnouncementForm(
        request.POST if request.method == "POST" else None,
        initial={
            "employer": last.employer if last else _employer(award.application),
            "citation": last and last.citation,
        },
    )
    if request.method == "POST" and form.is_valid():
        announce(award, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The award is announced.")
        return redirect("talent:award_list", award.application.intake.scheme.slug)
    return render(request, "talent/award_announce.html", {"award": award, "form": form, "last": last})


def _employer(application: Application) -> str:
    return str(answers_of(application).get("trust", ""))
