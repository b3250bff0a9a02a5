"""People who agreed to be found, for tests: `findable(posts=["Finance director"], summary=...)`."""

from typing import Any

from django.utils import timezone

from search import syncing
from talent.models import Person
from tests.factories.portal import RegionFactory
from tests.factories.talent import PersonFactory, PoolFactory, PoolMembershipFactory, PostHeldFactory


def findable(*, posts: tuple[str, ...] = (), pool: Any = None, works_in: tuple[Any, ...] = (), **kwargs: Any) -> Person:
    """Somebody in a pool, with a post held now for each title; `kwargs` are the person's fields."""
    kwargs.setdefault("region", None)
    person = PersonFactory(user=None, **kwargs)
    for title in posts:
        PostHeldFactory(person=person, title=title)
    person.works_in.set(works_in)
    PoolMembershipFactory(person=person, **({"pool": pool} if pool else {}))
    return person


def index_all() -> int:
    """Puts everything that waits into every index; how many people that were."""
    return syncing.drain(at=timezone.now())


__all__ = ["PoolFactory", "RegionFactory", "findable", "index_all"]
