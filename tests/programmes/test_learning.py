"""Learning networks: who joins, who reads, what is written, taken off and answered; meetings are for members."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from portal.models import Role
from programmes import learning
from programmes.booking import book
from programmes.convening import plan_event
from programmes.learning import NetworkRefused
from programmes.models import Event, LearningNetwork, NetworkMember, NetworkNote, NetworkStep
from tests.factories.events import EventFactory, facts, team
from tests.factories.learning import LearningNetworkFactory, NetworkNoteFactory, a_member
from tests.factories.portal import OrganisationFactory, UserFactory, member, sign_in

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 2, 1, 9, tzinfo=dt.UTC)


def steps() -> list[tuple[str, str]]:
    return list(NetworkStep.objects.values_list("kind", "reason"))


def test_somebody_joins_once_for_a_trust_they_act_for_and_may_come_back():
    network, trust = LearningNetworkFactory(), OrganisationFactory()
    user = member(Role.TRUST_USER, organisation=trust)

    joined = learning.join(network, trust, by=user, at=AT)
    with pytest.raises(NetworkRefused, match=r"belongs to this network already\.$"):
        learning.join(network, trust, by=user, at=AT)
    with pytest.raises(PermissionDenied):
        learning.join(network, OrganisationFactory(), by=user, at=AT)
    learning.end_membership(joined, by=user, at=AT)
    learning.join(network, trust, by=user, at=AT)

    assert steps() == [("joined", ""), ("left", ""), ("joined", "")]
    assert list(NetworkMember.objects.current().values_list("user", flat=True)) == [user.pk]


def test_a_lead_adds_who_acts_for_the_trust_and_takes_out_with_a_reason():
    lead, trust = member(Role.IMPROVEMENT_LEAD), OrganisationFactory()
    network, user = LearningNetworkFactory(leads=[lead]), member(Role.TRUST_USER, organisation=trust)

    added = learning.add_member(network, user, trust, by=lead, at=AT)
    with pytest.raises(NetworkRefused, match=rf"^{user} does not act for "):
        learning.add_member(network, user, OrganisationFactory(), by=lead, at=AT)
    with pytest.raises(PermissionDenied):
        learning.add_member(network, user, trust, by=member(Role.IMPROVEMENT_LEAD), at=AT)
    with pytest.raises(NetworkRefused, match=r"^Say why\.$"):
        learning.end_membership(added, by=lead, at=AT)
    learning.end_membership(added, by=lead, at=AT, reason="Moved to another post")

    assert steps() == [("added", ""), ("removed", "Moved to another post")]
    with pytest.raises(NetworkRefused, match=r"^This person has left already\.$"):
        learning.end_membership(added, by=lead, at=AT, reason="Again")
    with pytest.raises(PermissionDenied):
        learning.end_membership(added, by=a_member(network), at=AT, reason="I do not like it")


def test_who_reads_which_network():
    lead = member(Role.IMPROVEMENT_LEAD)
    network, other = LearningNetworkFactory(leads=[lead]), LearningNetworkFactory()
    own, gone = a_member(network), a_member(network, left_at=AT)

    def seen(user) -> set[LearningNetwork]:
        return set(LearningNetwork.objects.visible_to(user))

    assert [seen(user) for user in (own, gone, lead, UserFactory())] == [{network}, set(), {network}, set()]
    assert seen(team()) == {network, other}


def test_notes_are_written_answered_and_taken_off_by_their_writer_or_a_lead():
    network = LearningNetworkFactory()
    ann, ben, stranger = a_member(network), a_member(network), a_member(LearningNetworkFactory())
    note = learning.write_note(network, title=" Call bells ", text="Who counts them?", by=ann, at=AT)
    reply = learning.answer(note, text=" We do. ", by=ben, at=AT)

    assert (note.title, reply.text, reply.parent) == ("Call bells", "We do.", note)
    for act in (
        lambda: learning.write_note(network, title="A", text="B", by=stranger, at=AT),
        lambda: learning.answer(note, text="B", by=stranger, at=AT),
        lambda: learning.withdraw_note(note, by=ben, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(NetworkRefused, match=r"^This note can no longer be answered\.$"):
        learning.answer(reply, text="And how?", by=ann, at=AT)
    learning.withdraw_note(note, by=ann, at=AT)
    with pytest.raises(NetworkRefused, match=r"^This note can no longer be answered\.$"):
        learning.answer(note, text="And how?", by=ben, at=AT)
    learning.withdraw_note(reply, by=team(), at=AT)
    assert list(NetworkNote.objects.shown()) == []


@pytest.mark.parametrize("given", [{"title": " "}, {"text": " "}])
def test_an_empty_note_is_refused(given):
    network = LearningNetworkFactory()

    with pytest.raises(NetworkRefused, match=r"^Write a title and a text\.$"):
        learning.write_note(network, **{"title": "A", "text": "B"} | given, by=a_member(network), at=AT)


def test_a_note_is_about_a_meeting_of_its_own_network():
    network = LearningNetworkFactory()
    ours, theirs = (EventFactory(network=one, audience="group") for one in (network, LearningNetworkFactory()))
    own = a_member(network)

    assert learning.write_note(network, title="A", text="B", meeting=ours, by=own, at=AT).meeting == ours
    with pytest.raises(NetworkRefused, match=r"^This meeting belongs to another network\.$"):
        learning.write_note(network, title="A", text="B", meeting=theirs, by=own, at=AT)


def test_a_meeting_is_planned_by_its_lead_and_seen_and_booked_by_members():
    lead = member(Role.IMPROVEMENT_LEAD)
    network = LearningNetworkFactory(leads=[lead])
    own, gone = a_member(network), a_member(network, left_at=AT)
    given = facts(network=network, audience="group", kind="meeting")

    event = plan_event(given, by=lead, at=AT)
    with pytest.raises(PermissionDenied):
        plan_event(given, by=member(Role.IMPROVEMENT_LEAD), at=AT)
    Event.objects.filter(pk=event.pk).update(state="open")

    assert book(event, by=own, at=AT).state == "booked"
    with pytest.raises(PermissionDenied):
        book(event, by=gone, at=AT)
    assert [list(Event.objects.visible_to(user)) for user in (own, lead, gone)] == [[event], [event], []]
    assert list(Event.objects.for_everybody()) == []


def test_joining_writing_and_answering_on_the_pages(client: Client):
    network, trust = LearningNetworkFactory(slug="experience"), OrganisationFactory()
    user = sign_in(client, member(Role.TRUST_USER, organisation=trust))
    there = "/learning-networks/experience/"

    assert client.get(there).status_code == 404
    client.post(f"{there}join/", {"organisation": trust.pk})
    client.post(f"{there}notes/new/", {"title": "Call bells", "text": "Who counts them?"})
    note = NetworkNote.objects.get()
    client.post(f"{there}notes/{note.pk}/", {"text": "We do."})
    page = client.get(f"{there}notes/{note.pk}/")
    client.post(f"{there}notes/{note.pk}/off/")

    assert [answer.text for answer in page.context["answers"]] == ["We do."]
    assert list(client.get(there).context["notes"]) == []
    assert client.get(f"{there}notes/{note.pk}/").status_code == 404
    assert network.members.get().user == user


def test_a_lead_adds_by_address_and_hears_of_none(client: Client):
    network = LearningNetworkFactory(slug="experience")
    added = member(Role.TRUST_USER)
    trust = added.memberships.get().organisation
    sign_in(client, team())
    path = "/learning-networks/experience/members/new/"

    refused = client.post(path, {"email": "nobody@example.org", "organisation": trust.pk})
    client.post(path, {"email": added.email.upper(), "organisation": trust.pk})

    assert refused.context["form"].errors == {"email": ["Nobody has an account with this address"]}
    assert list(network.members.values_list("user", "organisation")) == [(added.pk, trust.pk)]


@pytest.mark.parametrize("rows", [1, 3])
def test_learning_list(client: Client, rows: int, django_assert_num_queries):
    sign_in(client, member(Role.TRUST_USER))
    for network in LearningNetworkFactory.create_batch(rows):
        a_member(network)

    with django_assert_num_queries(8):
        response = client.get("/learning-networks/")

    assert [network.trusts for network in response.context["networks"]] == [1] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_learning_detail(client: Client, rows: int, django_assert_num_queries):
    network = LearningNetworkFactory(slug="experience")
    sign_in(client, a_member(network))
    for _ in range(rows):
        EventFactory(network=network, audience="group")
        EventFactory(network=network, audience="group", held=True)
        NetworkNoteFactory(network=network)

    with django_assert_num_queries(12):
        response = client.get("/learning-networks/experience/")

    assert [len(response.context[name]) for name in ("coming", "past", "notes")] == [rows] * 3


@pytest.mark.parametrize("rows", [1, 3])
def test_learning_members(client: Client, rows: int, django_assert_num_queries):
    network = LearningNetworkFactory(slug="experience")
    sign_in(client, team())
    for _ in range(rows):
        a_member(network)

    with django_assert_num_queries(11):
        response = client.get("/learning-networks/experience/members/")

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_note_detail(client: Client, rows: int, django_assert_num_queries):
    network = LearningNetworkFactory(slug="experience")
    sign_in(client, a_member(network))
    note = NetworkNoteFactory(network=network)
    NetworkNoteFactory.create_batch(rows, network=network, parent=note, title="")

    with django_assert_num_queries(9):
        response = client.get(f"/learning-networks/experience/notes/{note.pk}/")

    assert len(response.context["answers"]) == rows


def test_a_lead_plans_a_meeting_of_the_network_from_its_page(client: Client):
    lead = sign_in(client, member(Role.IMPROVEMENT_LEAD))
    network = LearningNetworkFactory(leads=[lead])

    page = client.get(f"/learning-networks/{network.slug}/").content.decode()
    form = client.get(f"/events/new/?network={network.pk}").context["form"]

    assert f"/events/new/?network={network.pk}" in page
    assert (form.initial["belongs_to"], form.initial["kind"], form.initial["audience"]) == (
        f"network-{network.pk}",
        "meeting",
        "group",
    )
