"""A shortlist shown to a trust: for a time, with what was chosen, by each person's consent, gone at once."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from appointments import sharing
from appointments.models import SharedList, SharedPerson, ShareEvent
from appointments.shared_reading import cards_of
from appointments.sharing import SharingRefused
from portal import outbox
from portal.models import Role
from talent import pooling
from tests.factories.portal import OrganisationFactory, RegionFactory, member, sign_in
from tests.factories.sharing import shared, willing
from tests.factories.talent import PersonFactory, PoolMembershipFactory, PostHeldFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def run_jobs():
    while outbox.run_next(at=timezone.now()):
        pass


def names(shared_list):
    return [card.person for card in cards_of(shared_list, day=TODAY)]


def test_only_who_agreed_to_be_shown_is_shown_in_order():
    first, second = willing(), willing()
    found_only = PoolMembershipFactory().person

    made = shared(people=[second, found_only, first])

    assert names(made) == [second, first]
    assert [(e.kind, e.shown) for e in made.events.all()] == [("shared", [second.pk, first.pk])]


def test_a_list_of_nobody_or_for_too_long_or_elsewhere_is_refused():
    lead = member(Role.REGIONAL_LEAD, region=RegionFactory())

    for wrong in (
        {"people": [PoolMembershipFactory().person]},
        {"until": TODAY - dt.timedelta(days=1)},
        {"until": TODAY + dt.timedelta(days=91)},
        {"by": lead},
        {"by": PersonFactory().user},
    ):
        with pytest.raises(SharingRefused):
            shared(**wrong)
    assert SharedList.objects.count() == 0


@pytest.mark.parametrize("how", ["leave", "pause", "unshare", "expire", "merge"])
def test_whoever_changes_their_mind_is_gone_from_page_count_and_view(client, how):
    trust, stays = OrganisationFactory(), willing()
    goes = willing(full_name="Gone Person")
    membership = goes.pool_memberships.get()
    made = shared(trust, [stays, goes])
    sign_in(client, member(Role.TRUST_USER, organisation=trust))
    before = client.get(reverse("appointments:shortlist_list")).context["lists"][0].number

    match how:
        case "leave":
            pooling.leave_pool(goes, membership.pool, by=goes.user, at=NOW)
        case "pause":
            pooling.pause(goes, by=goes.user, at=NOW)
        case "unshare":
            pooling.join_pool(goes, membership.pool, by=goes.user, at=NOW, may_be_shared=False)
        case "expire":
            membership.expires_on = TODAY
            membership.save()
        case "merge":
            goes.merged_into = PersonFactory()
            goes.save()

    page = client.get(reverse("appointments:shortlist_detail", args=[made.pk]))
    after = client.get(reverse("appointments:shortlist_list")).context["lists"][0].number
    view = client.get(reverse("appointments:shortlist_view", args=[made.pk, goes.pk]))
    assert (before, after, view.status_code) == (2, 1, 404)
    assert [card.person for card in page.context["cards"]] == [stays]
    assert "Gone Person" not in page.text
    assert [e.shown for e in made.events.filter(kind="read")] == [[stays.pk]]


def test_a_withdrawn_list_and_one_that_is_over_are_gone_for_the_trust(client):
    trust = OrganisationFactory()
    made, over = shared(trust), shared(trust)
    SharedList.objects.filter(pk=over.pk).update(until=TODAY - dt.timedelta(days=1))
    sign_in(client, member(Role.TRUST_USER, organisation=trust))
    before = client.get(reverse("appointments:shortlist_detail", args=[made.pk])).status_code

    sharing.withdraw(made, by=made.shared_by, at=NOW, reason="Filled.")
    sharing.withdraw(made, by=made.shared_by, at=NOW)

    after = [client.get(reverse("appointments:shortlist_detail", args=[row.pk])).status_code for row in (made, over)]
    listed = client.get(reverse("appointments:shortlist_list")).context["lists"]
    assert (before, after, list(listed)) == (200, [404, 404], [])
    assert [e.reason for e in made.events.filter(kind="withdrawn")] == ["Filled."]


def test_the_trust_sees_what_was_chosen_and_no_more(client):
    person = willing(headline="Finance director, Vale", summary="Turned a bank around.", phone="01234 567890")
    PostHeldFactory(person=person, title="Treasurer")
    trust = OrganisationFactory()
    made = shared(trust, [person], parts=["role", "posts"])
    sign_in(client, member(Role.TRUST_USER, organisation=trust))

    page = client.get(reverse("appointments:shortlist_detail", args=[made.pk])).text

    told = ["Finance director, Vale", "Treasurer", "Turned a bank around.", "01234 567890", person.email]
    assert [words in page for words in told] == [True, True, False, False, False]


def test_another_trust_sees_neither_list_nor_people(client):
    made = shared()
    sign_in(client, member(Role.TRUST_USER))

    answers = [
        client.get(reverse("appointments:shortlist_detail", args=[made.pk])),
        client.get(reverse("appointments:shortlist_view", args=[made.pk, made.people.get().person_id])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert list(client.get(reverse("appointments:shortlist_list")).context["lists"]) == []
    assert ShareEvent.objects.filter(kind="read").count() == 0


def test_the_trusts_view_reaches_the_team_and_only_while_the_list_is_shown(client):
    trust = OrganisationFactory()
    made = shared(trust)
    person, reader = made.people.get().person, member(Role.TRUST_USER, organisation=trust, is_administrator=True)
    sign_in(client, reader)

    empty = client.post(reverse("appointments:shortlist_view", args=[made.pk, person.pk]), {})
    client.post(reverse("appointments:shortlist_view", args=[made.pk, person.pk]), {"view": "meet", "words": "Soon."})
    run_jobs()
    sharing.withdraw(made, by=made.shared_by, at=NOW)
    with pytest.raises(SharingRefused):
        sharing.give_view(made, person, view="no", words="", by=reader, at=NOW)

    assert empty.context["form"].errors == {"view": ["Choose what you think"]}
    assert [(e.person, e.view, e.reason, e.by) for e in made.events.filter(kind="feedback")] == [
        (person, "meet", "Soon.", reader)
    ]
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([reader.email], "People for your vacancy: Non-executive director, audit"),
        ([made.shared_by.email], f"{trust} has answered about “Non-executive director, audit”"),
    ]
    sign_in(client, made.shared_by)
    assert "Soon." in client.get(reverse("appointments:share_detail", args=[made.pk])).text


def test_the_member_sees_which_trust_was_shown_them_and_when_it_looked(client):
    trust = OrganisationFactory()
    made = shared(trust)
    person = made.people.get().person
    sign_in(client, member(Role.TRUST_USER, organisation=trust))
    client.get(reverse("appointments:shortlist_detail", args=[made.pk]))

    now = sharing.shown_to(person, day=TODAY)
    pooling.leave_every_pool(person, by=person.user, at=NOW)
    after = sharing.shown_to(person, day=TODAY)

    assert [(r.trust, r.vacancy, r.parts, r.is_shown, len(r.read_at)) for r in now] == [
        (trust.name, "Non-executive director, audit", ("Current role and region", "Posts held"), True, 1)
    ]
    assert [(r.is_shown, len(r.read_at)) for r in after] == [(False, 1)]
    sign_in(client, person.user)
    page = client.get(reverse("appointments:own_share_list")).text
    assert (trust.name in page, "Not shown any more" in page) == (True, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_trusts_page_runs_the_same_queries_for_any_length(client, django_assert_num_queries, rows):
    trust = OrganisationFactory()
    made = shared(trust, [willing() for _ in range(rows)])
    sign_in(client, member(Role.TRUST_USER, organisation=trust))
    client.get("/")

    with django_assert_num_queries(12):
        client.get(reverse("appointments:shortlist_detail", args=[made.pk]))
    assert SharedPerson.objects.count() == rows
