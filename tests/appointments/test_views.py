"""The committee's pages as people meet them: what a conflict hides, two steps to a decision, constant queries."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.jobs import make_letter
from appointments.models import AgendaItem, Decision, Declaration, Letter, Meeting
from portal.models import Job, Role, User
from portal.worklist import entries_for
from talent.models import DeclaredInterest, State
from tests.appointments.conftest import Sitting
from tests.factories.appointments import AgendaItemFactory, DecisionFactory, MeetingFactory, declared
from tests.factories.portal import member, sign_in
from tests.factories.talent import (
    AdjustmentFactory,
    ApplicationFactory,
    DeclaredInterestFactory,
    ReviewFactory,
    ScoreFactory,
    filled,
)

pytestmark = pytest.mark.django_db


def text(client: Client, name: str, *args: Any) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_a_member_declares_then_reads_then_votes(client: Client, sitting: Sitting):
    sign_in(client, sitting.ann)
    page = reverse("appointments:item_detail", args=[sitting.item.pk])
    assert client.get(page).status_code == 404

    declare = reverse("appointments:meeting_declare", args=[sitting.meeting.pk])
    client.post(declare, {f"item_{sitting.item.pk}": "none"})
    client.post(reverse("appointments:item_vote", args=[sitting.item.pk]), {"choice": "for"})

    assert client.get(page).context["mine"].choice == "for"


def test_an_interest_needs_its_kind(client: Client, sitting: Sitting):
    sign_in(client, sitting.ann)
    declare = reverse("appointments:meeting_declare", args=[sitting.meeting.pk])

    response = client.post(declare, {f"item_{sitting.item.pk}": "interest"})

    assert response.context["form"].errors == {
        f"kind_{sitting.item.pk}": [f"Choose what kind of interest you have in “{sitting.item.title}”"]
    }
    assert (Declaration.objects.count(), DeclaredInterest.objects.count()) == (0, 0)


def test_a_conflict_hides_the_item_on_every_door(client: Client, sitting: Sitting):
    other = AgendaItemFactory(meeting=sitting.meeting)
    for item in (sitting.item, other):
        declared(item, sitting.ann)
    DeclaredInterestFactory(user=sitting.ann, application=sitting.item.application)
    sign_in(client, sitting.ann)
    name = sitting.item.application.person.full_name

    meetings = client.get(reverse("appointments:meeting_list"))
    meeting = client.get(reverse("appointments:meeting_detail", args=[sitting.meeting.pk]))
    declaring = text(client, "appointments:meeting_declare", sitting.meeting.pk)
    paper = client.get(reverse("appointments:item_detail", args=[sitting.item.pk]))

    assert [m.listed for m in meetings.context["upcoming"]] == [1]
    assert list(meeting.context["items"]) == [other]
    assert (name in meeting.content.decode(), name in declaring, paper.status_code) == (False, False, 404)
    assert [(e.title, e.count) for e in entries_for(sitting.ann, at=timezone.now()) if e.group == "Committees"] == [
        (f"Read and vote: {sitting.meeting}", 1)
    ]


def test_the_candidates_paper_leaves_out_what_is_not_the_committees(client: Client, sitting: Sitting):
    political = {"applies": ["candidate"], "details": "Stood for the council."}
    filled(sitting.item.application, political=political)
    AdjustmentFactory(application=sitting.item.application, needs="A hearing loop, please.")
    review = ReviewFactory(
        application=sitting.item.application, submitted_at=timezone.now(), overall="Clear.", recommendation="interview"
    )
    ScoreFactory(review=review)
    sign_in(client, sitting.secretary)

    shown = text(client, "appointments:item_detail", sitting.item.pk)

    assert {
        words: words in shown
        for words in (
            "I led the merger",
            "Clear.",
            "Harbour Housing",
            "Stood for the council.",
            "hearing loop",
            "020 7946 0018",
            review.reviewer.full_name + "<",
        )
    } == {
        "I led the merger": True,
        "Clear.": True,
        "Harbour Housing": True,
        "Stood for the council.": False,
        "hearing loop": False,
        "020 7946 0018": False,
        review.reviewer.full_name + "<": False,
    }


def test_a_decision_takes_two_steps(client: Client, sitting: Sitting):
    sign_in(client, sitting.secretary)
    page = reverse("appointments:decision_create", args=[sitting.item.pk])
    said = {f"member_{pk}": "for" for pk in sitting.all_for} | {"outcome": "approved", "reason": "Strong."}

    checked = client.post(page, said)

    assert checked.templates[0].name == "appointments/decision_confirm.html"
    assert (Decision.objects.count(), Job.objects.count()) == (0, 0)
    client.post(page, said | {"confirm": "yes"})
    assert [d.outcome for d in Decision.objects.all()] == ["approved"]


def test_a_decision_without_quorum_is_refused_before_the_confirmation(client: Client, sitting: Sitting):
    sign_in(client, sitting.secretary)
    said = {f"member_{pk}": "absent" for pk in sitting.all_for} | {"outcome": "approved", "reason": "Strong."}

    response = client.post(reverse("appointments:decision_create", args=[sitting.item.pk]), said)

    assert response.context["form"].non_field_errors() == [
        "The meeting is not quorate for this item: 0 of the 2 members it needs took part."
    ]


def test_the_letter_is_made_once_and_read_by_its_applicant(client: Client, sitting: Sitting):
    sign_in(client, sitting.secretary)
    page = reverse("appointments:decision_create", args=[sitting.item.pk])
    said = {f"member_{pk}": "for" for pk in sitting.all_for} | {"outcome": "approved", "reason": "Strong."}
    client.post(page, said | {"confirm": "yes"})
    job = Job.objects.get(kind="appointments.make_letter")

    make_letter(job)
    make_letter(job)

    letter = Letter.objects.get()
    assert letter.file.read()[:5] == b"%PDF-"
    sign_in(client, sitting.item.application.person.user)
    response = client.get(reverse("appointments:letter_download", args=[letter.application.reference]))
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")


@pytest.mark.parametrize(("days", "is_offered"), [(1, False), (0, True)])
def test_a_decision_is_offered_from_the_meetings_day_on(client: Client, sitting: Sitting, days: int, is_offered: bool):
    Meeting.objects.update(starts_at=timezone.now() + dt.timedelta(days=days))
    sign_in(client, sitting.secretary)
    pages = [reverse("appointments:meeting_detail", args=[sitting.meeting.pk])]
    pages.append(reverse("appointments:item_detail", args=[sitting.item.pk]))

    link = reverse("appointments:decision_create", args=[sitting.item.pk])
    assert [link in client.get(page).content.decode() for page in pages] == [is_offered] * 2


def test_an_agenda_is_put_in_order(client: Client, sitting: Sitting):
    second = AgendaItemFactory(meeting=sitting.meeting)
    sign_in(client, sitting.secretary)

    moved = client.post(reverse("appointments:item_shift", args=[second.pk]), {"direction": "up"})

    agenda = reverse("appointments:agenda_edit", args=[sitting.meeting.pk])
    assert list(AgendaItem.objects.order_by("position")) == [second, sitting.item]
    assert moved.url == f"{agenda}#item-{second.pk}"  # the keyboard goes on where it was
    assert f'id="item-{second.pk}"' in client.get(agenda).content.decode()


def test_recommended_applications_are_added_together(client: Client, sitting: Sitting):
    chosen = [ApplicationFactory(state=State.RECOMMENDED) for _ in range(2)]
    ApplicationFactory(state=State.INTERVIEW)
    sign_in(client, sitting.secretary)
    page = reverse("appointments:agenda_edit", args=[sitting.meeting.pk])

    client.post(page, {"applications": [a.pk for a in chosen]})

    assert set(sitting.meeting.items.values_list("application", flat=True)) == {
        sitting.item.application_id,
        *(a.pk for a in chosen),
    }


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("appointments:meeting_list", 9), ("appointments:committee_list", 8)])
def test_lists_take_the_same_queries(
    client: Client, rows: int, name: str, queries: int, django_assert_num_queries: Any
):
    for _ in range(rows):
        AgendaItemFactory(meeting=MeetingFactory())
    sign_in(client, member(Role.TALENT_TEAM))

    with django_assert_num_queries(queries):
        client.get(reverse(name))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_takes_the_same_queries(client: Client, rows: int, django_assert_num_queries: Any):
    for _ in range(rows):
        DecisionFactory()
    sign_in(client, member(Role.TALENT_TEAM))

    with django_assert_num_queries(13):
        response = client.get(reverse("appointments:decision_list"))

    assert len(response.context["page"].object_list) == rows


def test_an_item_leads_to_the_next_that_the_member_may_read(client: Client, sitting: Sitting):
    hidden, last = [AgendaItemFactory(meeting=sitting.meeting) for _ in range(2)]
    for item in (sitting.item, hidden, last):
        declared(item, sitting.ann)
    DeclaredInterestFactory(user=sitting.ann, application=hidden.application)
    sign_in(client, sitting.ann)

    context = client.get(reverse("appointments:item_detail", args=[sitting.item.pk])).context

    assert (context["before"], context["after"].number, context["after"].item) == (None, 2, last)


def test_the_agenda_says_how_the_reader_voted_and_on_what_not_yet(client: Client, sitting: Sitting):
    other = AgendaItemFactory(meeting=sitting.meeting)
    for item in (sitting.item, other):
        declared(item, sitting.ann)
        declared(item, sitting.ben)
    sign_in(client, sitting.ann)
    client.post(reverse("appointments:item_vote", args=[sitting.item.pk]), {"choice": "against"})
    sign_in(client, sitting.ben)
    client.post(reverse("appointments:item_vote", args=[other.pk]), {"choice": "for"})

    sign_in(client, sitting.ann)
    page = text(client, "appointments:meeting_detail", sitting.meeting.pk)

    said = [page.count(words) for words in ("You voted: against", "You voted: for", "You have not voted")]
    assert said == [1, 0, 1]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_meeting_and_an_item_take_the_same_queries(client: Client, rows: int, django_assert_num_queries: Any):
    meeting = MeetingFactory()
    items = [AgendaItemFactory(meeting=meeting) for _ in range(rows)]
    sign_in(client, member(Role.TALENT_TEAM))

    with django_assert_num_queries(16):
        client.get(reverse("appointments:meeting_detail", args=[meeting.pk]))
    with django_assert_num_queries(19):
        client.get(reverse("appointments:item_detail", args=[items[0].pk]))


def test_the_register_links_only_what_its_reader_may_open(client: Client):
    decision = DecisionFactory()
    page, item = reverse("appointments:decision_list"), reverse("appointments:item_detail", args=[decision.item_id])
    readers = [member(Role.TALENT_TEAM), member(Role.REGIONAL_LEAD, region=decision.item.application.region)]

    linked = [f'href="{item}"' in sign_in_and_read(client, reader, page) for reader in readers]

    assert linked == [True, False]


def sign_in_and_read(client: Client, reader: User, page: str) -> str:
    sign_in(client, reader)
    return client.get(page).content.decode()


def test_the_latest_past_meeting_stands_first(client: Client):
    days = [dt.datetime(2018, month, 1, 14, tzinfo=dt.UTC) for month in (2, 5, 3)]
    meetings = [MeetingFactory(starts_at=day, state=Meeting.State.CANCELLED) for day in days]
    sign_in(client, member(Role.TALENT_TEAM))

    response = client.get(reverse("appointments:meeting_list"))

    assert list(response.context["past"]) == [meetings[1], meetings[2], meetings[0]]
