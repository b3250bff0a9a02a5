"""Seats that fall vacant, proposals and foundation trusts' requests in the list of whoever has to see to them."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.timezone import localdate

from appointments.access import is_secretariat, keeps_cases
from appointments.models import Case, Proposal, SupportRequest
from portal.access import access_of
from portal.models import User
from portal.worklist import Entry, waits

GROUP = "Boards"


@waits
def own_cases(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For a trust's administrator: each seat of the own board that wants a word or a proposal. One query."""
    ids = access_of(user).administers_ids
    if not ids:
        return
    mine = Case.objects.visible_to(user).filter(seat__board__in=ids)
    todo = mine.without_intent() | mine.unproposed()
    for case in todo.select_related("seat__board", "tenure__person").order_by("tenure__ends_on", "pk"):
        what = "Propose the further term" if case.intent else "Say what should happen to a seat"
        url = reverse("appointments:case_detail", args=[case.pk])
        detail = f"{case.seat.title}, {case.tenure.person}, {case.seat.board}"
        yield Entry(what, url, GROUP, detail=detail, due_on=case.tenure.ends_on)


@waits
def cases_in_scope(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For the talent team, and a regional lead in the region: how many seats wait for what. One query."""
    if not access_of(user).is_talent_staff:
        return
    found = (
        Case.objects.visible_to(user)
        .open()
        .order_by()
        .aggregate(
            without=Count("pk", filter=Q(intent="")),
            nearest=Count("pk", filter=Q(intent="", horizon__lte=6)),
            first=Min("tenure__ends_on", filter=Q(intent="")),
            recruit=Count("pk", filter=Q(intent=Case.Intent.RECRUIT)),
            recruit_first=Min("tenure__ends_on", filter=Q(intent=Case.Intent.RECRUIT)),
        )
    )
    url = reverse("appointments:case_list")
    if found["without"]:
        detail = f"{found['nearest']} of them within 6 months"
        title = "Seats that fall vacant with no intention yet"
        yield Entry(title, f"{url}?intent=none", GROUP, detail=detail, due_on=found["first"], count=found["without"])
    if found["recruit"]:
        title, due = "Seats to recruit to", found["recruit_first"]
        yield Entry(title, f"{url}?intent=recruit", GROUP, due_on=due, count=found["recruit"])


@waits
def proposals_to_complete(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For who keeps the seat: proposals in which a fact is missing; no meeting takes them so. One query."""
    if not keeps_cases(user):
        return
    if number := Proposal.objects.visible_to(user).incomplete().count():
        url = f"{reverse('appointments:proposal_list')}?state=incomplete"
        yield Entry("Complete proposals about boards", url, GROUP, count=number)


@waits
def proposals_for_an_agenda(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For the secretariat: proposals with all their facts and checks that stand on no agenda. One query."""
    if not is_secretariat(user):
        return
    waiting = Proposal.objects.visible_to(user).on_no_agenda()
    waiting = waiting.exclude(pk__in=Proposal.objects.incomplete().values("pk"))
    if number := waiting.exclude(pk__in=Proposal.objects.unchecked(localdate(at)).values("pk")).count():
        url = f"{reverse('appointments:proposal_list')}?state=waiting"
        yield Entry("Proposals about boards that are on no agenda", url, GROUP, count=number)


@waits
def support_to_answer(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For talent staff: each foundation trust's request in their scope. One query."""
    if not access_of(user).is_talent_staff:
        return
    for asked in SupportRequest.objects.visible_to(user).unanswered().select_related("seat__board"):
        url = reverse("appointments:support_answer", args=[asked.pk])
        yield Entry("Answer a foundation trust", url, GROUP, detail=str(asked))
