"""The access table's rows for the year-end report (notation: tests/access/table.py)."""

from tests.access.table import PAGE, PAGE_OF, SENDS, SIGN_IN, Row, row
from tests.access.world import World

PUBLIC = {"appointments:report_list", "appointments:report_detail", "appointments:report_download"}
PUBLISHED = "a year's figures are published; who sees which rows is decided row by row"

ROWS: list[Row] = [
    row("appointments:report_list", public=True),
    row("appointments:report_detail", "a_year", alike=PUBLISHED, public=True),
    row("appointments:report_download", "a_year", alike=PUBLISHED, others=PAGE_OF("papers/year_end_report.html")),
    row("appointments:pipeline_detail", "a_year", alike=PUBLISHED, anonymous=SIGN_IN, staff=PAGE, others=403),
    row(
        "appointments:pipeline_export",
        "a_year",
        alike=PUBLISHED,
        anonymous=SIGN_IN,
        staff=SENDS("text/csv"),
        others=403,
    ),
    row("appointments:report_rows", "a_year", "a_figure", alike=PUBLISHED, anonymous=SIGN_IN, staff=PAGE, others=403),
]


def build(world: World) -> None:
    """Adds what the rows name."""
    world.a_year, world.a_figure = "2017-18", "placements"
