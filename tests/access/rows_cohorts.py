"""The access table's rows for cohorts (notation: tests/access/table.py): the team's, and one's own programmes."""

from programmes.models import Cohort
from talent.models import Participation
from tests.access.table import PAGE, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.programmes import SchemeFactory
from tests.factories.talent import PersonFactory

EVERY = "The talent team keeps every cohort; nobody else has one."

ROWS: list[Row] = [
    row("talent:own_programme_list", anonymous=SIGN_IN, others=PAGE),
    row("talent:cohort_list", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("talent:cohort_create", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    *(
        row(f"talent:{name}", "cohort.pk", alike=EVERY, anonymous=SIGN_IN, talent_team=PAGE, others=403)
        for name in ("cohort_edit", "participant_add", "cohort_graduate")
    ),
    row(
        "talent:participant_add_all",
        "cohort.pk",
        method="post",
        alike=EVERY,
        anonymous=SIGN_IN,
        talent_team=TO("talent:cohort_detail", "cohort.pk"),
        others=403,
    ),
    *(
        row(f"talent:{name}", "participation.pk", alike=EVERY, anonymous=SIGN_IN, talent_team=PAGE, others=403)
        for name in ("participant_edit", "participant_take_out")
    ),
    row("talent:cohort_detail", "cohort.pk", alike=EVERY, anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("talent:outcome_add", "participation.pk", alike=EVERY, anonymous=SIGN_IN, talent_team=PAGE, others=403),
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
    world.cohort = Cohort.objects.create(scheme=SchemeFactory(), name="First", starts_on="2017-04-03")
    world.participation = Participation.objects.create(
        cohort=world.cohort, person=PersonFactory(user=world.stranger), joined_on="2017-04-03"
    )
