"""Committee day for the demonstration: timed agendas, a round that is open for votes, actions; through the acts."""

import datetime as dt

from appointments.actions import add_action, finish_action
from appointments.agenda import add_business
from appointments.correspondence import TELL_MEMBER, move_closing, plan_round, send_round
from appointments.decisions import cast_vote
from appointments.declaring import declare
from appointments.models import AgendaItem, Committee, CommitteeAction, Meeting
from appointments.sections import add_usual_sections, change_item
from portal.demo import Stage
from portal.models import Job, Role, User

# By kind of item: minutes and who presents it.
LINES = {
    AgendaItem.Kind.SCHEME_PLACE: (5, "Head of talent"),
    AgendaItem.Kind.POLICY: (15, "Director of people"),
}
ROUND = (
    (
        "Interim cover while a chair’s seat is vacant",
        "A trust’s vice chair is asked to act for two months, until the campaign has ended. Nothing is paid "
        "beyond the standard rate. A decision is wanted before the next meeting, since the seat falls vacant first.",
    ),
    (
        "An observer from the regional talent board",
        "The regional talent board asks to send an observer to the next two meetings, without papers on named people.",
    ),
)
AWAY = "Two members are away until Monday and asked for time to read."
AGREED = (
    ("Set out how long each campaign took this year, against three months", 45, True),
    ("Ask the regions which chairs’ terms end within 18 months and who could follow", 20, False),
    ("Write to trusts whose boards have not been confirmed this half-year", -4, False),
)


def load_committee_day(stage: Stage, committee: Committee) -> None:
    clerk = stage.accounts["talent_team"]
    for meeting in Meeting.objects.upcoming(stage.at).filter(committee=committee):
        _time(meeting, clerk)
    _open_round(stage, committee, clerk)
    _agree(stage, committee, clerk)


def _time(meeting: Meeting, clerk: User) -> None:
    """The usual parts, with minutes and a presenter for what is to be decided."""
    add_usual_sections(meeting, by=clerk)
    for item in meeting.items.undecided().select_related("section", "meeting"):
        minutes, presenter = LINES.get(item.kind, (10, "Head of appointments"))
        line = {"title": item.title, "section": item.section, "note": item.note}
        change_item(item, **line, minutes=minutes, presenter=presenter, by=clerk)


def _open_round(stage: Stage, committee: Committee, clerk: User) -> None:
    """Sent yesterday, open for five days more; two members have voted, those to sign in as have not."""
    sent_at = stage.days_ago(1)
    meeting = plan_round(committee, closes_at=stage.days_ago(-3, hour=17), by=clerk, at=sent_at - dt.timedelta(hours=1))
    items = [add_business(meeting, title=title, note=note, by=clerk, at=sent_at) for title, note in ROUND]
    send_round(meeting, by=clerk, at=sent_at)
    moved_at = sent_at + dt.timedelta(hours=1)
    move_closing(meeting, closes_at=stage.days_ago(-5, hour=17), by=clerk, at=moved_at, reason=AWAY)
    Job.objects.filter(kind=TELL_MEMBER, due_at__lte=moved_at).update(done_at=sent_at)  # told at the time
    meeting.refresh_from_db()
    known = {stage.accounts["committee_chair"], stage.accounts["committee_member"]}
    others = [member for member in stage.cast[Role.COMMITTEE_MEMBER] if member not in known]
    for hours, member in enumerate(others[:2], start=2):
        at = sent_at + dt.timedelta(hours=hours)
        declare(meeting, dict.fromkeys(item.pk for item in items), by=member, at=at)
        for item in items:
            cast_vote(item, "for", by=member, at=at)


def _agree(stage: Stage, committee: Committee, clerk: User) -> None:
    """Actions of the last meeting: one done, one to come, one overdue with the member to sign in as."""
    held = Meeting.objects.filter(committee=committee, state=Meeting.State.HELD, mode=Meeting.Mode.MEETING)
    meeting = held.order_by("-starts_at").first()
    if meeting is None:
        return
    owners = (clerk, clerk, stage.accounts["committee_member"])
    for (what, days, is_done), owner in zip(AGREED, owners, strict=True):
        at, due_on = meeting.starts_at, (stage.at + dt.timedelta(days=days)).date()
        action: CommitteeAction = add_action(meeting, what=what, owner=owner, due_on=due_on, by=clerk, at=at)
        if is_done:
            finish_action(action, by=clerk, at=at + dt.timedelta(days=9), note="With the papers of the next meeting.")
