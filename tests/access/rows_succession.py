"""The access table's rows for succession planning (notation: table.py)."""

from django.utils import timezone

from appointments.models import Successor
from tests.access.table import PAGE, SIGN_IN, Row, row
from tests.access.world import World
from tests.factories.boards import SeatFactory
from tests.factories.search import findable

PUBLIC: set[str] = set()
_LISTS = ("appointments:succession_list", "appointments:talent_board", "appointments:growth_grid")

ROWS: list[Row] = [
    *(row(name, anonymous=SIGN_IN, staff=PAGE, others=403) for name in _LISTS),
    row("appointments:own_growth", anonymous=SIGN_IN, others=PAGE),
    *(
        row(name, *paths, anonymous=SIGN_IN, talent_team=PAGE, regional_lead=lead, others=403)
        for near, lead in (("near", PAGE), ("far", 404))
        for name, *paths in (
            ("appointments:successor_add", f"plan_seat_{near}.pk", f"plan_person_{near}.pk"),
            ("appointments:successor_end", f"plan_{near}.pk"),
            ("appointments:growth_create", f"plan_person_{near}.pk"),
        )
    ),
]


def build(world: World) -> None:
    """A seat, somebody and a plan within the lead's region, and outside."""
    for near, trust, region in (
        ("near", world.own_trust, world.own_region),
        ("far", world.other_trust, world.other_region),
    ):
        seat, person = SeatFactory(board=trust, role="chief_executive"), findable(region=region)
        plan = Successor.objects.create(
            seat=seat, person=person, readiness="now", reason="Ready.", named_by=world.stranger, named_at=timezone.now()
        )
        setattr(world, f"plan_seat_{near}", seat)
        setattr(world, f"plan_person_{near}", person)
        setattr(world, f"plan_{near}", plan)
