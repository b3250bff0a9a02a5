"""Decisions between meetings: sent, voted on by each member, closed; any member may have an item wait for a meeting."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.agenda import add_business, cancel_meeting, carry_over, close_meeting, remove_item
from appointments.correspondence import ask_to_wait, close_round, last_move_of, move_closing, plan_round, send_round
from appointments.decisions import DecisionRefused, cast_vote, record_decision
from appointments.declaring import Interest, declare
from appointments.jobs import tell_round
from appointments.models import AgendaItem, CommitteeEvent, Decision, Declaration, Meeting, WaitRequest
from appointments.papers import minutes_facts
from appointments.preparing import AgendaRefused
from portal.models import Job, User
from portal.worklist import entries_for
from tests.appointments.conftest import Sitting, a_sitting
from tests.factories.appointments import AgendaItemFactory, MeetingFactory
from tests.factories.portal import sign_in

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def round_(db: None) -> Sitting:
    """A round of the three, sent, with one application before it and everybody's declaration of no interest."""
    sitting = a_sitting()
    Meeting.objects.filter(pk=sitting.meeting.pk).update(
        mode="correspondence", closes_at=timezone.now() + DAY, sent_at=sitting.meeting.starts_at
    )
    sitting.meeting.refresh_from_db()
    sitting.item.refresh_from_db()
    for user in (sitting.chair, sitting.ann, sitting.ben):
        declare(sitting.meeting, {sitting.item.pk: None}, by=user, at=timezone.now())
    return sitting


def vote(round_: Sitting, *users: Any, choice: str = "for") -> None:
    for user in users:
        cast_vote(round_.item, choice, by=user, at=timezone.now())


def record(round_: Sitting, **more: Any) -> Decision:
    said = {"outcome": "approved", "votes": {}, "reason": "Agreed by all.", "by": round_.secretary}
    return record_decision(round_.item, **{**said, "at": timezone.now(), **more})


def over(round_: Sitting) -> None:
    Meeting.objects.filter(pk=round_.meeting.pk).update(closes_at=timezone.now())
    round_.meeting.refresh_from_db()


def test_a_round_is_planned_built_and_sent(sitting: Sitting):
    now, by = timezone.now(), sitting.secretary
    planned = plan_round(sitting.meeting.committee, closes_at=now + DAY, by=by, at=now)
    add_business(planned, title="Dates", note="", by=by, at=now)
    unseen = list(Meeting.objects.visible_to(sitting.ann))

    send_round(planned, by=by, at=now)

    assert (unseen, set(Meeting.objects.visible_to(sitting.ann))) == ([sitting.meeting], {sitting.meeting, planned})
    assert str(Meeting.objects.get(pk=planned.pk)).endswith(f" by correspondence, {now.day} {now:%B %Y}")
    assert [e.after.get("sent_at") is not None for e in CommitteeEvent.objects.filter(meeting=planned)] == [False, True]
    assert Job.objects.filter(kind="appointments.tell_round").count() == 6


def test_the_mail_tells_that_something_waits_and_nothing_more(round_: Sitting):
    Job.objects.create(
        kind="appointments.tell_round",
        payload={"meeting": round_.meeting.pk, "member": round_.ann.pk, "message": "round_opened"},
        enqueued_at=timezone.now(),
        due_at=timezone.now(),
    )

    tell_round(Job.objects.get(kind="appointments.tell_round"))

    [sent] = mail.outbox
    assert sent.to == [round_.ann.email]
    assert sent.subject == f"Your vote by correspondence: {round_.meeting.committee}"
    assert round_.item.title not in sent.body


@pytest.mark.parametrize("done", ["voted", "conflict"])
def test_nobody_is_reminded_of_nothing(round_: Sitting, done: str):
    if done == "voted":
        vote(round_, round_.ann)
    else:
        declare(round_.meeting, {round_.item.pk: Interest("personal")}, by=round_.ann, at=timezone.now())
    Job.objects.create(
        kind="appointments.tell_round",
        payload={"meeting": round_.meeting.pk, "member": round_.ann.pk, "message": "round_reminder"},
        enqueued_at=timezone.now(),
        due_at=timezone.now(),
    )

    tell_round(Job.objects.get(kind="appointments.tell_round"))

    assert mail.outbox == []


def test_once_all_have_voted_the_secretariat_records_it_as_by_correspondence(round_: Sitting):
    vote(round_, round_.chair, round_.ann, round_.ben)

    decision = record(round_)

    assert (decision.facts["by_correspondence"], decision.by_correspondence) == (True, True)
    assert decision.facts["votes"] == {str(pk): "for" for pk in round_.all_for}


def test_the_chair_records_too_and_a_member_does_not(round_: Sitting):
    vote(round_, round_.chair, round_.ann, round_.ben)

    with pytest.raises(DecisionRefused, match="not yours to record"):
        record(round_, by=round_.ann)
    assert record(round_, by=round_.chair).by == round_.chair


def test_the_chair_of_a_meeting_in_a_room_does_not_record(sitting: Sitting):
    declare(sitting.meeting, {sitting.item.pk: None}, by=sitting.chair, at=timezone.now())

    with pytest.raises(DecisionRefused, match="not yours to record"):
        record(sitting, by=sitting.chair, votes=sitting.all_for)


def test_nothing_is_recorded_while_somebody_may_still_vote(round_: Sitting):
    vote(round_, round_.chair, round_.ann)

    with pytest.raises(DecisionRefused, match="Votes are still open"):
        record(round_)

    over(round_)
    assert record(round_).facts["votes"] == {str(user.pk): "for" for user in (round_.chair, round_.ann)}


def test_who_has_a_conflict_is_not_waited_for(round_: Sitting):
    declare(round_.meeting, {round_.item.pk: Interest("personal")}, by=round_.ben, at=timezone.now())
    vote(round_, round_.chair, round_.ann)

    assert record(round_).facts["conflicted"] == [round_.ben.pk]


def test_nobody_votes_for_another(round_: Sitting):
    with pytest.raises(DecisionRefused, match="cast by the members themselves"):
        record(round_, votes=round_.all_for)


def test_without_a_quorum_nothing_is_decided_and_the_item_waits(round_: Sitting):
    vote(round_, round_.chair)
    over(round_)

    with pytest.raises(DecisionRefused, match="not quorate"):
        record(round_)
    close_round(round_.meeting, by=round_.chair, at=timezone.now())

    round_.item.refresh_from_db()
    round_.meeting.refresh_from_db()
    assert (round_.item.waits_since is not None, round_.meeting.state) == (True, "held")
    assert Decision.objects.count() == 0


def test_no_vote_after_its_time(round_: Sitting):
    over(round_)

    with pytest.raises(DecisionRefused, match="Votes by correspondence are closed"):
        vote(round_, round_.ann)


def test_one_member_can_have_it_wait_for_a_meeting(round_: Sitting):
    vote(round_, round_.chair, round_.ann, round_.ben)

    ask_to_wait(round_.item, by=round_.ben, at=timezone.now(), reason="Let us hear the region first.")

    with pytest.raises(DecisionRefused, match="asked that this waits for a meeting"):
        record(round_)
    assert list(WaitRequest.objects.values_list("item", "by", "reason")) == [
        (round_.item.pk, round_.ben.pk, "Let us hear the region first.")
    ]


def test_who_has_a_conflict_cannot_have_it_wait(round_: Sitting):
    declare(round_.meeting, {round_.item.pk: Interest("personal")}, by=round_.ben, at=timezone.now())

    with pytest.raises(AgendaRefused, match="You take no part in this item"):
        ask_to_wait(round_.item, by=round_.ben, at=timezone.now(), reason="Please.")

    assert WaitRequest.objects.count() == 0


def test_an_item_of_a_meeting_does_not_wait_for_one(sitting: Sitting):
    declare(sitting.meeting, {sitting.item.pk: None}, by=sitting.ann, at=timezone.now())

    with pytest.raises(AgendaRefused, match="not before the members by correspondence"):
        ask_to_wait(sitting.item, by=sitting.ann, at=timezone.now(), reason="Please.")


def test_what_waits_is_carried_over_with_its_conflicts(round_: Sitting):
    item = AgendaItemFactory(meeting=round_.meeting, business=True, note="Six dates.", minutes=15)
    for user in (round_.ann, round_.ben):
        interest = Interest("personal") if user == round_.ben else None
        declare(round_.meeting, {item.pk: interest}, by=user, at=timezone.now())
    ask_to_wait(item, by=round_.ann, at=timezone.now(), reason="To be discussed.")
    later = MeetingFactory(committee=round_.meeting.committee, starts_at=timezone.now() + 20 * DAY)

    again = carry_over(item, later, by=round_.secretary, at=timezone.now())

    assert (again.title, again.note, again.minutes, again.carried_from) == (item.title, "Six dates.", 15, item)
    assert list(AgendaItem.objects.listed_for(round_.ben).filter(pk=again.pk)) == []
    assert list(AgendaItem.objects.listed_for(round_.ann).filter(pk=again.pk)) == [again]
    assert Declaration.objects.filter(item=again).count() == 1
    with pytest.raises(AgendaRefused, match="This does not wait for a meeting"):
        carry_over(item, later, by=round_.secretary, at=timezone.now())


def test_a_sent_round_stays_as_it_was_sent(round_: Sitting):
    with pytest.raises(AgendaRefused, match="nothing is added to it any more"):
        add_business(round_.meeting, title="More", note="", by=round_.secretary, at=timezone.now())
    with pytest.raises(AgendaRefused, match="Have the item wait for a meeting instead"):
        remove_item(round_.item, by=round_.secretary, at=timezone.now())
    with pytest.raises(AgendaRefused, match="closed once its time is up"):
        close_meeting(round_.meeting, by=round_.secretary, at=timezone.now())


@pytest.mark.parametrize("who", ["ann", "secretary"])
def test_a_round_is_closed_by_its_chair_or_the_secretariat_when_its_time_is_up(round_: Sitting, who: str):
    user = getattr(round_, who)

    with pytest.raises(PermissionDenied if who == "ann" else AgendaRefused):
        close_round(round_.meeting, by=user, at=timezone.now())


def test_a_round_needs_a_time_to_come_and_something_before_it(sitting: Sitting):
    now, by = timezone.now(), sitting.secretary
    with pytest.raises(AgendaRefused, match="Members need time to vote"):
        plan_round(sitting.meeting.committee, closes_at=now, by=by, at=now)
    planned = plan_round(sitting.meeting.committee, closes_at=now + DAY, by=by, at=now)

    with pytest.raises(AgendaRefused, match="Nothing is on the agenda yet"):
        send_round(planned, by=by, at=now)


def test_the_next_minutes_note_what_was_decided_and_hide_it_from_whom_it_concerns(round_: Sitting):
    declare(round_.meeting, {round_.item.pk: Interest("personal")}, by=round_.ben, at=timezone.now())
    vote(round_, round_.chair, round_.ann)
    decision = record(round_)
    over(round_)
    close_round(round_.meeting, by=round_.chair, at=timezone.now())
    later = MeetingFactory(committee=round_.meeting.committee, starts_at=timezone.now() + DAY)
    after = MeetingFactory(committee=round_.meeting.committee, starts_at=timezone.now() + 2 * DAY)

    def noted(meeting: Meeting, reader: Any) -> list[tuple[int, str]]:
        return [(n.number, n.outcome) for n in minutes_facts(meeting, reader=reader).by_correspondence]

    assert noted(later, round_.ann) == [(decision.number, "Approved")]
    assert noted(later, round_.ben) == []
    assert noted(after, round_.ann) == []


def test_what_waits_for_whom(round_: Sitting):
    vote(round_, round_.ann)

    def waiting(user: Any) -> list[str]:
        return [e.title for e in entries_for(user, at=timezone.now()) if e.group == "Committees"]

    assert (waiting(round_.ann), waiting(round_.ben)) == ([], [f"Read and vote: {round_.meeting}"])
    over(round_)
    assert waiting(round_.ben) == []
    assert waiting(round_.chair) == [f"Votes are closed: {round_.meeting}"]
    assert waiting(round_.secretary) == [f"Record decisions and close: {round_.meeting}"]


def test_a_cancelled_round_leaves_its_items_waiting(round_: Sitting):
    cancel_meeting(round_.meeting, by=round_.secretary, at=timezone.now())

    with pytest.raises(DecisionRefused, match="nothing more is decided at it"):
        vote(round_, round_.ann)


def test_a_round_on_its_pages(client: Client, sitting: Sitting):
    sign_in(client, sitting.secretary)
    until = timezone.localtime(timezone.now() + 3 * DAY)
    said = {"day_day": until.day, "day_month": until.month, "day_year": until.year}
    client.post(
        reverse("appointments:round_create"), {"committee": sitting.meeting.committee.pk, "time": "17:00", **said}
    )
    planned = Meeting.objects.get(mode="correspondence")
    client.post(reverse("appointments:business_add", args=[planned.pk]), {"title": "Dates", "section": "policy"})

    response = client.post(reverse("appointments:round_send", args=[planned.pk]), follow=True)

    assert response.redirect_chain == [(reverse("appointments:meeting_detail", args=[planned.pk]), 302)]
    assert [str(m) for m in response.context["messages"]] == ["The round is open. Each member is being told."]
    item = AgendaItem.objects.get(meeting=planned)
    declare(planned, {item.pk: None}, by=sitting.ann, at=timezone.now())
    sign_in(client, sitting.ann)
    page = client.get(reverse("appointments:item_detail", args=[item.pk]))
    assert (page.context["may_vote"], page.context["may_wait"], page.context["may_decide"]) == (True, True, False)
    client.post(reverse("appointments:item_wait", args=[item.pk]), {"reason": "To be discussed."})
    item.refresh_from_db()
    assert item.waits_since is not None


def test_the_chair_records_on_the_page(client: Client, round_: Sitting):
    vote(round_, round_.chair, round_.ann, round_.ben)
    sign_in(client, round_.chair)
    page = reverse("appointments:decision_create", args=[round_.item.pk])

    assert client.get(page).context["form"].members == []
    client.post(page, {"outcome": "approved", "reason": "Agreed.", "confirm": "yes"})

    assert Decision.objects.get().by == round_.chair


def closing(round_: Sitting, days: int, reason: str = "Two members are away.", by: User | None = None) -> Meeting:
    closes_at = timezone.now() + dt.timedelta(days=days)
    return move_closing(
        round_.meeting, closes_at=closes_at, by=by or round_.secretary, at=timezone.now(), reason=reason
    )


def test_the_closing_time_is_changed_with_its_reason_and_votes_stand(round_: Sitting):
    vote(round_, round_.ann)

    moved = closing(round_, 12)

    event = CommitteeEvent.objects.get(meeting=round_.meeting, after__has_key="closes_at")
    assert Meeting.objects.get(pk=round_.meeting.pk).closes_at == moved.closes_at
    assert (event.reason, event.by, last_move_of(round_.meeting)) == ("Two members are away.", round_.secretary, event)
    assert round_.item.votes.count() == 1


def test_a_round_whose_time_was_up_opens_again(round_: Sitting):
    Meeting.objects.filter(pk=round_.meeting.pk).update(closes_at=timezone.now() - DAY)
    with pytest.raises(DecisionRefused, match="Votes by correspondence are closed"):
        vote(round_, round_.ann)

    closing(round_, 2)

    vote(round_, round_.ann)
    assert round_.item.votes.count() == 1


def test_a_closing_time_that_cannot_be(round_: Sitting):
    for days, reason, said in ((-1, "Why", "must close later than now"), (3, " ", "Say why the closing time changes")):
        with pytest.raises(AgendaRefused, match=said):
            closing(round_, days, reason)
    with pytest.raises(AgendaRefused, match="the secretariat's to prepare"):
        closing(round_, 3, by=round_.ann)

    assert last_move_of(round_.meeting) is None


def test_who_has_not_voted_is_told_and_the_old_reminder_is_passed_over(round_: Sitting):
    vote(round_, round_.chair, round_.ben)
    closing(round_, 12)
    closing(round_, 14)

    for job in Job.objects.filter(kind="appointments.tell_round").order_by("pk"):
        tell_round(job)

    # Both changes, and one reminder: that of the time that holds.
    assert [sent.to for sent in mail.outbox] == [[round_.ann.email]] * 3
    moved = f"Another closing time: {round_.meeting.committee}"
    assert [sent.subject for sent in mail.outbox[:2]] == [moved, moved]
    assert mail.outbox[2].subject.startswith("Your vote is still wanted by")


def test_the_secretariat_changes_it_on_a_page_and_members_read_why(client: Client, round_: Sitting):
    until = timezone.localdate() + dt.timedelta(days=9)
    typed = {"day_day": until.day, "day_month": until.month, "day_year": until.year, "time": "12:30"}
    sign_in(client, round_.secretary)
    page = f"/committees/rounds/{round_.meeting.pk}/closing-time/"

    wanting = client.post(page, typed).context["form"].errors
    response = client.post(page, typed | {"reason": "Two members are away."})

    assert list(wanting) == ["reason"]
    assert response.url == f"/committees/meetings/{round_.meeting.pk}/"
    closes_at = timezone.localtime(Meeting.objects.get(pk=round_.meeting.pk).closes_at)
    assert (closes_at.date(), f"{closes_at:%H:%M}") == (until, "12:30")
    sign_in(client, round_.ann)
    assert "Two members are away." in client.get(response.url).content.decode()
