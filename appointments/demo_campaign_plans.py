"""The campaigns of the demonstration: where, for which seat, how far each comes, and what is written in them."""

import datetime as dt
from dataclasses import dataclass

from appointments.models import Seat
from portal.models import Organisation

NHS, FOUNDATION = Organisation.Kind.NHS_TRUST, Organisation.Kind.FOUNDATION_TRUST


@dataclass(frozen=True, slots=True)
class Plan:
    """One campaign: where, for which seat, from which day or how many days ago, and how far it comes.

    One that still runs is always as old as it was when it was written: its time is counted to today.
    """

    kind: str
    designation: str
    begins: dt.date | int
    applicants: int
    until: str
    about: str


PLANS = (
    Plan(
        NHS,
        Seat.Designation.AUDIT_CHAIR,
        dt.date(2017, 9, 4),
        6,
        "concluded",
        "The trust runs two hospitals and community services for a large and growing town. Its board seeks a chair for "
        "its audit committee who has kept a large organisation honest about its money through a hard time.",
    ),
    Plan(
        NHS,
        "",
        70,
        5,
        "recommended",
        "The trust cares for people with mental illness across a county of market towns and coast. Its board wants a "
        "non-executive director who brings the voice of those who use its services to the table.",
    ),
    Plan(
        NHS,
        Seat.Designation.QUALITY_CHAIR,
        63,
        5,
        "verdict",
        "The trust is in special measures and improving. Its board seeks somebody to chair its quality committee: "
        "patient with people, impatient with harm.",
    ),
    Plan(
        FOUNDATION,
        "",
        48,
        4,
        "interview",
        "The foundation trust has asked for our help in finding a non-executive director with experience of digital "
        "change. Its council of governors makes the appointment.",
    ),
    Plan(
        NHS,
        "",
        43,
        6,
        "sift",
        "An ambulance trust that covers four counties. Its board lacks experience of large estates and fleets, and of "
        "leading volunteers.",
    ),
    Plan(
        NHS,
        "",
        5,
        3,
        "advertised",
        "A community trust whose nurses and therapists see four thousand people a day at home. Its board seeks a "
        "non-executive director who knows what it is to run services far from head office.",
    ),
    Plan(
        FOUNDATION,
        "",
        3,
        0,
        "advertised",
        "The foundation trust runs a teaching hospital and asks for candidates with experience of research. "
        "Its council of governors makes the appointment.",
    ),
    Plan(
        NHS,
        "",
        36,
        3,
        "longlist",
        "The trust runs hospitals on both sides of an estuary. Its board seeks somebody who has led people through a "
        "change that they did not ask for.",
    ),
    Plan(
        NHS,
        "",
        44,
        3,
        "shortlist",
        "A trust for children’s care whose board wants somebody from local government or the voluntary sector.",
    ),
    Plan(
        FOUNDATION,
        "",
        72,
        3,
        "recommended",
        "The foundation trust looks for a non-executive director who knows how research becomes treatment. Its council "
        "of governors makes the appointment.",
    ),
    Plan(
        NHS,
        "",
        78,
        4,
        "announced",
        "The trust runs a district hospital and its community beds. Its board seeks a non-executive director who has "
        "sat on a board before and knows what it is to answer for public money.",
    ),
    Plan(
        NHS,
        Seat.Designation.VICE_CHAIR,
        1,
        0,
        "preparing",
        "The trust prepares to join two hospitals into one. Its board seeks a vice chair who has brought organisations "
        "together before.",
    ),
)
STATEMENTS = (
    "I sat on the board of a housing association for seven years and chaired its audit committee through a merger.",
    "As operations director of a logistics firm I answered for safety at forty sites and halved the accidents in them.",
    "I led a county council’s adult services and sat with families whose care had failed; complaints fell by a third.",
    "I founded a charity for carers, grew it to ninety staff, and handed it on to a chief executive of its own.",
    "As finance director of a university I brought a deficit of four million back to balance without closing a course.",
    "I have been a school governor for ten years and chaired two governing bodies out of special measures.",
)
EVIDENCE = (
    "A clear account of their own part, with figures.",
    "Good, though on a smaller scale than this board’s.",
    "Answers what was asked and says what came of it.",
)
SAID = (
    "None that bears on this board.",
    "Advises a charity that has a contract with the trust; would take no part in decisions about it.",
    "A relative works at the trust as a nurse; agreed that it would be declared at each meeting.",
)
