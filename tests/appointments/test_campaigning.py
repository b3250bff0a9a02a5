"""A campaign from vacancy to conclusion through its acts: what each needs, writes and refuses."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from appointments import campaigning, panel, recommending, reserving
from appointments.campaigning import CampaignRefused
from appointments.models import Campaign, CampaignEvent, CampaignPolicy, Mark, PanelMember, ReservePlace
from appointments.timing import clock_of
from portal.models import Role
from talent.finding import with_words
from talent.models import Adjustment, Application, ConflictKind, DeclaredInterest, State
from talent.reviewing import declare_interest
from talent.workflow import MoveRefused
from tests.factories.boards import SeatFactory, seated
from tests.factories.campaigns import a_campaign, everybody_scores, recommended
from tests.factories.portal import OrganisationFactory, RegionFactory, member
from tests.factories.skills import PersonSkillFactory, wants
from tests.factories.talent import PersonFactory, PostHeldFactory

pytestmark = pytest.mark.django_db


def test_a_vacancy_becomes_a_campaign_with_a_specification_to_work_on():
    run = a_campaign(role="ned", designation="audit_chair")

    lines = list(run.campaign.criteria.values_list("essential", "text"))
    assert sum(essential for essential, _ in lines) == 4
    assert (True, "A recognised accountancy qualification, or recent and relevant financial experience") in lines
    assert run.campaign.events.values_list("stage", "by").get() == ("preparing", run.team.pk)


def test_what_the_board_wants_and_lacks_becomes_criteria():
    board = OrganisationFactory()
    wants(board, "Digital change", essential=True)
    wants(board, "Leading volunteers")
    had = wants(board, "Law and regulation")
    seated(SeatFactory(board=board), "2015-04-01", "2099-03-31", person=PersonSkillFactory(skill=had.skill).person)

    run = a_campaign(board=board, days_a_month="2.5")

    lines = list(run.campaign.criteria.values_list("essential", "text"))
    assert [line for line in lines if "lacks" in line[1]] == [
        (True, "Brings what the board lacks: digital change"),
        (False, "Brings what the board lacks: leading volunteers"),
    ]
    assert (str(run.campaign.days_a_month), run.campaign.rate.pounds) == ("2.5", "£13,000")


def test_one_running_campaign_a_seat():
    run = a_campaign()

    with pytest.raises(CampaignRefused, match="running already"):
        campaigning.start_campaign(
            run.campaign.seat, about="", closes_on=run.campaign.closes_on, by=run.team, at=run.at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.create(seat=run.campaign.seat, closes_on=run.campaign.closes_on)


@pytest.mark.parametrize(
    ("role", "message"),
    [(Role.REVIEWER, "not yours"), (Role.COMMITTEE_MEMBER, "not yours"), (Role.TRUST_USER, "not yours")],
)
def test_only_talent_staff_run_campaigns(role, message):
    run = a_campaign()

    with pytest.raises(CampaignRefused, match=message):
        campaigning.open_campaign(run.campaign, by=member(role), at=run.at)


def test_a_regional_lead_runs_those_of_the_region_only():
    run = a_campaign()
    ours = member(Role.REGIONAL_LEAD, region=run.campaign.seat.board.region)
    theirs = member(Role.REGIONAL_LEAD, region=RegionFactory())

    with pytest.raises(CampaignRefused, match="not yours"):
        campaigning.open_campaign(run.campaign, by=theirs, at=run.at)
    assert campaigning.open_campaign(run.campaign, by=ours, at=run.at).stage == "advertised"
    assert list(Campaign.objects.run_by(ours)) == [run.campaign]
    assert list(Campaign.objects.run_by(theirs)) == []


def test_no_advert_without_an_independent_member():
    run = a_campaign()
    PanelMember.objects.filter(independent=True).update(independent=False)

    with pytest.raises(CampaignRefused, match="needs an independent member"):
        campaigning.open_campaign(run.campaign, by=run.team, at=run.at)

    assert run.fresh().intake is None


def test_all_that_keeps_the_advert_back_is_named():
    run = a_campaign(foundation=True)
    run.campaign.criteria.all().delete()
    PanelMember.objects.all().delete()
    Campaign.objects.update(trust_asked_on=None)

    said = campaigning.obstacles_to_opening(run.fresh(), day=dt.date(2100, 1, 1))

    assert said == [
        "Write at least one essential criterion.",
        "The panel needs 3 members or more.",
        "The panel needs a chair.",
        "The panel needs an independent member.",
        "The closing date must be after today.",
        "Say when the foundation trust asked for this campaign.",
    ]


def test_whoever_sits_on_that_board_or_the_committee_is_not_independent():
    run = a_campaign()
    insider = member(Role.TRUST_USER, organisation=run.campaign.seat.board)
    decider = member(Role.COMMITTEE_MEMBER)

    for user in (insider, decider):
        with pytest.raises(panel.PanelRefused, match="not an independent member"):
            panel.add_member(run.campaign, user, role="member", independent=True, by=run.team, at=timezone.now())
        panel.add_member(run.campaign, user, role="member", independent=False, by=run.team, at=timezone.now())


def test_talent_staff_do_not_sit_on_a_panel():
    run = a_campaign()

    with pytest.raises(panel.PanelRefused, match="cannot sit"):
        panel.add_member(
            run.campaign, member(Role.TALENT_TEAM), role="member", independent=False, by=run.team, at=timezone.now()
        )


def test_from_vacancy_to_a_reserve_list_each_stage_is_dated_by_the_system():
    run = a_campaign("verdict", applicants=3)
    first, second, third = run.applications

    reserving.list_reserves(run.campaign, [third, second], by=run.team, at=run.at)
    recommended(run, first)

    assert run.states() == [State.RECOMMENDED, State.RESERVE, State.RESERVE]
    assert list(ReservePlace.objects.values_list("rank", "application")) == [(1, third.pk), (2, second.pk)]
    assert list(run.campaign.events.values_list("stage", flat=True)) == [
        "preparing", "advertised", "longlist", "sift", "shortlist", "interview", "verdict", "recommended",
    ]  # fmt: skip


def test_a_stage_cannot_be_skipped_or_taken_twice():
    run = a_campaign("longlist")

    for act in (campaigning.open_campaign, campaigning.begin_interviews):
        with pytest.raises(CampaignRefused, match="“Longlisted” now"):
            act(run.campaign, by=run.team, at=run.at)
    campaigning.begin_sift(run.campaign, by=run.team, at=run.at)
    with pytest.raises(CampaignRefused, match="“Blind sift” now"):
        campaigning.begin_sift(run.campaign, by=run.team, at=run.at)


def test_no_longlist_before_the_closing_date():
    run = a_campaign("advertised")

    with pytest.raises(CampaignRefused, match="after the closing date"):
        campaigning.make_longlist(run.campaign, chosen=[], by=run.team, at=run.at, reason="Early")


def test_those_not_longlisted_are_told_for_a_reason():
    run = a_campaign("closed")
    chosen = [run.applications[0].pk]

    with pytest.raises(CampaignRefused, match="Give the reason"):
        campaigning.make_longlist(run.campaign, chosen=chosen, by=run.team, at=run.at, reason=" ")
    campaigning.make_longlist(run.campaign, chosen=chosen, by=run.team, at=run.at, reason="No board experience")

    assert run.states() == [State.LONGLISTED, State.UNSUCCESSFUL]


def test_a_guaranteed_interview_is_kept_and_nobody_moves_by_halves():
    run = a_campaign("closed")
    Adjustment.objects.create(application=run.applications[1], guaranteed_interview=True, asked_at=run.at)
    Application.objects.filter(pk=run.applications[1].pk).update(meets_essentials=True)

    with pytest.raises(MoveRefused, match="guaranteed interview"):
        campaigning.make_longlist(
            run.campaign, chosen=[run.applications[0].pk], by=run.team, at=run.at, reason="No board experience"
        )

    assert (run.states(), run.campaign.stage) == ([State.SUBMITTED, State.SUBMITTED], "advertised")


def test_staff_in_conflict_with_one_applicant_leave_the_step_to_a_colleague():
    run = a_campaign("closed")
    declare_interest(run.applications[0], kind=ConflictKind.PERSONAL, by=run.team, at=run.at)
    everybody = [a.pk for a in run.applications]

    with pytest.raises(CampaignRefused, match="A colleague has to take this step"):
        campaigning.make_longlist(run.campaign, chosen=everybody, by=run.team, at=run.at, reason="")
    campaigning.make_longlist(run.campaign, chosen=everybody, by=member(Role.TALENT_TEAM), at=run.at, reason="")

    assert run.fresh().stage == "longlist"


def test_no_shortlist_while_scores_are_missing():
    run = a_campaign("sift", applicants=1)

    with pytest.raises(CampaignRefused, match="Scores are missing"):
        campaigning.make_shortlist(run.campaign, chosen=[], by=run.team, at=run.at, reason="Weak field")
    everybody_scores(run)

    assert (
        campaigning.make_shortlist(
            run.campaign, chosen=[run.applications[0].pk], by=run.team, at=run.at, reason=""
        ).stage
        == "shortlist"
    )


def test_scores_of_a_member_in_conflict_are_not_waited_for():
    run = a_campaign("sift", applicants=1)
    declare_interest(run.applications[0], kind=ConflictKind.EMPLOYER, by=run.panel[2], at=run.at)
    everybody_scores(run)

    assert panel.unscored(run.campaign, Mark.Round.SIFT) == []
    assert Mark.objects.filter(member__user=run.panel[2]).count() == 0


def test_an_applicant_whose_only_independent_reader_is_in_conflict_waits():
    run = a_campaign("sift", applicants=1)
    declare_interest(run.applications[0], kind=ConflictKind.EMPLOYER, by=run.panel[1], at=run.at)
    everybody_scores(run)

    assert panel.unscored(run.campaign, Mark.Round.SIFT) == [
        f"{run.applications[0].pseudonym} needs two readers without a conflict, one of them independent"
    ]


def test_a_conflict_that_records_show_is_found_before_the_sift():
    run = a_campaign("longlist", applicants=1)
    own = run.applications[0].person.posts.create(title="Chair", employer="Harbour Homes", started_on="2012-01-01")
    PostHeldFactory(person=PersonFactory(user=run.panel[0]), employer=own.employer)

    campaigning.begin_sift(run.campaign, by=run.team, at=run.at)

    found = DeclaredInterest.objects.get()
    assert (found.user, found.source, found.kind) == (run.panel[0], "detected", "employer")
    assert panel.readable_by(run.panel[0]).count() == 0
    assert panel.readable_by(run.panel[1]).count() == 1


def test_reading_and_scoring_need_the_declaration_first():
    run = a_campaign("sift", applicants=1)
    given = {c.pk: panel.Given(2, "Some") for c in run.campaign.criteria.all()}

    with pytest.raises(panel.PanelRefused, match="not yours to score"):
        panel.score(run.applications[0], given, by=run.panel[0], at=run.at)
    panel.declare_none(run.applications[0], by=run.panel[0], at=run.at)
    panel.score(run.applications[0], given, by=run.panel[0], at=run.at)

    assert Mark.objects.count() == len(given)


@pytest.mark.parametrize("given", [{}, {"points": 5, "evidence": "x"}, {"points": 2, "evidence": " "}])
def test_every_criterion_is_scored_within_the_scale_with_evidence(given):
    run = a_campaign("sift", applicants=1)
    panel.declare_none(run.applications[0], by=run.panel[0], at=run.at)
    marks = {c.pk: panel.Given(**given) for c in run.campaign.criteria.all()} if given else {}

    with pytest.raises(panel.PanelRefused):
        panel.score(run.applications[0], marks, by=run.panel[0], at=run.at)

    assert Mark.objects.count() == 0


def test_a_panel_reads_its_own_campaign_and_only_in_its_rounds():
    sift, other, resting = a_campaign("sift"), a_campaign("sift"), a_campaign("shortlist")

    assert set(panel.readable_by(sift.panel[0])) == set(sift.applications)
    assert set(panel.readable_by(other.panel[0])) == set(other.applications)
    assert list(panel.readable_by(resting.panel[0])) == []
    assert list(panel.readable_by(sift.team)) == []


def test_whoever_left_the_panel_reads_nothing():
    run = a_campaign("sift")

    panel.remove_member(run.campaign.panel.get(user=run.panel[2]), by=run.team, at=run.at)

    assert list(panel.readable_by(run.panel[2])) == []
    assert list(Campaign.objects.visible_to(run.panel[2])) == []


def test_one_recommendation_at_a_time():
    run = a_campaign("verdict")
    recommended(run, run.applications[0])

    with pytest.raises(CampaignRefused, match="put forward already"):
        recommended(run, run.applications[1])


def test_a_reserve_list_ends_by_the_policy_of_its_day():
    CampaignPolicy.objects.create(kind="reserve", months=6, source="A test", in_force_from=dt.date(2017, 1, 1))
    run = a_campaign("verdict")
    (place,) = reserving.list_reserves(run.campaign, [run.applications[0]], by=run.team, at=run.at)

    last = timezone.make_aware(dt.datetime.combine(place.expires_on, dt.time(12)))
    assert reserving.lapse_reserves(at=last) == 0
    assert reserving.lapse_reserves(at=last + dt.timedelta(days=1)) == 1

    assert (place.expires_on - place.listed_on).days in range(181, 185)
    assert run.states() == [State.LAPSED, State.APPOINTABLE]


def test_nobody_is_left_without_an_answer_at_the_end():
    run = a_campaign("verdict", applicants=1)
    with pytest.raises(CampaignRefused, match="still waits for an answer"):
        recommending.conclude(run.campaign, by=run.team, at=run.at, reason="Done")
    recommending.not_chosen(run.campaign, run.applications[0], by=run.team, at=run.at, reason="Withdrawn")

    assert recommending.conclude(run.campaign, by=run.team, at=run.at, reason="Nobody appointed").stage == "concluded"


def test_cancelling_tells_everybody_and_closes_the_form():
    run = a_campaign("advertised")

    campaigning.cancel_campaign(run.campaign, by=run.team, at=run.at + dt.timedelta(days=2), reason="Seat abolished")

    assert run.states() == [State.LAPSED, State.LAPSED]
    assert not run.fresh().intake.is_live(run.at + dt.timedelta(days=2))


def test_the_clock_runs_from_closing_against_the_policy():
    run = a_campaign("verdict")
    closed = timezone.localdate(run.campaign.intake.closes_at)

    clock = clock_of(run.campaign, today=closed + dt.timedelta(days=100))

    assert (clock.days, clock.months, clock.is_late) == (100, 3, True)
    assert clock.source.startswith("Governance Code on Public Appointments (2016)")
    assert clock_of(run.campaign, today=closed - dt.timedelta(days=1)) is None
    CampaignPolicy.objects.filter(kind="decide").delete()
    assert clock_of(run.campaign, today=closed) is None


def test_stage_days_are_written_once():
    run = a_campaign()

    with pytest.raises(TypeError):
        CampaignEvent.objects.update(stage="concluded")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE appointments_campaignevent SET at = now()")

    assert run.campaign.events.count() == 1


def test_the_search_text_never_holds_a_political_declaration():
    run = a_campaign("shortlist")

    assert with_words(Application.objects.all(), "housing").count() == 2
    assert with_words(Application.objects.all(), "Quillfeather").count() == 0
    assert run.states() == [State.SHORTLISTED, State.SHORTLISTED]
