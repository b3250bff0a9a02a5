"""What every command that asks the indexes does first: brings them up to date, and says on whose behalf it asks."""

import datetime as dt
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from portal.models import User
from search import syncing
from search.access import may_search, scope_of
from search.models import Index, Pending
from search.queries import Scope
from search.rebuilding import rebuild


def bring_up_to_date(kind: str, *, at: dt.datetime, said_to: Any) -> None:
    """What waits for an index is put in, so that an answer does not depend on a worker running."""
    if kind == Index.Engine.ELASTICSEARCH and not Index.objects.filter(engine=kind, is_live=True).exists():
        rebuild(kind, at=at)
    with tqdm(total=Pending.objects.count(), desc="Indexing", file=said_to, disable=None, leave=False) as bar:
        for index in Index.objects.filter(is_live=True):
            while done := syncing.sync(index, at=at):
                bar.update(done)


def scope_named(email: str | None, *, at: dt.datetime) -> Scope:
    """Everybody findable, or whom the member of staff with that address may be shown."""
    today = timezone.localdate(at)
    if not email:
        return Scope(day=today)
    user = User.objects.filter(email=email.lower()).first()
    if user is None or not may_search(user):
        raise CommandError(f"{email} is nobody who may search for people.")
    return scope_of(user, day=today)
