"""What the worker does on this floor: letters, the members' packs and minutes, a word before a reserve list ends."""

import contextlib
import datetime as dt

from django.utils import timezone

from appointments.agenda import KEEP_MINUTES
from appointments.correspondence import TELL_MEMBER, is_waiting_for
from appointments.equality_report import PUBLISH
from appointments.equality_units import ready_units
from appointments.models import CheckSet, Decision, Meeting, ReservePlace, SharedList
from appointments.pack_orders import MAKE_PACK, report_progress
from appointments.packs import PackRefused, issue_pack
from appointments.papers import keep_letters, keep_minutes
from appointments.reserving import REMIND
from appointments.self_declaring import TELL
from appointments.years import ReportingYear
from portal import outbox
from portal.mail import send
from portal.models import Job, Membership, User
from talent import equality
from talent.access import account_of
from talent.models import State


@outbox.job("appointments.make_letter")
def make_letter(job: Job) -> None:
    """Makes and keeps the letters; a second run finds them made."""
    decision = Decision.objects.select_related(
        "item__application__person",
        "item__application__intake__scheme",
        "item__proposal__person",
        "item__proposal__seat__board",
        "meeting__committee",
    ).get(pk=job.payload["decision"])
    keep_letters(decision, at=timezone.now())


@outbox.job(MAKE_PACK, is_long=True)
def make_pack(job: Job) -> None:
    """Binds one member's pack; each paper that was set is kept, so a second run goes on where the first stopped."""

    def told(done: int, of: int) -> None:
        report_progress(job, done, of, at=timezone.now())

    told(0, 0)
    meeting = Meeting.objects.select_related("committee").get(pk=job.payload["meeting"])
    member = User.objects.get(pk=job.payload["member"])
    with contextlib.suppress(PackRefused):  # a conflict or a lost seat since it was asked for
        issue_pack(meeting, member=member, at=timezone.now(), told=told)


@outbox.job(KEEP_MINUTES)
def issue_minutes(job: Job) -> None:
    """Makes the minutes of a closed meeting for each of its members, and keeps them."""
    meeting = Meeting.objects.select_related("committee").get(pk=job.payload["meeting"])
    now = timezone.now()
    for seat in meeting.committee.seats.in_force(meeting.day).select_related("user"):
        keep_minutes(meeting, reader=seat.user, at=now)


@outbox.job(REMIND)
def remind_reserve(job: Job) -> None:
    """Tells somebody that their place on a reserve list ends soon; nothing if it has become something else."""
    places = ReservePlace.objects.filter(pk=job.payload["place"], application__state=State.RESERVE)
    for place in places.select_related("application__person", "application__intake__scheme"):
        context = {"application": place.application, "place": place}
        send("application_reserve_reminder", to=[place.application.person.email], context=context)


@outbox.job(TELL_MEMBER)
def tell_round(job: Job) -> None:
    """Mails a member that a round is open, has another closing time, or closes in a day. Names no item."""
    meeting = Meeting.objects.select_related("committee").get(pk=job.payload["meeting"])
    member = User.objects.get(pk=job.payload["member"])
    sits = meeting.seats(timezone.now()).filter(user=member).exists()
    about = job.payload.get("closes_at")
    moved = about is not None and dt.datetime.fromisoformat(about) != meeting.closes_at
    if sits and meeting.is_planned and not moved and is_waiting_for(meeting, member):
        send(job.payload["message"], to=[member.email], context={"meeting": meeting, "member": member})


@outbox.job(TELL)
def tell_declaration_asked(job: Job) -> None:
    """Mails the person that a declaration is asked of them, unless they have signed meanwhile."""
    asked = CheckSet.objects.exclude(declaration_asked_at=None).select_related("person__user", "seat__board")
    check_set = asked.filter(pk=job.payload["check_set"]).first()
    if check_set and (account := account_of(check_set.person)):
        send("declaration_asked", to=[account.email], context={"check_set": check_set})


@outbox.job(PUBLISH, is_long=True)
def publish_equality(job: Job) -> None:
    """Publishes each unit of the year that has closed, one after the other; a second run finds the rest."""
    now, by = timezone.now(), User.objects.get(pk=job.payload["by"])
    units = ready_units(ReportingYear.parse(job.payload["year"]), at=now)
    for done, unit in enumerate(units, start=1):
        with contextlib.suppress(equality.VaultClosed):  # published meanwhile, or asked for by somebody who left
            equality.publish(unit, by=by, at=now)
        Job.objects.filter(pk=job.pk).update(progress_done=done, progress_total=len(units))


@outbox.job("appointments.tell_shared")
def tell_shared(job: Job) -> None:
    """Tells the trust's administrators that a list is there to read; who is on it stays behind the sign-in."""
    shared = SharedList.objects.in_force(timezone.localdate()).filter(pk=job.payload["shared_list"])
    for row in shared.select_related("trust", "shared_by"):
        people = Membership.objects.in_force(timezone.now()).filter(organisation=row.trust, is_administrator=True)
        addresses = people.values_list("user__email", flat=True).distinct().order_by("user__email")
        send("list_shared", to=list(addresses), context={"shared": row})


@outbox.job("appointments.tell_view")
def tell_view(job: Job) -> None:
    """Tells whoever shared a list that the trust has said what it thinks of somebody on it."""
    row = SharedList.objects.select_related("trust", "shared_by").get(pk=job.payload["shared_list"])
    send("list_answered", to=[row.shared_by.email], context={"shared": row})
