"""Cases: opened in time and once, brought nearer, given an intention, proposed, and closed by what is decided."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from appointments import cases
from appointments.cases import CaseRefused
from appointments.models import Case, CaseEvent, Proposal, Tenure
from appointments.proposing import ProposalRefused, propose
from appointments.seating import leave_seat, void_tenure
from portal.models import Organisation, Role, User
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.fitness import fit_for
from tests.factories.portal import OrganisationFactory, RegionFactory, member
from tests.factories.proposals import decided, proposed_new, renewal_facts

pytestmark = pytest.mark.django_db

AT = dt.datetime(2017, 6, 1, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def policies(db: None) -> None:
    call_command("load_policies", verbosity=0)


def ends(last: str, **seat: Any) -> Tenure:
    return seated(SeatFactory(**seat), "2014-04-01", last)


def on(text: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(3), tzinfo=dt.UTC)


def noted(case: Case) -> list[tuple[str, str]]:
    return list(case.events.values_list("kind", "detail"))


@pytest.mark.parametrize(
    ("last", "horizon"),
    [
        ("2017-06-01", 3),
        ("2017-09-01", 3),
        ("2017-09-02", 6),
        ("2017-12-01", 6),
        ("2017-12-02", 12),
        ("2018-06-01", 12),
        ("2018-06-02", 18),
        ("2018-12-01", 18),
    ],
)
def test_a_case_is_opened_at_the_horizon_that_its_term_has_reached(last: str, horizon: int):
    tenure = ends(last)

    assert cases.open_due(at=AT) == 1

    case = Case.objects.get()
    assert (case.tenure, case.seat, case.intent, case.horizon, case.opened_at) == (tenure, tenure.seat, "", horizon, AT)
    assert noted(case) == [("opened", f"Ends within {horizon} months")]


@pytest.mark.parametrize("last", ["2017-05-31", "2018-12-02"])
def test_a_term_that_is_over_or_far_away_opens_none(last: str):
    ends(last)

    assert (cases.open_due(at=AT), Case.objects.count()) == (0, 0)


def test_executives_followed_seats_and_closing_ones_open_none():
    ends("2018-03-31", role="finance")
    followed = ends("2018-03-31")
    seated(followed.seat, "2018-04-01", "2021-03-31")
    ends("2018-03-31", closed_on=dt.date(2018, 4, 1))

    assert cases.open_due(at=AT) == 0


def test_looking_twice_opens_once():
    ends("2018-03-31")

    assert [cases.open_due(at=AT), cases.open_due(at=AT + dt.timedelta(days=1))] == [1, 0]
    assert CaseEvent.objects.count() == 1


def test_the_same_number_of_queries_for_one_and_three(django_assert_num_queries: Any):
    for number in (1, 3):
        for _ in range(number):
            ends("2018-03-31")
        with django_assert_num_queries(6):  # a savepoint's two, terms, known cases, cases, events
            cases.open_due(at=AT)


def test_nearer_horizons_are_noted_once_each():
    ends("2018-12-01")
    cases.open_due(at=AT)

    for look in ("2017-11-30", "2017-12-01", "2017-12-02", "2018-06-01", "2018-09-01", "2018-09-02"):
        cases.bring_nearer(at=on(look))

    case = Case.objects.get()
    assert case.horizon == 3
    assert noted(case) == [
        ("opened", "Ends within 18 months"),
        ("neared", "Ends within 12 months"),
        ("neared", "Ends within 6 months"),
        ("neared", "Ends within 3 months"),
    ]


def test_an_early_end_brings_a_case_nearer():
    tenure = ends("2018-12-01")
    cases.open_due(at=AT)
    leave_seat(tenure, kind="resignation", last_on=dt.date(2017, 7, 31), by=None, at=AT, reason="By letter")

    cases.bring_nearer(at=AT)

    assert Case.objects.get().horizon == 3


def closing(tenure: Tenure) -> tuple[str, str]:
    cases.close_followed(at=AT)
    case = Case.objects.get(tenure=tenure)
    assert case.closed_at == AT
    return noted(case)[-1]


def test_a_case_is_closed_when_somebody_is_known_to_follow():
    tenure = ends("2018-03-31")
    cases.open_due(at=AT)
    other = ends("2018-03-31")
    cases.open_due(at=AT)
    seated(tenure.seat, "2018-06-01", "2021-03-31")

    assert closing(tenure) == ("closed", "Somebody is known to follow")
    assert list(Case.objects.open()) == [Case.objects.get(tenure=other)]


def test_a_case_is_closed_when_the_term_was_taken_back():
    tenure = ends("2018-03-31")
    cases.open_due(at=AT)
    void_tenure(tenure, by=member(Role.TALENT_TEAM), at=AT, reason="Never began")

    assert closing(tenure) == ("closed", "The term was taken back")


@pytest.mark.parametrize("last", [None, dt.date(2018, 12, 2)])
def test_a_case_is_closed_when_the_term_no_longer_ends_soon(last: dt.date | None):
    tenure = ends("2018-03-31")
    cases.open_due(at=AT)
    Tenure.objects.update(ends_on=last)

    assert closing(tenure) == ("closed", "The term no longer ends soon")


def test_the_daily_round_closes_opens_and_brings_nearer():
    followed = ends("2017-09-01")
    nearing = ends("2018-12-01")
    cases.daily_round(at=AT)
    seated(followed.seat, "2017-09-02", "2018-12-31")

    cases.daily_round(at=on("2017-07-01"))
    cases.daily_round(at=on("2017-12-01"))

    found = Case.objects.order_by("pk").values_list("tenure__starts_on", "horizon", "closed_at__date")
    assert list(found) == [
        (dt.date(2014, 4, 1), 3, dt.date(2017, 7, 1)),
        (nearing.starts_on, 12, None),
        (dt.date(2017, 9, 2), 18, None),
    ]


def a_case(**given: Any) -> Case:
    board = given.pop("board", None) or OrganisationFactory()
    tenure = ends("2018-03-31", board=board)
    cases.open_due(at=AT)
    case = Case.objects.get(tenure=tenure)
    return intend(case, given["intent"]) if given.get("intent") else case


def intend(case: Case, intent: str = "reappoint", **given: Any) -> Case:
    kwargs = {"by": member(Role.TALENT_TEAM), "at": AT, "reason": "A good term."}
    return cases.intend(case, intent, **{**kwargs, **given})


def test_an_intention_is_kept_with_its_reason_and_can_change():
    case = a_case()

    intend(case, "reappoint")
    changed = intend(case, "recruit", reason="  Does not wish to stay. ")

    assert changed.intent == "recruit"
    events = case.events.filter(kind="intended").values_list("detail", "reason")
    assert list(events) == [
        ("Reappoint for a further term", "A good term."),
        ("Recruit somebody new", "Does not wish to stay."),
    ]


def test_a_trusts_administrator_and_the_regions_lead_intend_theirs():
    region = RegionFactory()
    case = a_case(board=OrganisationFactory(region=region))
    secretary = member(Role.TRUST_USER, organisation=case.seat.board, is_administrator=True)

    for user in (secretary, member(Role.REGIONAL_LEAD, region=region)):
        assert intend(case, by=user).intent == "reappoint"


def strangers(case: Case) -> list[User]:
    own = somebody("The holder")
    own.user = member(Role.TALENT_TEAM)
    own.save()
    Tenure.objects.filter(pk=case.tenure_id).update(person=own)
    return [
        own.user,
        member(Role.TRUST_USER, organisation=case.seat.board),
        member(Role.TRUST_USER, is_administrator=True),
        member(Role.REGIONAL_LEAD),
        member(Role.COMMITTEE_MEMBER),
    ]


def test_others_do_not_intend_and_the_holder_least_of_all():
    case = a_case()

    for user in strangers(case):
        with pytest.raises(CaseRefused, match="This case is not yours to decide about"):
            intend(case, by=user)
    assert noted(case) == [("opened", "Ends within 12 months")]


def test_a_closed_case_and_an_empty_reason_are_refused():
    case = a_case()
    with pytest.raises(CaseRefused, match="Give the reason for the intention"):
        intend(case, reason=" ")
    seated(case.seat, "2018-04-01", "2021-03-31")
    cases.close_followed(at=AT)

    with pytest.raises(CaseRefused, match="This case is closed"):
        intend(case)


def renew(case: Case, **given: Any) -> Proposal:
    facts = {n: v for n, v in renewal_facts(case.tenure).items() if n != "tenure"}
    kwargs = {"by": member(Role.TALENT_TEAM), "at": AT, "reason": "A good term."}
    return fit_for(cases.propose_renewal(case, **{**kwargs, **facts, **given}))


@pytest.mark.parametrize(("intent", "kind"), [("reappoint", "reappointment"), ("extend", "extension")])
def test_what_was_intended_is_proposed(intent: str, kind: str):
    case = a_case(intent=intent)

    proposal = renew(case)

    assert (proposal.kind, proposal.seat, proposal.person, proposal.tenure) == (
        kind,
        case.seat,
        case.tenure.person,
        case.tenure,
    )
    case.refresh_from_db()
    assert case.proposal == proposal
    assert noted(case)[-1] == ("proposed", proposal.get_kind_display())


@pytest.mark.parametrize("intent", ["", "recruit"])
def test_nothing_is_proposed_without_the_intention(intent: str):
    case = a_case(intent=intent)

    with pytest.raises(CaseRefused, match="Say first that the holder is to be reappointed"):
        renew(case)


def test_a_foundation_trusts_case_is_never_proposed():
    case = a_case(board=OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST), intent="reappoint")

    with pytest.raises(ProposalRefused, match="A foundation trust appoints its own"):
        renew(case)

    case.refresh_from_db()
    assert (case.proposal, Proposal.objects.count()) == (None, 0)
    assert list(Case.objects.unproposed()) == []


def test_a_second_proposal_and_another_intention_wait_for_the_first():
    case = a_case(intent="reappoint")
    renew(case)

    with pytest.raises(ProposalRefused, match="This is proposed already"):
        renew(case)
    with pytest.raises(CaseRefused, match="A proposal stands already"):
        intend(case, "recruit")


def test_a_withdrawn_proposal_leaves_the_case_for_another():
    case = a_case(intent="reappoint")
    proposal = renew(case)

    cases.withdraw(proposal, by=member(Role.TALENT_TEAM), at=AT, reason="The holder is moving.")

    case.refresh_from_db()
    assert (case.proposal, case.intent, case.closed_at) == (None, "reappoint", None)
    assert noted(case)[-1] == ("withdrawn", "Reappointment")
    assert intend(case, "recruit").intent == "recruit"


def test_an_approved_renewal_closes_its_case():
    case = a_case(intent="reappoint")
    proposal = renew(case)

    decision = decided(proposal)

    case.refresh_from_db()
    assert (case.closed_at, noted(case)[-1]) == (decision.at, ("closed", "Reappointment"))


def test_a_refused_renewal_leaves_it_for_another_intention():
    case = a_case(intent="reappoint")

    decided(renew(case), outcome="not_approved")

    case.refresh_from_db()
    assert (case.intent, case.proposal, case.closed_at) == ("", None, None)
    assert noted(case)[-1] == ("intended", "Not approved: to be considered again")


def test_a_deferred_renewal_waits_in_its_case():
    case = a_case(intent="reappoint")
    proposal = renew(case)

    decided(proposal, outcome="deferred")

    case.refresh_from_db()
    assert (case.intent, case.proposal, case.closed_at) == ("reappoint", proposal, None)


def test_somebody_new_closes_the_seats_case_and_an_end_does_not():
    case = a_case(intent="recruit")
    holder = case.tenure
    said = {"by": member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "Absent."}
    end = propose(
        kind="termination",
        seat=case.seat,
        person=holder.person,
        tenure=holder,
        last_on=dt.date(2017, 10, 31),
        ground="Absence",
        **said,
    )
    decided(end)
    case.refresh_from_db()
    assert case.closed_at is None

    decided(proposed_new(case.seat, "2018-04-01", "2021-03-31"))

    case.refresh_from_db()
    assert noted(case)[-1] == ("closed", "New appointment")
