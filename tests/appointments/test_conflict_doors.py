"""Every door on which an item could leak, tried by somebody with a conflict and by somebody without, side by side.

An application's item and a proposal's; each has a name, a title and a reference that must not be met. The free reader
is the control: what is not to be found for one is there for the other.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.actions import add_action
from appointments.agenda import add_proposals
from appointments.conflicts import conflicted_members
from appointments.correspondence import noted_at
from appointments.decisions import DecisionRefused, cast_vote, record_decision
from appointments.jobs import tell_round
from appointments.models import AgendaItem, Declaration, Meeting, ProposalInterest
from appointments.pack_papers import pack_facts
from appointments.packs import items_for, may_open
from appointments.papers import minutes_facts, minutes_html
from appointments.policies import load
from appointments.sections import shift_item
from portal.models import Job, Role, User
from portal.worklist import entries_for
from talent.models import ConflictKind, DeclaredInterest
from tests.appointments.conftest import Sitting, a_sitting
from tests.factories.appointments import AgendaItemFactory, AppendixFactory, LetterFactory, PackIssuedFactory, declared
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import member, sign_in
from tests.factories.proposals import proposed
from tests.factories.talent import DeclaredInterestFactory, filled

pytestmark = pytest.mark.django_db


@dataclass
class House:
    """One item before a meeting, on which `ann` (and the secretary `clara`) have a conflict; `ben` and `dora` none."""

    sitting: Sitting
    item: AgendaItem
    other: AgendaItem
    words: tuple[str, ...]  # what must not be met
    conflicted: dict[str, User]
    free: dict[str, User]

    @property
    def meeting(self) -> Meeting:
        return self.sitting.meeting


def an_item(kind: str, sitting: Sitting) -> AgendaItem:
    if kind == "application":
        filled(sitting.item.application)
        return sitting.item
    load()
    sitting.item.delete()
    tenure = seated(SeatFactory(), "2024-04-01", "2027-03-31", person=somebody("Nadia Okoro-Hale"))
    [item] = add_proposals(sitting.meeting, [proposed(tenure)], by=sitting.secretary, at=timezone.now())
    return item


def bar(item: AgendaItem, user: User) -> None:
    if item.application is not None:
        DeclaredInterestFactory(user=user, application=item.application)
    else:
        now = timezone.now()
        ProposalInterest.objects.create(user=user, proposal=item.proposal, kind=ConflictKind.OTHER, declared_at=now)


@pytest.fixture(params=["application", "proposal"])
def house(request: pytest.FixtureRequest, db: None) -> House:
    sitting = a_sitting()
    item = an_item(request.param, sitting)
    other = AgendaItemFactory(meeting=sitting.meeting, business=True, title="Dates for next year")
    clara, dora = (member(Role.TALENT_TEAM) for _ in range(2))
    for each in (item, other):
        for user in (sitting.chair, sitting.ann, sitting.ben):
            declared(each, user)
    for user in (sitting.ann, clara):
        bar(item, user)
    person = item.application.person if item.application else item.proposal.person
    words = [person.full_name, item.title]
    if item.application:
        words.append(item.application.reference)
    return House(
        sitting,
        item,
        other,
        tuple(words),
        {"member": sitting.ann, "secretary": clara},
        {"member": sitting.ben, "secretary": dora},
    )


def page(client: Client, user: User, name: str, *args: object) -> str:
    sign_in(client, user)
    response = client.get(reverse(name, args=args), follow=True)
    return response.content.decode(errors="replace") if response.status_code == 200 else ""


def decide(house: House) -> None:
    votes = {house.sitting.chair.pk: "for", house.sitting.ben.pk: "for"}
    record_decision(
        house.item, outcome="deferred", votes=votes, reason="To be heard again.", by=house.free["secretary"],
        at=timezone.now(),
    )  # fmt: skip


Door = Callable[[Client, House, User], str]


def meeting_page(client: Client, house: House, user: User) -> str:
    return page(client, user, "appointments:meeting_detail", house.meeting.pk)


def item_page(client: Client, house: House, user: User) -> str:
    return page(client, user, "appointments:item_detail", house.item.pk)


def declaring_page(client: Client, house: House, user: User) -> str:
    """Before anything is declared: all that a member may know of is asked about."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE appointments_declaration")
    return page(client, user, "appointments:meeting_declare", house.meeting.pk)


def agenda_builder(client: Client, house: House, user: User) -> str:
    return page(client, user, "appointments:agenda_edit", house.meeting.pk)


def line_of_the_agenda(client: Client, house: House, user: User) -> str:
    return page(client, user, "appointments:item_edit", house.item.pk)


def recording(client: Client, house: House, user: User) -> str:
    return page(client, user, "appointments:decision_create", house.item.pk)


def pack(client: Client, house: House, user: User) -> str:
    seat = house.meeting.seats(timezone.now()).get(user=user)
    facts = pack_facts(house.meeting, seat, items_for(house.meeting, user))
    return facts.front({}) + "".join(paper.html for paper in facts.papers)


def minutes(client: Client, house: House, user: User) -> str:
    decide(house)
    return minutes_html(minutes_facts(house.meeting, reader=user))


def register(client: Client, house: House, user: User) -> str:
    decide(house)
    return page(client, user, "appointments:decision_list")


def next_minutes(client: Client, house: House, user: User) -> str:
    """What was decided by correspondence is noted in the next meeting's minutes."""
    decide(house)
    now = timezone.now()
    sent = {"mode": "correspondence", "closes_at": now, "sent_at": house.meeting.starts_at, "state": "held"}
    Meeting.objects.filter(pk=house.meeting.pk).update(**sent)
    later = Meeting.objects.create(committee=house.meeting.committee, starts_at=now + dt.timedelta(days=1), place="")
    assert [decision.item for decision in noted_at(later)] == [house.item]
    return minutes_html(minutes_facts(later, reader=user))


def action_log(client: Client, house: House, user: User) -> str:
    clerk = house.free["secretary"]
    what = f"Write to {house.words[0]}"
    add_action(
        house.meeting, what=what, item=house.item, owner=clerk, due_on=timezone.localdate(), by=clerk, at=timezone.now()
    )
    return page(client, user, "appointments:action_list")


def appendix(client: Client, house: House, user: User) -> str:
    kept = AppendixFactory(item=house.item)
    sign_in(client, user)
    response = client.get(reverse("appointments:appendix_download", args=[kept.pk]))
    return house.words[0] if response.status_code == 200 else ""


def home(client: Client, house: House, user: User) -> str:
    """The worklist says what waits by meeting; its numbers are tried below."""
    clerk = house.free["secretary"]
    add_action(
        house.meeting, what=f"Call {house.words[0]}", item=house.item, owner=clerk, due_on=timezone.localdate(),
        by=clerk, at=timezone.now(),
    )  # fmt: skip
    house.item.actions.update(owner=user)
    return " ".join(f"{entry.title} {entry.detail}" for entry in entries_for(user, at=timezone.now()))


MEMBER: list[Door] = [
    meeting_page, item_page, declaring_page, pack, minutes, register, next_minutes, action_log, appendix, home
]  # fmt: skip
SECRETARY: list[Door] = [
    meeting_page, item_page, agenda_builder, line_of_the_agenda, recording, minutes, register, next_minutes,
    action_log, appendix, home
]  # fmt: skip
DOORS = [("member", door) for door in MEMBER] + [("secretary", door) for door in SECRETARY]


@pytest.mark.parametrize(("who", "door"), DOORS, ids=lambda each: getattr(each, "__name__", each))
def test_a_door_shows_it_to_the_one_and_not_to_the_other(client: Client, house: House, who: str, door: Door):
    shut = door(client, house, house.conflicted[who])

    assert [word for word in house.words if word in shut] == []


@pytest.mark.parametrize(("who", "door"), DOORS, ids=lambda each: getattr(each, "__name__", each))
def test_the_same_door_is_open_to_who_has_no_conflict(client: Client, house: House, who: str, door: Door):
    assert house.words[0] in door(client, house, house.free[who])


def test_the_application_is_found_exported_and_its_letter_read_by_the_free_secretary_only(client: Client, house: House):
    """Search, export and letters are about applications."""
    application = house.item.application
    if application is None:
        return
    LetterFactory(decision__item=house.item, application=application)

    def found(user: User) -> tuple[bool, bool, bool]:
        listed = page(client, user, "talent:candidate_list")
        detail = page(client, user, "talent:candidate_detail", application.reference)
        sign_in(client, user)
        letter = client.get(reverse("appointments:letter_download", args=[application.reference]))
        return application.reference in listed, application.reference in detail, letter.status_code == 200

    assert found(house.free["secretary"]) == (True, True, True)
    assert found(house.conflicted["secretary"]) == (False, False, False)


def test_numbers_leave_no_gap(client: Client, house: House):
    def numbered(user: User) -> list[tuple[int, str]]:
        sign_in(client, user)
        order = client.get(reverse("appointments:meeting_detail", args=[house.meeting.pk])).context["order"]
        return [(line.number, line.item.title) for line in order.lines]

    assert numbered(house.sitting.ben) == [(1, house.item.title), (2, house.other.title)]
    assert numbered(house.sitting.ann) == [(1, house.other.title)]


def test_counts_leave_it_out(client: Client, house: House):
    def counted(user: User) -> tuple[int, list[int | None]]:
        sign_in(client, user)
        [meeting] = client.get(reverse("appointments:meeting_list")).context["upcoming"]
        return meeting.listed, [e.count for e in entries_for(user, at=timezone.now()) if e.title.startswith("Read")]

    assert (counted(house.sitting.ben), counted(house.sitting.ann)) == ((2, [2]), (1, [1]))


def test_a_pack_made_before_is_closed(house: House):
    packs = {
        user: PackIssuedFactory(meeting=house.meeting, member=user, items=[house.item.pk, house.other.pk])
        for user in (house.sitting.ann, house.sitting.ben)
    }

    assert [may_open(packs[user], user) for user in (house.sitting.ann, house.sitting.ben)] == [False, True]


def test_a_round_with_nothing_else_before_it_sends_no_mail(house: House):
    now = timezone.now()
    AgendaItem.objects.filter(pk=house.other.pk).update(removed_at=now)
    Meeting.objects.filter(pk=house.meeting.pk).update(
        mode="correspondence", closes_at=now + dt.timedelta(days=1), sent_at=now
    )
    for user in (house.sitting.ann, house.sitting.ben):
        told = {"meeting": house.meeting.pk, "member": user.pk, "message": "round_opened"}
        tell_round(Job.objects.create(kind="appointments.tell_round", payload=told, enqueued_at=now, due_at=now))

    assert [sent.to for sent in mail.outbox] == [[house.sitting.ben.email]]


def test_who_has_a_conflict_neither_votes_nor_counts(house: House):
    with pytest.raises(DecisionRefused, match="You take no part in this item"):
        cast_vote(house.item, "for", by=house.sitting.ann, at=timezone.now())
    with pytest.raises(DecisionRefused, match="not quorate"):
        record_decision(
            house.item, outcome="approved", votes={house.sitting.chair.pk: "for"}, reason="Yes.",
            by=house.free["secretary"], at=timezone.now(),
        )  # fmt: skip

    assert conflicted_members(house.item, house.sitting.all_for) == {house.sitting.ann.pk}


def test_a_conflicted_secretary_records_nothing(house: House):
    with pytest.raises(DecisionRefused, match="not yours to record"):
        record_decision(
            house.item, outcome="approved", votes={}, reason="Yes.", by=house.conflicted["secretary"], at=timezone.now()
        )


def test_both_rules_say_the_same(house: House):
    """conflicted_members by item, and free_of_conflict by user."""
    users = [house.sitting.chair, house.sitting.ann, house.sitting.ben]

    by_user = {u.pk for u in users if not AgendaItem.objects.free_of_conflict(u).filter(pk=house.item.pk).exists()}

    assert by_user == conflicted_members(house.item, [u.pk for u in users])


def test_arranging_moves_past_it_in_silence(house: House):
    AgendaItem.objects.filter(pk=house.other.pk).update(position=house.item.position + 1)

    shift_item(AgendaItem.objects.get(pk=house.other.pk), earlier=True, by=house.conflicted["secretary"])

    shown = AgendaItem.objects.listed_for(house.conflicted["secretary"]).filter(meeting=house.meeting)
    assert list(shown) == [house.other]


def test_an_interest_in_force_is_not_lifted_by_its_own(house: House):
    rows = DeclaredInterest if house.item.application else ProposalInterest
    ours = rows.objects.filter(user=house.sitting.ann)

    assert ours.in_force().count() == 1
    declared_again = Declaration.objects.create(
        item=house.item, member=house.sitting.ann, interest=False, by=house.sitting.ann, at=timezone.now()
    )
    assert not AgendaItem.objects.listed_for(house.sitting.ann).filter(pk=declared_again.item_id).exists()
