"""The committees of the demonstration, their meetings, and how their members vote."""

import datetime as dt
from random import Random

from appointments.models import Committee, CommitteeSeat, Meeting, Vote
from portal.demo import Stage, london
from portal.models import Role, User

TERMS = (
    "The Provider Leadership Committee decides on appointments of chairs and non-executive directors to NHS trusts, "
    "on remuneration and terminations, and on places on talent schemes. A member with an interest in an item neither "
    "reads its papers nor takes part in it. The chair's vote settles a tie."
)
SUB_TERMS = (
    "The subcommittee decides for the Provider Leadership Committee on appointments, reappointments and extensions of "
    "non-executive directors of NHS trusts. What is new, contested or beyond the normal limits of service it may put "
    "to the committee. The rules on interests and on the chair’s vote are the committee’s own."
)
PLACES = ("Room 4A, Wellington House, London SE1", "Committee room 2, Victoria Square House, Birmingham")
SEATED_ON = dt.date(2016, 4, 4)


def committees(stage: Stage) -> tuple[Committee, Committee]:
    """The committee and its subcommittee, whose members are the same but for two."""
    chair, members = stage.accounts["committee_chair"], stage.cast[Role.COMMITTEE_MEMBER]
    main = Committee.objects.create(name="Provider Leadership Committee", terms_of_reference=TERMS, quorum=4)
    sub = Committee.objects.create(
        name="Appointments Subcommittee",
        kind=Committee.Kind.SUB,
        parent=main,
        may_decide=["new_appointment", "reappointment", "extension"],
        terms_of_reference=SUB_TERMS,
        terms_from=SEATED_ON,
        quorum=3,
    )
    CommitteeSeat.objects.bulk_create(
        CommitteeSeat(committee=committee, user=user, role=_role(user, chair), starts_on=SEATED_ON)
        for committee, users in ((main, members), (sub, members[:-2]))
        for user in users
    )
    return main, sub


def _role(user: User, chair: User) -> str:
    return CommitteeSeat.Role.CHAIR if user == chair else CommitteeSeat.Role.MEMBER


def meeting_on(committee: Committee, day: dt.date) -> Meeting:
    return Meeting.objects.create(committee=committee, starts_at=london(day, hour=14), place=PLACES[day.month % 2])


def ballot(members: list[User], chance: Random, *, approved: bool) -> tuple[dict[int, str], list[int]]:
    """The votes, now and then with one that differs, and who declared an interest in the room."""
    out = [chance.choice(members[2:])] if chance.random() < 0.12 else []
    voting = [member for member in members if member not in out]
    mine, other = (Vote.Choice.FOR, Vote.Choice.AGAINST) if approved else (Vote.Choice.AGAINST, Vote.Choice.FOR)
    votes: dict[int, str] = {member.pk: mine for member in voting}
    if chance.random() < 0.2 or not approved:
        votes[chance.choice(voting).pk] = other
    return votes, [member.pk for member in out]
