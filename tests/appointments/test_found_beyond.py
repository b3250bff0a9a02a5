"""Service that comes to light can make a term too long that was decided since: recorded with why, flagged, and seen."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.appointing import AppointingRefused, correct_appointment
from appointments.limits import standing_faults
from appointments.models import Appointment, Proposal, Tenure, TenureEvent
from appointments.policies import load
from appointments.seating import SeatingRefused, TermsBeyond, correct_tenure
from portal.models import Role, User
from portal.worklist import entries_for
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import member, sign_in
from tests.factories.proposals import decided, proposed, proposed_new

pytestmark = pytest.mark.django_db

D = dt.date
BEYOND = "This goes beyond the normal limit and needs an exceptional justification"
THREE_YEARS_BEFORE = D(2016, 4, 1)
ENTRY = "Put a term beyond the policy to the committee"


@pytest.fixture(autouse=True)
def rules(db: None) -> None:
    load()


def a_later_term() -> tuple[Tenure, Appointment]:
    """First loaded from 2019, so that seven years to 2026 were known; then nine years were the limit, and a term to
    2028 within them."""
    seat = SeatFactory()
    loaded = seated(seat, "2019-04-01", "2025-03-31", person=somebody("Ben Okoro"))
    decided(proposed(loaded, starts_on=D(2025, 4, 1), ends_on=D(2028, 3, 31), reviewed_on=D(2025, 1, 10)))
    return loaded, Appointment.objects.get()


def found_earlier(
    loaded: Tenure, *, by: User | None = None, starts_on: dt.date = THREE_YEARS_BEFORE, **more: str
) -> Tenure:
    """They came three years before what the first load says, unless told otherwise."""
    said = {"person": loaded.person, "ends_on": loaded.ends_on, "source": loaded.source, **more}
    by = by or member(Role.TALENT_TEAM)
    return correct_tenure(loaded, starts_on=starts_on, by=by, at=timezone.now(), reason="An old list", **said)


def test_without_why_the_term_stands_nothing_is_written():
    loaded, later = a_later_term()

    with pytest.raises(TermsBeyond, match=BEYOND):
        found_earlier(loaded)

    loaded.refresh_from_db()
    assert loaded.starts_on == D(2019, 4, 1)
    assert set(TenureEvent.objects.values_list("kind", flat=True)) == {"begun"}
    assert standing_faults(later.person_id, later.board_id) == {}


def test_with_it_the_fact_is_recorded_and_the_term_flagged():
    loaded, later = a_later_term()
    user = member(Role.TALENT_TEAM)

    found_earlier(loaded, by=user, stands_because="A merger is under way.")

    flag = TenureEvent.objects.get(kind="beyond")
    assert (flag.tenure, flag.by, flag.reason) == (later.tenure, user, "A merger is under way.")
    [((decision, kind), fault)] = standing_faults(later.person_id, later.board_id).items()
    assert (kind, fault.says.startswith(BEYOND)) == ("limit", True)
    assert flag.facts == {"faults": [fault.says], "decision": decision}
    assert list(Tenure.objects.found_beyond(D(2028, 3, 31))) == [later.tenure]
    assert list(Tenure.objects.found_beyond(D(2028, 4, 1))) == []


def test_the_board_and_the_teams_worklist_say_so(client: Client):
    loaded, later = a_later_term()
    found_earlier(loaded, stands_because="A merger is under way.")
    users = [member(Role.TALENT_TEAM), member(Role.COMMITTEE_MEMBER)]

    waits = [[e.detail for e in entries_for(user, at=timezone.now()) if e.title == ENTRY] for user in users]
    sign_in(client, users[1])
    board = client.get(reverse("appointments:board_detail", args=[later.board.ods_code])).text
    tenure = client.get(reverse("appointments:tenure_detail", args=[later.tenure_id])).text

    assert waits == [[f"Ben Okoro, {later.seat}"], []]
    assert ("Term beyond the policy" in board, BEYOND in tenure, "A merger is under way" in tenure) == (
        True,
        True,
        False,
    )


def test_the_flag_goes_when_the_committee_has_decided_on_the_term_again():
    loaded, later = a_later_term()
    found_earlier(loaded, stands_because="A merger is under way.")

    decided(
        proposed(
            later.tenure, kind=Proposal.Kind.EXTENSION, starts_on=D(2028, 4, 1), ends_on=D(2028, 9, 30),
            reviewed_on=D(2025, 1, 10), exceptional="The merger needs the same chair of audit.",
        )
    )  # fmt: skip

    assert list(Tenure.objects.found_beyond(timezone.localdate())) == []


def test_it_goes_too_when_the_term_is_taken_back():
    loaded, later = a_later_term()
    found_earlier(loaded, stands_because="A merger is under way.")

    correct_appointment(later, cancelled=True, by=member(Role.TALENT_TEAM), at=timezone.now(), reason="Not lawful.")

    assert list(Tenure.objects.found_beyond(timezone.localdate())) == []


def test_another_person_in_an_old_seat_is_judged_by_all_their_service():
    """The correction that gives somebody else's years to a holder is looked at from the holder's side as well."""
    board_seat = SeatFactory()
    old = seated(SeatFactory(board=board_seat.board), "2012-04-01", "2018-03-31", person=somebody("Somebody else"))
    holder = somebody("Nadia Okoro")
    decided(proposed_new(board_seat, "2023-04-01", "2027-03-31", person=holder))

    with pytest.raises(TermsBeyond, match=BEYOND):
        correct_tenure(
            old, person=holder, starts_on=old.starts_on, ends_on=old.ends_on, source=old.source,
            by=member(Role.TALENT_TEAM), at=timezone.now(), reason="It was her.",
        )  # fmt: skip


def test_a_correction_that_changes_no_limit_asks_for_nothing():
    loaded, _ = a_later_term()

    correct_tenure(
        loaded, person=loaded.person, starts_on=D(2019, 5, 1), ends_on=loaded.ends_on, source=loaded.source,
        by=member(Role.TALENT_TEAM), at=timezone.now(), reason="A slip",
    )  # fmt: skip

    assert TenureEvent.objects.filter(kind="beyond").count() == 0


def test_the_page_asks_why_and_then_writes_it(client: Client):
    loaded, later = a_later_term()
    sign_in(client, member(Role.TALENT_TEAM))
    address = reverse("appointments:tenure_correct", args=[loaded.pk])
    typed = {
        "name": "Ben Okoro", "email": loaded.person.email, "starts_on": "2016-04-01", "ends_on": "2025-03-31",
        "source": "first_load", "reason": "An old list", "confirm": "yes",
    }  # fmt: skip

    refused = client.post(address, typed).text
    done = client.post(address, {**typed, "stands_because": "A merger."}, follow=True)

    assert "Say why that term stands" in refused
    assert done.redirect_chain[-1][0] == reverse("appointments:tenure_detail", args=[loaded.pk])
    assert TenureEvent.objects.get(kind="beyond").tenure == later.tenure


def test_it_is_a_refusal_like_the_others():
    assert issubclass(TermsBeyond, SeatingRefused)


def test_a_flagged_term_is_not_lengthened_by_a_correction():
    loaded, later = a_later_term()
    found_earlier(loaded, stands_because="A merger is under way.")
    longer = {"ends_on": D(2028, 4, 1), "by": member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "A slip"}

    with pytest.raises(AppointingRefused, match=BEYOND):
        correct_appointment(later, **longer)

    assert correct_appointment(later, **{**longer, "ends_on": D(2028, 3, 30)}).ends_on == D(2028, 3, 30)


def test_more_service_that_comes_to_light_asks_again_and_less_does_not():
    loaded, _ = a_later_term()
    found_earlier(loaded, stands_because="A merger is under way.")

    with pytest.raises(TermsBeyond, match=BEYOND):
        found_earlier(loaded, starts_on=D(2015, 4, 1))
    found_earlier(loaded, starts_on=D(2016, 5, 1))

    assert TenureEvent.objects.filter(kind="beyond").count() == 1
