"""The third floor's part of the demonstration: the committee and its meetings, through its own acts, and the boards."""

import datetime as dt

from appointments.agenda import add_applications, add_business, close_meeting
from appointments.decisions import record_decision
from appointments.declaring import Interest, declare
from appointments.demo_boards import load_boards
from appointments.demo_campaigns import load_campaigns
from appointments.demo_networks import load_networks
from appointments.demo_participation import load_aspiring_chief_executives
from appointments.models import AgendaItem, Committee, CommitteeSeat, Decision, Meeting, Vote
from portal.demo import Stage, london
from portal.models import Job, Role, User
from programmes.demo import DECIDING, LONDON_2017, MIDLANDS_2017, RECENT, RUNNING
from talent.demo import after_decisions
from talent.demo.steps import Course
from talent.demo.words import reason
from talent.models import ConflictKind

TERMS = (
    "The Provider Leadership Committee decides on appointments of chairs and non-executive directors to NHS trusts, "
    "on remuneration and terminations, and on places on talent schemes. A member with an interest in an item neither "
    "reads its papers nor takes part in it. The chair's vote settles a tie."
)
PLACES = ("Room 4A, Wellington House, London SE1", "Committee room 2, Victoria Square House, Birmingham")
BUSINESS = (
    ("Dates of meetings for next year", "Six dates are proposed, each on the second Thursday of the month."),
    (
        "How places on positive action schemes are shared between regions",
        "The paper sets out three ways of sharing places, with the numbers of the last four intakes.",
    ),
)
# Of those who wait, so many come before the next meeting; the others wait for the one after it.
NEXT_AGENDA = 6


def load(stage: Stage) -> None:
    committee = _committee(stage)
    for key in (LONDON_2017, MIDLANDS_2017, RUNNING, RECENT):
        _hold(stage, committee, key)
    after_decisions(stage)
    _prepare_next(stage, committee)
    load_boards(stage)
    load_networks(stage)
    load_campaigns(stage)
    load_aspiring_chief_executives(stage)
    # What the decisions would have told people was told at the time; letters are still made, so that they can be read.
    Job.objects.filter(kind="talent.tell_applicant", done_at=None).update(done_at=stage.at)


def _committee(stage: Stage) -> Committee:
    committee = Committee.objects.create(name="Provider Leadership Committee", terms_of_reference=TERMS, quorum=4)
    chair = stage.accounts["committee_chair"]
    CommitteeSeat.objects.bulk_create(
        CommitteeSeat(
            committee=committee,
            user=user,
            role=CommitteeSeat.Role.CHAIR if user == chair else CommitteeSeat.Role.MEMBER,
            starts_on=dt.date(2016, 4, 4),
        )
        for user in stage.cast[Role.COMMITTEE_MEMBER]
    )
    return committee


def _meeting(committee: Committee, day: dt.date) -> Meeting:
    return Meeting.objects.create(committee=committee, starts_at=london(day, hour=14), place=PLACES[day.month % 2])


def _hold(stage: Stage, committee: Committee, key: str) -> None:
    """A meeting in which everything before it was decided, item after item, and which was then closed."""
    waiting = {c.application.pk: c for c in _courses(stage, key) if c.left[:1] in (("approve",), ("not_approved",))}
    day = stage.left["timetables"][key].meeting
    meeting, clerk = _meeting(committee, day), stage.accounts["talent_team"]
    applications = [course.application for course in waiting.values()]
    items = add_applications(meeting, applications, by=clerk, at=london(day - dt.timedelta(days=8), hour=11))
    members = stage.cast[Role.COMMITTEE_MEMBER]
    for number, item in enumerate(stage.progress(items, f"Decisions of {day:%B %Y}")):
        at = london(day, hour=14) + dt.timedelta(minutes=5 + number * 4)
        _decide(stage, item, waiting[item.application_id], members, at=at)
    close_meeting(meeting, by=clerk, at=london(day, hour=17))


def _decide(stage: Stage, item: AgendaItem, course: Course, members: list[User], *, at: dt.datetime) -> None:
    step = course.left[0]
    approved = step == "approve"
    out = [stage.chance.choice(members[2:])] if stage.chance.random() < 0.12 else []
    voting = [member for member in members if member not in out]
    mine, other = (Vote.Choice.FOR, Vote.Choice.AGAINST) if approved else (Vote.Choice.AGAINST, Vote.Choice.FOR)
    votes: dict[int, str] = {member.pk: mine for member in voting}
    if stage.chance.random() < 0.2 or not approved:
        votes[stage.chance.choice(voting).pk] = other
    record_decision(
        item,
        outcome=Decision.Outcome.APPROVED if approved else Decision.Outcome.NOT_APPROVED,
        votes=votes,
        reason=reason(stage.chance, step),
        by=stage.accounts["talent_team"],
        at=at,
        interests=[member.pk for member in out],
    )


def _prepare_next(stage: Stage, committee: Committee) -> None:
    """The next meeting: an agenda, and some members' declarations; those to sign in as have yet to declare."""
    day = stage.left["timetables"][DECIDING].meeting
    meeting, clerk = _meeting(committee, day), stage.accounts["talent_team"]
    waiting = [c.application for c in _courses(stage, DECIDING) if c.path[-1:] == ("recommend",)]
    at = stage.days_ago(2)
    items = add_applications(meeting, waiting[:NEXT_AGENDA], by=clerk, at=at)
    items += [add_business(meeting, title=title, note=note, by=clerk, at=at) for title, note in BUSINESS]
    to_sign_in_as = {stage.accounts["committee_chair"], stage.accounts["committee_member"]}
    others = [member for member in stage.cast[Role.COMMITTEE_MEMBER] if member not in to_sign_in_as]
    said: dict[int, Interest | None] = dict.fromkeys(item.pk for item in items)
    for member in others[:3]:
        declare(meeting, said, by=member, at=stage.days_ago(1))
    known = Interest(ConflictKind.COLLABORATOR, "We sat on the same charity's board until last year.")
    declare(meeting, {**said, items[1].pk: known}, by=others[3], at=stage.days_ago(1))


def _courses(stage: Stage, key: str) -> list[Course]:
    return [course for course in stage.left["courses"] if course.application.intake_id == stage.left[key].pk]
