"""For whoever was sent an invitation: accepting it, or learning why it does not work."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from portal import invitations
from portal.models import Invitation
from portal.people_forms import AcceptForm


@never_cache
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Public: the token is the key. Who is not signed in is led to sign in or sign up, and back."""
    now = timezone.now()
    found = Invitation.objects.select_related("organisation", "invited_by", "invited_as")
    invitation = found.filter(token_digest=invitations.digest(token)).first()
    state = invitation.state_at(now) if invitation else "unknown"
    if state != "open":
        context = {"state": state, "invitation": invitation}
        if state == "lapsed":
            context["ask"] = invitations.may_be_asked(invitation.organisation, at=now)
        return render(request, "portal/invitation_closed.html", context, status=404 if state == "unknown" else 410)
    if not request.user.is_authenticated:
        return render(request, "portal/invitation_sign_in.html", {"invitation": invitation})
    if not invitations.is_for(invitation, request.user):
        return render(request, "portal/invitation_other_address.html", {"invitation": invitation}, status=403)
    return _accept(request, invitation)


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST or None, name_known=bool(request.user.full_name))
    if request.method == "POST" and form.is_valid():
        try:
            invitations.accept(invitation, by=request.user, at=timezone.now(), **form.cleaned_data)
        except invitations.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"You can now act for {invitation.organisation}.")
        return redirect("portal:home")
    return render(request, "portal/invitation_accept.html", {"invitation": invitation, "form": form})
