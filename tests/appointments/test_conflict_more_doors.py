"""More doors of the kind of test_conflict_doors: after the decision, in search, and what changed since the papers."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from appointments.agenda import add_proposals, close_meeting
from appointments.decisions import DecisionRefused, cast_vote, record_decision
from appointments.models import AgendaItem, Appointment, Meeting, Proposal, ProposalInterest
from appointments.policies import load
from appointments.preparing import AgendaRefused
from portal.models import Role, User
from search.access import scope_of
from talent.models import Application, ConflictKind, DeclaredInterest, PostHeld
from tests.appointments.conftest import Sitting, a_sitting
from tests.factories.appointments import AgendaItemFactory, declared
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.campaigns import a_campaign, recommended
from tests.factories.portal import member, sign_in
from tests.factories.proposals import decided, proposed, proposed_new
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db

NAME = "Nadia Okoro-Hale"


@pytest.fixture(autouse=True)
def policies(db: None) -> None:
    load()


def bar(proposal: Proposal, user: User) -> None:
    ProposalInterest.objects.create(user=user, proposal=proposal, kind=ConflictKind.OTHER, declared_at=timezone.now())


def appointed() -> Appointment:
    decided(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=somebody(NAME)))
    return Appointment.objects.get()


def register_page(client: Client, row: Appointment) -> str:
    return client.get(reverse("appointments:appointment_list")).content.decode()


def register_csv(client: Client, row: Appointment) -> str:
    answer = client.get(reverse("appointments:appointment_export"))
    lines = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode()))
    return " ".join(cell for line in lines for cell in line)


def register_xlsx(client: Client, row: Appointment) -> str:
    answer = client.get(reverse("appointments:appointment_export"), {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    return " ".join(str(cell) for line in sheet.iter_rows(values_only=True) for cell in line)


def register_row(client: Client, row: Appointment) -> str:
    return client.get(reverse("appointments:appointment_detail", args=[row.pk])).content.decode()


def correcting(client: Client, row: Appointment) -> str:
    return client.get(reverse("appointments:appointment_correct", args=[row.pk])).content.decode()


def proposals(client: Client, row: Appointment) -> str:
    return client.get(reverse("appointments:proposal_list"), {"state": "all"}).content.decode()


def decisions(client: Client, row: Appointment) -> str:
    return client.get(reverse("appointments:decision_list")).content.decode()


def erasing(client: Client, row: Appointment) -> str:
    return client.get(reverse("appointments:decision_erase", args=[row.decision_id])).content.decode()


Door = Callable[[Client, Appointment], str]
SECRETARY: list[Door] = [
    register_page, register_csv, register_xlsx, register_row, correcting, proposals, decisions, erasing
]  # fmt: skip


@pytest.mark.parametrize("door", SECRETARY)
def test_a_secretary_with_a_conflict_meets_the_decision_on_no_door(client: Client, door: Door):
    row = appointed()
    conflicted, free = member(Role.TALENT_TEAM), member(Role.TALENT_TEAM)
    bar(row.decision.item.proposal, conflicted)

    met = []
    for user in (conflicted, free):
        sign_in(client, user)
        met.append(NAME in door(client, row))

    assert met == [False, True]


@pytest.mark.parametrize("door", [register_page, register_csv, register_xlsx, register_row])
def test_a_member_with_a_conflict_does_not_either(client: Client, door: Door):
    row = appointed()
    conflicted, free = (seat.user for seat in row.decision.meeting.committee.seats.all()[:2])
    bar(row.decision.item.proposal, conflicted)

    met = []
    for user in (conflicted, free):
        sign_in(client, user)
        met.append(NAME in door(client, row))

    assert met == [False, True]


def test_the_candidate_behind_a_proposal_is_found_listed_and_exported_by_the_free_only(client: Client):
    run = a_campaign("verdict")
    application = run.applications[0]
    conflicted, free = member(Role.TALENT_TEAM), member(Role.TALENT_TEAM)
    bar(recommended(run, application), conflicted)

    def met(user: User) -> tuple[bool, bool, bool, int]:
        sign_in(client, user)
        listed = client.get(reverse("talent:candidate_list")).content.decode()
        asked = {"file_format": "csv", "reason": "For the panel."}
        answer = client.post(reverse("talent:candidate_export"), asked)
        export = b"".join(answer.streaming_content).decode()
        detail = client.get(reverse("talent:candidate_detail", args=[application.reference])).status_code
        return (
            application.reference in listed,
            application.reference in export,
            detail == 200,
            len(Application.objects.in_scope_of(user)),
        )

    assert met(free) == (True, True, True, 2)
    assert met(conflicted) == (False, False, False, 1)


def test_people_search_does_not_find_whom_a_proposal_with_a_conflict_is_about():
    proposal = proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=somebody(NAME))
    conflicted, free = member(Role.TALENT_TEAM), member(Role.TALENT_TEAM)
    bar(proposal, conflicted)

    barred = [scope_of(user, day=timezone.localdate()).barred for user in (conflicted, free)]

    assert barred == [frozenset({proposal.person_id}), frozenset()]


def a_proposal_before(sitting: Sitting) -> AgendaItem:
    sitting.item.delete()
    tenure = seated(SeatFactory(), "2024-04-01", "2027-03-31", person=somebody(NAME))
    [item] = add_proposals(sitting.meeting, [proposed(tenure)], by=sitting.secretary, at=timezone.now())
    for user in (sitting.chair, sitting.ann, sitting.ben):
        declared(item, user)
    return item


def decide(item: AgendaItem, sitting: Sitting, *voters: User):
    votes = dict.fromkeys((user.pk for user in voters), "for")
    return record_decision(
        item, outcome="approved", votes=votes, reason="Agreed.", by=sitting.secretary, at=timezone.now()
    )


def moves_to(user: User, item: AgendaItem) -> None:
    """Since the agenda was made: a post at the trust that the seat is of."""
    person = PersonFactory(user=user)
    PostHeld.objects.create(
        person=person, employer=item.proposal.seat.board.name, title="Adviser", started_on="2026-01-01"
    )


def test_who_has_moved_to_the_trust_since_does_not_vote():
    sitting = a_sitting()
    item = a_proposal_before(sitting)
    moves_to(sitting.ann, item)

    with pytest.raises(DecisionRefused, match="You take no part in this item"):
        cast_vote(item, "for", by=sitting.ann, at=timezone.now())

    assert cast_vote(item, "for", by=sitting.ben, at=timezone.now()).choice == "for"


def test_a_vote_cast_before_the_move_does_not_count():
    sitting = a_sitting()
    item = a_proposal_before(sitting)
    cast_vote(item, "against", by=sitting.ann, at=timezone.now())
    moves_to(sitting.ann, item)

    decision = decide(item, sitting, sitting.chair, sitting.ben)

    assert decision.facts["conflicted"] == [sitting.ann.pk]
    assert decision.facts["votes"] == {
        str(u.pk): "for" for u in sorted((sitting.chair, sitting.ben), key=lambda u: u.pk)
    }


def test_a_secretary_who_sits_on_that_board_by_now_records_nothing():
    sitting = a_sitting()
    item = a_proposal_before(sitting)
    seat = SeatFactory(board=item.proposal.seat.board)
    seated(seat, "2026-01-01", "2028-12-31", person=PersonFactory(user=sitting.secretary))

    with pytest.raises(DecisionRefused, match="not yours to record"):
        decide(item, sitting, sitting.chair, sitting.ben)


def test_a_secretary_closes_a_meeting_without_learning_of_what_is_hidden():
    """The hidden item waits for another meeting; a visible one without a decision is named as ever."""
    sitting = a_sitting()
    other = AgendaItemFactory(meeting=sitting.meeting, business=True)
    clara = member(Role.TALENT_TEAM)
    DeclaredInterest.objects.create(
        user=clara, application=sitting.item.application, kind=ConflictKind.OTHER, declared_at=timezone.now()
    )
    with pytest.raises(AgendaRefused, match="Some items have no decision"):
        close_meeting(sitting.meeting, by=clara, at=timezone.now())
    votes = {sitting.chair.pk: "for", sitting.ben.pk: "for"}
    record_decision(other, outcome="approved", votes=votes, reason="Yes.", by=clara, at=timezone.now())

    closed = close_meeting(sitting.meeting, by=clara, at=timezone.now())

    sitting.item.refresh_from_db()
    assert (closed.state, sitting.item.waits_since is not None) == (Meeting.State.HELD, True)
