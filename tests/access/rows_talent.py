"""The access table's rows for talent (notation: tests/access/table.py)."""

from tests.access import rows_talent_applicant, rows_talent_staff
from tests.access.table import PAGE, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.skills import PersonSkillFactory
from tests.factories.talent import CvSuggestionFactory, PersonFactory, PoolMembershipFactory, PostHeldFactory

# Whether a scheme is for somebody, they find out before they have an account.
PUBLIC = {"talent:eligibility", "talent:eligibility_result", "talent:own_data_erased"}

ROWS: list[Row] = [
    row("talent:profile_detail", anonymous=SIGN_IN, others=PAGE),
    row("talent:profile_edit", anonymous=SIGN_IN, others=PAGE),
    row("talent:profile_pause", anonymous=SIGN_IN, others=PAGE),
    row("talent:profile_leave", anonymous=SIGN_IN, others=PAGE),
    row("talent:consent_list", anonymous=SIGN_IN, others=PAGE),
    row("talent:cv_upload", anonymous=SIGN_IN, others=PAGE),
    row("talent:cv_detail", anonymous=SIGN_IN, applicant=PAGE, others=TO("talent:cv_upload")),
    row("talent:cv_use", method="post", anonymous=SIGN_IN, applicant=TO("talent:cv_detail"), others=404),
    row(
        "talent:cv_decide", "own_cv.pk", method="post", anonymous=SIGN_IN, applicant=TO("talent:cv_detail"), others=404
    ),
    row("talent:cv_decide", "other_cv.pk", method="post", anonymous=SIGN_IN, others=404),
    row("talent:cv_post", "own_cv.pk", anonymous=SIGN_IN, applicant=PAGE, others=404),
    row("talent:cv_post", "other_cv.pk", anonymous=SIGN_IN, others=404),
    row("talent:post_add", anonymous=SIGN_IN, others=PAGE),
    row("talent:post_edit", "own_post.pk", anonymous=SIGN_IN, applicant=PAGE, others=404),
    row("talent:post_edit", "other_post.pk", anonymous=SIGN_IN, others=404),
    row("talent:post_remove", "own_post.pk", anonymous=SIGN_IN, applicant=PAGE, others=404),
    row("talent:post_remove", "other_post.pk", anonymous=SIGN_IN, others=404),
    row("talent:skill_add", anonymous=SIGN_IN, others=PAGE),
    row("talent:skill_remove", "own_skill.pk", anonymous=SIGN_IN, applicant=PAGE, others=404),
    row("talent:skill_remove", "other_skill.pk", anonymous=SIGN_IN, others=404),
    row("talent:pool_join", "pool.slug", anonymous=SIGN_IN, others=PAGE, alike="anybody may join any pool"),
    row("talent:pool_leave", "pool.slug", anonymous=SIGN_IN, applicant=PAGE, others=404),
    row("talent:pool_leave", "other_pool.slug", anonymous=SIGN_IN, others=404),
    row("talent:pool_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("talent:pool_detail", "pool.slug", anonymous=SIGN_IN, staff=PAGE, others=403, alike="pools are the team's"),
    *rows_talent_applicant.ROWS,
    *rows_talent_staff.ROWS,
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
    rows_talent_staff.build(world)
    person = PersonFactory(user=world.people["applicant"])
    world.own_post, world.other_post = PostHeldFactory(person=person), PostHeldFactory()
    world.own_cv, world.other_cv = CvSuggestionFactory(reading__person=person), CvSuggestionFactory()
    world.own_skill, world.other_skill = PersonSkillFactory(person=person), PersonSkillFactory()
    world.pool = PoolMembershipFactory(person=person).pool
    world.other_pool = PoolMembershipFactory().pool
    rows_talent_applicant.build(world, person)
