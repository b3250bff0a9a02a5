"""Pages of collaboratives: what each reader sees, what a trust types, the same queries however many trusts."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from portal.models import Role
from portal.worklist import entries_for
from programmes.models import Aim, Measure, Reading
from programmes.models.measure import first_of
from tests.factories.collaboratives import (
    CollaborativeFactory,
    EnrolmentFactory,
    MeasureFactory,
    TimelineStepFactory,
    WaveFactory,
    counted,
    months_from,
)
from tests.factories.portal import member, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client: Client):
    """A trust in a collaborative with two measures, and somebody of it who is signed in."""
    measures = [
        MeasureFactory(name="Turnover", code="turnover"),
        MeasureFactory(count=True, name="Falls", code="falls"),
    ]
    wave = WaveFactory(collaborative=CollaborativeFactory(measures=measures), ends_on=dt.date(2100, 1, 1))
    enrolment = EnrolmentFactory(wave=wave)
    enrolment.person = sign_in(client, member(Role.TRUST_USER, organisation=enrolment.trust))
    return enrolment


def figures(enrolment, month: str) -> str:
    return f"/collaboratives/trusts/{enrolment.pk}/figures/{month}/"


def fields(enrolment, **said: object) -> dict[str, object]:
    keys = dict(enrolment.wave.collaborative.measures.values_list("code", "pk"))
    return {f"{name}_{keys[code]}": value for code, values in said.items() for name, value in values.items()}


def test_a_month_is_entered_and_what_is_left_empty_is_not(client: Client, own):
    typed = fields(own, turnover={"numerator": " 150 ", "denominator": "1,000"})

    response = client.post(figures(own, "2018-01"), typed, follow=True)

    reading = Reading.objects.get()
    assert (reading.value, reading.month, reading.by) == (Decimal(15), dt.date(2018, 1, 1), own.person)
    assert [str(message) for message in response.context["messages"]] == ["January 2018: 1 entered, 0 put right."]


def test_bad_figures_name_the_measure_and_lose_nothing_typed(client: Client, own):
    typed = fields(own, turnover={"numerator": "150", "denominator": "0"}, falls={"numerator": "many"})

    response = client.post(figures(own, "2018-01"), typed)

    assert response.context["form"].errors == fields(
        own,
        turnover={"denominator": ["Turnover: the denominator must be a number above 0: average headcount"]},
        falls={"numerator": ["Falls must be a number"]},
    )
    said = response.content.decode()
    assert 'value="150"' in said
    assert 'value="many"' in said
    assert Reading.objects.count() == 0


def test_what_stands_is_put_right_with_a_reason(client: Client, own):
    turnover = own.wave.collaborative.measures.get(code="turnover")
    counted(own.trust, turnover, [150], first=dt.date(2018, 1, 1))
    typed = fields(own, turnover={"numerator": "151", "denominator": "1000"})

    refused = client.post(figures(own, "2018-01"), typed)
    client.post(figures(own, "2018-01"), typed | {"reason": "Counted again"})

    assert refused.context["form"].errors == {"reason": ["Say why the figures are put right"]}
    assert [(r.numerator, r.reason) for r in Reading.objects.order_by("pk")] == [(150, ""), (151, "Counted again")]


def test_nothing_typed_is_said_so(client: Client, own):
    response = client.post(figures(own, "2018-01"), fields(own, turnover={"numerator": " "}))

    assert response.context["form"].errors == {"__all__": ["Enter the figures of one measure at least."]}


@pytest.mark.parametrize("month", ["2018-13", "next", "2999-01"])
def test_a_month_that_is_none_or_not_over_is_not_there(client: Client, own, month: str):
    assert client.get(figures(own, month)).status_code == 404


def test_a_chart_is_a_file_too(client: Client, own):
    turnover = own.wave.collaborative.measures.get(code="turnover")
    counted(own.trust, turnover, [150, 160, 170])

    lines = client.get(f"/collaboratives/trusts/{own.pk}/charts/turnover/csv/").getvalue().decode("utf-8-sig")

    assert lines.splitlines() == [
        "month,numerator,denominator,value,kind,rule,centre,lower,upper",
        "2017-01,150.00,1000.00,15.0000,common,,16.0000,13.3400,18.6600",
        "2017-02,160.00,1000.00,16.0000,common,,16.0000,13.3400,18.6600",
        "2017-03,170.00,1000.00,17.0000,common,,16.0000,13.3400,18.6600",
    ]


def test_a_peer_sees_charts_and_nothing_else(client: Client, own):
    peer = EnrolmentFactory(wave=own.wave, shares=True, clinical_buddy=member(Role.IMPROVEMENT_LEAD))
    step = TimelineStepFactory(collaborative=own.wave.collaborative)
    peer.events.create(
        kind="held", step=step, held_on=dt.date(2017, 8, 1), reason="Leavers hide it", at="2017-08-01T09:00Z"
    )
    counted(peer.trust, own.wave.collaborative.measures.get(code="turnover"), [150] * 6)

    pages = [
        client.get(f"/collaboratives/trusts/{peer.pk}/shared/").content.decode(),
        client.get(f"/collaboratives/trusts/{peer.pk}/charts/turnover/").content.decode(),
    ]

    assert [peer.trust.name in page for page in pages] == [True, True]
    assert ["Leavers hide it" in page or str(peer.clinical_buddy) in page for page in pages] == [False, False]
    assert "Add a note" not in pages[1]


def test_the_team_sees_every_trust_of_its_collaborative_in_the_same_queries(client: Client, django_assert_num_queries):
    wave = WaveFactory()
    measure = wave.collaborative.measures.get()
    lead = sign_in(client, member(Role.IMPROVEMENT_LEAD))
    wave.collaborative.leads.add(lead)
    page = f"/collaboratives/{wave.collaborative.slug}/"
    shown = []
    for number in (1, 2):
        for _ in range(number):
            counted(EnrolmentFactory(wave=wave).trust, measure, [150] * 6)
        client.get(page)
        with django_assert_num_queries(20):
            response = client.get(page)
        shown.append(len(response.context["charts"]))

    assert shown == [1, 3]


def test_lists_take_the_same_queries_with_one_and_with_three(client: Client, django_assert_num_queries):
    person = sign_in(client, member(Role.TRUST_USER))
    trust = person.memberships.get().organisation
    shown = []
    for number in (1, 2):
        for _ in range(number):
            EnrolmentFactory(trust=trust)
        client.get("/collaboratives/")
        with django_assert_num_queries(7):
            response = client.get("/collaboratives/")
        shown.append(len(response.context["enrolments"]))

    assert shown == [1, 3]


def test_the_next_month_waits_until_it_is_entered(own):
    now = timezone.now()
    last = first_of(first_of(timezone.localdate(now)) - dt.timedelta(days=1))
    turnover, falls = own.wave.collaborative.measures.order_by("aims__position")
    before = months_from(first_of(last - dt.timedelta(days=1)), 2)
    counted(own.trust, turnover, [150, 150], first=before[0])
    counted(own.trust, falls, [12], denominator=None, first=before[0])

    waiting = [entry for entry in entries_for(own.person, at=now) if entry.group == "Improvement"]
    counted(own.trust, falls, [12], denominator=None, first=last)

    assert [(entry.title, entry.url) for entry in waiting] == [
        (f"Enter the figures of {last:%B %Y}", figures(own, f"{last:%Y-%m}"))
    ]
    assert [entry for entry in entries_for(own.person, at=now) if entry.group == "Improvement"] == []


def test_a_buddy_is_told_of_the_next_step_two_weeks_before(own):
    buddy = member(Role.IMPROVEMENT_LEAD)
    own.clinical_buddy = buddy
    own.save()
    TimelineStepFactory(collaborative=own.wave.collaborative, name="Visit", day=42)
    due = dt.datetime.combine(own.wave.starts_on + dt.timedelta(days=42), dt.time(9), tzinfo=dt.UTC)

    def waiting(days_before: int) -> list[str]:
        at = due - dt.timedelta(days=days_before)
        return [entry.title for entry in entries_for(buddy, at=at) if entry.group == "Improvement"]

    assert (waiting(15), waiting(14)) == ([], ["Visit"])


def test_a_measure_of_quarters_is_asked_for_once_a_quarter(client: Client, own):
    Aim.objects.all().delete()
    quarterly = MeasureFactory(name="Agency spend", code="agency", frequency=Measure.Frequency.QUARTERLY)
    Aim.objects.create(collaborative=own.wave.collaborative, measure=quarterly)
    counted(own.trust, quarterly, [150], first=dt.date(2018, 3, 1))
    typed = {f"numerator_{quarterly.pk}": "150", f"denominator_{quarterly.pk}": "1000"}

    between, refused = client.get(figures(own, "2018-05")), client.post(figures(own, "2018-05"), typed)
    client.post(figures(own, "2018-06"), typed)
    [waits] = [entry for entry in entries_for(own.person, at=timezone.now()) if "figures" in entry.title]
    shown = client.get(f"/collaboratives/trusts/{own.pk}/charts/agency/").content.decode()

    assert b"Nothing is counted in May 2018: these measures are counted once a quarter." in between.content
    assert refused.context["form"].non_field_errors() == ["Enter the figures of one measure at least."]
    assert list(Reading.objects.values_list("month", flat=True)) == [dt.date(2018, 3, 1), dt.date(2018, 6, 1)]
    assert waits.title == "Enter the figures of September 2018"
    assert "15.0% in the quarter to June 2018" in shown
    assert "<h2>Quarter by quarter</h2>" in shown


def test_the_trust_sees_what_was_put_right_and_its_peers_do_not(client: Client, own):
    turnover = own.wave.collaborative.measures.get(code="turnover")
    counted(own.trust, turnover, [150], first=dt.date(2018, 1, 1))
    typed = fields(own, turnover={"numerator": "151", "denominator": "1000"})
    client.post(figures(own, "2018-01"), typed | {"reason": "A leaver was counted twice"})
    page = f"/collaboratives/trusts/{own.pk}/charts/turnover/"
    own.shares = True
    own.save()

    to_own = client.get(page)
    sign_in(client, member(Role.TRUST_USER, organisation=EnrolmentFactory(wave=own.wave).trust))
    to_peer = client.get(page)

    assert [(row.corrects.value, row.value, row.reason) for row in to_own.context["corrections"]] == [
        (Decimal(15), Decimal("15.1"), "A leaver was counted twice")
    ]
    assert b"A leaver was counted twice" in to_own.content
    assert (to_peer.status_code, list(to_peer.context["corrections"])) == (200, [])
    assert b"A leaver was counted twice" not in to_peer.content


def test_a_chart_says_by_which_rules_it_is_read(client: Client, own):
    turnover = own.wave.collaborative.measures.get(code="turnover")
    counted(own.trust, turnover, [150, 160], first=dt.date(2018, 1, 1))
    page = f"/collaboratives/trusts/{own.pk}/charts/turnover/"

    control, run = client.get(page).content.decode(), client.get(f"{page}?view=run").content.decode()

    assert ("Western Electric" in control, "Perla, Provost and Murray" in control) == (True, False)
    assert ("Western Electric" in run, "Perla, Provost and Murray" in run) == (False, True)


def test_peers_see_the_limits_that_a_note_began_and_not_its_words(client: Client, own):
    turnover = own.wave.collaborative.measures.get(code="turnover")
    counted(own.trust, turnover, [160, 170, 160, 120, 130, 120], first=dt.date(2018, 1, 1))
    idea = "Rosters eight weeks ahead"
    turnover.notes.create(
        trust=own.trust, month=dt.date(2018, 4, 1), text=f"Test: {idea}", rebase=True, at=timezone.now()
    )
    own.shares = True
    own.save()
    page = f"/collaboratives/trusts/{own.pk}/charts/turnover/"

    to_own = [client.get(page), client.get(f"{page}?view=run")]
    sign_in(client, member(Role.TRUST_USER, organisation=EnrolmentFactory(wave=own.wave).trust))
    to_peer = [client.get(page), client.get(f"{page}?view=run")]

    assert [idea in answer.content.decode() for answer in (*to_own, *to_peer)] == [True, True, False, False]
    assert [len(answer.context["chart"].series.chart.segments) for answer in (to_own[0], to_peer[0])] == [2, 2]
    assert to_peer[0].context["chart"].series.notes == ()


def test_the_team_looks_at_those_who_are_late_or_may_need_help(client: Client, own):
    turnover = own.wave.collaborative.measures.get(code="turnover")
    counted(own.trust, turnover, [150, 160])
    EnrolmentFactory(wave=own.wave)  # nothing entered yet
    own.wave.collaborative.leads.add(sign_in(client, member(Role.IMPROVEMENT_LEAD)))
    page = f"/collaboratives/{own.wave.collaborative.slug}/?measure=turnover"

    answers = [client.get(f"{page}&only={which}") for which in ("", "late", "help", "else")]

    shown = [[row.enrolment == own for row, _ in answer.context["charts"]] for answer in answers]
    assert [sorted(rows) for rows in shown] == [[False, True], [True], [True], [False, True]]
    assert [answer.context["trusts"] for answer in answers] == [2, 2, 2, 2]
    assert b'<option value="late" selected>Figures overdue</option>' in answers[1].content
