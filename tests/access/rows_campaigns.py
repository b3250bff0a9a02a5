"""The access table's rows for campaigns (notation: tests/access/table.py).

own_campaign is of the regional lead's region, other_campaign of another; the reviewer sits on own_panel's, which is
in its sift. own_campaign_done has its verdict, own_campaign_draft is being prepared.
"""

from django.utils import timezone

from appointments.models import Announcement
from portal.models import Region, Role
from talent.models import Application, Person
from tests.access.table import PAGE, SENDS, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.boards import SeatFactory
from tests.factories.campaigns import a_campaign
from tests.factories.portal import OrganisationFactory, member
from tests.factories.proposals import decided, proposed_new
from tests.factories.skills import wants

PUBLIC = {
    "appointments:announcement_list",
    "appointments:announcement_detail",
    "appointments:opportunity_list",
    "appointments:opportunity_detail",
    "appointments:opportunity_rss",
    "appointments:opportunity_json",
}


def _staff(name: str, path: str, *rest: str) -> list[Row]:
    """For the talent team everywhere, a regional lead in the region."""
    return [
        row(name, f"own_{path}", *(f"own_{r}" for r in rest), anonymous=SIGN_IN, staff=PAGE, others=403),
        row(
            name,
            f"other_{path}",
            *(f"other_{r}" for r in rest),
            anonymous=SIGN_IN,
            talent_team=PAGE,
            regional_lead=404,
            others=403,
        ),
    ]


def _step(name: str, path: str, *rest: str) -> list[Row]:
    """The same where the last argument is a word."""
    return [
        row(name, f"own_{path}", *rest, anonymous=SIGN_IN, staff=PAGE, others=403),
        row(name, f"other_{path}", *rest, anonymous=SIGN_IN, talent_team=PAGE, regional_lead=404, others=403),
    ]


ROWS: list[Row] = [
    row("appointments:campaign_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("appointments:vacancy_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    *_staff("appointments:campaign_create", "campaign_vacant_seat.pk"),
    *_staff("appointments:campaign_detail", "campaign_sifting.pk"),
    *_staff("appointments:campaign_specification", "campaign_draft.pk"),
    *_staff("appointments:panel_add", "campaign_draft.pk"),
    *_step("appointments:campaign_step", "campaign_draft.pk", "word_cancel"),
    *_step("appointments:campaign_choose", "campaign_sifting.pk", "word_shortlist"),
    *_staff("appointments:campaign_outcome", "campaign_done.pk"),
    *[
        row(
            "appointments:campaign_answer",
            f"{whose}_campaign_done.pk",
            f"{whose}_campaign_found.reference",
            "word_recommend",
            anonymous=SIGN_IN,
            talent_team=PAGE,
            regional_lead=PAGE if whose == "own" else 404,
            others=403,
        )
        for whose in ("own", "other")
    ],
    row("appointments:panel_remove", "own_campaign_member.pk", anonymous=SIGN_IN, staff=PAGE, others=403),
    row(
        "appointments:panel_remove",
        "other_campaign_member.pk",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        regional_lead=404,
        others=403,
    ),
    row(
        "appointments:panel_remove",
        "own_campaign_member.pk",
        method="post",
        anonymous=SIGN_IN,
        staff=TO("appointments:campaign_detail", "own_campaign_draft.pk"),
        others=403,
    ),
    row(
        "appointments:panel_remove",
        "other_campaign_member.pk",
        method="post",
        anonymous=SIGN_IN,
        talent_team=TO("appointments:campaign_detail", "other_campaign_draft.pk"),
        regional_lead=404,
        others=403,
    ),
    row("appointments:panel_list", anonymous=SIGN_IN, others=PAGE),
    row("appointments:panel_detail", "own_campaign_sifting.pk", anonymous=SIGN_IN, reviewer=PAGE, others=404),
    row("appointments:panel_detail", "other_campaign_sifting.pk", anonymous=SIGN_IN, others=404),
    row("appointments:panel_declare", "own_campaign_sifted.reference", anonymous=SIGN_IN, reviewer=PAGE, others=404),
    row("appointments:panel_declare", "other_campaign_sifted.reference", anonymous=SIGN_IN, others=404),
    row(
        "appointments:panel_score",
        "own_campaign_sifted.reference",
        anonymous=SIGN_IN,
        reviewer=TO("appointments:panel_declare", "own_campaign_sifted.reference"),
        others=404,
    ),
    row("appointments:panel_score", "other_campaign_sifted.reference", anonymous=SIGN_IN, others=404),
    row(
        "appointments:panel_autosave",
        "own_campaign_sifted.reference",
        anonymous=SIGN_IN,
        others=405,
        alike="a script posts to it",
    ),
    row(
        "appointments:panel_autosave",
        "own_campaign_sifted.reference",
        method="post",
        anonymous=SIGN_IN,
        reviewer=403,  # has not declared yet
        others=404,
    ),
    row("appointments:panel_autosave", "other_campaign_sifted.reference", method="post", anonymous=SIGN_IN, others=404),
    row(
        "appointments:panel_talk",
        "own_campaign_sifted.reference",
        anonymous=SIGN_IN,
        reviewer=TO("appointments:panel_score", "own_campaign_sifted.reference"),
        others=404,
    ),
    row("appointments:panel_talk", "other_campaign_sifted.reference", anonymous=SIGN_IN, others=404),
    row("appointments:name_list", anonymous=SIGN_IN, trust=PAGE, others=403),
    row("appointments:name_consent", "own_campaign_asked.reference", anonymous=SIGN_IN, applicant=PAGE, others=404),
    row("appointments:name_consent", "other_campaign_asked.reference", anonymous=SIGN_IN, others=404),
    row("appointments:announcement_list", public=True),
    row("appointments:announcement_detail", "own_announced.pk", public=True),
    row("appointments:announcement_detail", "own_announcement_draft.pk", others=404),
    *_staff("appointments:announcement_publish", "announcement_draft.pk"),
    *_staff("appointments:announcement_edit", "announcement_draft.appointment_id"),
    *[
        row(
            "appointments:board_skill_add",
            f"{whose}_trust.ods_code",
            anonymous=SIGN_IN,
            talent_team=PAGE,
            regional_lead=PAGE if whose == "own" else 404,
            trust_admin=PAGE if whose == "own" else 404,
            others=404,
        )
        for whose in ("own", "other")
    ],
    *[
        row(
            "appointments:board_skill_end",
            f"{whose}_wanted_skill.pk",
            anonymous=SIGN_IN,
            talent_team=PAGE,
            regional_lead=PAGE if whose == "own" else 404,
            trust_admin=PAGE if whose == "own" else 404,
            others=404,
        )
        for whose in ("own", "other")
    ],
    row("appointments:opportunity_list", public=True),
    row("appointments:opportunity_rss", others=SENDS("application/rss+xml")),
    row("appointments:opportunity_json", others=SENDS("application/ld+json")),
    row("appointments:opportunity_detail", "own_campaign_advert.pk", public=True),
    row("appointments:opportunity_detail", "own_campaign_draft.pk", others=404),
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
    world.word_cancel, world.word_shortlist, world.word_recommend = "cancel", "shortlist", "recommend"
    for whose, region in (("own", world.own_region), ("other", world.other_region)):
        board = OrganisationFactory(region=region)
        sifting, done, draft = (a_campaign(stage, board=board) for stage in ("sift", "verdict", "preparing"))
        world.__dict__[f"{whose}_campaign_vacant_seat"] = SeatFactory(board=board)
        world.__dict__[f"{whose}_campaign_sifting"] = sifting.campaign
        world.__dict__[f"{whose}_campaign_sifted"] = sifting.applications[0]
        world.__dict__[f"{whose}_campaign_done"], world.__dict__[f"{whose}_campaign_found"] = (
            done.campaign,
            done.applications[0],
        )
        world.__dict__[f"{whose}_campaign_draft"] = draft.campaign
        world.__dict__[f"{whose}_campaign_member"] = draft.campaign.panel.first()
        if whose == "own":
            sifting.campaign.panel.create(
                user=world.people["reviewer"], added_at=sifting.at, added_by=member(Role.TALENT_TEAM)
            )
        world.__dict__[f"{whose}_wanted_skill"] = wants(world.__dict__[f"{whose}_trust"], "Digital change")
        world.__dict__[f"{whose}_announcement_draft"] = _announcement(region)
    world.own_announced = _announcement(world.own_region)
    world.own_announced.published_at, world.own_announced.published_by = timezone.now(), world.people["talent_team"]
    world.own_announced.save()
    asked = a_campaign("interview", foundation=True)
    world.own_campaign_asked, world.other_campaign_asked = asked.applications
    mine = Person.objects.get(user=world.people["applicant"])
    Application.objects.filter(pk=world.own_campaign_asked.pk).update(person=mine)
    world.own_campaign_advert = a_campaign("advertised", live=True).campaign


def _announcement(region: Region) -> Announcement:
    """The draft about somebody who was appointed in a region."""
    decision = decided(proposed_new(SeatFactory(board=OrganisationFactory(region=region)), "2018-01-01", "2020-12-31"))
    return Announcement.objects.create(
        appointment=decision.appointments.get(),
        words="Chaired a housing association.",
        political_activity="None declared.",
        drafted_at=timezone.now(),
        drafted_by=member(Role.TALENT_TEAM),
    )
