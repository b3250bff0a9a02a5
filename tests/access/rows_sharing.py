"""The access table's rows for curated pools and lists shown to trusts (notation: tests/access/table.py)."""

import datetime as dt

from django.utils import timezone

from portal.models import Role
from talent import curating
from tests.access.table import PAGE, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.portal import member
from tests.factories.sharing import shared, willing

STAFF_ONLY = {"anonymous": SIGN_IN, "others": 403}


def _pool(name: str) -> list[Row]:
    """A region's pool for its lead and the team; another's private one for nobody here."""
    return [
        row(name, "own_curated.pk", staff=PAGE, **STAFF_ONLY),
        row(name, "private_curated.pk", staff=404, **STAFF_ONLY),
    ]


def _place(name: str) -> list[Row]:
    return [
        row(name, "own_candidate.pk", staff=PAGE, **STAFF_ONLY),
        row(name, "private_place.pk", staff=404, **STAFF_ONLY),
    ]


def _share(name: str) -> list[Row]:
    return [
        row(name, "own_shared.pk", staff=PAGE, **STAFF_ONLY),
        row(name, "other_shared.pk", talent_team=PAGE, regional_lead=404, **STAFF_ONLY),
    ]


def _shortlist(name: str, *more: str) -> list[Row]:
    paths = [tuple(path.format(whose) for path in ("{}_shared.pk", *more)) for whose in ("own", "other")]
    return [
        row(name, *paths[0], trust=PAGE, **STAFF_ONLY),
        row(name, *paths[1], trust=404, **STAFF_ONLY),
    ]


ROWS: list[Row] = [
    row("talent:curated_list", staff=PAGE, **STAFF_ONLY),
    row("talent:curated_create", staff=PAGE, **STAFF_ONLY),
    *_pool("talent:curated_detail"),
    *_pool("talent:curated_close"),
    *_pool("appointments:share_create"),
    row("talent:curated_colleagues", "team_private.pk", talent_team=PAGE, regional_lead=404, **STAFF_ONLY),
    row("talent:curated_colleagues", "private_curated.pk", staff=404, **STAFF_ONLY),
    row(
        "talent:curated_colleague_remove",
        "team_private.pk",
        "pool_colleague.pk",
        method="post",
        talent_team=TO("talent:curated_colleagues", "team_private.pk"),
        regional_lead=404,
        **STAFF_ONLY,
    ),
    row(
        "talent:curated_colleague_remove",
        "private_curated.pk",
        "pool_colleague.pk",
        method="post",
        staff=404,
        **STAFF_ONLY,
    ),
    *_place("talent:curated_person"),
    *_place("talent:curated_take_out"),
    row("talent:curated_add", "own_candidate.person_id", staff=PAGE, **STAFF_ONLY),
    row("talent:curated_add", "elsewhere_person.pk", talent_team=PAGE, regional_lead=404, **STAFF_ONLY),
    row("appointments:share_list", staff=PAGE, **STAFF_ONLY),
    *_share("appointments:share_detail"),
    *_share("appointments:share_withdraw"),
    row("appointments:shortlist_list", trust=PAGE, **STAFF_ONLY),
    *_shortlist("appointments:shortlist_detail"),
    *_shortlist("appointments:shortlist_view", "{}_shown_person"),
    row("appointments:own_share_list", anonymous=SIGN_IN, others=PAGE),
]


def build(world: World) -> None:
    """A regional pool with one of its people, somebody else's private pool, a list shown to each trust."""
    now = timezone.now()
    ends = timezone.localdate(now) + dt.timedelta(days=60)
    team, colleague = world.people["talent_team"], member("talent_team")
    said = {"purpose": "Seats fall vacant.", "expires_on": ends, "at": now}
    own = curating.open_pool(name="Region", reach="regional", region=world.own_region, by=team, **said)
    private = curating.open_pool(name="Private", reach="private", region=None, by=colleague, **said)
    world.own_curated, world.private_curated = own, private
    world.pool_colleague = member(Role.REGIONAL_LEAD, region=world.other_region)
    said = {"name": "Mine", "purpose": "A seat.", "expires_on": own.expires_on, "reach": "private", "region": None}
    world.team_private = curating.open_pool(**said, by=world.people["talent_team"], at=timezone.now())
    world.team_private.colleagues.add(world.pool_colleague)
    person = willing(region=world.own_region)
    world.own_candidate = curating.add(own, person, by=team, at=now, reason="Fits.")
    world.private_place = curating.add(private, person, by=colleague, at=now, reason="Fits.")
    world.elsewhere_person = willing(region=world.other_region)
    world.own_shared, world.other_shared = shared(world.own_trust), shared(world.other_trust)
    world.own_shown_person = world.own_shared.people.get().person_id
    world.other_shown_person = world.other_shared.people.get().person_id
