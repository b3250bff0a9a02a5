"""Giving an award: the prize from its record, one a round, never unscored; announcing it; pages of both."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.models import Job, Role, User
from programmes.models import Prize
from talent.access import Refused
from talent.awarding import announce, announced, give_award
from talent.blind import blind_parts
from talent.conflicts import conflicts_among
from talent.jobs import tell_applicant
from talent.models import Application, Award, ConflictKind, Review, State
from talent.reading import Part
from talent.workflow import MoveRefused
from tests.factories.awards import award_intake, confirmed_form, filled_form, shared_form
from tests.factories.portal import UserFactory, member, sign_in
from tests.factories.talent import PostHeldFactory, ReviewFactory

NOW = timezone.now()
TODAY = timezone.localdate()
pytestmark = pytest.mark.django_db


def met_the_panel(**kwargs: object) -> Application:
    form = shared_form(state=State.INTERVIEW, **kwargs)
    ReviewFactory(application=form, submitted_at=NOW, no_conflict_at=NOW)
    return form


def give(form: Application, by: User | None = None, day: dt.date = TODAY) -> Award:
    return give_award(form, decided_on=day, reason="Unanimous", by=by or member(Role.TALENT_TEAM), at=NOW)


def test_the_award_is_the_prize_in_force_that_day_and_both_are_told():
    form = met_the_panel()
    Prize.objects.create(
        scheme=form.intake.scheme, amount=40_000, from_on=TODAY + dt.timedelta(days=1), source="Next year."
    )

    award = give(form)

    form.refresh_from_db()
    assert (form.state, award.amount, award.reason) == (State.AWARDED, Decimal(30_000), "Unanimous")
    tell_applicant(Job.objects.get(kind="talent.tell_applicant"))
    assert [message.to for message in mail.outbox] == [[form.person.email], [form.partner.email]]


def test_no_prize_on_record_no_award():
    form = met_the_panel()

    with pytest.raises(Refused, match="No prize is on record for 31 March 2016"):
        give(form, day=dt.date(2016, 3, 31))

    assert Application.objects.get().state == State.INTERVIEW


def test_nobody_wins_unscored_or_without_meeting_the_panel():
    unscored, unmet = shared_form(state=State.INTERVIEW), met_the_panel(intake=award_intake())
    Review.objects.filter(application=unscored).delete()
    Application.objects.filter(pk=unmet.pk).update(state=State.REVIEW)

    with pytest.raises(Refused, match="Nobody on the panel has scored"):
        give(unscored)
    with pytest.raises(MoveRefused, match="is not possible"):
        give(unmet)

    assert not Award.objects.exists()


def test_nobody_gives_it_in_conflict_or_to_themselves():
    colleague = member(Role.TALENT_TEAM)
    form = met_the_panel(partner=colleague)

    with pytest.raises(MoveRefused, match="not yours"):
        give(form, by=colleague)

    assert not Award.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_awards_of_one_round_at_once_are_one():
    intake, by = award_intake(), member(Role.TALENT_TEAM)
    forms = [met_the_panel(intake=intake) for _ in range(2)]
    start, answers = threading.Barrier(2), []

    def try_it(form: Application) -> None:
        start.wait()
        try:
            give(form, by=by)
            answers.append("given")
        except Refused as refused:
            answers.append(str(refused))
        connection.close()

    threads = [threading.Thread(target=try_it, args=(form,)) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["This round gives 1 and has given 1.", "given"]
    assert Award.objects.count() == 1


def test_the_public_reads_the_last_words_of_what_was_announced_and_nothing_before(client: Client):
    form, by = met_the_panel(), member(Role.TALENT_TEAM)
    award = give(form, by=by)
    url = f"/awards/{form.intake.scheme.slug}/"
    before = client.get(url).content.decode()

    announce(award, employer="Elmbridge", citation="For the frnt door.", by=by, at=NOW)
    announce(award, employer="Elmbridge", citation="For the front door.", by=by, at=NOW)

    assert form.person.full_name not in before
    assert [one.announcement.citation for one in announced(form.intake.scheme.slug)] == ["For the front door."]
    page = client.get(url).content.decode()
    assert all(words in page for words in (form.names, "Elmbridge", "£30,000", "For the front door."))
    assert "Unanimous" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_public_page_asks_as_often_for_three_as_for_one(client: Client, number: int, django_assert_num_queries):
    by = member(Role.TALENT_TEAM)
    for _ in range(number):
        announce(give(met_the_panel(intake=award_intake()), by=by), employer="A", citation="B", by=by, at=NOW)
    slug = Award.objects.first().application.intake.scheme.slug
    client.get(f"/awards/{slug}/")

    with django_assert_num_queries(7):
        client.get(f"/awards/{slug}/")


def test_reviewers_read_neither_name_nor_employer_of_either():
    form = filled_form(shared_form(state=State.REVIEW))
    PostHeldFactory(person=form.partner, employer="Elmbridge Hospitals")
    answer = form.answers.get(section_key="what-you-want-to-change")
    answer.values["together"] = f"{form.person.full_name} and {form.partner.full_name} of Elmbridge Hospitals meet."
    answer.save()

    read = words_of(blind_parts(form))

    hidden = [form.person.full_name, form.partner.full_name, "Elmbridge", form.partner.full_name.split()[-1]]
    assert [name for name in hidden if name in read] == []
    assert "meet." in read


def words_of(parts: list[Part]) -> str:
    return " ".join(piece.text for part in parts for one in part.answers for line in one.lines for piece in line)


def test_a_reviewer_who_is_or_works_with_either_of_the_two_is_in_conflict():
    form = shared_form(state=State.REVIEW)
    colleague = UserFactory()
    PostHeldFactory(person=form.partner, employer="Harbour Housing")
    PostHeldFactory(person__user=colleague, employer="Harbour Housing")
    users = [form.person.user, form.partner.user, colleague, UserFactory()]

    found = conflicts_among([form], users, at=NOW)

    assert {(one.user, one.kind) for one in found} == {
        (form.person.user_id, ConflictKind.PERSONAL),
        (form.partner.user_id, ConflictKind.PERSONAL),
        (form.partner.user_id, ConflictKind.EMPLOYER),
        (colleague.pk, ConflictKind.EMPLOYER),
    }


def test_a_partner_who_reviews_finds_no_review_of_their_own():
    partner = member(Role.REVIEWER)
    form = shared_form(partner=partner, state=State.REVIEW)
    ReviewFactory(application=form, reviewer=partner)

    assert not Review.objects.visible_to(partner).exists()


def test_the_two_see_the_same_form_send_it_and_follow_it(client: Client):
    form = confirmed_form()
    sign_in(client, form.partner.user)
    url = f"/applications/{form.reference}"

    tasks = client.get(f"{url}/").content.decode()
    client.post(f"{url}/submit/", {"true": "on"})
    sent = client.get(f"{url}/submitted/").content.decode()

    assert "Both confirmed" in tasks
    assert "Equality monitoring" not in tasks
    assert all(person.email in sent for person in form.applicants)
    assert Application.objects.get().state == State.SUBMITTED


def test_the_page_says_who_has_still_to_confirm(client: Client):
    form = filled_form(shared_form())
    sign_in(client, form.person.user)

    page = client.get(f"/applications/{form.reference}/submit/").content.decode()

    assert "Still to confirm: " in page
    assert "Send application" not in page


def test_the_team_gives_and_announces_it_on_pages(client: Client):
    form = filled_form(met_the_panel())
    sign_in(client, member(Role.TALENT_TEAM))
    url = f"/talent/candidates/{form.reference}/"

    page = client.get(url).content.decode()
    client.post(f"{url}award/", {"decided_on": TODAY.isoformat(), "reason": "Unanimous"})
    award = Award.objects.get()
    asked = client.get(f"/talent/awards/{award.pk}/announce/").content.decode()
    response = client.post(f"/talent/awards/{award.pk}/announce/", {"employer": "Elmbridge", "citation": "For it."})

    assert "Give the award" in page
    assert 'value="Elmbridge Hospitals"' in asked
    assert response.url == f"/awards/{form.intake.scheme.slug}/"
