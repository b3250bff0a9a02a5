"""People shown to a trust, for tests: `shared(trust, people=[...])` by the product's own act."""

import datetime as dt
from typing import Any

from django.utils import timezone

from appointments import sharing
from appointments.models import SharedList
from portal.models import Organisation, Role
from talent.models import Person
from tests.factories.portal import OrganisationFactory, member
from tests.factories.talent import PersonFactory, PoolMembershipFactory


def willing(**kwargs: Any) -> Person:
    """Somebody who agreed to be found, and to be shown to a trust."""
    return PoolMembershipFactory(person=PersonFactory(**kwargs), may_be_shared=True).person


def shared(trust: Organisation | None = None, people: list[Person] | None = None, **kwargs: Any) -> SharedList:
    now = timezone.now()
    said = {
        "vacancy": "Non-executive director, audit",
        "parts": ["role", "posts"],
        "until": timezone.localdate(now) + dt.timedelta(days=30),
        "by": kwargs.pop("by", None) or member(Role.TALENT_TEAM),
        "at": now,
    }
    return sharing.share(people or [willing()], trust or OrganisationFactory(), **said | kwargs)
