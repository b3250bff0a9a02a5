"""Milestones read from the plan, and the report to the board: what moved, what is late, what is asked for."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from programmes.board_report import board_report_facts, board_report_pdf
from programmes.enrolling import hold_step
from programmes.milestones import milestones_of
from programmes.models import Aim, ImprovementPlan, TimelineStep
from programmes.plan_papers import plan_pdf
from programmes.planning import finish_idea, put_idea, write_texts
from tests.factories.collaboratives import MeasureFactory, TimelineStepFactory, counted
from tests.factories.plans import AT, complete, enrolled

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 4, 20)


@pytest.fixture
def own():
    """Two ideas of which the first is done, a target for March, a review that was due; turnover from 16% to 13.9%."""
    enrolment = enrolled()
    step = {"collaborative": enrolment.wave.collaborative}
    TimelineStepFactory(**step, name="Launch", kind=TimelineStep.Kind.LAUNCH, day=0)
    enrolment.review = TimelineStepFactory(**step, name="First review", kind=TimelineStep.Kind.REVIEW, day=180)
    plan, said = complete(enrolment), {"by": enrolment.person, "at": AT}
    put_idea(plan, what="A coffee with each starter", owner="Ward sister", due_on=dt.date(2018, 6, 30), **said)
    finish_idea(plan.ideas.first(), done_on=AT.date(), **said)
    counted(enrolment.trust, enrolment.measure, [160] * 3 + [139] * 3)
    return enrolment


def lines(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_milestones_stand_in_order_and_say_which_are_reached_and_which_are_late(own):
    found = milestones_of(own.drawn_up, today=TODAY)

    assert [(one.on, one.what, one.reached_on, one.is_late) for one in found] == [
        (dt.date(2017, 12, 30), "First review", None, True),
        (dt.date(2018, 3, 31), "Rotas six weeks ahead", AT.date(), False),
        (dt.date(2018, 3, 31), f"{own.measure}: 14%", dt.date(2017, 6, 30), False),
        (dt.date(2018, 6, 30), "A coffee with each starter", None, False),
    ]


def test_a_target_is_reached_only_while_the_newest_figure_meets_it(own):
    counted(own.trust, own.measure, [141], first=dt.date(2017, 7, 1))

    [target] = [one for one in milestones_of(own.drawn_up, today=TODAY) if "14%" in one.what]

    assert (target.reached_on, target.is_late) == (None, True)


def test_a_step_that_was_held_is_reached_on_its_day(own):
    held_on = dt.date(2018, 1, 9)
    hold_step(
        own,
        own.review,
        held_on=held_on,
        notes="Met",
        by=own.clinical_buddy,
        at=dt.datetime(2018, 1, 9, 12, tzinfo=dt.UTC),
    )

    [review] = [one for one in milestones_of(own.drawn_up, today=TODAY) if one.what == "First review"]

    assert (review.reached_on, review.is_late) == (held_on, False)


def test_the_board_reads_what_moved_what_is_late_and_what_is_asked(own):
    write_texts(
        own.drawn_up,
        {"support": "A day a week for the matron."},
        base_revision=own.drawn_up.revision + 1,
        by=own.person,
        at=AT,
    )
    own.drawn_up.refresh_from_db()

    said = lines(board_report_pdf(own.drawn_up, today=TODAY))

    assert (
        f"{own.measure}: 16.0% at the start, 13.9% now. The last month is special cause variation: an improvem" in said
    )
    assert "We aim for 14% by March 2018." in said
    assert "Milestones reached: 2 of 4. Late: 1." in said
    assert "What we ask of the board A day a week for the matron." in said
    assert "30 December 2017 First review Late" in said


def test_the_plan_itself_is_a_paper_with_its_charts_in_words(own):
    said = lines(plan_pdf(own.drawn_up))

    assert "Rotas six weeks ahead Matron, medicine, by 31 March 2018; done on 2 October 2017" in said
    assert "13.9% in June 2017." in said


def test_the_queries_do_not_grow_with_measures_and_ideas(own, django_assert_num_queries):
    rows = ImprovementPlan.objects.select_related("enrolment__trust", "enrolment__wave__collaborative")
    plan = rows.get()
    with django_assert_num_queries(14):
        board_report_facts(plan, today=TODAY)
    Aim.objects.create(collaborative=own.wave.collaborative, measure=MeasureFactory())
    for _ in range(2):
        put_idea(own.drawn_up, what="Another", owner="Matron", due_on=TODAY, by=own.person, at=AT)
    plan = rows.get()
    with django_assert_num_queries(14):
        board_report_facts(plan, today=TODAY)
