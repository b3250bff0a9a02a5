"""The third floor's part of the demonstration: the committee and its meetings, through its own acts, and the boards."""

import datetime as dt

from appointments import frameworks, pay_policies, policies
from appointments.agenda import add_applications, add_business, close_meeting
from appointments.decisions import record_decision
from appointments.declaring import Interest, declare
from appointments.demo_appointments import Year
from appointments.demo_boards import load_boards, load_since
from appointments.demo_campaigns import load_campaigns
from appointments.demo_cases import load_cases
from appointments.demo_committee import load_committee_day
from appointments.demo_equality import load_equality
from appointments.demo_executives import load_executives
from appointments.demo_fitness import load_checks
from appointments.demo_meetings import ballot, committees, meeting_on
from appointments.demo_networks import load_networks
from appointments.demo_participation import load_aspiring_chief_executives
from appointments.demo_pay import load_pay
from appointments.demo_sharing import load_sharing
from appointments.demo_succession import load_succession
from appointments.models import AgendaItem, Committee, Decision
from appointments.packs import order_pack
from portal.demo import Stage, london
from portal.models import Job, Role, User
from programmes.demo import DECIDING, LONDON_2017, MIDLANDS_2017, RECENT, RUNNING
from talent.demo import after_decisions, cohorts
from talent.demo.steps import Course
from talent.demo.words import reason
from talent.models import ConflictKind

BUSINESS = (
    ("Dates of meetings for next year", "Six dates are proposed, each on the second Thursday of the month."),
    (
        "How places on positive action schemes are shared between regions",
        "The paper sets out three ways of sharing places, with the numbers of the last four intakes.",
    ),
)
# Of those who wait, so many come before the next meeting; the others wait for the one after it.
NEXT_AGENDA = 6
BETWEEN_LETTERS = dt.timedelta(seconds=5)


def load(stage: Stage) -> None:
    policies.load()
    frameworks.load()
    pay_policies.load()
    load_boards(stage)
    committee, subcommittee = committees(stage)
    year, held = Year(stage, committee, subcommittee), _timetable(stage)
    # One register: its decisions are numbered in the order of their days.
    for day in sorted({*held, *year.days}):
        if day in year.days:
            year.hold(day)
        if day in held:
            _hold(stage, committee, held[day])
    year.put_right()
    load_since(stage)
    after_decisions(stage)
    _prepare_next(stage, committee)
    load_cases(stage, subcommittee)
    load_networks(stage)
    load_campaigns(stage, committee)
    load_aspiring_chief_executives(stage)
    load_checks(stage)
    load_equality(stage)
    load_executives(stage)
    load_pay(stage, committee)
    load_sharing(stage)
    cohorts.load(stage)
    load_succession(stage)
    load_committee_day(stage, committee)
    # What the decisions would have told people was told at the time; letters are still made, so that they can be read.
    Job.objects.filter(kind="talent.tell_applicant", done_at=None).update(done_at=stage.at)
    _space_letters(stage)


def _timetable(stage: Stage) -> dict[dt.date, str]:
    """The scheme's meetings by their day."""
    return {stage.left["timetables"][key].meeting: key for key in (LONDON_2017, MIDLANDS_2017, RUNNING, RECENT)}


def _space_letters(stage: Stage) -> None:
    """Hundreds of letters are made one by one, so that whoever tries the portal out has the machine to themselves."""
    letters = list(Job.objects.filter(kind="appointments.make_letter", done_at=None).order_by("-pk"))
    for number, job in enumerate(letters):
        job.due_at = stage.at + number * BETWEEN_LETTERS
    Job.objects.bulk_update(letters, ["due_at"], batch_size=200)


def _hold(stage: Stage, committee: Committee, key: str) -> None:
    """A meeting in which everything before it was decided, item after item, and which was then closed."""
    waiting = {c.application.pk: c for c in _courses(stage, key) if c.left[:1] in (("approve",), ("not_approved",))}
    day = stage.left["timetables"][key].meeting
    meeting, clerk = meeting_on(committee, day), stage.accounts["talent_team"]
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
    votes, interests = ballot(members, stage.chance, approved=approved)
    record_decision(
        item,
        outcome=Decision.Outcome.APPROVED if approved else Decision.Outcome.NOT_APPROVED,
        votes=votes,
        reason=reason(stage.chance, step),
        by=stage.accounts["talent_team"],
        at=at,
        interests=interests,
    )


def _prepare_next(stage: Stage, committee: Committee) -> None:
    """The next meeting: an agenda, some members' declarations and packs; those to sign in as have yet to declare."""
    day = stage.left["timetables"][DECIDING].meeting
    meeting, clerk = meeting_on(committee, day), stage.accounts["talent_team"]
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
    for member in others[:4]:  # the worker makes them once the portal is up
        order_pack(meeting, member=member, at=stage.days_ago(1))


def _courses(stage: Stage, key: str) -> list[Course]:
    return [course for course in stage.left["courses"] if course.application.intake_id == stage.left[key].pk]
