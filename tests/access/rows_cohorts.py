"""The access table's rows for cohorts (notation: tests/access/table.py): the team's, and one's own programmes."""

from programmes.models import Cohort
from talent.models import Participation
from tests.access.table import PAGE, SIGN_IN, Row, row
from tests.access.world import World
from tests.factories.programmes import SchemeFactory
from tests.factories.talent import PersonFactory

EVERY = "The talent team keeps every cohort; nobody else has one."

ROWS: list[Row] = [
    row("talent:own_programme_list", anonymous=SIGN_IN, others=PAGE),
    row("talent:cohort_list", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("talent:cohort_detail", "cohort.pk", alike=EVERY, anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("talent:outcome_add", "participation.pk", alike=EVERY, anonymous=SIGN_IN, talent_team=PAGE, others=403),
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
    world.cohort = Cohort.objects.create(scheme=SchemeFactory(), name="First", starts_on="2017-04-03")
    world.participation = Participation.objects.create(
        cohort=world.cohort, person=PersonFactory(user=world.stranger), joined_on="2017-04-03"
    )
