"""Committees, seats and meetings change with a ledger row; final minutes are kept as they were issued."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from appointments.agenda import cancel_meeting, close_meeting
from appointments.bookkeeping import keep
from appointments.decisions import record_decision
from appointments.jobs import issue_minutes
from appointments.models import CommitteeEvent, MinutesIssued
from appointments.papers import keep_minutes
from portal.models import Job
from tests.appointments.conftest import Sitting
from tests.factories.appointments import AgendaItemFactory, CommitteeFactory
from tests.factories.talent import DeclaredInterestFactory

pytestmark = pytest.mark.django_db


def closed(sitting: Sitting) -> Sitting:
    now = timezone.now()
    for item in sitting.meeting.items.all():
        record_decision(item, outcome="deferred", votes=sitting.all_for, reason="Later.", by=sitting.secretary, at=now)
    close_meeting(sitting.meeting, by=sitting.secretary, at=now)
    sitting.meeting.refresh_from_db()
    return sitting


def test_a_change_is_written_down_with_what_stood_before(sitting: Sitting):
    committee = sitting.meeting.committee
    committee.quorum = 3

    keep(committee, by=sitting.secretary, at=timezone.now(), reason="Agreed in March.")

    event = CommitteeEvent.objects.get()
    assert (event.kind, event.row, event.before, event.after) == (
        "committee",
        committee.pk,
        {"quorum": 2},
        {"quorum": 3},
    )
    assert (event.by, event.reason) == (sitting.secretary, "Agreed in March.")


def test_a_new_row_is_written_down_whole(sitting: Sitting):
    keep(CommitteeFactory.build(name="Pay subcommittee"), by=sitting.secretary, at=timezone.now())

    event = CommitteeEvent.objects.get()
    assert (event.before, event.after["name"]) == ({}, "Pay subcommittee")


def test_nothing_changed_is_nothing_written(sitting: Sitting):
    keep(sitting.meeting, by=sitting.secretary, at=timezone.now())

    assert CommitteeEvent.objects.count() == 0


def test_only_the_secretariat_keeps_the_books(sitting: Sitting):
    sitting.meeting.place = "Elsewhere"

    with pytest.raises(PermissionDenied):
        keep(sitting.meeting, by=sitting.chair, at=timezone.now())

    sitting.meeting.refresh_from_db()
    assert sitting.meeting.place == "Room 4, Wellington House"


def test_cancelling_is_written_down(sitting: Sitting):
    cancel_meeting(sitting.meeting, by=sitting.secretary, at=timezone.now())

    assert list(CommitteeEvent.objects.values_list("meeting", "after")) == [
        (sitting.meeting.pk, {"state": "cancelled"})
    ]


def test_final_minutes_are_kept_and_not_made_again(sitting: Sitting):
    closed(sitting)
    issue_minutes(Job.objects.get(kind="appointments.keep_minutes"))
    kept = MinutesIssued.objects.get()

    sitting.item.title = "Another name"
    sitting.item.save()

    assert keep_minutes(sitting.meeting, reader=sitting.ann, at=timezone.now()) == kept
    assert kept.sha256 == hashlib.sha256(kept.file.read()).hexdigest()
    assert kept.head == sitting.meeting.decisions.get().digest


def test_a_conflicted_reader_gets_a_copy_without_the_item(sitting: Sitting):
    AgendaItemFactory(meeting=sitting.meeting, business=True)
    closed(sitting)
    DeclaredInterestFactory(user=sitting.ann, application=sitting.item.application)

    copies = [keep_minutes(sitting.meeting, reader=user, at=timezone.now()) for user in (sitting.ann, sitting.ben)]

    assert [copy.left_out for copy in copies] == [[sitting.item.pk], []]
