"""For administrators: the people of an organisation, who is invited, and confirming the list."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal import confirmations, invitations
from portal.access import administered_organisations
from portal.models import Invitation, Membership, Organisation
from portal.models.membership import InvitationQuerySet, MembershipQuerySet
from portal.people_forms import ConfirmForm, InviteForm, RemoveForm


def _organisation(request: HttpRequest, ods_code: str) -> Organisation:
    return get_object_or_404(administered_organisations(request.user), ods_code=ods_code)


def _people(organisation: Organisation) -> MembershipQuerySet:
    people = Membership.objects.in_force(timezone.now()).filter(organisation=organisation)
    return people.select_related("user", "region").order_by("user__sort_name", "user_id", "role")


def _with_state(invitations: InvitationQuerySet, now: dt.datetime) -> list[Invitation]:
    """Each with its `state` at `now`."""
    rows = list(invitations.select_related("region", "invited_by", "invited_as"))
    for row in rows:
        row.state = row.state_at(now)
    return rows


def _invitation(request: HttpRequest, ods_code: str, pk: int) -> Invitation:
    unanswered = Invitation.objects.unanswered().select_related("organisation", "invited_by", "invited_as", "region")
    return get_object_or_404(unanswered, organisation=_organisation(request, ods_code), pk=pk)


@login_required
def people_list(request: HttpRequest, ods_code: str) -> HttpResponse:
    organisation, now = _organisation(request, ods_code), timezone.now()
    context = {
        "organisation": organisation,
        "people": _people(organisation),
        "invitations": _with_state(organisation.invitations.unanswered(), now),
        "owes_confirmation": confirmations.owing(at=now).filter(pk=organisation.pk).exists(),
    }
    return render(request, "portal/people_list.html", context)


@login_required
def people_detail(request: HttpRequest, ods_code: str, pk: int) -> HttpResponse:
    organisation = _organisation(request, ods_code)
    membership = get_object_or_404(_people(organisation), pk=pk)
    context = {
        "organisation": organisation,
        "membership": membership,
        "is_last": invitations.is_last_administrator(membership, at=timezone.now()),
    }
    return render(request, "portal/people_detail.html", context)


@login_required
@require_POST
def people_delegate(request: HttpRequest, ods_code: str, pk: int) -> HttpResponse:
    membership = get_object_or_404(_people(_organisation(request, ods_code)), pk=pk)
    wanted = request.POST.get("administrator") == "yes"
    done = f"{membership.user} is {'now' if wanted else 'no longer'} an administrator."
    _act(request, done, invitations.delegate, membership, administrator=wanted)
    return redirect("portal:people_list", ods_code)


def _act(request: HttpRequest, done: str, act: Any, *args: Any, **kwargs: Any) -> None:
    """Runs an act and says so, or says in its words why it was refused."""
    try:
        act(*args, by=request.user, at=timezone.now(), **kwargs)
    except invitations.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


@login_required
def people_remove(request: HttpRequest, ods_code: str, pk: int) -> HttpResponse:
    organisation, now = _organisation(request, ods_code), timezone.now()
    membership = get_object_or_404(_people(organisation), pk=pk)
    is_last = invitations.is_last_administrator(membership, at=now)
    others = _people(organisation).filter(role=membership.role).exclude(pk=pk).exclude(user=membership.user)
    form = RemoveForm(request.POST or None, successors=others if is_last else None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.end_membership(membership, by=request.user, at=now, **form.cleaned_data)
        except invitations.Refused as refusal:
            form.add_error("successor" if is_last else None, str(refusal))
        else:
            messages.success(request, f"{membership.user} no longer has access.")
            gone = membership.user == request.user
            return redirect("portal:home") if gone else redirect("portal:people_list", ods_code)
    context = {"organisation": organisation, "membership": membership, "form": form, "is_last": is_last}
    return render(request, "portal/people_remove.html", context)


@login_required
def invitation_create(request: HttpRequest, ods_code: str) -> HttpResponse:
    organisation = _organisation(request, ods_code)
    form = InviteForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invite(organisation, **form.cleaned_data, by=request.user, at=timezone.now())
        except invitations.Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"{form.cleaned_data['email']} has been invited.")
            return redirect("portal:people_list", ods_code)
    return render(request, "portal/invitation_create.html", {"organisation": organisation, "form": form})


@login_required
def invitation_detail(request: HttpRequest, ods_code: str, pk: int) -> HttpResponse:
    invitation = _invitation(request, ods_code, pk)
    state = invitation.state_at(timezone.now())
    return render(request, "portal/invitation_detail.html", {"invitation": invitation, "state": state})


@login_required
@require_POST
def invitation_resend(request: HttpRequest, ods_code: str, pk: int) -> HttpResponse:
    invitation = _invitation(request, ods_code, pk)
    _act(request, f"The invitation to {invitation.email} has been sent again.", invitations.resend, invitation)
    return redirect("portal:people_list", ods_code)


@login_required
@require_POST
def invitation_revoke(request: HttpRequest, ods_code: str, pk: int) -> HttpResponse:
    invitation = _invitation(request, ods_code, pk)
    _act(request, f"The invitation to {invitation.email} has been withdrawn.", invitations.revoke, invitation)
    return redirect("portal:people_list", ods_code)


@login_required
def confirmation_create(request: HttpRequest, ods_code: str) -> HttpResponse:
    organisation, now = _organisation(request, ods_code), timezone.now()
    form = ConfirmForm(request.POST or None, people=list(_people(organisation)))
    if request.method == "POST" and form.is_valid():
        removed = dict.fromkeys(form.removed_ids(), "Removed when the list was confirmed")
        try:
            confirmations.confirm(organisation, by=request.user, at=now, removed=removed)
        except invitations.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"You have confirmed who has access for {organisation}.")
            return redirect("portal:home")
    due_on = confirmations.due_on(confirmations.quarter_of(timezone.localdate(now)))
    return render(
        request, "portal/confirmation_create.html", {"organisation": organisation, "form": form, "due_on": due_on}
    )
