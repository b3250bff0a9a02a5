"""The access table's rows for the list of boards and the register of appointments (notation: tests/access/table.py).

own_appointment is on the board of own_trust, other_appointment on that of other_trust; the letters are about them.
"""

from typing import Any

from django.utils import timezone

from appointments.models import Appointment, Decision
from portal.models import Organisation
from tests.access.table import PAGE, PAGE_OF, SENDS, SIGN_IN, Row, row
from tests.access.world import World
from tests.factories.appointments import AgendaItemFactory, DecisionFactory, LetterFactory
from tests.factories.boards import SeatFactory, seated
from tests.factories.proposals import proposed

BOOKS = "the talent team keeps the register of every board"

ROWS: list[Row] = [
    row("appointments:board_list", anonymous=SIGN_IN, staff=PAGE, trust=PAGE, committee_member=PAGE, others=403),
    row(
        "appointments:board_export",
        anonymous=SIGN_IN,
        staff=SENDS("text/csv"),
        trust=SENDS("text/csv"),
        committee_member=SENDS("text/csv"),
        others=403,
    ),
    row("appointments:appointment_list", anonymous=SIGN_IN, staff=PAGE, trust=PAGE, committee_member=PAGE, others=403),
    row(
        "appointments:appointment_export",
        anonymous=SIGN_IN,
        staff=SENDS("text/csv"),
        trust=SENDS("text/csv"),
        committee_member=SENDS("text/csv"),
        others=403,
    ),
    row(
        "appointments:appointment_detail",
        "own_appointment.pk",
        anonymous=SIGN_IN,
        staff=PAGE,
        trust=PAGE,
        committee_member=PAGE,
        others=403,
    ),
    row(
        "appointments:appointment_detail",
        "other_appointment.pk",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        committee_member=PAGE,
        regional_lead=404,
        trust=404,
        others=403,
    ),
    row(
        "appointments:appointment_letter",
        "own_appointment.pk",
        anonymous=SIGN_IN,
        staff=SENDS("application/pdf"),
        others=404,
    ),
    row(
        "appointments:appointment_letter",
        "other_appointment.pk",
        anonymous=SIGN_IN,
        talent_team=SENDS("application/pdf"),
        others=404,
    ),
    row(
        "appointments:appointment_correct",
        "own_appointment.pk",
        alike=BOOKS,
        anonymous=SIGN_IN,
        talent_team=PAGE,
        others=403,
    ),
    row(
        "appointments:appointment_erase",
        "own_correction.pk",
        alike=BOOKS,
        anonymous=SIGN_IN,
        talent_team=PAGE_OF("appointments/text_erase.html"),
        others=403,
    ),
    row(
        "appointments:appointment_take_back",
        "own_appointment.pk",
        alike=BOOKS,
        anonymous=SIGN_IN,
        talent_team=PAGE,
        others=403,
    ),
]


def build(world: World) -> None:
    """Adds what the rows name."""
    world.own_appointment = _appointment(world.own_trust)
    world.other_appointment = _appointment(world.other_trust)
    corrected = _appointment(world.own_trust)
    world.own_correction = _appointment(world.own_trust, corrects=corrected, reason="The minutes say otherwise.")


def _appointment(board: Organisation, **more: Any) -> Appointment:
    before = seated(SeatFactory(board=board), "2014-04-01", "2018-03-31")
    proposal = proposed(before)
    item = AgendaItemFactory(business=True, kind="reappointment", proposal=proposal)
    decision: Decision = DecisionFactory(item=item)
    LetterFactory(decision=decision, application=None)
    tenure = seated(before.seat, "2018-04-01", "2021-03-31", person=before.person, source="decision")
    return Appointment.objects.create(
        kind="reappointment",
        person=before.person,
        seat=before.seat,
        board=board,
        role="ned",
        tenure=tenure,
        starts_on=tenure.starts_on,
        ends_on=tenure.ends_on,
        decision=decision,
        decided_on=timezone.localdate(),
        at=timezone.now(),
        **more,
    )
