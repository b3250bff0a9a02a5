"""What keeps a proposal from an agenda: each obstacle at its edge, with the policies and rates as they are loaded."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from appointments.agenda import AgendaRefused, add_proposals
from appointments.models import Proposal, RemunerationRate, Seat, TermPolicy
from appointments.proposing import ProposalRefused, change_proposal, obstacles, propose, withdraw_proposal
from portal.models import Organisation, Role
from tests.factories.appointments import MeetingFactory, committee_of
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.fitness import fit_for
from tests.factories.portal import OrganisationFactory, member
from tests.factories.proposals import proposed, proposed_new, renewal_facts

pytestmark = pytest.mark.django_db

CODE = "Governance Code on Public Appointments (2016); SI 1990/2024 regulation 7"
CODE_2023 = "Code of governance for NHS provider trusts (2023), C 4.3; SI 1990/2024 regulation 7"
TODAY = dt.date(2018, 1, 11)
LIMIT = "This goes beyond the normal limit and needs an exceptional justification ({})."


@pytest.fixture(autouse=True)
def policies(db: None) -> None:
    call_command("load_policies", verbosity=0)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def lacking(proposal: Proposal, on: dt.date = TODAY) -> list[str]:
    return list(obstacles(proposal, day=on))


def renewed(first: str = "2015-04-01", last: str = "2018-03-31", **facts: Any) -> Proposal:
    seat = facts.pop("seat", None) or SeatFactory()
    return proposed(seated(seat, first, last, **facts.pop("seating", {})), **facts)


def test_a_complete_renewal_lacks_nothing():
    assert lacking(renewed(remuneration=6157)) == []


@pytest.mark.parametrize(
    ("kind", "facts", "said"),
    [
        ("reappointment", {"starts_on": None}, ["Give the first day."]),
        ("reappointment", {"ends_on": None}, ["Give the last day of the term."]),
        ("termination", {}, ["Give the last day in the seat.", "Give the ground of the termination."]),
        ("termination", {"last_on": dt.date(2018, 2, 1), "ground": " "}, ["Give the ground of the termination."]),
        ("termination", {"last_on": dt.date(2018, 2, 1), "ground": "Absence"}, []),
        ("remuneration", {}, ["Give the remuneration that is proposed."]),
        ("remuneration", {"remuneration": 6157}, []),
    ],
)
def test_missing_facts(kind: str, facts: dict[str, Any], said: list[str]):
    assert lacking(renewed(kind=kind, **facts)) == said


def test_an_executives_first_day_is_needed_but_no_last():
    seat, said = SeatFactory(role=Seat.Role.FINANCE), {"by": member(Role.TALENT_TEAM), "at": timezone.now()}
    facts: dict[str, Any] = {"kind": "executive_move", "seat": seat, "person": somebody(), "reason": "Best.", **said}

    assert lacking(propose(**facts, remuneration=130_000)) == ["Give the first day."]
    assert lacking(fit_for(propose(**facts, starts_on=day("2018-02-01"), remuneration=130_000))) == []


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2018-04-01", "2021-03-31", []),
        ("2018-03-31", "2021-03-30", ["Hanif Noor sits in this seat on some of these days."]),
        ("2018-03-31", "2018-04-30", ["Hanif Noor sits in this seat on some of these days."]),
        ("2013-04-01", "2015-03-31", ["No policy on terms is on record for 1 April 2013."]),
    ],
)
def test_a_seat_that_somebody_holds_on_some_of_the_days(first: str, last: str, said: list[str]):
    tenure = seated(SeatFactory(), "2015-04-01", "2018-03-31", person=somebody("Hanif Noor"))

    assert lacking(proposed_new(tenure.seat, first, last)) == said


def test_a_term_taken_back_leaves_the_seat_free_and_another_seat_is_no_matter():
    tenure = seated(SeatFactory(), "2018-01-01", "2020-12-31")
    seated(SeatFactory(board=tenure.seat.board), "2018-01-01", "2020-12-31")
    proposal = proposed_new(tenure.seat, "2018-01-01", "2020-12-31")
    assert len(lacking(proposal)) == 1

    type(tenure).with_void.filter(pk=tenure.pk).update(void=True)

    assert lacking(proposal) == []


def test_an_extension_meets_its_own_term_but_not_a_successor():
    proposal = renewed(kind="extension", ends_on=day("2018-12-31"))
    assert lacking(proposal) == []

    seated(proposal.seat, "2018-07-01", "2021-06-30", person=somebody("Hanif Noor"))

    assert lacking(proposal) == ["Hanif Noor sits in this seat on some of these days."]


@pytest.mark.parametrize("kind", ["reappointment", "extension"])
@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"appraisal_on": None}, ["Record the date of the appraisal."]),
        ({"appraisal_on": TODAY}, []),
        ({"appraisal_on": TODAY + dt.timedelta(days=1)}, ["The appraisal is still to come."]),
        ({"appraisal_satisfactory": False}, ["A further term needs a satisfactory appraisal."]),
        ({"appraisal_satisfactory": None}, ["A further term needs a satisfactory appraisal."]),
    ],
)
def test_appraisal(kind: str, facts: dict[str, Any], said: list[str]):
    assert lacking(renewed(kind=kind, **{"ends_on": day("2019-03-31"), **facts})) == said


def test_a_new_appointment_needs_no_appraisal():
    assert lacking(proposed_new(SeatFactory(), "2018-04-01", "2021-03-31")) == []


@pytest.mark.parametrize(("last", "fits"), [("2022-03-31", True), ("2022-04-01", False)])
def test_a_term_is_at_most_four_years(last: str, fits: bool):
    said = [] if fits else [f"A term is at most 4 years long ({CODE})."]

    assert lacking(proposed_new(SeatFactory(), "2018-04-01", last)) == said


def test_an_extension_is_measured_from_the_running_terms_first_day():
    fits = renewed(kind="extension", ends_on=day("2019-03-31"))
    too_long = renewed(kind="extension", ends_on=day("2019-04-01"))

    assert (lacking(fits), lacking(too_long)) == ([], [f"A term is at most 4 years long ({CODE})."])


def test_a_third_term_in_one_post_needs_its_justification():
    """Governance Code: two terms in one post."""
    seat, person = SeatFactory(), somebody()
    seated(seat, "2012-04-01", "2015-03-31", person=person)
    proposal = renewed(seat=seat, seating={"person": person})
    assert lacking(proposal) == [LIMIT.format(CODE)]

    change_proposal(proposal, by=member(Role.TALENT_TEAM), exceptional="Nobody else was found.")
    proposal.refresh_from_db()

    assert lacking(proposal) == []


def test_by_the_same_post_a_chair_begins_anew():
    """The clock of 2016 counts one post: six years as a non-executive are none as chair."""
    board, person = OrganisationFactory(), somebody()
    seated(SeatFactory(board=board), "2012-04-01", "2015-03-31", person=person)
    seated(SeatFactory(board=board), "2015-04-01", "2018-03-31", person=person)

    chair = proposed_new(SeatFactory(board=board, role="chair"), "2018-04-01", "2021-03-31", person=person)

    assert lacking(chair) == []


@pytest.mark.parametrize(("last", "fits"), [("2025-03-31", True), ("2025-04-01", False)])
def test_by_the_board_nine_years_count_across_roles(last: str, fits: bool):
    """The clock of 2023: from the first appointment to that board, in every role."""
    board, person = OrganisationFactory(), somebody()
    seated(SeatFactory(board=board), "2016-04-01", "2020-03-31", person=person)
    seated(SeatFactory(board=board), "2020-04-01", "2023-03-31", person=person)

    chair = proposed_new(
        SeatFactory(board=board, role="chair"), "2023-04-01", last, person=person, reviewed_on=day("2023-01-10")
    )

    assert lacking(chair) == ([] if fits else [LIMIT.format(CODE_2023)])


@pytest.mark.parametrize(("last", "fits"), [("2025-03-31", True), ("2025-04-01", False)])
def test_beyond_six_years_a_rigorous_review_is_needed(last: str, fits: bool):
    tenure = seated(SeatFactory(), "2019-04-01", "2023-03-31")
    said = f"Service beyond 31 March 2025 needs a rigorous review ({CODE_2023})."
    proposal = proposed(tenure, ends_on=day(last))

    assert lacking(proposal, on=day("2023-01-11")) == ([] if fits else [said])
    reviewed = change_proposal(proposal, by=member(Role.TALENT_TEAM), reviewed_on=day("2023-01-10"))
    assert lacking(reviewed, on=day("2023-01-11")) == []


def test_a_day_without_a_policy_is_said():
    TermPolicy.objects.all().delete()

    assert lacking(renewed()) == ["No policy on terms is on record for 1 April 2018."]


@pytest.mark.parametrize(
    ("role", "first", "pay", "standard"),
    [
        ("ned", "2018-04-01", 6157, None),
        ("ned", "2018-04-01", 6158, "£6,157"),
        ("ned", "2019-09-30", 6157, None),
        ("ned", "2019-10-01", 6157, "£13,000"),
        ("chair", "2018-04-01", 21_105, None),
        ("chair", "2018-04-01", 21_106, "Band 1: £23,600; Band 2: £21,105; Band 3: £18,621"),
        ("chair", "2021-04-01", 40_000, None),
        ("chair", "2021-04-01", 63_300, None),
    ],
)
def test_pay_is_a_standard_rate_of_the_first_day(role: str, first: str, pay: int, standard: str | None):
    last = day(first) + dt.timedelta(days=364)
    proposal = proposed_new(SeatFactory(role=role), first, last.isoformat(), remuneration=pay)

    said = [f"£{pay:,} is not a standard rate ({standard}). Name the authority for it."] if standard else []
    assert lacking(proposal) == said


@pytest.mark.parametrize("pay", [39_999, 63_301])
def test_pay_outside_every_group_of_the_structure(pay: int):
    proposal = proposed_new(SeatFactory(role="chair"), "2021-04-01", "2022-03-31", remuneration=pay)

    [said] = lacking(proposal)

    assert said.startswith(f"£{pay:,} is not a standard rate (Group 1, turnover under £200 million: £40,000 / £43,000")


@pytest.mark.parametrize(("authority", "fits"), [("Minister’s letter of 3 May 2017", True), ("  ", False)])
def test_other_pay_needs_its_authority(authority: str, fits: bool):
    proposal = proposed_new(SeatFactory(), "2018-04-01", "2021-03-31", remuneration=9000, authority=authority)

    assert (lacking(proposal) == []) is fits


def test_pay_is_free_for_executives_without_pay_and_without_rates():
    seat = SeatFactory(role=Seat.Role.MEDICAL)
    tenure = seated(seat, "2015-04-01", None)
    said = {"by": member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "Market."}
    executive = propose(
        kind="remuneration", seat=seat, person=tenure.person, tenure=tenure, remuneration=140_000, **said
    )
    unpaid = renewed(remuneration=None)
    assert (lacking(executive), lacking(unpaid)) == ([], [])

    RemunerationRate.objects.all().delete()

    assert lacking(renewed(remuneration=1)) == []


def foundation(role: str = "ned") -> Seat:
    return SeatFactory(role=role, board=OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST))


@pytest.mark.parametrize("kind", ["reappointment", "extension", "remuneration", "termination"])
def test_the_body_proposes_nothing_about_a_foundation_trusts_non_executives(kind: str):
    tenure = seated(foundation(), "2015-04-01", "2018-03-31")

    with pytest.raises(ProposalRefused) as refused:
        proposed(tenure, kind=kind)

    assert str(refused.value) == "A foundation trust appoints its own chair and non-executive directors."
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("role", ["ned", "chair"])
def test_the_body_appoints_nobody_new_to_a_foundation_trust(role: str):
    with pytest.raises(ProposalRefused, match="A foundation trust appoints its own"):
        proposed_new(foundation(role), "2018-04-01", "2021-03-31")


@pytest.mark.parametrize("kind", ["remuneration", "termination", "new_appointment", "executive_move"])
def test_a_trust_proposes_further_terms_only(kind: str):
    tenure = seated(SeatFactory(), "2015-04-01", "2018-03-31")
    secretary = member(Role.TRUST_USER, organisation=tenure.seat.board, is_administrator=True)
    assert proposed(tenure, by=secretary).made_by == secretary

    with pytest.raises(ProposalRefused, match="A trust proposes further terms"):
        proposed(tenure, kind=kind, by=secretary)


def refusal(**given: Any) -> str:
    tenure = seated(SeatFactory(role=given.pop("role", "ned")), "2015-04-01", "2018-03-31")
    facts = {"seat": tenure.seat, "person": tenure.person, "by": member(Role.TALENT_TEAM), "reason": "Good."}
    with pytest.raises(ProposalRefused) as refused:
        propose(**{**facts, **renewal_facts(tenure), "at": timezone.now(), **given})
    return str(refused.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "reappointment", "reason": " "}, "Give the reason for the proposal."),
        ({"kind": "reappointment", "tenure": None}, "This person does not sit in this seat."),
        ({"kind": "executive_move"}, "This is not an executive’s seat."),
        (
            {"kind": "extension", "role": "finance"},
            "An executive director has no terms. Propose an executive appointment or move.",
        ),
    ],
)
def test_what_cannot_be_proposed(given: dict[str, Any], said: str):
    assert refusal(**given) == said


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.TRUST_USER, Role.COMMITTEE_MEMBER])
def test_strangers_propose_nothing(role: str):
    said = refusal(kind="reappointment", by=member(role))

    assert said == "Proposals for this board are not yours to make."


def test_nobody_proposes_themselves():
    person = somebody()
    person.user = member(Role.TALENT_TEAM)
    person.save()
    tenure = seated(SeatFactory(), "2015-04-01", "2018-03-31", person=person)

    with pytest.raises(ProposalRefused, match="Nobody proposes themselves"):
        proposed(tenure, by=person.user)


def test_one_matter_at_a_time_for_a_holder():
    first = renewed()
    with pytest.raises(ProposalRefused, match="This is proposed already"):
        proposed(first.tenure)

    withdraw_proposal(first, by=member(Role.TALENT_TEAM), at=timezone.now())

    assert proposed(first.tenure).is_open


def test_an_agenda_refuses_by_the_name_of_the_obstacle():
    proposal = renewed(appraisal_on=None)
    meeting = MeetingFactory(committee=committee_of(3)[0])

    with pytest.raises(AgendaRefused) as refused:
        add_proposals(meeting, [proposal], by=member(Role.TALENT_TEAM), at=timezone.now())

    assert str(refused.value) == f"“{proposal}” is not ready for a meeting. Record the date of the appraisal."
    assert meeting.items.count() == 0


def test_what_stands_on_an_agenda_is_neither_changed_nor_withdrawn():
    proposal, secretary = renewed(), member(Role.TALENT_TEAM)
    add_proposals(MeetingFactory(committee=committee_of(3)[0]), [proposal], by=secretary, at=timezone.now())

    for act in (
        lambda: change_proposal(proposal, by=secretary, reason="Another."),
        lambda: withdraw_proposal(proposal, by=secretary, at=timezone.now()),
    ):
        with pytest.raises(ProposalRefused, match="This proposal stands on an agenda"):
            act()


def test_incomplete_tells_missing_facts_in_one_query(django_assert_num_queries: Any):
    renewed()
    bare = [renewed(appraisal_on=None), renewed(appraisal_satisfactory=False)]
    executive = SeatFactory(role=Seat.Role.FINANCE)
    said = {"by": member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "Best.", "starts_on": day("2018-02-01")}
    bare.append(propose(kind="executive_move", seat=executive, person=somebody(), **said))
    propose(kind="executive_move", seat=executive, person=somebody(), **said, off_payroll_reason="A day rate.")
    bare += [renewed(kind="termination"), renewed(kind="remuneration"), renewed(ends_on=None)]
    proposed_new(SeatFactory(), "2018-04-01", "2021-03-31")

    with django_assert_num_queries(1):
        assert set(Proposal.objects.incomplete()) == set(bare)


def test_unchecked_tells_open_checks_and_an_old_declaration_in_one_query(django_assert_num_queries: Any):
    today = timezone.localdate()
    renewed()
    proposed_new(SeatFactory(), "2018-04-01", "2021-03-31")
    proposed(seated(SeatFactory(), "2015-04-01", "2018-03-31"), kind="termination", fit=False)
    not_opened = proposed_new(SeatFactory(), "2018-04-01", "2021-03-31", fit=False)
    coming = seated(SeatFactory(), (today + dt.timedelta(days=1)).isoformat(), "2100-03-31")
    declared_before = proposed(coming)

    with django_assert_num_queries(1):
        assert set(Proposal.objects.unchecked(today)) == {not_opened, declared_before}
