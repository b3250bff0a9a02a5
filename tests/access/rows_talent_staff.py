"""The access table's rows for those who review and decide; `own_*` lies in the regional lead's region."""

from django.utils import timezone

from portal.models import Role
from talent.models import Complaint, RedactionTerm, State
from tests.access.table import PAGE, PAGE_OF, SENDS, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.portal import member
from tests.factories.programmes import IntakeFactory
from tests.factories.skills import PersonSkillFactory
from tests.factories.talent import (
    AdjustmentFactory,
    ApplicationFactory,
    DeclaredInterestFactory,
    DuplicatePairFactory,
    PersonFactory,
    ReviewFactory,
    filled,
)


def _both(name: str, path: str, *more: str, page: object = PAGE, **kwargs: object) -> list[Row]:
    """One's own region for both kinds of staff; another region for the talent team alone."""
    paths = (path, *more)
    other = tuple(p.replace("region_", "elsewhere_", 1) for p in paths)
    staff = {"anonymous": SIGN_IN, "talent_team": page}
    return [
        row(name, *paths, **staff, regional_lead=page, others=403, **kwargs),
        row(name, *other, **staff, regional_lead=404, others=403, **kwargs),
    ]


def _review(name: str, page: object, **kwargs: object) -> list[Row]:
    return [
        row(name, "my_review.pk", anonymous=SIGN_IN, reviewer=page, others=403, **kwargs),
        row(name, "colleagues_review.pk", anonymous=SIGN_IN, reviewer=404, others=403, **kwargs),
        row(name, "conflicted_review.pk", anonymous=SIGN_IN, reviewer=404, others=403, **kwargs),
    ]


NOT_A_TEAM_SECRET = "an intake is no secret; what stands in it is scoped"

ROWS: list[Row] = [
    row("talent:review_list", anonymous=SIGN_IN, reviewer=PAGE, others=403),
    *_review("talent:review_edit", PAGE),
    *_review("talent:review_interest", PAGE),
    *_review("talent:review_submit", PAGE),
    *_review("talent:review_detail", TO("talent:review_edit", "my_review.pk")),
    *_review("talent:review_autosave", SENDS("application/json"), method="post", data={"revision": "0"}),
    row("talent:candidate_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("talent:candidate_export", anonymous=SIGN_IN, staff=PAGE, others=403),
    row(
        "talent:candidate_export",
        method="post",
        data={"file_format": "csv", "reason": "The panel's list"},
        anonymous=SIGN_IN,
        staff=SENDS("text/csv"),
        others=403,
    ),
    *_both("talent:candidate_detail", "region_review.reference"),
    *_both("talent:person_skill_add", "region_review.person_id"),
    row(
        "talent:person_skill_confirm",
        "region_skill.pk",
        method="post",
        anonymous=SIGN_IN,
        staff=TO("talent:person_detail", "region_skill.person_id"),
        others=403,
    ),
    row(
        "talent:person_skill_confirm",
        "elsewhere_skill.pk",
        method="post",
        anonymous=SIGN_IN,
        talent_team=TO("talent:person_detail", "elsewhere_skill.person_id"),
        regional_lead=404,
        others=403,
    ),
    *_both("talent:candidate_finding", "region_review.reference"),
    *_both("talent:candidate_interest", "region_review.reference"),
    *_both("talent:candidate_reviews", "region_review.reference"),
    *_both("talent:assignment_edit", "region_review.reference"),
    *_both("talent:redaction_edit", "region_review.reference"),
    *_both("talent:adjustment_answer", "region_review.reference"),
    *_both("talent:feedback_edit", "region_unsuccessful.reference"),
    *_both("talent:review_take_away", "region_standing.pk"),
    *_both("talent:interest_lift", "region_interest.pk"),
    *_both("talent:person_detail", "region_review.person_id"),
    *_both("talent:extension_edit", "region_draft.reference"),
    *_both(
        "talent:candidate_file",
        "region_review.reference",
        "region_file.pk",
        page=SENDS("application/pdf"),
    ),
    *_both("talent:candidate_move", "region_review.reference", "step_name"),
    row(
        "talent:candidate_move",
        "region_review.reference",
        "step_name",
        method="post",
        data={"reason": "The best of the list"},
        anonymous=SIGN_IN,
        staff=TO("talent:candidate_detail", "region_review.reference"),
        others=403,
    ),
    row(
        "talent:redaction_remove",
        "region_review.reference",
        "region_term.pk",
        method="post",
        anonymous=SIGN_IN,
        staff=TO("talent:redaction_edit", "region_review.reference"),
        others=403,
    ),
    row(
        "talent:redaction_remove",
        "elsewhere_review.reference",
        "elsewhere_term.pk",
        method="post",
        anonymous=SIGN_IN,
        talent_team=TO("talent:redaction_edit", "elsewhere_review.reference"),
        regional_lead=404,
        others=403,
    ),
    row("talent:candidate_detail", "team_conflict.reference", anonymous=SIGN_IN, staff=404, others=403),
    row("talent:candidate_detail", "region_draft.reference", anonymous=SIGN_IN, staff=404, others=403),
    row("talent:intake_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("talent:sift_list", "an_intake.pk", anonymous=SIGN_IN, staff=PAGE, others=403, alike=NOT_A_TEAM_SECRET),
    row(
        "talent:sift_bulk",
        "an_intake.pk",
        method="post",
        data={"step": "begin_sift"},
        anonymous=SIGN_IN,
        staff=PAGE_OF("talent/sift_bulk.html"),
        others=403,
        alike=NOT_A_TEAM_SECRET,
    ),
    row("talent:assignment_plan", "an_intake.pk", anonymous=SIGN_IN, staff=PAGE, others=403, alike=NOT_A_TEAM_SECRET),
    row("talent:score_table", "an_intake.pk", anonymous=SIGN_IN, staff=PAGE, others=403, alike=NOT_A_TEAM_SECRET),
    row("talent:duplicate_list", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    *[
        row(f"talent:duplicate_{name}", f"{whose}_pair.pk", anonymous=SIGN_IN, talent_team=answer, others=403)
        for name in ("detail", "undo")
        for whose, answer in (("a", PAGE), ("team", 404))
    ],
    row("talent:draft_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("talent:complaint_list", anonymous=SIGN_IN, others=403),
    row("talent:complaint_answer", "a_complaint.reference", anonymous=SIGN_IN, others=403, alike="administrators only"),
]


def build(world: World) -> None:
    """One of each thing inside the regional lead's region and one outside it; reviews of several reviewers."""
    now, reviewer = timezone.now(), world.people["reviewer"]
    world.an_intake = IntakeFactory(regions=[world.own_region, world.other_region])
    world.step_name = "invite"
    for prefix, region in (("region", world.own_region), ("elsewhere", world.other_region)):
        there = {"intake": world.an_intake, "region": region}
        review = filled(ApplicationFactory(state=State.REVIEW, **there))
        AdjustmentFactory(application=review)
        setattr(world, f"{prefix}_review", review)
        setattr(world, f"{prefix}_skill", PersonSkillFactory(person=review.person))
        setattr(world, f"{prefix}_file", review.attachments.get())
        setattr(world, f"{prefix}_draft", ApplicationFactory(**there))
        setattr(world, f"{prefix}_unsuccessful", ApplicationFactory(state=State.UNSUCCESSFUL, **there))
        setattr(world, f"{prefix}_standing", ReviewFactory(application=review))
        setattr(world, f"{prefix}_interest", DeclaredInterestFactory(application=review))
        term = RedactionTerm.objects.create(
            application=review, words="Lantern", added_by=world.people["talent_team"], added_at=now
        )
        setattr(world, f"{prefix}_term", term)
    world.my_review = ReviewFactory(application=world.region_review, reviewer=reviewer, no_conflict_at=now)
    world.colleagues_review = ReviewFactory(
        application=world.region_review, reviewer=member(Role.REVIEWER), no_conflict_at=now
    )
    world.conflicted_review = ReviewFactory(reviewer=reviewer, no_conflict_at=now)
    DeclaredInterestFactory(user=reviewer, application=world.conflicted_review.application)
    world.team_conflict = ApplicationFactory(state=State.REVIEW, region=world.own_region, intake=world.an_intake)
    for role in ("talent_team", "regional_lead"):
        DeclaredInterestFactory(user=world.people[role], application=world.team_conflict)
    world.a_pair = DuplicatePairFactory()
    world.team_pair = DuplicatePairFactory(
        first=PersonFactory(), second=PersonFactory(user=world.people["talent_team"])
    )
    world.a_complaint = Complaint.objects.create(
        reference="CM-0000-0001", user=world.stranger, words="I was not answered.", made_at=now
    )
