"""The access table's rows for cases of seats and proposals (notation: tests/access/table.py).

own_case is of a seat of the trust's people and the regional lead's region; other_case of neither. The trust's plain
users see the board and nothing of this.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from appointments.models import Case, Proposal, ProposalInterest, Relationship, SupportRequest, Tenure
from appointments.proposing import propose
from portal.models import Organisation, Role
from tests.access.table import PAGE, SENDS, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.appointments import DecisionFactory, LetterFactory
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import UserFactory, member
from tests.factories.proposals import renewal_facts

KEPT = {"anonymous": SIGN_IN, "trust_user": 403, "others": 403}
TEAM = "the talent team keeps them everywhere"


def _kept(name: str, path: str) -> list[Row]:
    """For talent staff in their scope, and the trust's administrators their own."""
    return [
        row(name, f"own_{path}", staff=PAGE, trust_admin=PAGE, **KEPT),
        row(name, f"other_{path}", talent_team=PAGE, regional_lead=404, trust_admin=404, **KEPT),
    ]


def _staffs(name: str, path: str, *more: str) -> list[Row]:
    rest = {"anonymous": SIGN_IN, "talent_team": PAGE, "others": 403}
    return [
        row(name, f"own_{path}", *more, regional_lead=PAGE, **rest),
        row(name, f"other_{path}", *more, regional_lead=404, **rest),
    ]


def _teams(name: str, path: str) -> Row:
    return row(name, path, alike=TEAM, anonymous=SIGN_IN, talent_team=PAGE, others=403)


ROWS: list[Row] = [
    row("appointments:case_list", staff=PAGE, trust_admin=PAGE, **KEPT),
    *_kept("appointments:case_detail", "case.pk"),
    *_kept("appointments:case_intend", "case.pk"),
    *_kept("appointments:case_propose", "case.pk"),
    row("appointments:support_ask", "own_foundation_case.pk", staff=403, trust_admin=PAGE, **KEPT),
    row(
        "appointments:support_ask",
        "other_foundation_case.pk",
        talent_team=403,
        regional_lead=404,
        trust_admin=404,
        **KEPT,
    ),
    row("appointments:support_ask", "own_case.pk", staff=404, trust_admin=404, **KEPT),
    row("appointments:case_propose", "own_foundation_case.pk", staff=404, trust_admin=404, **KEPT),
    *_staffs("appointments:support_answer", "request.pk"),
    row("appointments:proposal_list", staff=PAGE, trust_admin=PAGE, **KEPT),
    *_kept("appointments:proposal_detail", "proposal.pk"),
    *_kept("appointments:proposal_edit", "proposal.pk"),
    *_kept("appointments:proposal_withdraw", "proposal.pk"),
    row("appointments:proposal_detail", "termination.pk", staff=PAGE, trust_admin=404, **KEPT),
    row(
        "appointments:proposal_to_agenda",
        "own_proposal.pk",
        alike=TEAM,
        anonymous=SIGN_IN,
        talent_team=PAGE,
        others=403,
    ),
    row("appointments:interest_lift", "interest.pk", alike=TEAM, anonymous=SIGN_IN, talent_team=PAGE, others=403),
    *_staffs("appointments:seat_propose", "seat_for_proposals.pk"),
    *_staffs("appointments:proposal_create", "seat_for_proposals.pk", "new_appointment"),
    row(
        "appointments:seat_letter_download",
        "own_seat_letter.pk",
        anonymous=SIGN_IN,
        applicant=SENDS("application/pdf"),
        staff=SENDS("application/pdf"),
        others=404,
    ),
    row(
        "appointments:seat_letter_download",
        "other_seat_letter.pk",
        anonymous=SIGN_IN,
        talent_team=SENDS("application/pdf"),
        others=404,
    ),
    row("appointments:relationship_list", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("appointments:relationship_create", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row(
        "appointments:relationship_end",
        "relationship.pk",
        method="post",
        alike=TEAM,
        anonymous=SIGN_IN,
        talent_team=TO("appointments:relationship_list"),
        others=403,
    ),
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
    world.new_appointment = "new_appointment"
    for whose, trust in (("own", world.own_trust), ("other", world.other_trust)):
        setattr(world, f"{whose}_case", _case(SeatFactory(board=trust)))
        setattr(world, f"{whose}_proposal", _renewal(_tenure(SeatFactory(board=trust))))
        setattr(world, f"{whose}_seat_for_proposals", SeatFactory(board=trust))
        foundation = getattr(world, f"{whose}_foundation_seat")
        setattr(world, f"{whose}_foundation_case", _case(SeatFactory(board=foundation.board)))
        setattr(world, f"{whose}_request", _request(foundation))
    world.own_seat_letter = _letter(world.own_trust, world.people["applicant"].person)
    world.other_seat_letter = _letter(world.other_trust, somebody())
    tenure = _tenure(SeatFactory(board=world.own_trust))
    facts = {"tenure": tenure, "last_on": dt.date(2017, 10, 31), "ground": "Absence"}
    world.termination = _proposal("termination", facts)
    world.interest = ProposalInterest.objects.create(
        user=UserFactory(), proposal=world.own_proposal, kind="personal", declared_at=timezone.now()
    )
    world.relationship = Relationship.objects.create(
        user=UserFactory(),
        person=somebody(),
        kind="personal",
        detail="Cousins.",
        recorded_at=timezone.now(),
        recorded_by=UserFactory(),
    )


def _tenure(seat: object) -> Tenure:
    return seated(seat, "2015-04-01", "2018-03-31")


def _case(seat: object) -> Case:
    tenure = _tenure(seat)
    return Case.objects.create(seat=tenure.seat, tenure=tenure, horizon=6, intent="reappoint", opened_at=timezone.now())


def _proposal(kind: str, facts: dict[str, Any]) -> Proposal:
    tenure = facts["tenure"]
    said = {"by": member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "A good term."}
    return propose(kind=kind, seat=tenure.seat, person=tenure.person, **said, **facts)


def _renewal(tenure: Tenure) -> Proposal:
    return _proposal("reappointment", renewal_facts(tenure))


def _request(seat: object) -> SupportRequest:
    return SupportRequest.objects.create(
        seat=seat, wants="advice", text="How do we find one?", asked_at=timezone.now(), asked_by=UserFactory()
    )


def _letter(trust: Organisation, person: object) -> object:
    tenure = seated(SeatFactory(board=trust), "2015-04-01", "2018-03-31", person=person)
    item = {"kind": "reappointment", "application": None, "proposal": _renewal(tenure), "title": "A further term"}
    decision = DecisionFactory(**{f"item__{name}": value for name, value in item.items()})
    return LetterFactory(decision=decision, application=None)
