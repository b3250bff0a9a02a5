"""Thanks, "we tried this too", and following a topic."""

import datetime as dt

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from portal.access import access_of, may_use_cms
from portal.models import Organisation, User
from programmes.models import LibraryPage, Reply, Topic, TopicFollow

SALT = "programmes.topic_follow"


class ReplyRefused(Exception):
    """It cannot be said as it stands; `str()` is fit for the screen."""


@transaction.atomic
def reply(page: LibraryPage, kind: str, *, trust: Organisation, words: str, by: User, at: dt.datetime) -> Reply:
    """Stands on the page at once, under the trust's name. Raises ReplyRefused."""
    if trust.pk not in access_of(by).trust_ids:
        raise PermissionDenied
    if kind == Reply.Kind.TRIED and not words.strip():
        raise ReplyRefused("Say what you tried and what came of it.")
    try:
        with transaction.atomic():
            return Reply.objects.create(page=page, kind=kind, trust=trust, by=by, at=at, words=words.strip())
    except IntegrityError as error:
        raise ReplyRefused("You have said that already.") from error


@transaction.atomic
def hide_reply(given: Reply, *, by: User, at: dt.datetime) -> Reply:
    """Takes a reply off its page; it stays on record. By those who moderate, and by whoever wrote it."""
    row = Reply.objects.select_for_update(of=("self",)).get(pk=given.pk)
    if not (may_use_cms(by) or row.by_id == by.pk):
        raise PermissionDenied
    if row.hidden_at is None:
        row.hidden_at, row.hidden_by = at, by
        row.save(update_fields=["hidden_at", "hidden_by"])
    return row


def follow(topic: Topic, *, by: User, at: dt.datetime) -> TopicFollow:
    return TopicFollow.objects.get_or_create(user=by, topic=topic, defaults={"since": at})[0]


def unfollow(topic: Topic, *, by: User) -> None:
    TopicFollow.objects.filter(user=by, topic=topic).delete()


def token_of(following: TopicFollow) -> str:
    """Goes into the mail: whoever has the mail can stop it, without signing in."""
    return signing.dumps(following.pk, salt=SALT)


def follow_of(token: str) -> TopicFollow | None:
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return TopicFollow.objects.select_related("topic").filter(pk=pk).first()
