"""From the panel's verdict to the seat: the proposal, the committee's decision, and what becomes of the applicant."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from appointments import consenting, offering, recommending, reserving
from appointments.agenda import proposals_waiting
from appointments.campaigning import CampaignRefused
from appointments.decisions import DecisionRefused
from appointments.jobs import remind_reserve
from appointments.models import AgendaItem, Appointment, Proposal, ReservePlace, Tenure
from appointments.notices import give_notice
from appointments.papers import keep_letters
from appointments.proposing import ProposalRefused, obstacles, propose, withdraw_proposal
from portal.models import Job, Role
from talent.access import Refused
from talent.applying import answer_offer, withdraw
from talent.models import State
from talent.workflow import MoveRefused
from tests.factories.appointments import MeetingFactory, committee_of
from tests.factories.campaigns import Run, a_campaign, recommended
from tests.factories.portal import member, sign_in
from tests.factories.proposals import decided

pytestmark = pytest.mark.django_db


def says(run: Run, number: int, *, yes: bool) -> None:
    application = run.applications[number]
    consenting.answer(application, given=yes, by=application.person.user, at=timezone.now())


def act(run: Run, name: str, number: int = 0, reason: str = "As agreed."):
    return getattr(recommending, name)(
        run.campaign, run.applications[number], by=run.team, at=timezone.now(), reason=reason
    )


def answers(run: Run, number: int, *, accept: bool) -> None:
    application = run.applications[number]
    answer_offer(application, accept=accept, by=application.person.user, at=timezone.now())


def test_a_recommendation_is_a_proposal_that_waits_for_an_agenda():
    run = a_campaign("verdict", days_a_month="2.5")

    proposal = recommended(run, run.applications[0])

    assert (proposal.kind, proposal.seat, proposal.application) == (
        "new_appointment",
        run.campaign.seat,
        run.applications[0],
    )
    assert (proposal.person, str(proposal.days_a_month), proposal.made_by) == (
        run.applications[0].person,
        "2.5",
        run.team,
    )
    assert list(proposals_waiting(run.team)) == [proposal]
    assert obstacles(proposal, day=timezone.localdate()) == ()


@pytest.mark.parametrize(
    ("day", "starts", "ends", "pay"),
    [
        (dt.date(2018, 1, 15), dt.date(2018, 3, 1), dt.date(2022, 2, 28), 6157),
        (dt.date(2026, 5, 20), dt.date(2026, 7, 1), dt.date(2030, 6, 30), 13000),
    ],
)
def test_the_term_is_suggested_by_the_policy_and_the_rate_in_force(day, starts, ends, pay):
    seat = a_campaign().campaign.seat

    assert offering.suggested_term(seat, day=day) == offering.Term(starts, ends, pay)


def test_a_chairs_pay_depends_on_the_trust_and_is_left_to_the_team():
    run = a_campaign(role="chair")

    assert offering.suggested_term(run.campaign.seat, day=dt.date(2018, 1, 15)).remuneration is None
    assert len(offering.rates_for(run.campaign.seat, dt.date(2018, 3, 1))) == 3


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ({"ends_on": dt.date(2099, 1, 1)}, "A term is at most 4 years long"),
        ({"remuneration": 20000}, "£20,000 is not a standard rate"),
    ],
)
def test_days_and_pay_beyond_the_rules_are_refused_and_nothing_moves(term, said):
    run = a_campaign("verdict")

    with pytest.raises(CampaignRefused, match=said):
        recommended(run, run.applications[0], **term)

    assert (run.states(), run.campaign.stage, Proposal.objects.count()) == (
        [State.APPOINTABLE, State.APPOINTABLE],
        "verdict",
        0,
    )


def test_approved_the_seat_is_taken_and_the_applicant_has_an_offer():
    run = a_campaign("verdict")

    decision = decided(recommended(run, run.applications[0]))

    [made] = Appointment.objects.all()
    assert (made.person, made.seat, made.decision, made.kind) == (
        run.applications[0].person,
        run.campaign.seat,
        decision,
        "new",
    )
    assert run.states() == [State.OFFERED, State.APPOINTABLE]
    assert decision.facts["application"] == run.applications[0].reference
    assert recommending.appointment_of(run.applications[0]) == made


def test_accepted_they_are_appointed_and_the_campaign_can_end():
    run = a_campaign("verdict", applicants=1)
    decided(recommended(run, run.applications[0]))

    with pytest.raises(MoveRefused):
        act(run, "confirm_appointment")
    answers(run, 0, accept=True)
    with pytest.raises(CampaignRefused, match="still waits for an answer"):
        recommending.conclude(run.campaign, by=run.team, at=timezone.now(), reason="Done")
    act(run, "confirm_appointment")

    assert run.states() == [State.APPOINTED]
    done = recommending.conclude(run.campaign, by=run.team, at=timezone.now(), reason="The seat is filled.")
    assert done.stage == "concluded"


def test_refused_the_next_on_the_reserve_list_can_be_recommended():
    run = a_campaign("verdict")
    reserving.list_reserves(run.campaign, [run.applications[1]], by=run.team, at=run.at)
    decided(recommended(run, run.applications[0]), outcome="not_approved")
    assert run.states() == [State.UNSUCCESSFUL, State.RESERVE]

    proposal = recommended(run, run.applications[1])

    assert run.states() == [State.UNSUCCESSFUL, State.RECOMMENDED]
    assert (proposal.person, ReservePlace.objects.count()) == (run.applications[1].person, 0)


def test_declined_the_ledger_takes_it_back_before_the_next_is_put_forward():
    run = a_campaign("verdict")
    decided(recommended(run, run.applications[0]))
    answers(run, 0, accept=False)

    with pytest.raises(CampaignRefused, match="stands appointed from this campaign"):
        recommended(run, run.applications[1])
    act(run, "undo_appointment")
    recommended(run, run.applications[1])

    assert Appointment.objects.order_by("pk").values_list("cancelled", flat=True)[1] is True
    assert Tenure.objects.count() == 0
    assert run.states() == [State.DECLINED, State.RECOMMENDED]


def test_nobody_is_undone_who_has_not_declined():
    run = a_campaign("verdict")
    decided(recommended(run, run.applications[0]))

    with pytest.raises(CampaignRefused, match="no appointment to take back"):
        act(run, "undo_appointment")

    assert Tenure.objects.count() == 1


def test_a_recommendation_taken_back_withdraws_its_proposal():
    run = a_campaign("verdict")
    proposal = recommended(run, run.applications[0])

    with pytest.raises(ProposalRefused, match="Take the recommendation back there"):
        withdraw_proposal(proposal, by=run.team, at=run.at)
    act(run, "take_back")

    proposal.refresh_from_db()
    assert (proposal.is_open, run.states()) == (False, [State.APPOINTABLE, State.APPOINTABLE])


def test_whoever_withdrew_is_kept_from_a_decision_and_makes_room():
    run = a_campaign("verdict")
    proposal = recommended(run, run.applications[0])
    withdraw(run.applications[0], by=run.applications[0].person.user, at=timezone.now(), reason="Moved")

    proposal.refresh_from_db()
    said = obstacles(Proposal.objects.get(pk=proposal.pk), day=timezone.localdate())
    recommended(run, run.applications[1])

    assert said == ("The application behind it is “Withdrawn” now.",)
    assert Proposal.objects.get(pk=proposal.pk).is_open is False
    assert run.states() == [State.WITHDRAWN, State.RECOMMENDED]


def test_a_panel_member_on_the_committee_takes_no_part():
    run = a_campaign("verdict")
    committee, (_, other, _) = committee_of(3)
    run.campaign.panel.create(user=other, added_at=run.at, added_by=run.team)
    proposal = recommended(run, run.applications[0])

    with pytest.raises(DecisionRefused, match="cannot vote on this item"):
        decided(proposal, meeting=MeetingFactory(committee=committee))

    assert list(AgendaItem.objects.listed_for(other)) == []
    assert (AgendaItem.objects.count(), run.states()[0]) == (1, State.RECOMMENDED)


def test_the_letter_is_about_the_seat():
    run = a_campaign("verdict")
    decision = decided(recommended(run, run.applications[0]))

    [letter] = keep_letters(decision, at=timezone.now())

    assert (letter.application, letter.file.read(5)) == (run.applications[0], b"%PDF-")


def test_a_foundation_trusts_campaign_never_ends_in_an_appointment_by_the_body(client: Client):
    run = a_campaign("verdict", foundation=True)
    first = run.applications[0]
    sign_in(client, run.team)

    with pytest.raises(CampaignRefused, match="makes its own appointment"):
        recommended(run, first)
    with pytest.raises(ProposalRefused, match="appoints its own"):
        propose(
            kind="new_appointment",
            seat=run.campaign.seat,
            person=first.person,
            by=run.team,
            at=run.at,
            reason="Best",
        )
    address = f"/campaigns/{run.campaign.pk}/outcome/"
    assert client.post(f"{address}{first.reference}/recommend/", {"reason": "Best"}).status_code == 404
    assert "/recommend/" not in client.get(address).text
    assert (Proposal.objects.count(), run.states()) == (0, [State.APPOINTABLE, State.APPOINTABLE])


def test_a_foundation_trust_gets_the_name_and_records_its_own_appointment():
    run = a_campaign("verdict", foundation=True)
    person, today = run.applications[0].person, timezone.localdate()
    says(run, 0, yes=True)
    act(run, "put_to_trust", reason="Strong on digital change.")

    with pytest.raises(CampaignRefused, match="has not told us"):
        act(run, "chosen_by_trust")
    give_notice(
        run.campaign.seat,
        name=person.full_name,
        email=person.email,
        starts_on=today,
        ends_on=today + dt.timedelta(days=1000),
        by=member(Role.TRUST_USER, organisation=run.campaign.seat.board, is_administrator=True),
        at=timezone.now(),
        reason="Council of governors",
    )
    act(run, "chosen_by_trust")

    assert run.states() == [State.COMPLETED, State.APPOINTABLE]
    assert (Tenure.objects.get().source, Appointment.objects.count()) == ("notice", 0)


def test_no_name_goes_to_a_trust_without_consent():
    run = a_campaign("verdict", foundation=True)

    for last in (None, False):
        if last is not None:
            says(run, 0, yes=last)
        with pytest.raises(CampaignRefused, match="has not said that their name"):
            act(run, "put_to_trust")
    says(run, 0, yes=True)
    act(run, "put_to_trust")

    assert run.states() == [State.ADVISED, State.APPOINTABLE]


def test_only_applicants_to_foundation_trusts_are_asked_and_answer_for_themselves():
    theirs, other = a_campaign("interview", foundation=True), a_campaign("interview")

    assert list(consenting.unanswered(theirs.applications[0].person.user)) == [theirs.applications[0]]
    assert list(consenting.unanswered(other.applications[0].person.user)) == []
    with pytest.raises(Refused):
        consenting.answer(theirs.applications[0], given=True, by=theirs.team, at=timezone.now())


def test_the_trusts_administrators_see_the_names_and_the_advice(client: Client):
    run, other = a_campaign("verdict", foundation=True), a_campaign("verdict", foundation=True)
    for each in (run, other):
        says(each, 0, yes=True)
        act(each, "put_to_trust", reason="Strong on digital change.")
    board = run.campaign.seat.board
    sign_in(client, member(Role.TRUST_USER, organisation=board, is_administrator=True))

    page = client.get("/opportunities/names/").text

    assert escape(run.applications[0].person.full_name) in page
    assert "Strong on digital change." in page
    assert f"/boards/seats/{run.campaign.seat_id}/notice/" in page
    assert [escape(a.person.full_name) in page for a in (run.applications[1], *other.applications)] == [False] * 3
    sign_in(client, member(Role.TRUST_USER, organisation=board))
    assert escape(run.applications[0].person.full_name) not in client.get("/opportunities/names/").text


@pytest.mark.parametrize("number", [1, 3])
def test_lists_of_outcomes_take_the_same_queries_however_long(client: Client, django_assert_num_queries, number):
    run = a_campaign("verdict", applicants=number + 1)
    reserving.list_reserves(run.campaign, run.applications[1:], by=run.team, at=run.at)
    trusts = [a_campaign("verdict", foundation=True, applicants=1) for _ in range(number)]
    for each in trusts:
        says(each, 0, yes=True)
        act(each, "put_to_trust")
    keeper = member(Role.TRUST_USER, organisation=trusts[0].campaign.seat.board, is_administrator=True)
    for each in trusts[1:]:
        member(Role.TRUST_USER, user=keeper, organisation=each.campaign.seat.board, is_administrator=True)

    sign_in(client, run.team)
    with django_assert_num_queries(13):
        client.get(f"/campaigns/{run.campaign.pk}/outcome/")
    sign_in(client, keeper)
    with django_assert_num_queries(8):
        client.get("/opportunities/names/")


def test_an_nhs_trust_is_not_put_to_itself():
    run = a_campaign("verdict")

    with pytest.raises(CampaignRefused, match="Recommend the applicant to the committee"):
        act(run, "put_to_trust")


def test_whose_place_in_reserve_ends_soon_is_told_once():
    run = a_campaign("verdict")
    (place,) = reserving.list_reserves(run.campaign, [run.applications[0]], by=run.team, at=run.at)
    early, late = (
        timezone.make_aware(dt.datetime.combine(place.expires_on - dt.timedelta(days=n), dt.time(9))) for n in (15, 14)
    )

    assert reserving.remind_reserves(at=early) == 0
    assert [reserving.remind_reserves(at=late) for _ in range(2)] == [1, 1]

    assert Job.objects.filter(kind=reserving.REMIND).count() == 1


def test_the_word_before_the_reserve_list_ends_names_the_day():
    run = a_campaign("verdict")
    (place,) = reserving.list_reserves(run.campaign, [run.applications[0]], by=run.team, at=run.at)
    job = Job(kind=reserving.REMIND, payload={"place": place.pk})

    remind_reserve(job)

    assert [message.to for message in mail.outbox] == [[run.applications[0].person.email]]
    assert f"{place.expires_on:%-d %B %Y}" in mail.outbox[0].body
