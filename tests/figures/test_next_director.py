"""NExT Director in 2017/18: nearly fifty placements taken up in London and in Midlands and East."""

import datetime as dt
from collections import Counter

import pytest

from appointments import chain
from appointments.models import AgendaItem, Decision, Meeting
from portal import demo
from programmes.models import Scheme
from talent.models import Application, ApplicationEvent, Placement, PlacementEvent, Review, State
from talent.workflow import SCHEME_TRACK, transition

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2017, 4, 1), dt.date(2018, 3, 31)


def test_48_placements_started_in_the_year(rows: demo.Stage):
    placements = Placement.objects.started_between(FIRST, LAST).filter(
        application__intake__scheme__name="NExT Director"
    )

    assert placements.count() == 48
    assert set(placements.values_list("host__region__name", flat=True)) == {"London", "Midlands and East"}


def test_each_of_them_was_begun_once_by_an_act(rows: demo.Stage):
    placements = Placement.objects.started_between(FIRST, LAST)
    begun = PlacementEvent.objects.filter(kind=PlacementEvent.Kind.BEGUN, placement__in=placements)
    placed = ApplicationEvent.objects.filter(transition="place", application__placement__in=placements)

    assert Counter(begun.values_list("placement", flat=True)) == Counter(placements.values_list("pk", flat=True))
    assert placed.count() == 48


def test_every_state_of_the_scheme_has_an_application(rows: demo.Stage):
    on_track = Application.objects.filter(intake__scheme__track=Scheme.Track.SCHEME)
    states = {str(state) for step in SCHEME_TRACK for state in (*step.sources, step.target)}

    # An approved application has its offer in the same act, so none is ever seen between the two.
    assert set(on_track.values_list("state", flat=True)) == states - {State.APPROVED}


def test_two_meetings_of_the_year_decided_on_places(rows: demo.Stage):
    about_places = Meeting.objects.filter(items__kind=AgendaItem.Kind.SCHEME_PLACE).distinct()
    held = about_places.filter(state=Meeting.State.HELD, starts_at__date__range=(FIRST, LAST))

    assert sorted(meeting.day for meeting in held) == [dt.date(2017, 7, 13), dt.date(2017, 12, 7)]
    assert AgendaItem.objects.filter(meeting__in=held, decision=None).count() == 0


def test_every_placement_rests_on_a_decision(rows: demo.Stage):
    without = Placement.objects.exclude(application__agenda_items__decision__outcome=Decision.Outcome.APPROVED)

    assert list(without) == []


def test_the_chain_of_decisions_is_whole(rows: demo.Stage):
    assert chain.first_fault(Decision.objects.order_by("number")) is None


def test_the_next_meetings_have_agendas(rows: demo.Stage):
    coming = {str(meeting.committee): meeting.items.standing().count() for meeting in Meeting.objects.upcoming(rows.at)}

    assert coming == {"Provider Leadership Committee": 9, "Appointments Subcommittee": 5}


def test_every_application_stands_where_its_events_lead(rows: demo.Stage):
    astray = []
    for application in Application.objects.prefetch_related("events").select_related("intake__scheme"):
        state, at = State.DRAFT, application.started_at
        for event in application.events.all():
            step = transition(application.intake.scheme.track, event.transition)
            if event.from_state != state or state not in step.sources or event.to_state != step.target or event.at < at:
                astray.append((application.reference, event.transition))
            state, at = event.to_state, event.at
        if application.state != state:
            astray.append((application.reference, application.state))

    assert astray == []


def test_nothing_happened_in_the_future(rows: demo.Stage):
    assert ApplicationEvent.objects.filter(at__gt=rows.at).count() == 0
    assert Review.objects.filter(submitted_at__gt=rows.at).count() == 0


def test_nobody_reviewed_before_saying_that_there_is_no_conflict(rows: demo.Stage):
    assert Review.objects.exclude(saved_at=None).filter(no_conflict_at=None).count() == 0


def test_reviewers_disagree(rows: demo.Stage):
    verdicts: dict[int, set[str]] = {}
    for application, verdict in Review.objects.counted().values_list("application", "recommendation"):
        verdicts.setdefault(application, set()).add(verdict)

    split = [a for a, given in verdicts.items() if {"interview", "decline"} <= given]

    assert len(split) > 10
