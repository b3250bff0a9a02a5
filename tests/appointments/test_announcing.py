"""Announcements: of who has accepted, with their political activity and nobody else's, once published."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from appointments import announcing, recommending
from appointments.announcing import AnnouncementRefused
from appointments.appointing import correct_appointment
from appointments.models import Announcement, Appointment
from portal.models import Role
from talent.applying import answer_offer
from tests.factories.campaigns import POLITICAL_WORDS, Run, a_campaign, recommended
from tests.factories.portal import RegionFactory, member, sign_in
from tests.factories.proposals import decided

pytestmark = pytest.mark.django_db
WORDS = "Chaired a housing association through a merger."


def appointed(*, accepted: bool = True) -> tuple[Run, Appointment]:
    run = a_campaign("verdict", days_a_month="2.5")
    decided(recommended(run, run.applications[0]))
    if accepted:
        answer_offer(run.applications[0], accept=True, by=run.applications[0].person.user, at=timezone.now())
        recommending.confirm_appointment(
            run.campaign, run.applications[0], by=run.team, at=timezone.now(), reason="Accepted"
        )
    return run, Appointment.objects.get(person=run.applications[0].person)


def announced(run: Run, appointment: Appointment) -> Announcement:
    draft = announcing.draft_announcement(appointment, words=WORDS, by=run.team, at=timezone.now())
    return announcing.publish_announcement(draft, by=run.team, at=timezone.now())


def test_an_announcement_has_post_term_pay_and_political_activity(client: Client):
    run, appointment = appointed()
    announcement = announced(run, appointment)

    page = client.get(f"/announcements/{announcement.pk}/").text

    for said in (
        escape(appointment.person.full_name),
        escape(str(appointment.board)),
        "£13,000 a year",
        "About 2.5 days a month",
        WORDS,
        POLITICAL_WORDS,
    ):
        assert said in page
    assert escape(run.applications[1].person.full_name) not in page


def test_nothing_is_public_before_it_is_published(client: Client):
    run, appointment = appointed()
    draft = announcing.draft_announcement(appointment, words=WORDS, by=run.team, at=timezone.now())

    assert client.get(f"/announcements/{draft.pk}/").status_code == 404
    assert escape(appointment.person.full_name) not in client.get("/announcements/").text


def test_nobody_is_announced_who_has_not_accepted():
    run, appointment = appointed(accepted=False)

    with pytest.raises(AnnouncementRefused, match="have not accepted"):
        announcing.draft_announcement(appointment, words=WORDS, by=run.team, at=timezone.now())

    assert Announcement.objects.count() == 0


def test_what_the_ledger_took_back_is_public_no_more(client: Client):
    run, appointment = appointed()
    announcement = announced(run, appointment)

    correct_appointment(appointment, cancelled=True, by=run.team, at=timezone.now(), reason="Withdrew")

    assert client.get(f"/announcements/{announcement.pk}/").status_code == 404
    with pytest.raises(AnnouncementRefused, match="was corrected"):
        announcing.draft_announcement(appointment, words=WORDS, by=run.team, at=timezone.now())


def test_published_once_by_staff_in_scope(client: Client):
    run, appointment = appointed()
    stranger = member(Role.REGIONAL_LEAD, region=RegionFactory())
    with pytest.raises(AnnouncementRefused, match="not yours"):
        announcing.draft_announcement(appointment, words=WORDS, by=stranger, at=timezone.now())
    sign_in(client, run.team)

    answer = client.post(f"/announcements/appointments/{appointment.pk}/", {"words": WORDS})
    preview = client.get(answer.url).text
    client.post(answer.url)

    row = Announcement.objects.get()
    assert (POLITICAL_WORDS in preview, row.published_by) == (True, run.team)
    with pytest.raises(AnnouncementRefused, match="has been announced"):
        announcing.publish_announcement(row, by=run.team, at=timezone.now())


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_however_long(client: Client, django_assert_num_queries, number):
    for _ in range(number):
        announced(*appointed())

    with django_assert_num_queries(5):
        client.get("/announcements/")
