"""The access table's rows for two who apply together and for awards (notation: tests/access/table.py)."""

from django.utils import timezone

from programmes.models import Prize
from talent.models import Award, State
from tests.access.table import PAGE, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.awards import PartnerInvitationFactory, award_intake, lone_form, shared_form

PUBLIC = {"talent:award_list"}

_OWN = {"anonymous": SIGN_IN, "others": 404}
_CONFIRMED = TO("talent:pair_detail", "own_pair.reference")

ROWS: list[Row] = [
    row("talent:award_list", "award_scheme.slug", public=True, alike="everybody may read who won"),
    row("talent:pair_detail", "own_pair.reference", applicant=PAGE, **_OWN),
    row("talent:pair_detail", "other_pair.reference", **_OWN),
    row("talent:pair_confirm", "own_pair.reference", method="post", applicant=_CONFIRMED, **_OWN),
    row("talent:pair_confirm", "other_pair.reference", method="post", **_OWN),
    row("talent:pair_end", "own_pair.reference", applicant=PAGE, **_OWN),
    row("talent:pair_end", "other_pair.reference", **_OWN),
    # Whoever joined comes to the form by the same doors as whoever began it.
    row("talent:application_detail", "joined_pair.reference", applicant=PAGE, **_OWN),
    row("talent:equality_edit", "own_pair.reference", **_OWN),
    row("talent:invitation_answer", "own_asked.pk", applicant=PAGE, **_OWN),
    row("talent:invitation_answer", "other_asked.pk", **_OWN),
    row("talent:award_create", "region_met.reference", anonymous=SIGN_IN, staff=PAGE, others=403),
    row(
        "talent:award_create",
        "elsewhere_met.reference",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        regional_lead=404,
        others=403,
    ),
    row("talent:award_announce", "region_award.pk", anonymous=SIGN_IN, staff=PAGE, others=403),
    row(
        "talent:award_announce",
        "elsewhere_award.pk",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        regional_lead=404,
        others=403,
    ),
]


def build(world: World) -> None:
    """Forms of the applicant's and of strangers'; pairs that met the panel in both regions, and that won."""
    applicant = world.people["applicant"]
    intake, second = award_intake(), award_intake()
    world.award_scheme = intake.scheme
    world.own_pair = shared_form(user=applicant, intake=intake)
    world.joined_pair = shared_form(partner=applicant, intake=second)
    world.other_pair = shared_form(intake=intake)
    world.own_asked = PartnerInvitationFactory(application=lone_form(), email=applicant.email)
    world.other_asked = PartnerInvitationFactory()
    for name, region in (("region", world.own_region), ("elsewhere", world.other_region)):
        setattr(world, f"{name}_met", shared_form(intake=award_intake(), region=region, state=State.INTERVIEW))
        setattr(world, f"{name}_award", _award(shared_form(intake=award_intake(), region=region, state=State.AWARDED)))


def _award(form: object) -> Award:
    prize, now = Prize.objects.get(), timezone.now()
    return Award.objects.create(application=form, prize=prize, amount=prize.amount, decided_on=now.date(), at=now)
