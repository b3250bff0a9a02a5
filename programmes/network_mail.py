"""Mail to a network's members about what is new: who gets it, and how they stop it."""

import datetime as dt

from django.core import signing
from django.db.models import Q, QuerySet

from portal import outbox
from portal.models import User
from programmes.models import Event, LearningNetwork, NetworkMember, NetworkNote

SALT = "programmes.network_mail"
NETWORK_NEWS = "programmes.network_news"


def tell_of_note(note: NetworkNote, *, at: dt.datetime) -> None:
    """A new discussion is told to the members, an answer to those who have written in it; never to its writer."""
    outbox.enqueue(NETWORK_NEWS, {"note": note.pk}, at=at, key=f"network-note-{note.pk}")


def tell_of_meeting(event: Event, *, at: dt.datetime) -> None:
    """A meeting that may be booked now. Nothing for an event of no network."""
    if event.network_id is not None:
        outbox.enqueue(NETWORK_NEWS, {"event": event.pk}, at=at, key=f"network-event-{event.pk}")


def readers_of(news: NetworkNote | Event) -> QuerySet[NetworkMember]:
    """Members who want mail, and whom this is for."""
    members = NetworkMember.objects.current().filter(network=news.network_id, wants_mail=True, user__is_active=True)
    if isinstance(news, Event):
        return members
    if news.parent_id is not None:
        inside = NetworkNote.objects.shown().filter(Q(pk=news.parent_id) | Q(parent=news.parent_id))
        members = members.filter(user__in=inside.values("by"))
    return members.exclude(user=news.by_id)


def choose_mail(network: LearningNetwork, *, wanted: bool, by: User) -> None:
    """One's own choice in one network."""
    NetworkMember.objects.current().filter(network=network, user=by).update(wants_mail=wanted)


def token_of(member: NetworkMember) -> str:
    """Goes into the mail: whoever has the mail can stop it, without signing in."""
    return signing.dumps(member.pk, salt=SALT)


def member_of(token: str) -> NetworkMember | None:
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return NetworkMember.objects.current().select_related("network", "user").filter(pk=pk).first()
