"""The access table's rows for the equality report and a board member's own answers (tests/access/table.py)."""

from django.utils import timezone

from talent import equality
from talent.equality import People, Unit
from tests.access.table import PAGE, PAGE_OF, SENDS, SIGN_IN, TO, Row, row
from tests.access.world import World

SAME = "a year's figures are the same for everybody who may read them"
PAPER = PAGE_OF("papers/equality_report.html")
SIT = {"anonymous": SIGN_IN, "others": 404}  # these two sit on a board, nobody else here does
DETAIL = TO("appointments:equality_detail", "a_year")

ROWS: list[Row] = [
    row("appointments:equality_list", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("appointments:equality_detail", "a_year", alike=SAME, anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("appointments:equality_download", "a_year", alike=SAME, anonymous=SIGN_IN, talent_team=PAPER, others=403),
    row(
        "appointments:equality_export",
        "a_year",
        alike=SAME,
        anonymous=SIGN_IN,
        talent_team=SENDS("text/csv"),
        others=403,
    ),
    row("appointments:equality_publish", "a_year", alike=SAME, anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row(
        "appointments:equality_publish",
        "a_year",
        method="post",
        alike=SAME,
        anonymous=SIGN_IN,
        talent_team=DETAIL,
        others=403,
    ),
    row("appointments:own_equality_edit", applicant=PAGE, trust_user=PAGE, **SIT),
    row(
        "appointments:own_equality_edit",
        method="post",
        data={"sex": "female"},
        applicant=TO("portal:home"),
        trust_user=TO("portal:home"),
        **SIT,
    ),
    row("appointments:own_equality_erase", applicant=PAGE, trust_user=PAGE, **SIT),
    row(
        "appointments:own_equality_erase",
        method="post",
        applicant=TO("portal:home"),
        trust_user=TO("portal:home"),
        **SIT,
    ),
]


def build(world: World) -> None:
    """Figures that could leak."""
    figures = (People("all", "All voting members", None, frozenset()),)
    equality.publish(
        Unit("scheme:own", 2017, "Published figures", figures), by=world.people["talent_team"], at=timezone.now()
    )
