"""The access table's rows for programmes (notation: tests/access/table.py)."""

from tests.access.table import Row
from tests.access.world import World

# URL names whose views ask nobody who they are.
PUBLIC: set[str] = set()

ROWS: list[Row] = []


def build(world: World) -> None:
    """Adds the records that the rows name."""
