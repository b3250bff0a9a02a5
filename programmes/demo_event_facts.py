"""The demonstration's events in words: what was held in 2017/18, what is to come, what people said of it."""

import datetime as dt
from dataclasses import dataclass

from programmes.models import Event

Kind, Audience = Event.Kind, Event.Audience
LONDON, MIDLANDS, NORTH, SOUTH = "London", "Midlands and East", "North", "South"


@dataclass(frozen=True, slots=True)
class DemoEvent:
    """One event; without a region it is held by video. `day` of what was held, `in_days` of what is to come."""

    title: str
    summary: str
    about: str
    place: str
    region: str = ""
    kind: str = Kind.MASTERCLASS
    audience: str = Audience.EVERYBODY
    collaborative: str = "retention"
    hour: int = 10
    hours: float = 5.5
    places: int | None = 40
    booked: int = 0
    day: dt.date = dt.date(2017, 10, 11)
    in_days: int = 0
    account: bool = False  # the account to sign in as has booked
    moves_up: bool = False
    draft: bool = False
    cancelled: str = ""


HELD = (
    DemoEvent(
        "Retention masterclass: reading your own figures",
        "Who leaves, when and from where: what turnover by ward, age and length of service tells you.",
        "Bring twelve months of leavers by ward. You take them apart with a neighbour, find the two groups that you "
        "lose most, and go home with one question to put to each of them.\n\n"
        "In the afternoon three trusts show what their figures told them that nobody had expected.",
        "Skipton House, London SE1",
        LONDON,
        booked=12,
        day=dt.date(2017, 10, 11),
    ),
    DemoEvent(
        "Retention masterclass: flexible working that works",
        "Self-rostering, team-based job plans and coming back after retirement, from trusts that do them.",
        "What made flexible working stick in three trusts, what it cost and what it saved. You draft a change idea "
        "for one ward and test it on the people at your table.",
        "Quarry House, Leeds",
        NORTH,
        booked=12,
        day=dt.date(2018, 1, 24),
    ),
    DemoEvent(
        "Retention masterclass: the first year of a nurse",
        "Most people who leave do so within two years. How preceptorship, rotation and listening early keep them.",
        "A newly registered nurse, a ward manager and a director of nursing tell the same first year from three "
        "sides. Then you map the first hundred days in your own trust and mark where people are left alone.",
        "Victoria Square House, Birmingham",
        MIDLANDS,
        booked=12,
        day=dt.date(2018, 3, 14),
    ),
)

COMING = (
    DemoEvent(
        "Retention masterclass: careers that keep people",
        "Internal transfer, portfolio posts and careers in mental health nursing: how trusts make the next step easy.",
        "Half of those who leave go for a better next step. You look at how easy it is to move inside your trust, "
        "hear from two that made it a matter of days, and plan one change for the next ninety days.",
        "Skipton House, London SE1",
        LONDON,
        audience=Audience.TRUSTS,
        places=10,
        booked=13,
        in_days=24,
        account=True,
        moves_up=True,
    ),
    DemoEvent(
        "Measurement for improvement: from counting to charts",
        "Run charts and control charts in two hours: draw one, read one, and say what you would do next.",
        "No statistics needed. You draw a chart of your own figures in the portal, mark a change on it and decide "
        "whether it made a difference.",
        "By video",
        kind=Kind.WEBINAR,
        collaborative="",
        hour=14,
        hours=2,
        places=None,
        booked=6,
        in_days=9,
        account=True,
    ),
    DemoEvent(
        "Criteria-led discharge: getting started",
        "How a ward agrees criteria, who may discharge on them, and how to keep it safe at the weekend.",
        "A ward sister, a consultant and a pharmacist show the form they use and the three things they would do "
        "differently. Bring one ward that you want to begin with.",
        "By video",
        kind=Kind.WEBINAR,
        collaborative="criteria-led-discharge",
        hour=13,
        hours=1.5,
        places=80,
        booked=4,
        in_days=16,
    ),
    DemoEvent(
        "Falls: what wards changed and what it changed",
        "Bay tagging, lying and standing blood pressure, and medicines on the round: a learning day.",
        "Teams bring their charts. In small groups you find out what moved them, and what did not.",
        "South Plaza, Bristol",
        SOUTH,
        kind=Kind.WORKSHOP,
        collaborative="falls",
        places=30,
        booked=3,
        in_days=38,
    ),
    DemoEvent(
        "Retention conference: what a thousand leavers told us",
        "What exit interviews of a year say across trusts, and what the first cohort did about it.",
        "Plenary in the morning, five workshops to choose from in the afternoon, a market place of trusts’ own "
        "materials all day.",
        "Quarry House, Leeds",
        NORTH,
        kind=Kind.CONFERENCE,
        places=200,
        in_days=75,
        draft=True,
    ),
    DemoEvent(
        "Retention masterclass: pay, pensions and people over 55",
        "What people close to retirement need to know to stay, and what a trust may offer.",
        "With a pensions adviser. Bring the questions that your staff ask.",
        "Victoria Square House, Birmingham",
        MIDLANDS,
        booked=2,
        in_days=30,
        cancelled="The adviser cannot come on this day. We look for another one and tell you first.",
    ),
)

JOINING = (
    "Registration opens half an hour before we begin; tea and coffee are there. The building is reached without "
    "steps, and there is a hearing loop in the room. Bring something to draw on: we work on your own figures."
)
NEEDS = (
    "I use a wheelchair.",
    "Vegetarian, please.",
    "I am deaf in one ear: a seat at the front on the right helps.",
    "No nuts, please.",
    "I need a room to pump milk in the lunch break.",
)
WILL_DO = (
    "Ask every leaver of the last three months for ten minutes on the telephone.",
    "Look at turnover by length of service, not by ward alone.",
    "Let people choose their rota on one ward from next month.",
    "",
    "Talk to each new nurse after two, six and ten weeks.",
)
BETTER = ("", "More time in our own groups.", "", "The slides beforehand.", "")
