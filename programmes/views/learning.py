"""Learning networks: which there are, one's own with its meetings, members and notes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import access_of
from programmes import learning, network_mail
from programmes.forms_event import ReasonForm
from programmes.forms_learning import AnswerForm, JoinForm, MemberForm, NoteForm
from programmes.learning import NetworkRefused, may_lead_network
from programmes.models import Event, LearningNetwork, NetworkMember, NetworkNote

PAGE_SIZE, LATEST = 50, 10


def for_members(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a network's members and leads; nobody else learns what is in it."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        network = get_object_or_404(LearningNetwork.objects.visible_to(request.user), slug=slug)
        return view(request, network, *args, **kwargs)

    return guarded


@login_required
def learning_list(request: HttpRequest) -> HttpResponse:
    """Every network with its purpose; what is in it is for its members."""
    networks = list(LearningNetwork.objects.counted())
    mine = set(LearningNetwork.objects.visible_to(request.user).values_list("pk", flat=True))
    context = {"networks": networks, "mine": mine, "may_join": bool(access_of(request.user).trust_ids)}
    return render(request, "programmes/learning_list.html", context)


@login_required
def learning_join(request: HttpRequest, slug: str) -> HttpResponse:
    """For people who act for a trust."""
    network = get_object_or_404(LearningNetwork, slug=slug)
    if not access_of(request.user).trust_ids:
        raise PermissionDenied
    form = JoinForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            learning.join(network, form.cleaned_data["organisation"], by=request.user, at=timezone.now())
        except NetworkRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Welcome to the network.")
            return redirect("programmes:learning_detail", slug)
    return render(request, "programmes/learning_join.html", {"form": form, "network": network})


@for_members
def learning_detail(request: HttpRequest, network: LearningNetwork) -> HttpResponse:
    now = timezone.now()
    meetings = list(Event.objects.published().filter(network=network).counted().order_by("starts_at"))
    own = NetworkMember.objects.current().filter(network=network, user=request.user).first()
    context = {
        "network": network,
        "own": own,
        "leads": network.leads.all(),
        "coming": [event for event in meetings if event.ends_at > now and event.state != Event.State.CANCELLED],
        "past": [event for event in reversed(meetings) if event.ends_at <= now][:LATEST],
        "notes": network.notes.begun().select_related("by", "meeting")[:LATEST],
        "trusts": network.members.current().values("organisation").distinct().count(),
        "may_lead": may_lead_network(request.user, network),
    }
    return render(request, "programmes/learning_detail.html", context)


@for_members
@require_POST
def network_mail_choose(request: HttpRequest, network: LearningNetwork) -> HttpResponse:
    wanted = request.POST.get("wanted") == "yes"
    network_mail.choose_mail(network, wanted=wanted, by=request.user)
    messages.success(
        request, "You get mail from this network." if wanted else "You get no more mail from this network."
    )
    return redirect("programmes:learning_detail", network.slug)


def network_mail_end(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail, without signing in; a scanner that opens the link changes nothing."""
    member = network_mail.member_of(token)
    if member is None:
        raise Http404
    if request.method == "POST":
        network_mail.choose_mail(member.network, wanted=False, by=member.user)
        messages.success(request, f"You get no more mail from “{member.network}”.")
        return redirect("/")
    return render(request, "programmes/network_mail_end.html", {"network": member.network})


@for_members
def learning_members(request: HttpRequest, network: LearningNetwork) -> HttpResponse:
    rows = network.members.current().select_related("user", "organisation__region")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"network": network, "page": page, "may_lead": may_lead_network(request.user, network)}
    return render(request, "programmes/learning_members.html", context)


@for_members
def learning_member_add(request: HttpRequest, network: LearningNetwork) -> HttpResponse:
    if not may_lead_network(request.user, network):
        raise PermissionDenied
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            learning.add_member(network, said["email"], said["organisation"], by=request.user, at=timezone.now())
        except NetworkRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Added: {said['email']}.")
            return redirect("programmes:learning_members", network.slug)
    return render(request, "programmes/learning_member_add.html", {"form": form, "network": network})


@for_members
def learning_member_end(request: HttpRequest, network: LearningNetwork, pk: int) -> HttpResponse:
    """Leaving, and taking somebody out with the reason: the act asks which it is."""
    member = get_object_or_404(network.members.current().select_related("user"), pk=pk)
    own = member.user_id == request.user.pk
    if not own and not may_lead_network(request.user, network):
        raise PermissionDenied
    form = ReasonForm(request.POST or None, label="Why?", required=not own)
    if request.method == "POST" and form.is_valid():
        try:
            learning.end_membership(member, **form.cleaned_data, by=request.user, at=timezone.now())
        except NetworkRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("programmes:learning_list")
    context = {"form": form, "network": network, "member": member, "own": own}
    return render(request, "programmes/learning_member_end.html", context)


@for_members
def note_begin(request: HttpRequest, network: LearningNetwork) -> HttpResponse:
    form = NoteForm(request.POST or None, network=network)
    if request.method == "POST" and form.is_valid():
        try:
            note = learning.write_note(network, **form.cleaned_data, by=request.user, at=timezone.now())
        except NetworkRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("programmes:note_detail", network.slug, note.pk)
    return render(request, "programmes/note_begin.html", {"form": form, "network": network})


def _begun(network: LearningNetwork, pk: int) -> NetworkNote:
    return get_object_or_404(network.notes.begun().select_related("by", "meeting"), pk=pk)


@for_members
def note_detail(request: HttpRequest, network: LearningNetwork, pk: int) -> HttpResponse:
    note = _begun(network, pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            learning.answer(note, **form.cleaned_data, by=request.user, at=timezone.now())
        except NetworkRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("programmes:note_detail", network.slug, pk)
    context = {
        "network": network,
        "note": note,
        "answers": note.answers.shown().select_related("by"),
        "form": form,
        "may_lead": may_lead_network(request.user, network),
    }
    return render(request, "programmes/note_detail.html", context)


@for_members
@require_POST
def note_take_off(request: HttpRequest, network: LearningNetwork, pk: int) -> HttpResponse:
    note = get_object_or_404(network.notes.shown(), pk=pk)
    learning.withdraw_note(note, by=request.user, at=timezone.now())
    messages.success(request, "The note is taken off.")
    if note.parent_id:
        return redirect("programmes:note_detail", network.slug, note.parent_id)
    return redirect("programmes:learning_detail", network.slug)
