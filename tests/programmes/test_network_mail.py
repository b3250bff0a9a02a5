"""Mail of a learning network: who is told of a discussion, an answer, a meeting; stopping it; nothing overtaken."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal import outbox
from programmes import learning, network_mail
from programmes.convening import move_event
from programmes.models import LearningNetwork, NetworkMember
from tests.factories.events import EventFactory, team
from tests.factories.learning import LearningNetworkFactory, NetworkNoteFactory, a_member
from tests.factories.portal import sign_in

pytestmark = pytest.mark.django_db

AT = timezone.now()


def drain() -> None:
    while outbox.run_next(at=timezone.now() + dt.timedelta(minutes=1)):
        pass


def told() -> list[tuple[str, str]]:
    return sorted((message.to[0], message.subject) for message in mail.outbox)


def with_three() -> tuple[LearningNetwork, list]:
    network = LearningNetworkFactory(name="Falls")
    return network, [a_member(network) for _ in range(3)]


def test_a_new_discussion_is_told_to_all_but_its_writer():
    network, (ann, ben, cat) = with_three()

    note = learning.write_note(network, title="Hourly rounds?", text="Who has tried?", by=ann, at=AT)
    drain()

    assert told() == sorted((one.email, "Falls: Hourly rounds?") for one in (ben, cat))
    assert f"/learning-networks/{network.slug}/notes/{note.pk}/" in mail.outbox[0].body
    assert "Who has tried?" not in mail.outbox[0].body


def test_an_answer_is_told_to_those_who_wrote_in_the_discussion():
    network, (ann, ben, _cat) = with_three()
    note = NetworkNoteFactory(network=network, title="Rounds?", by=ann)

    learning.answer(note, text="We did.", by=ben, at=AT)
    drain()
    learning.answer(note, text="And?", by=ann, at=AT)
    drain()

    assert told() == sorted((one.email, "Falls: an answer to “Rounds?”") for one in (ann, ben))


def test_a_meeting_that_opens_is_told_to_all():
    network, members = with_three()
    event = EventFactory(network=network, state="draft", audience="group", title="Spring meeting")
    EventFactory(state="draft")

    move_event(event, "publish", by=team(), at=AT)
    drain()

    assert told() == sorted((one.email, "Falls meets: Spring meeting") for one in members)


def test_an_event_of_no_network_is_told_to_no_network():
    with_three()

    move_event(EventFactory(state="draft"), "publish", by=team(), at=AT)
    drain()

    assert told() == []


def test_whoever_left_or_wants_none_gets_none_and_what_was_taken_off_is_not_told():
    network, (ann, ben, cat) = with_three()
    network_mail.choose_mail(network, wanted=False, by=ben)
    learning.end_membership(network.members.get(user=cat), by=cat, at=AT)

    learning.write_note(network, title="One", text="Text", by=ann, at=AT)
    gone = learning.write_note(network, title="Two", text="Text", by=ann, at=AT)
    learning.withdraw_note(gone, by=ann, at=AT)
    drain()

    assert told() == []


def test_what_is_taken_off_after_it_was_queued_is_not_told():
    network, (ann, *_others) = with_three()
    note = learning.write_note(network, title="One", text="Text", by=ann, at=AT)
    outbox.run_next(at=timezone.now() + dt.timedelta(minutes=1))
    learning.withdraw_note(note, by=ann, at=AT)

    drain()

    assert told() == []


def test_mail_is_stopped_from_the_mail_without_signing_in_and_opening_the_link_changes_nothing(client: Client):
    network, (ann, ben, _cat) = with_three()
    learning.write_note(network, title="One", text="Text", by=ann, at=AT)
    drain()
    body = next(message.body for message in mail.outbox if message.to == [ben.email])
    link = next(word for word in body.split() if "/learning-networks/mail/" in word)
    path = link[link.index("/learning-networks/") :]

    client.get(path)
    assert NetworkMember.objects.get(user=ben).wants_mail
    client.post(path)

    assert {m.user: m.wants_mail for m in network.members.all()} == {ann: True, ben: False, _cat: True}


def test_a_made_up_link_stops_nothing(client: Client):
    network, (ann, *_others) = with_three()

    response = client.post(f"/learning-networks/mail/{network.members.get(user=ann).pk}:made-up/")

    assert response.status_code == 404
    assert NetworkMember.objects.get(user=ann).wants_mail


def test_the_choice_on_the_networks_page_is_ones_own(client: Client):
    network, (ann, ben, _cat) = with_three()
    sign_in(client, ann)

    client.post(f"/learning-networks/{network.slug}/mail/", {"wanted": "no"})

    assert {m.user: m.wants_mail for m in network.members.filter(user__in=[ann, ben])} == {ann: False, ben: True}
    assert "You get no mail from this network." in client.get(f"/learning-networks/{network.slug}/").content.decode()
