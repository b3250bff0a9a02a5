"""Two who apply together: whom one asks, the answer, each one's word that the form may go."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from talent import partnering
from talent.applying import Closed
from talent.eligibility import rules_of
from talent.forms.pair import PartnerForm
from talent.models import Application, Craft, PartnerInvitation, State
from talent.pairs import Pair, pair_of
from talent.views.applicant import own_application
from talent.workflow import MoveRefused


def _refuse_alone(application: Application) -> None:
    if not application.intake.scheme.is_for_two:
        raise Http404


@own_application
def pair_detail(request: HttpRequest, application: Application) -> HttpResponse:
    """Who applies with whom and who has confirmed; whoever began asks somebody here."""
    _refuse_alone(application)
    if application.state != State.DRAFT:
        return redirect("talent:application_detail", application.reference)
    pair = pair_of(application)
    is_lead = application.person.user_id == request.user.pk
    form = PartnerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _invited(form, application, request):
        return redirect("talent:pair_detail", application.reference)
    context = {"application": application, "pair": pair, "form": form, "is_lead": is_lead}
    return render(request, "talent/pair_detail.html", context | {"has_confirmed": _has_confirmed(request, pair)})


def _invited(form: PartnerForm, application: Application, request: HttpRequest) -> bool:
    facts = form.cleaned_data | {"craft": Craft(form.cleaned_data["craft"])}
    try:
        made = partnering.invite(application, **facts, by=request.user, at=timezone.now())
    except MoveRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, f"The invitation is on its way to {made.email}.")
    return True


def _has_confirmed(request: HttpRequest, pair: Pair) -> bool:
    return any(person.user_id == request.user.pk for person in pair.confirmed)


@require_POST
@own_application
def pair_confirm(request: HttpRequest, application: Application) -> HttpResponse:
    """One's own word, given or taken back."""
    _refuse_alone(application)
    if "take_back" in request.POST:
        partnering.take_back_confirmation(application, by=request.user, at=timezone.now())
        messages.success(request, "Your confirmation is taken back.")
    else:
        partnering.confirm(application, by=request.user, at=timezone.now())
        messages.success(request, "You have confirmed the form as it stands.")
    return redirect("talent:pair_detail", application.reference)


@own_application
def pair_end(request: HttpRequest, application: Application) -> HttpResponse:
    """Are you sure: takes an invitation back, or ends applying together."""
    _refuse_alone(application)
    if request.method == "POST":
        if application.partner_id is None:
            partnering.take_back_invitation(application, by=request.user, at=timezone.now())
            messages.success(request, "The invitation is taken back.")
        else:
            partnering.part(application, by=request.user, at=timezone.now())
            messages.success(request, "You no longer apply together.")
        if application.person.user_id != request.user.pk:
            return redirect("talent:application_list")
        return redirect("talent:pair_detail", application.reference)
    context = {"application": application, "pair": pair_of(application)}
    return render(request, "talent/pair_end.html", context)


@login_required
def invitation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """An invitation to one's own address: what it is about, then join or say no."""
    mine = PartnerInvitation.objects.filter(email__iexact=request.user.email)
    rows = mine.select_related("application__intake__scheme", "application__person", "application__partner")
    invitation = get_object_or_404(rows, pk=pk)
    if invitation.application.is_of(request.user):
        return redirect("talent:application_detail", invitation.application.reference)
    is_open = PartnerInvitation.objects.waiting_for(request.user).filter(pk=pk).exists()
    if request.method == "POST" and is_open:
        return _answered(request, invitation, joins="join" in request.POST)
    intake = invitation.application.intake
    context = {"invitation": invitation, "is_open": is_open, "intake": intake, "rules": rules_of(intake.scheme)}
    return render(request, "talent/invitation_answer.html", context)


def _answered(request: HttpRequest, invitation: PartnerInvitation, *, joins: bool) -> HttpResponse:
    try:
        application = partnering.answer_invitation(invitation, joins=joins, by=request.user, at=timezone.now())
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return redirect("talent:invitation_answer", invitation.pk)
    except Closed:
        messages.error(request, "The deadline has passed.")
        return redirect("talent:application_list")
    if joins:
        messages.success(request, "You have joined. Both of you can write in the form now.")
        return redirect("talent:application_detail", application.reference)
    messages.success(request, f"We have told {application.person} that you are not applying together.")
    return redirect("talent:application_list")
