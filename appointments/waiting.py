"""What waits on the third floor: meetings, items to vote on, applications on no agenda, boards and their terms."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate

from appointments import confirming, consenting, ending, panel, waiting_cases, waiting_checks
from appointments.access import is_secretariat
from appointments.agenda import waiting_for_a_meeting
from appointments.models import (
    AgendaItem,
    BoardConfirmation,
    Campaign,
    CommitteeAction,
    CommitteeSeat,
    Mark,
    Meeting,
    NetworkAction,
    NetworkSession,
    Tenure,
    Vote,
)
from appointments.recommending import names_given_to
from portal.access import access_of, has_role
from portal.models import Role, User
from portal.worklist import Entry, waits
from talent.models import State

__all__ = ["waiting_cases", "waiting_checks"]  # they plug in by being imported

GROUP = "Committees"
BOARDS = "Boards"
NETWORKS = "Chair networks"


@waits
def for_members(user: User, at: dt.datetime) -> Iterator[Entry]:
    """One query: each planned meeting of the member with the items still to declare about, and to vote on."""
    if not has_role(user, Role.COMMITTEE_MEMBER):
        return
    listed = AgendaItem.objects.listed_for(user).undecided()
    readable = AgendaItem.objects.visible_to(user).undecided()
    unvoted = readable.filter(~Exists(Vote.objects.filter(item=OuterRef("pk"), member=user)))
    meetings = (
        Meeting.objects.visible_to(user)
        .upcoming(at)
        .filter(committee__seats__user=user)
        .select_related("committee")
        .annotate(
            to_declare=Count("items", filter=Q(items__in=listed.undeclared_by(user)), distinct=True),
            to_vote=Count("items", filter=Q(items__in=unvoted.filter(declarations__member=user)), distinct=True),
        )
    )
    for meeting in meetings:
        if meeting.closes_at is not None and meeting.closes_at <= at:
            continue
        due_on = localdate(meeting.closes_at) if meeting.closes_at else meeting.day
        if meeting.to_declare:
            url = reverse("appointments:meeting_declare", args=[meeting.pk])
            yield Entry(f"Declare your interests: {meeting}", url, GROUP, due_on=due_on, count=meeting.to_declare)
        if meeting.to_vote:
            url = reverse("appointments:meeting_detail", args=[meeting.pk])
            yield Entry(f"Read and vote: {meeting}", url, GROUP, due_on=due_on, count=meeting.to_vote)


@waits
def for_secretariat(user: User, at: dt.datetime) -> Iterator[Entry]:
    """Two queries: recommended applications on no agenda, and meetings whose day has come."""
    if not is_secretariat(user):
        return
    if number := waiting_for_a_meeting(user).count():
        url = reverse("appointments:meeting_list")
        yield Entry("Recommended applications that are on no agenda", url, GROUP, count=number)
    begun = Meeting.objects.begun(at).select_related("committee")
    for meeting in begun:
        url = reverse("appointments:meeting_detail", args=[meeting.pk])
        yield Entry(f"Record decisions and close: {meeting}", url, GROUP, due_on=meeting.day)


@waits
def rounds_to_close(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For whoever chairs a committee: its rounds by correspondence whose time is up. One query."""
    if not has_role(user, Role.COMMITTEE_MEMBER):
        return
    chairing = (CommitteeSeat.Role.CHAIR, CommitteeSeat.Role.DEPUTY)
    seats = CommitteeSeat.objects.in_force(localdate(at)).filter(user=user, role__in=chairing)
    over = Meeting.objects.visible_to(user).begun(at).filter(mode=Meeting.Mode.CORRESPONDENCE)
    for meeting in over.filter(committee__in=seats.values("committee")).select_related("committee"):
        url = reverse("appointments:meeting_detail", args=[meeting.pk])
        yield Entry(f"Votes are closed: {meeting}", url, GROUP, due_on=localdate(meeting.closes_at))


@waits
def committee_actions(user: User, at: dt.datetime) -> Iterator[Entry]:
    """What a committee has asked somebody to do; the worklist puts what is overdue first. One query."""
    if not (is_secretariat(user) or has_role(user, Role.COMMITTEE_MEMBER)):
        return
    mine = CommitteeAction.objects.visible_to(user).owned_by(user).open()
    for action in mine.select_related("meeting__committee"):
        url = reverse("appointments:action_finish", args=[action.pk])
        yield Entry(action.what, url, GROUP, detail=str(action.meeting), due_on=action.due_on)


@waits
def boards_to_confirm(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For a trust's administrator: their board, from the half-year's first day until it is answered for. One query."""
    ids = access_of(user).administers_ids
    if not ids:
        return
    due = confirming.due_on(confirming.half_of(localdate(at)))
    for trust in confirming.owing(at=at).filter(pk__in=ids):
        url = reverse("appointments:board_confirm", args=[trust.ods_code])
        yield Entry("Confirm your board", url, BOARDS, detail=trust.name, due_on=due)


@waits
def boards_said_to_be_wrong(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For the talent team: each board that its trust says is recorded wrongly. One query."""
    if not is_secretariat(user):
        return
    for said in BoardConfirmation.objects.unsettled().select_related("board"):
        url = reverse("appointments:board_detail", args=[said.board.ods_code])
        yield Entry("Put a board right", url, BOARDS, detail=said.board.name)


@waits
def terms_found_beyond(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For the talent team: each term that a correction showed to be beyond the policy. One query."""
    if not is_secretariat(user):
        return
    for tenure in Tenure.objects.visible_to(user).found_beyond(localdate(at)).select_related("seat__board", "person"):
        url = reverse("appointments:tenure_detail", args=[tenure.pk])
        detail = f"{tenure.person}, {tenure.seat}"
        yield Entry("Put a term beyond the policy to the committee", url, BOARDS, detail=detail, due_on=tenure.ends_on)


@waits
def terms_ending(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For talent staff: the seats that fall vacant in their scope, by horizon. One query."""
    if not access_of(user).is_talent_staff:
        return
    by = ending.counts(Tenure.objects.visible_to(user), localdate(at))
    if total := by[ending.HORIZONS[-1]]:
        detail = ", ".join(f"{number} within {months} months" for months, number in by.items())
        yield Entry("Terms of office that end", reverse("appointments:term_list"), BOARDS, detail=detail, count=total)


@waits
def network_actions(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For whoever was asked at a chair network's session to do something. One query."""
    for action in NetworkAction.objects.open().owned_by(user).select_related("session__region"):
        url = reverse("appointments:network_session_detail", args=[action.session_id])
        yield Entry(action.what, url, NETWORKS, detail=str(action.session), due_on=action.due_on)


@waits
def network_attendance(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For the region's lead and managing director: sessions that were planned and whose time has come. One query."""
    access = access_of(user)
    if not access.roles:
        return
    mine = Q(region__in=access.region_ids) | Q(region__managing_director=user)
    begun = NetworkSession.objects.planned().filter(mine, starts_at__lte=at).select_related("region")
    for session in begun:
        url = reverse("appointments:network_session_attendance", args=[session.pk])
        yield Entry(f"Record who came: {session}", url, NETWORKS, due_on=session.day)


@waits
def campaigns_to_lead(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For talent staff: each campaign that closed and has no longlist yet. One query."""
    if not access_of(user).is_talent_staff:
        return
    closed = Campaign.objects.run_by(user).filter(stage=Campaign.Stage.ADVERTISED, intake__closes_at__lte=at)
    for campaign in closed.select_related("seat__board", "intake"):
        url = reverse("appointments:campaign_detail", args=[campaign.pk])
        yield Entry("Make the longlist", url, BOARDS, detail=str(campaign), due_on=localdate(campaign.intake.closes_at))


@waits
def panels_to_score(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For a panel member: each campaign with applicants they have not scored in this round. Two queries."""
    if not has_role(user, *panel.MAY_SIT):
        return
    scored = Mark.objects.filter(application=OuterRef("pk"), round=OuterRef("state"), member__user=user)
    left = Counter(panel.readable_by(user).filter(~Exists(scored)).values_list("intake__campaign", flat=True))
    for campaign in Campaign.objects.filter(pk__in=left).select_related("seat__board"):
        url = reverse("appointments:panel_detail", args=[campaign.pk])
        yield Entry("Read and score for a panel", url, BOARDS, detail=str(campaign), count=left[campaign.pk])


@waits
def names_to_consent_to(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For an applicant to a foundation trust: whether the trust may have the name. One query."""
    for application in consenting.unanswered(user).select_related("intake__campaign__seat__board"):
        url = reverse("appointments:name_consent", args=[application.reference])
        yield Entry(
            "May we give your name to the trust?", url, "Your applications", detail=str(application.intake.campaign)
        )


@waits
def names_for_a_trust(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For a foundation trust's administrators: people we have put to them. One query."""
    if not access_of(user).administers_ids:
        return
    if number := names_given_to(user).filter(state=State.ADVISED).count():
        yield Entry("Names we have given you", reverse("appointments:name_list"), BOARDS, count=number)
