"""Being found by consent: joining a talent pool for a time, renewing, leaving at once."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from portal.models import User
from talent.models import Person, Pool, PoolMembership

TALENT_DATABASE = "talent-database"


def talent_database() -> Pool:
    """The pool of whoever would serve on any board, made on first need."""
    purpose = "Trusts and the talent team may find you for chair and non-executive posts anywhere in England."
    pool, _ = Pool.objects.get_or_create(slug=TALENT_DATABASE, defaults={"name": "Talent database", "purpose": purpose})
    return pool


@transaction.atomic
def join_pool(person: Person, pool: Pool, *, by: User, at: dt.datetime) -> PoolMembership:
    """Consents for the pool's term from today; consenting again renews the term. Raises PermissionError for others."""
    _refuse_others(person, by)
    Person.objects.select_for_update().get(pk=person.pk)
    expires_on = timezone.localdate(at) + relativedelta(months=pool.consent_months)
    membership, is_new = PoolMembership.objects.get_or_create(
        person=person, pool=pool, left_at=None, defaults={"consented_at": at, "expires_on": expires_on}
    )
    if not is_new:
        membership.consented_at, membership.expires_on = at, expires_on
        membership.save(update_fields=["consented_at", "expires_on"])
    return membership


@transaction.atomic
def leave_pool(person: Person, pool: Pool, *, by: User, at: dt.datetime) -> None:
    """Ends the consent now: from the next request on nobody finds the person through this pool."""
    _refuse_others(person, by)
    PoolMembership.objects.filter(person=person, pool=pool, left_at=None).update(left_at=at)


def _refuse_others(person: Person, by: User) -> None:
    # Consent is the person's own to give and to take back.
    if person.user_id != by.pk:
        raise PermissionError("Only the person can consent or leave.")
