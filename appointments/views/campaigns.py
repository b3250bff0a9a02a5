"""The talent team's campaigns: what is vacant, what runs, one campaign with its time, its specification, its panel."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from appointments import board_skills, campaigning, offering, panel
from appointments.campaigning import CampaignRefused
from appointments.forms_campaign import CampaignForm, PanelMemberForm, PanelSearchForm, SpecificationForm
from appointments.models import Campaign, PanelMember, Seat, Tenure
from appointments.panel import PanelRefused
from appointments.timing import clock_of
from portal.access import STAFF_ROLES, requires_role
from talent.models import Application, State

PAGE_SIZE = 25
staff_only = requires_role(*STAFF_ROLES)


def run_by(request: HttpRequest, pk: int, **narrowed: object) -> Campaign:
    mine = Campaign.objects.run_by(request.user).select_related("seat__board__region", "intake__scheme", "rate")
    return get_object_or_404(mine, pk=pk, **narrowed)


@staff_only
def campaign_list(request: HttpRequest) -> HttpResponse:
    rows = Campaign.objects.run_by(request.user).select_related("seat__board__region", "intake")
    mine = Application.objects.in_scope_of(request.user)
    sent = Count("intake__applications", filter=Q(intake__applications__in=mine))
    page = Paginator(rows.annotate(sent=sent).order_by("-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "appointments/campaign_list.html", {"page": page})


@staff_only
def vacancy_list(request: HttpRequest) -> HttpResponse:
    """Chairs' and non-executives' seats that nobody sits in today and for which no campaign runs."""
    today = timezone.localdate()
    seats = Seat.objects.visible_to(request.user).non_executive().open_on(today)
    sits = Tenure.objects.sitting_on(today).filter(seat=OuterRef("pk"))
    running = Campaign.objects.running().filter(seat=OuterRef("pk"))
    vacant = seats.filter(~Exists(sits), ~Exists(running), board__closed_on=None).select_related("board__region")
    page = Paginator(vacant.order_by("board__sort_name", "role", "number"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "appointments/vacancy_list.html", {"page": page})


@staff_only
def campaign_create(request: HttpRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(Seat.objects.visible_to(request.user).select_related("board__region"), pk=pk)
    today = timezone.localdate()
    rates = offering.rates_for(seat, today)
    initial = {"days_a_month": seat.days_a_month, "rate": rates[0] if len(rates) == 1 else None}
    form = CampaignForm(request.POST or None, seat=seat, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = campaigning.start_campaign(seat, **form.cleaned_data, by=request.user, at=timezone.now())
        except CampaignRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("appointments:campaign_specification", made.pk)
    context = {"form": form, "seat": seat, "gaps": board_skills.gaps(seat.board, today)}
    return render(request, "appointments/campaign_create.html", context)


@staff_only
def campaign_detail(request: HttpRequest, pk: int) -> HttpResponse:
    campaign, today = run_by(request, pk), timezone.localdate()
    mine = Application.objects.in_scope_of(request.user).filter(intake=campaign.intake)
    counts = {state: n for state, n in mine.order_by().values_list("state").annotate(n=Count("pk"))}
    preparing = campaign.stage == Campaign.Stage.PREPARING
    context = {
        "campaign": campaign,
        "clock": clock_of(campaign, today=today),
        "events": campaign.events.select_related("by"),
        "criteria": campaign.criteria.all(),
        "members": campaign.panel.select_related("user"),
        "counts": [(State(state).label, n) for state, n in counts.items()],
        "obstacles": campaigning.obstacles_to_opening(campaign, day=today) if preparing else [],
        "may_longlist": campaign.intake is not None and timezone.now() >= campaign.intake.closes_at,
        "may_change_panel": campaign.stage not in (*Campaign.ENDED, "verdict", "recommended"),
    }
    return render(request, "appointments/campaign_detail.html", context)


@staff_only
def campaign_specification(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = run_by(request, pk, stage=Campaign.Stage.PREPARING)
    lines = list(campaign.criteria.all())
    initial = {
        "about": campaign.about,
        "closes_on": campaign.closes_on,
        "days_a_month": campaign.days_a_month,
        "rate": campaign.rate_id,
        "trust_asked_on": campaign.trust_asked_on,
        "essential": "\n".join(c.text for c in lines if c.essential),
        "desirable": "\n".join(c.text for c in lines if not c.essential),
    }
    form = SpecificationForm(request.POST or None, initial=initial, seat=campaign.seat, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            campaigning.specify(campaign, **form.cleaned_data, by=request.user, at=timezone.now())
        except CampaignRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The specification is saved.")
            return redirect("appointments:campaign_detail", pk)
    return render(request, "appointments/campaign_specification.html", {"form": form, "campaign": campaign})


@staff_only
def panel_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Find somebody, then give them their place; what was looked for stays in the address."""
    campaign, now = run_by(request, pk), timezone.now()
    asked = PanelSearchForm(request.GET if "q" in request.GET else None)
    found = panel.found_for(campaign, asked.cleaned_data["q"], at=now) if asked.is_valid() else []
    form = PanelMemberForm(request.POST if request.method == "POST" else None, found=found[: panel.FOUND_AT_MOST])
    if request.method == "POST" and form.is_valid():
        try:
            panel.add_member(campaign, **form.cleaned_data, by=request.user, at=now)
        except PanelRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{form.cleaned_data['user']} is on the panel.")
            return redirect("appointments:campaign_detail", pk)
    context = {"form": form, "campaign": campaign, "asked": asked, "found": found, "most": panel.FOUND_AT_MOST}
    return render(request, "appointments/panel_add.html", context)


@staff_only
def panel_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked first: whoever comes back begins anew."""
    mine = PanelMember.objects.filter(campaign__in=Campaign.objects.run_by(request.user))
    member = get_object_or_404(mine.select_related("campaign__seat__board", "user"), pk=pk)
    if request.method != "POST":
        back = reverse("appointments:campaign_detail", args=[member.campaign_id])
        return render(request, "appointments/panel_remove.html", {"member": member, "back": back})
    try:
        panel.remove_member(member, by=request.user, at=timezone.now())
        messages.success(request, f"{member.user} is off the panel.")
    except PanelRefused as refused:
        messages.error(request, str(refused))
    return redirect("appointments:campaign_detail", member.campaign_id)
