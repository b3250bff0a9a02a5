"""The access table's rows for placements (notation: tests/access/table.py).

own_placement is the applicant's, at the trust users' trust, in the regional lead's region; other_placement nobody's.
"""

from talent.models import State
from tests.access.table import PAGE, SIGN_IN, Row, row
from tests.access.world import World
from tests.factories.portal import OrganisationFactory
from tests.factories.talent import ApplicationFactory, PlacementFactory, PlacementReviewFactory

ROWS: list[Row] = [
    row("talent:placement_list", anonymous=SIGN_IN, others=PAGE),
    row(
        "talent:placement_detail",
        "own_placement.pk",
        anonymous=SIGN_IN,
        staff=PAGE,
        trust=PAGE,
        applicant=PAGE,
        others=404,
    ),
    row("talent:placement_detail", "other_placement.pk", anonymous=SIGN_IN, talent_team=PAGE, others=404),
    row("talent:pair_list", "own_accepted.reference", anonymous=SIGN_IN, staff=PAGE, others=403),
    row(
        "talent:pair_list",
        "other_accepted.reference",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        regional_lead=404,
        others=403,
    ),
    row("talent:placement_create", "own_accepted.reference", anonymous=SIGN_IN, staff=PAGE, others=403),
    row(
        "talent:placement_create",
        "other_accepted.reference",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        regional_lead=404,
        others=403,
    ),
    *[
        line
        for name in ("talent:placement_edit", "talent:placement_plan", "talent:placement_end")
        for line in (
            row(name, "own_placement.pk", anonymous=SIGN_IN, staff=PAGE, others=403),
            row(name, "other_placement.pk", anonymous=SIGN_IN, talent_team=PAGE, regional_lead=404, others=403),
        )
    ],
    row("talent:placement_review", "own_review.pk", anonymous=SIGN_IN, staff=PAGE, trust=PAGE, others=404),
    row("talent:placement_review", "other_review.pk", anonymous=SIGN_IN, talent_team=PAGE, others=404),
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
    here, there = {"region": world.own_region}, {"region": world.other_region}
    own = ApplicationFactory(user=world.people["applicant"], state=State.PLACED, **here)
    world.own_placement = PlacementFactory(application=own, host=world.own_trust)
    world.other_placement = PlacementFactory(
        application=ApplicationFactory(state=State.PLACED, **there), host=OrganisationFactory(**there)
    )
    world.own_review = PlacementReviewFactory(placement=world.own_placement)
    world.other_review = PlacementReviewFactory(placement=world.other_placement)
    world.own_accepted = ApplicationFactory(state=State.ACCEPTED, **here)
    world.other_accepted = ApplicationFactory(state=State.ACCEPTED, **there)
