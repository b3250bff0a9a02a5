"""Being found by consent: joining a talent pool for a time, renewing, pausing, leaving at once."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from portal import outbox
from portal.models import User
from talent.access import is_own
from talent.models import ConsentEvent, Person, Pool, PoolMembership
from talent.models.pool import PoolMembershipQuerySet

TALENT_DATABASE = "talent-database"
# A member is told this long before consent ends, so that nobody drops out unawares.
TOLD_BEFORE = dt.timedelta(days=60)
Kind = ConsentEvent.Kind


def talent_database() -> Pool:
    """The pool of whoever would serve on any board, made on first need."""
    purpose = "Trusts and the talent team may find you for chair and non-executive posts anywhere in England."
    pool, _ = Pool.objects.get_or_create(slug=TALENT_DATABASE, defaults={"name": "Talent database", "purpose": purpose})
    return pool


@transaction.atomic
def join_pool(person: Person, pool: Pool, *, by: User, at: dt.datetime, may_be_shared: bool = False) -> PoolMembership:
    """Consents for the pool's term from today, to the purpose as it reads now; consenting again renews the term.

    `may_be_shared` allows showing the person to a trust that looks for somebody. Raises PermissionError for others.
    """
    _refuse_others(person, by)
    Person.objects.select_for_update().get(pk=person.pk)
    said = {
        "consented_at": at,
        "expires_on": timezone.localdate(at) + relativedelta(months=pool.consent_months),
        "wording": pool.purpose,
        "may_be_shared": may_be_shared,
        "paused_at": None,
    }
    membership, is_new = PoolMembership.objects.update_or_create(person=person, pool=pool, left_at=None, defaults=said)
    _write([membership], Kind.JOINED if is_new else Kind.RENEWED, by=by, at=at)
    return membership


@transaction.atomic
def leave_pool(person: Person, pool: Pool, *, by: User, at: dt.datetime) -> None:
    """Ends the consent now: from the next request on nobody finds the person through this pool."""
    _end(_open(person, by).filter(pool=pool), by=by, at=at)


@transaction.atomic
def leave_every_pool(person: Person, *, by: User, at: dt.datetime) -> int:
    """The same for all at once; how many."""
    return _end(_open(person, by), by=by, at=at)


@transaction.atomic
def pause(person: Person, *, by: User, at: dt.datetime) -> int:
    """Nobody finds the person until they resume; the consents stay and run out on their day. How many."""
    return _set(_open(person, by).filter(paused_at=None), Kind.PAUSED, {"paused_at": at}, by=by, at=at)


@transaction.atomic
def resume(person: Person, *, by: User, at: dt.datetime) -> int:
    """Found again through every consent that still holds; how many."""
    return _set(_open(person, by).exclude(paused_at=None), Kind.RESUMED, {"paused_at": None}, by=by, at=at)


def remind(*, at: dt.datetime) -> int:
    """Enqueues one letter for each consent that ends within TOLD_BEFORE, once for each end; how many are due."""
    today = timezone.localdate(at)
    ending = PoolMembership.objects.in_force(today).filter(expires_on__lte=today + TOLD_BEFORE)
    due = list(ending.filter(person__mail_opt_out=False).exclude(person__email=""))
    for membership in due:
        key = f"consent-ends:{membership.pk}:{membership.expires_on:%Y%m%d}"
        outbox.enqueue("talent.tell_consent_ends", {"membership": membership.pk}, at=at, key=key)
    return len(due)


def _open(person: Person, by: User) -> PoolMembershipQuerySet:
    """The consents not taken back, behind the person's lock."""
    _refuse_others(person, by)
    Person.objects.select_for_update().get(pk=person.pk)
    return PoolMembership.objects.filter(person=person, left_at=None)


def _end(memberships: PoolMembershipQuerySet, *, by: User, at: dt.datetime) -> int:
    return _set(memberships, Kind.LEFT, {"left_at": at}, by=by, at=at)


def _set(
    memberships: PoolMembershipQuerySet, kind: str, values: dict[str, object], *, by: User, at: dt.datetime
) -> int:
    rows = list(memberships)
    PoolMembership.objects.filter(pk__in=[row.pk for row in rows]).update(**values)
    _write(rows, kind, by=by, at=at)
    return len(rows)


def _write(rows: list[PoolMembership], kind: str, *, by: User, at: dt.datetime) -> None:
    ConsentEvent.objects.bulk_create(
        ConsentEvent(membership=m, kind=kind, wording=m.wording, may_be_shared=m.may_be_shared, by=by, at=at)
        for m in rows
    )


def _refuse_others(person: Person, by: User) -> None:
    # Consent is the person's own to give and to take back.
    if not is_own(by, person):
        raise PermissionError("Only the person can consent or leave.")
