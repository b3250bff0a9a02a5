"""Lists shown to trusts: staff show and withdraw them, a trust's people read them and say what they think."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appointments import sharing
from appointments.access import boards_to_propose_for
from appointments.forms_sharing import ShareForm, ViewForm
from appointments.models import SharedList, SharedPerson, ShareEvent
from appointments.models.shortlist import may_be_shown
from appointments.shared_reading import cards_of
from appointments.sharing import SharingRefused
from portal.access import STAFF_ROLES, requires_role
from portal.models import Role
from talent.access import own_record
from talent.models import CuratedPool, Person, PoolCandidate


@requires_role(*STAFF_ROLES)
def share_list(request: HttpRequest) -> HttpResponse:
    lists = SharedList.objects.run_by(request.user).select_related("trust", "shared_by").order_by("-shared_at", "-pk")
    views = Count("events", filter=Q(events__kind=ShareEvent.Kind.FEEDBACK))
    page = Paginator(lists.annotate(views=views), 25).get_page(request.GET.get("page"))
    return render(request, "appointments/share_list.html", {"page": page, "today": timezone.localdate()})


@requires_role(*STAFF_ROLES)
def share_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows people of one curated pool to a trust."""
    pool, now = get_object_or_404(CuratedPool.objects.visible_to(request.user), pk=pk), timezone.now()
    today = timezone.localdate(now)
    inside = PoolCandidate.objects.visible_to(request.user).shown_on(today).filter(pool=pool).values("person")
    people = Person.objects.filter(pk__in=inside).filter(pk__in=may_be_shown(today))
    form = ShareForm(
        request.POST if request.method == "POST" else None, trusts=boards_to_propose_for(request.user), people=people
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = sharing.share(by=request.user, at=now, **form.cleaned_data)
        except SharingRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{made.trust} sees this list until {made.until:%-d %B %Y}.")
            return redirect("appointments:share_detail", made.pk)
    hidden = PoolCandidate.objects.filter(person__in=inside, pool=pool).count() - people.count()
    context = {"form": form, "pool": pool, "people": people, "unwilling": hidden}
    return render(request, "appointments/share_create.html", context)


@requires_role(*STAFF_ROLES)
def share_detail(request: HttpRequest, pk: int) -> HttpResponse:
    shared, today = _run(request, pk), timezone.localdate()
    shown = SharedPerson.objects.filter(shared_list=shared).shown_on(today).exclude(person__user=request.user)
    views = shared.events.filter(kind=ShareEvent.Kind.FEEDBACK, person__in=shown.values("person"))
    context = {
        "shared": shared,
        "people": shown.select_related("person"),
        "views": views.select_related("person", "by"),
        "events": shared.events.exclude(kind=ShareEvent.Kind.FEEDBACK).select_related("by"),
        "is_shown": shared.is_shown_on(today),
    }
    return render(request, "appointments/share_detail.html", context)


@requires_role(*STAFF_ROLES)
def share_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    shared = _run(request, pk)
    if request.method == "POST":
        sharing.withdraw(shared, by=request.user, at=timezone.now())
        messages.success(request, f"{shared.trust} does not see this list any more.")
        return redirect("appointments:share_detail", pk)
    return render(request, "appointments/share_withdraw.html", {"shared": shared})


def _run(request: HttpRequest, pk: int) -> SharedList:
    rows = SharedList.objects.run_by(request.user).select_related("trust", "shared_by", "seat")
    return get_object_or_404(rows, pk=pk)


@requires_role(Role.TRUST_USER)
def shortlist_list(request: HttpRequest) -> HttpResponse:
    """What is shown to one's own trust today."""
    today = timezone.localdate()
    lists = SharedList.objects.shown_to(request.user, today).select_related("trust", "shared_by")
    shown = SharedPerson.objects.shown_on(today).values("pk")
    rows = lists.annotate(number=Count("people", filter=Q(people__in=shown))).order_by("-shared_at", "-pk")
    return render(request, "appointments/shortlist_list.html", {"lists": rows})


@requires_role(Role.TRUST_USER)
def shortlist_detail(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    shared = _shown(request, pk)
    cards = cards_of(shared, day=timezone.localdate(now))
    sharing.record_reading(shared, [card.person for card in cards], by=request.user, at=now)
    return render(request, "appointments/shortlist_detail.html", {"shared": shared, "cards": cards})


@requires_role(Role.TRUST_USER)
def shortlist_view(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """What the trust makes of one person it is shown."""
    shared, now = _shown(request, pk), timezone.now()
    shown = SharedPerson.objects.filter(shared_list=shared).shown_on(timezone.localdate(now))
    person = get_object_or_404(shown.select_related("person"), person_id=person_pk).person
    form = ViewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sharing.give_view(shared, person, **form.cleaned_data, by=request.user, at=now)
        except SharingRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Thank you. The talent team has what you think.")
            return redirect("appointments:shortlist_detail", pk)
    return render(request, "appointments/shortlist_view.html", {"shared": shared, "person": person, "form": form})


def _shown(request: HttpRequest, pk: int) -> SharedList:
    rows = SharedList.objects.shown_to(request.user, timezone.localdate()).select_related("trust", "shared_by")
    return get_object_or_404(rows, pk=pk)


@login_required
def own_share_list(request: HttpRequest) -> HttpResponse:
    """The member's own page: every trust that was shown them."""
    person, today = own_record(request.user), timezone.localdate()
    rows = sharing.shown_to(person, day=today) if person else []
    return render(request, "appointments/own_share_list.html", {"rows": rows})
