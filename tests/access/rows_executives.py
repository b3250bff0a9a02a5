"""The access table's rows for executives' pay and proposals and the interims' register (notation: table.py).

own_interim is the applicant's entry, in the regional lead's region; other_interim works elsewhere.
"""

import datetime as dt

from django.utils import timezone

from appointments.interims import join
from appointments.models import Seat
from talent.models import Person
from tests.access.table import PAGE, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.talent import PersonFactory


def _proposes(name: str, path: str) -> list[Row]:
    """For talent staff in their scope; who only sees the board gets 403, who does not 404."""
    sees = {"trust": 403, "committee_member": 403}
    return [
        row(name, f"own_{path}", anonymous=SIGN_IN, staff=PAGE, others=403),
        row(
            name,
            f"other_{path}",
            anonymous=SIGN_IN,
            talent_team=PAGE,
            **(sees | {"trust": 404}),
            regional_lead=404,
            others=403,
        ),
    ]


def _entry(name: str) -> list[Row]:
    """For talent staff in their scope, and the person it is about."""
    return [
        row(name, "own_interim.pk", anonymous=SIGN_IN, staff=PAGE, applicant=PAGE, others=404),
        row(name, "other_interim.pk", anonymous=SIGN_IN, talent_team=PAGE, others=404),
    ]


PAY, ASSIGN = "appointments:board_pay", "appointments:interim_assign"
ELSEWHERE = {"regional_lead": 404, "trust": 404}
WITHDRAW, HOME = "appointments:interim_withdraw", TO("portal:home")
ROWS: list[Row] = [
    row(PAY, "own_trust.ods_code", anonymous=SIGN_IN, staff=PAGE, trust_admin=PAGE, committee_member=PAGE, others=403),
    row(
        PAY,
        "other_trust.ods_code",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        committee_member=PAGE,
        regional_lead=404,
        trust=404,
        others=403,
    ),
    row("appointments:tenure_pay", "own_executive.pk", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("appointments:tenure_pay", "other_executive.pk", anonymous=SIGN_IN, talent_team=PAGE, **ELSEWHERE, others=403),
    row("appointments:off_payroll_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    *_proposes("appointments:executive_propose", "executive_seat.pk"),
    row("appointments:interim_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("appointments:interim_join", anonymous=SIGN_IN, staff=PAGE, others=403),
    *_entry("appointments:interim_detail"),
    *_entry("appointments:interim_edit"),
    *_entry("appointments:interim_withdraw"),
    row(WITHDRAW, "own_interim.pk", method="post", anonymous=SIGN_IN, staff=HOME, applicant=HOME, others=404),
    row(ASSIGN, "own_interim.pk", anonymous=SIGN_IN, staff=PAGE, others=403),
    row(ASSIGN, "other_interim.pk", anonymous=SIGN_IN, talent_team=PAGE, regional_lead=404, others=403),
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
    applicant = world.people["applicant"]
    people = {
        "own": Person.objects.filter(user=applicant).first() or PersonFactory(user=applicant),
        "other": somebody("Elsewhere"),
    }
    for whose, person in people.items():
        trust = getattr(world, f"{whose}_trust")
        seat = SeatFactory(board=trust, role=Seat.Role.WORKFORCE)
        interim = join(
            person,
            regions=[trust.region],
            roles=["finance"],
            day_rate=700,
            available_from=dt.date(2024, 1, 1),
            by=world.people["talent_team"],
            at=timezone.now(),
            reason="By email.",
        )
        setattr(world, f"{whose}_executive_seat", seat)
        finance = SeatFactory(board=trust, role=Seat.Role.FINANCE)
        setattr(world, f"{whose}_executive", seated(finance, "2016-04-01", None))
        setattr(world, f"{whose}_interim", interim)
