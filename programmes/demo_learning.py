"""The learning network of heads of patient experience for the demonstration: members, meetings, notes and answers."""

import datetime as dt
from random import Random

from portal.demo import SEED, Stage, london, names_apart
from portal.demo_people import make_users
from portal.models import Job, Membership, Organisation, Role, User
from programmes.booking import TELL, book
from programmes.convening import ASK, EventFacts, move_event, plan_event, record_attendance
from programmes.demo_events import working_day
from programmes.learning import answer, write_note
from programmes.models import Event, LearningNetwork, NetworkMember, NetworkStep

# NHS Improvement, 2017/18 highlights: heads of patient experience of 153 trusts.
TRUSTS = 153
POST = "Head of patient experience"
BEGAN = dt.date(2017, 6, 12)
MEETINGS = (
    (
        dt.date(2017, 9, 21),
        "From comments to change",
        "What a ward can do with last week’s comments.",
        9,
    ),
    (dt.date(2018, 2, 22), "Complaints that teach", "Answering sooner, in person, and showing what changed.", 8),
)
COMING = ("Always events: asking what matters", "How three trusts found out what should happen to every patient.")
NOTES = (
    (
        "Who answers comments on the ward itself?",
        "We put comments up by the nurses’ station with what we did about each. It has raised the number of "
        "comments by a third, but night staff never see them. Has anybody found a way to reach them?",
        (
            "We read one comment aloud at each handover, day and night. It takes a minute, and people fight over "
            "who chooses it.",
            "A sheet in the break room, changed every Monday. Simple, and it works at three in the morning.",
        ),
    ),
    (
        "Sharing the form for carers’ passports",
        "Our carers’ passport has been in use for a year: open visiting, a meal, parking. Write to me for the form "
        "and the leaflet. Security were the people we had to win over first.",
        ("Thank you. We would add the pharmacy: carers are the ones who know the medicines.",),
    ),
    (
        "How do you choose patients for the board?",
        "Our board begins with a patient’s story each month. How do you prepare the person, and what do you tell "
        "them afterwards about what came of it?",
        (
            "We meet them twice before and once after. Three months later they get a letter about what has changed.",
            "We record it where somebody prefers that, and always offer to stop.",
        ),
    ),
)


def load(stage: Stage) -> None:
    """A chance of its own, so that the network changes nothing for the rest of the year."""
    chance, lead = Random(SEED + 9), stage.cast[Role.IMPROVEMENT_LEAD][-1]
    network = LearningNetwork.objects.create(
        name="Heads of patient experience",
        slug="patient-experience",
        purpose="Learn from what patients and families say, and turn it into better care.",
        for_whom="heads of patient experience in trusts",
    )
    network.leads.add(lead, stage.accounts["improvement_lead"])
    heads = _members(stage, network, lead)
    for number, (day, title, summary, came) in enumerate(MEETINGS):
        event = _meeting(network, title, summary, day, lead, at=london(day - dt.timedelta(days=45)))
        at = london(day - dt.timedelta(days=30))
        bookings = [book(event, by=head, at=at) for head in heads[number * 12 : number * 12 + came + 2]]
        record_attendance(event, came=[b.pk for b in bookings[:came]], by=lead, at=london(day, hour=18))
    _meeting(network, *COMING, working_day(stage.days_ago(-27).date()), lead, at=stage.days_ago(12))
    meetings = list(network.events.order_by("starts_at"))
    for number, (title, text, answers) in enumerate(NOTES):
        at = london(dt.date(2018, 2, 26) + dt.timedelta(days=6 * number), hour=15)
        about = meetings[1] if number == 0 else None
        note = write_note(network, title=title, text=text, meeting=about, by=chance.choice(heads), at=at)
        for place, words in enumerate(answers, start=1):
            answer(note, text=words, by=chance.choice(heads), at=at + dt.timedelta(days=place))
    Job.objects.filter(kind__in=(TELL, ASK), done_at=None).update(done_at=stage.at)


def _members(stage: Stage, network: LearningNetwork, lead: User) -> list[User]:
    """One head of patient experience a trust; the account to sign in as belongs, too."""
    own = stage.accounts["trust_administrator"].memberships.get().organisation
    rows = Organisation.objects.trusts().open_on(BEGAN).filter(closed_on=None).exclude(pk=own.pk)
    trusts = list(rows.order_by("sort_name")[: TRUSTS - 1])
    heads = make_users(names_apart(stage, len(trusts), seed=SEED + 9))
    at = london(BEGAN)
    Membership.objects.bulk_create(
        Membership(user=user, organisation=trust, role=Role.TRUST_USER, job_title=POST, started_at=at)
        for user, trust in zip(heads, trusts, strict=True)
    )
    pairs = [*zip(heads, trusts, strict=True), (stage.accounts["trust_administrator"], own)]
    # As the act writes them, in bulk.
    members = NetworkMember.objects.bulk_create(
        NetworkMember(network=network, user=user, organisation=trust, joined_at=at) for user, trust in pairs
    )
    NetworkStep.objects.bulk_create(
        NetworkStep(member=member, kind=NetworkStep.Kind.ADDED, by=lead, at=at) for member in members
    )
    return heads


def _meeting(network: LearningNetwork, title: str, summary: str, day: dt.date, lead: User, *, at: dt.datetime) -> Event:
    starts_at = london(day, hour=13)
    event = plan_event(
        EventFacts(
            title=title,
            kind=Event.Kind.MEETING,
            audience=Event.Audience.GROUP,
            summary=summary,
            about="",
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(hours=3),
            place="By video",
            link="https://meet.example.org/patient-experience",
            joining="",
            capacity=None,
            booking_closes_at=starts_at,
            contact_email="events@example.org",
            network=network,
        ),
        by=lead,
        at=at,
    )
    return move_event(event, "publish", by=lead, at=at)
