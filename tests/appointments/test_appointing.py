"""From a proposal through the committee's decision to the ledger and the seat; and corrections of the ledger."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from appointments.agenda import add_proposals
from appointments.appointing import AppointingRefused, correct_appointment
from appointments.decisions import DecisionRefused, record_decision
from appointments.models import Appointment, Decision, Seat, Tenure
from appointments.papers import keep_letters
from appointments.seating import SeatingRefused, correct_tenure
from appointments.years import ReportingYear
from portal.models import Role
from tests.factories.appointments import MeetingFactory, committee_of
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import member, sign_in
from tests.factories.proposals import decided, proposed, proposed_new

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def policies(db: None) -> None:
    call_command("load_policies", verbosity=0)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def in_seat(seat: Seat) -> list[tuple[str, str, str]]:
    tenures = Tenure.objects.filter(seat=seat).order_by("starts_on")
    return [(str(t.starts_on), str(t.ends_on), t.source) for t in tenures]


def ledger() -> list[tuple[str, str, str, bool]]:
    rows = Appointment.objects.order_by("pk")
    return [(row.kind, str(row.starts_on), str(row.ends_on), row.cancelled) for row in rows]


def test_an_approved_new_appointment_takes_the_seat_and_its_ledger_row():
    seat = SeatFactory()
    proposal = proposed_new(seat, "2018-01-01", "2020-12-31", remuneration=6157)

    decision = decided(proposal)

    assert in_seat(seat) == [("2018-01-01", "2020-12-31", "decision")]
    [row] = Appointment.objects.all()
    assert (row.kind, row.person, row.seat, row.board, row.role) == ("new", proposal.person, seat, seat.board, "ned")
    assert (row.decision, row.decided_on, row.remuneration) == (decision, timezone.localdate(decision.at), 6157)
    assert (row.tenure, row.corrects, row.reason) == (Tenure.objects.get(), None, f"Decision {decision.number}")
    proposal.refresh_from_db()
    assert proposal.settled_at == decision.at


def test_the_letter_about_a_seat_is_made_and_the_register_stands(client: Client):
    decision = decided(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", remuneration=6157))

    [letter] = keep_letters(decision, at=timezone.now())

    assert (letter.application, letter.file.read(5)) == (None, b"%PDF-")
    sign_in(client, member(Role.TALENT_TEAM))
    assert client.get("/committees/decisions/").status_code == 200


def test_a_reappointment_begins_the_day_after():
    tenure = seated(SeatFactory(), "2015-04-01", "2018-03-31")

    decided(proposed(tenure))

    assert in_seat(tenure.seat) == [
        ("2015-04-01", "2018-03-31", "first_load"),
        ("2018-04-01", "2021-03-31", "decision"),
    ]
    assert ledger() == [("reappointment", "2018-04-01", "2021-03-31", False)]


def test_an_extension_lengthens_the_running_term():
    tenure = seated(SeatFactory(), "2015-04-01", "2018-03-31")

    decided(proposed(tenure, kind="extension", starts_on=day("2018-04-01"), ends_on=day("2018-09-30")))

    assert in_seat(tenure.seat) == [("2015-04-01", "2018-09-30", "first_load")]
    assert ledger() == [("extension", "2018-04-01", "2018-09-30", False)]
    event = tenure.events.get(kind="extended")
    assert event.facts == {"ends_on": "2018-09-30", "planned": "2018-03-31"}


def test_a_termination_ends_the_tenure_and_appoints_nobody():
    tenure = seated(SeatFactory(), "2015-04-01", "2018-03-31")
    ground = "In the interests of the health service"

    decided(proposed(tenure, kind="termination", last_on=day("2017-10-31"), ground=ground))

    tenure.refresh_from_db()
    assert (tenure.end_kind, str(tenure.ends_on), tenure.end_ground) == ("termination", "2017-10-31", ground)
    assert ledger() == []


@pytest.mark.parametrize("outcome", ["not_approved", "deferred"])
def test_what_is_not_approved_changes_no_seat(outcome: str):
    seat = SeatFactory()
    proposal = proposed_new(seat, "2018-01-01", "2020-12-31")

    decided(proposal, outcome=outcome)

    assert (in_seat(seat), ledger()) == ([], [])
    proposal.refresh_from_db()
    assert (proposal.settled_at is None) is (outcome == "deferred")


def test_a_decision_that_cannot_be_carried_out_is_not_recorded():
    seat = SeatFactory()
    first, second = (proposed_new(seat, "2018-01-01", "2020-12-31", person=somebody(n)) for n in ("Ann", "Ben"))
    from_meeting = decided_after(second, lambda: seated(seat, "2018-06-01", "2019-05-31"))

    assert from_meeting == "This cannot be carried out: Somebody sits in this seat on some of these days."
    assert (Decision.objects.count(), ledger()) == (0, [])
    first.refresh_from_db()
    assert first.is_open


def decided_after(proposal: Any, meanwhile: Any) -> str:
    secretary = member(Role.TALENT_TEAM)
    meeting = MeetingFactory(committee=committee_of(3)[0])
    [item] = add_proposals(meeting, [proposal], by=secretary, at=timezone.now())
    meanwhile()
    votes = dict.fromkeys(meeting.seats(timezone.now()).values_list("user", flat=True), "for")
    with pytest.raises(DecisionRefused) as refused:
        record_decision(item, outcome="approved", votes=votes, reason="Good.", by=secretary, at=timezone.now())
    return str(refused.value)


def appointed(first: str = "2018-01-01", last: str = "2020-12-31") -> Appointment:
    decided(proposed_new(SeatFactory(), first, last, remuneration=6157))
    return Appointment.objects.get()


def correct(row: Appointment, **given: Any) -> Appointment:
    kwargs = {"by": member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "Typed wrongly."}
    return correct_appointment(row, **{**kwargs, **given})


def test_a_correction_is_a_new_row_and_the_tenure_follows():
    row = appointed()

    new = correct(row, ends_on=day("2021-06-30"))

    assert (new.corrects, new.decision, new.decided_on, new.remuneration) == (row, row.decision, row.decided_on, 6157)
    assert list(Appointment.objects.standing()) == [new]
    assert in_seat(row.seat) == [("2018-01-01", "2021-06-30", "decision")]
    assert Tenure.with_void.count() == 2


def test_a_correction_of_pay_leaves_the_tenure():
    row = appointed()

    new = correct(row, remuneration=13_000)

    assert (new.tenure, new.remuneration) == (row.tenure, 13_000)
    assert Tenure.with_void.count() == 1


def test_what_was_taken_back_was_never_so():
    row = appointed()

    correct(row, cancelled=True)

    assert list(Appointment.objects.standing()) == []
    assert in_seat(row.seat) == []
    seated(row.seat, "2018-01-01", "2020-12-31")  # the days are free again


def test_an_extension_taken_back_gives_the_term_its_end_again():
    tenure = seated(SeatFactory(), "2015-04-01", "2018-03-31")
    decided(proposed(tenure, kind="extension", starts_on=day("2018-04-01"), ends_on=day("2018-09-30")))

    correct(Appointment.objects.get(), cancelled=True)

    assert in_seat(tenure.seat) == [("2015-04-01", "2018-03-31", "first_load")]
    assert list(Appointment.objects.standing()) == []


def test_a_corrected_extension_taken_back_gives_the_first_end_again():
    tenure = seated(SeatFactory(), "2015-04-01", "2018-03-31")
    decided(proposed(tenure, kind="extension", starts_on=day("2018-04-01"), ends_on=day("2018-09-30")))
    corrected = correct(Appointment.objects.get(), ends_on=day("2018-12-31"))
    assert in_seat(tenure.seat) == [("2015-04-01", "2018-12-31", "first_load")]

    correct(corrected, cancelled=True)

    assert in_seat(tenure.seat) == [("2015-04-01", "2018-03-31", "first_load")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": "  "}, "Give the reason for the correction."),
        ({"ends_on": dt.date(2017, 1, 1)}, "The last day must not be before the first day."),
        ({"kind": "extension"}, "kind cannot be corrected; take the appointment back instead."),
    ],
)
def test_a_correction_that_cannot_be(given: dict[str, Any], said: str):
    row = appointed()

    with pytest.raises(AppointingRefused) as refused:
        correct(row, **given)

    assert (str(refused.value), Appointment.objects.count()) == (said, 1)


def test_a_row_is_corrected_once():
    row = appointed()
    correct(row, remuneration=13_000)

    with pytest.raises(AppointingRefused) as refused:
        correct(row, remuneration=14_000)

    assert str(refused.value) == "This row has been corrected already. Correct the newest one."


@pytest.mark.parametrize(
    "statement", ["UPDATE appointments_appointment SET kind='extension'", "DELETE FROM appointments_appointment"]
)
def test_raw_sql_cannot_rewrite_the_ledger(statement: str):
    appointed()

    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert "appointments_appointment is written once" in str(refused.value)


def test_a_year_counts_by_the_day_of_the_decision():
    row = correct(appointed(), decided_on=day("2018-03-31"))

    assert list(Appointment.objects.standing().decided_in(ReportingYear.parse("2017-18"))) == [row]
    assert list(Appointment.objects.standing().decided_in(ReportingYear.parse("2018-19"))) == []


def test_a_decisions_tenure_is_corrected_in_the_ledger_only():
    tenure = appointed().tenure

    with pytest.raises(SeatingRefused) as refused:
        correct_tenure(
            tenure,
            person=tenure.person,
            starts_on=tenure.starts_on,
            ends_on=day("2019-12-31"),
            source=tenure.source,
            by=member(Role.TALENT_TEAM),
            at=timezone.now(),
            reason="Typed wrongly.",
        )

    assert str(refused.value) == ("A decision of the committee made this. Correct its row in the appointments ledger.")
