"""The access table's rows for search (notation: tests/access/table.py)."""

from tests.access.table import PAGE, SIGN_IN, TO, Row, row
from tests.access.world import World

# URL names whose views ask nobody who they are.
PUBLIC: set[str] = set()

ROWS: list[Row] = [
    row("search:people_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("search:suggestion_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("search:index_list", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("search:search_list", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("search:pending_retry", anonymous=SIGN_IN, talent_team=405, others=403),
    row(
        "search:pending_retry",
        method="post",
        anonymous=SIGN_IN,
        talent_team=TO("search:index_list"),
        others=403,
    ),
    row("search:seen_list", anonymous=SIGN_IN, others=PAGE),
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
