"""Whatever is done in whatever order: no overlapping term, no decision without quorum, no conflicted vote.

Nor a term beyond the policy without its justification, nor a ledger row that is not linked. The rules are worked out
here once more, day by day and row by row, and not asked of the acts.
"""

import datetime as dt
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from appointments import chain
from appointments.agenda import add_proposals
from appointments.appointing import AppointingRefused, correct_appointment
from appointments.decisions import DecisionRefused, cast_vote, record_decision
from appointments.declaring import DeclarationRefused, Interest, declare
from appointments.models import AgendaItem, Appointment, Decision, Proposal, ProposalInterest, Tenure, TenureEvent
from appointments.policies import load
from appointments.preparing import AgendaRefused
from appointments.proposal_conflicts import LiftRefused, lift
from appointments.proposing import ProposalRefused, propose, withdraw_proposal
from appointments.relating import RelationshipRefused, record_relationship
from appointments.seating import SeatingRefused, correct_tenure, leave_seat
from portal.models import Role
from talent import merging
from talent.access import Refused
from tests.factories.appointments import MeetingFactory, committee_of
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import OrganisationFactory, member
from tests.factories.talent import DuplicatePairFactory, PersonFactory

REFUSED = (
    AgendaRefused, AppointingRefused, DecisionRefused, DeclarationRefused, LiftRefused, PermissionDenied,
    ProposalRefused, Refused, RelationshipRefused, SeatingRefused,
)  # fmt: skip
Kind = Proposal.Kind
QUORUM, ONE_DAY = 2, dt.timedelta(days=1)
FIRST_DAYS = [dt.date(y, m, 1) for y, m in ((2018, 1), (2022, 1), (2023, 4), (2017, 7), (2026, 1), (2027, 4))]
PICK, WHO, CHOICE = st.integers(0, 7), st.integers(0, 2), st.sampled_from(["for", "against", "abstain"])
WHOM = st.sampled_from([0, 1, 2, 0, 1, 2, 3, 4])  # the last two are second records of the first and of a member
SHORTER_OR_LONGER = st.sampled_from([365, 1, -1, 1100, 90, -400])
MOSTLY, YEARS = st.sampled_from([True, True, False]), st.sampled_from([4, 4, 3, 1, 5])
NEW_CODE = dt.date(2023, 4, 1)


class Committee(RuleBasedStateMachine):
    """Three seats of one board; three people who come and go, one a member; a committee of three, its quorum two."""

    alone = True  # nobody else acts between a look and an act

    @initialize()
    def begin(self) -> None:
        load()
        board = OrganisationFactory()
        self.done: Counter[str] = Counter()
        committee, self.members = committee_of(3, quorum=QUORUM)
        self.meeting, self.clerk = MeetingFactory(committee=committee), member(Role.TALENT_TEAM)
        self.seats = [SeatFactory(board=board), SeatFactory(board=board), SeatFactory(board=board, role="finance")]
        self.people = [somebody("Nadia Okoro"), somebody("Owen Prys"), PersonFactory(user=self.members[2])]
        self.people += [somebody("N. Okoro"), somebody("The member")]
        self.pairs = [DuplicatePairFactory(first=self.people[n], second=self.people[3 + n // 2]) for n in (0, 2)]
        seated(self.seats[0], "2015-01-01", "2017-12-31", person=self.people[0])
        self.appoint(seat=1, who=1, first=dt.date(2018, 1, 1), years=4, exceptional=False, at_once=True)

    def attempt(self, act: Any, *args: Any, by: Any = None, **said: Any) -> Any:
        """What the act gave, or None where it was refused; what was refused has left no trace."""
        try:
            with transaction.atomic():
                made = act(*args, **said, by=by or self.clerk, at=timezone.now())
        except REFUSED:
            return None
        self.done[act.__name__] += 1
        return made

    @staticmethod
    def pick(rows: Any, number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def to_decide(self, number: int) -> Any:
        return self.pick(AgendaItem.objects.undecided(), number)

    def put_forward(self, proposal: Proposal | None, at_once: bool) -> None:
        """Onto the agenda; `at_once` it is decided as well, by all who may."""
        if proposal is None or not (items := self.attempt(add_proposals, self.meeting, [proposal])) or not at_once:
            return
        out = out_of(items[0])
        self.decide(items[0], "approved", {u.pk: "for" for u in self.members if u.pk not in out})

    def decide(self, item: AgendaItem, outcome: str, votes: dict[int, str]) -> None:
        out = out_of(item)
        said = {"outcome": outcome, "votes": votes, "reason": "Considered."}
        if (decision := self.attempt(record_decision, item, **said)) and self.alone:
            assert set(decision.facts["conflicted"]) == out
            assert_proper(decision)

    @rule(seat=WHO, who=WHOM, first=st.sampled_from(FIRST_DAYS), years=YEARS, exceptional=MOSTLY, at_once=MOSTLY)
    def appoint(self, seat: int, who: int, first: dt.date, years: int, exceptional: bool, at_once: bool) -> None:
        executive = self.seats[seat].role == "finance"
        facts = {"starts_on": first, "ends_on": None if executive else first + relativedelta(years=years) - ONE_DAY}
        facts |= {"exceptional": "Nobody else could be found." if exceptional else "", "reviewed_on": first - ONE_DAY}
        facts |= {"remuneration": 130_000} if executive else {}
        said = {"seat": self.seats[seat], "person": self.people[who], "reason": "The strongest of the field."}
        kind = Kind.EXECUTIVE_MOVE if executive else Kind.NEW_APPOINTMENT
        self.put_forward(self.attempt(propose, kind=kind, **said, **facts), at_once)

    @rule(
        number=PICK,
        kind=st.sampled_from([Kind.REAPPOINTMENT, Kind.EXTENSION, Kind.TERMINATION, Kind.REMUNERATION]),
        years=YEARS,
        exceptional=MOSTLY,
        appraised=MOSTLY,
        at_once=MOSTLY,
    )
    def propose_for_a_holder(
        self, number: int, kind: str, years: int, exceptional: bool, appraised: bool, at_once: bool
    ) -> None:
        tenure = self.pick(Tenure.objects.all(), number)
        ends_on = (tenure and tenure.ends_on) or dt.date(2020, 1, 1)
        if tenure is None:
            return
        facts = {"starts_on": ends_on + ONE_DAY, "ends_on": ends_on + relativedelta(years=years)}
        if kind not in Proposal.RENEWALS:
            facts = {
                "remuneration": 6157,
                "authority": "The minister",
                "last_on": ends_on - dt.timedelta(days=90),
                "ground": "In its interests.",
            }
        facts |= {"exceptional": "Nobody else could be found." if exceptional else "", "reviewed_on": ends_on}
        facts |= {"appraisal_on": tenure.starts_on, "appraisal_satisfactory": appraised}
        said = {"seat": tenure.seat, "person": tenure.person, "tenure": tenure, "reason": "A good term."}
        self.put_forward(self.attempt(propose, kind=kind, **said, **facts), at_once)

    @rule(number=PICK)
    def withdraw(self, number: int) -> None:
        if proposal := self.pick(Proposal.objects.on_no_agenda(), number):
            self.attempt(withdraw_proposal, proposal)

    @rule(number=PICK)
    def put_on_the_agenda(self, number: int) -> None:
        self.put_forward(self.pick(Proposal.objects.on_no_agenda(), number), at_once=False)

    @rule(who=WHO, number=PICK, interest=st.booleans())
    def say(self, who: int, number: int, interest: bool) -> None:
        if item := self.to_decide(number):
            said = {item.pk: Interest("personal") if interest else None}
            if self.attempt(declare, self.meeting, said, by=self.members[who]) and interest:
                assert not self.alone or self.members[who].pk in out_of(item)

    @rule(who=WHO, person=WHO)
    def record_that_they_are_related(self, who: int, person: int) -> None:
        user, other = self.members[who], self.people[person]
        if self.attempt(record_relationship, user, other, kind="personal", detail="Married."):
            about = AgendaItem.objects.undecided().filter(proposal__person=other)
            assert not self.alone or [user.pk for item in about if user.pk not in out_of(item)] == []

    @rule(number=PICK, own=st.sampled_from([False, True]))
    def lift_an_interest(self, number: int, own: bool) -> None:
        if interest := self.pick(ProposalInterest.objects.in_force(), number):
            lifted = self.attempt(
                lift, interest, by=interest.user if own else None, reason="It was another of that name."
            )
            assert not (own and lifted)

    @rule(who=WHO, number=PICK, choice=CHOICE)
    def vote(self, who: int, number: int, choice: str) -> None:
        if item := self.to_decide(number):
            self.attempt(declare, self.meeting, {item.pk: None}, by=self.members[who])
            cast = self.attempt(cast_vote, item, choice, by=self.members[who])
            assert not (cast and self.alone and self.members[who].pk in out_of(item))

    @rule(
        number=PICK,
        outcome=st.sampled_from(["approved", "not_approved", "deferred"]),
        votes=st.dictionaries(WHO, CHOICE),
    )
    def record(self, number: int, outcome: str, votes: dict[int, str]) -> None:
        if item := self.to_decide(number):
            self.decide(item, outcome, {self.members[who].pk: choice for who, choice in votes.items()})

    @rule(
        number=PICK,
        first=st.sampled_from([0, 0, -30, 30]),
        last=SHORTER_OR_LONGER,
        cancelled=st.sampled_from([False, False, False, True]),
    )
    def correct(self, number: int, first: int, last: int, cancelled: bool) -> None:
        if row := self.pick(Appointment.objects.standing(), number):
            days = {"starts_on": row.starts_on + dt.timedelta(days=first)} if first else {}
            days |= {"ends_on": row.ends_on + dt.timedelta(days=last)} if row.ends_on else {}
            said = {"cancelled": True} if cancelled else days
            self.attempt(correct_appointment, row, reason="Recorded wrongly.", **said)

    @rule(pair=st.integers(0, 1))
    def find_two_records_to_be_one_persons(self, pair: int) -> None:
        self.attempt(merging.merge, self.pairs[pair], keep=self.pairs[pair].first, reason="Same address.")

    @rule(number=PICK, days=st.integers(1, 400))
    def correct_the_tenure_instead(self, number: int, days: int) -> None:
        """What a decision made is corrected in its ledger only."""
        tenure = self.pick(Tenure.objects.filter(appointments__isnull=False).distinct(), number)
        if tenure is not None and tenure.ends_on:
            said = {"person": tenure.person, "starts_on": tenure.starts_on, "source": tenure.source}
            said |= {"ends_on": tenure.ends_on + dt.timedelta(days=days), "reason": "Recorded wrongly."}
            assert self.attempt(correct_tenure, tenure, **said) is None

    @rule(years=st.integers(0, 8), why=MOSTLY)
    def find_earlier_service(self, years: int, why: bool) -> None:
        """The first load named too late a day: a fact, whatever was decided since."""
        loaded = Tenure.objects.get(source=Tenure.Source.FIRST_LOAD)
        said = {"person": loaded.person, "ends_on": loaded.ends_on, "source": loaded.source, "reason": "An old list."}
        said |= {"starts_on": dt.date(2015 - years, 1, 1), "stands_because": "They are in the midst of a merger."}
        self.attempt(correct_tenure, loaded, **(said if why else said | {"stands_because": ""}))

    @rule(number=PICK, early=st.sampled_from([90, 400, 0]), kind=st.sampled_from(["resignation", "death", "move"]))
    def end(self, number: int, early: int, kind: str) -> None:
        if tenure := self.pick(Tenure.objects.all(), number):
            last_on = (tenure.ends_on or dt.date(2020, 1, 1)) - dt.timedelta(days=early)
            self.attempt(leave_seat, tenure, kind=kind, last_on=last_on, reason="By letter.")

    @invariant()
    def nothing_is_broken(self) -> None:
        assert_in_turn()
        assert_justified()
        assert_linked()


def out_of(item: AgendaItem) -> set[int]:
    """The members who take no part: the person themselves and whoever has an interest on record that stands."""
    rows = ProposalInterest.objects.filter(proposal=item.proposal, lifted_at=None)
    kept = item.proposal.person.merged_into or item.proposal.person
    return set(rows.values_list("user", flat=True)) | {kept.user_id} - {None}


def assert_proper(decision: Decision) -> None:
    """Quorate, and nobody with an interest voted."""
    voters = {int(pk) for pk in decision.facts["votes"]}
    assert len(voters) >= QUORUM
    assert voters & set(decision.facts["conflicted"]) == set()
    assert set(decision.item.votes.values_list("member", flat=True)) == voters
    assert not decision.item.declarations.filter(interest=True, member__in=voters).exists()


def assert_in_turn() -> None:
    """In one seat each begins after the one before has ended."""
    held = Tenure.objects.order_by("seat", "starts_on").values_list("seat", "starts_on", "ends_on")
    for (seat, _, earlier), (other, later, _) in pairwise(held):
        assert seat != other or (earlier is not None and earlier < later)


def assert_justified() -> None:
    """By the committee's own reason, or where the service came to light afterwards by that of whoever recorded it."""
    found = TenureEvent.objects.filter(kind=TenureEvent.Kind.BEYOND)
    flagged = {flag.facts["decision"]: flag for flag in found}
    for row in Appointment.objects.standing().select_related("decision__item__proposal", "tenure", "seat"):
        if beyond(row) and not row.decision.item.proposal.exceptional:
            flag = flagged[row.decision_id]
            then = Appointment.objects.filter(decision=row.decision_id, at__lte=flag.at).latest("pk")
            assert flag.reason != "", beyond(row)
            assert row.ends_on <= then.ends_on, "it has grown since"


def beyond(row: Appointment) -> str:
    """What a standing term of a non-executive goes beyond, day by day; of the board's all are non-executives.

    2016: two terms or ten years; from 1 April 2023 nine years on the board. No term is over four years: nobody
    justifies that.
    """
    if row.ends_on is None or not row.seat.is_non_executive:
        return ""
    extends = row.kind == Appointment.Kind.EXTENSION
    first = row.tenure.starts_on if extends else row.starts_on
    assert row.ends_on < first + relativedelta(years=4)
    kept = row.person.merged_into_id or row.person_id
    theirs = Q(person=kept) | Q(person__merged_into=kept)
    before = Tenure.objects.filter(theirs, seat__role="ned", starts_on__lt=first).exclude(pk=row.tenure_id)
    spells = [(tenure.starts_on, tenure.ends_on) for tenure in before] + [(first, row.ends_on)]
    days = {start + n * ONE_DAY for start, end in spells for n in range((end - start).days + 1)}
    from_first = min(days)
    new_code = row.starts_on >= NEW_CODE
    if len(days) > (from_first + relativedelta(years=9 if new_code else 10) - from_first).days:
        return "too many years"
    return "a third term" if not new_code and len(spells) > 2 else ""


def assert_linked() -> None:
    """The register is one chain, and each row of the ledger follows from an approved decision about that person."""
    assert chain.first_fault(Decision.objects.order_by("number")) is None
    for row in Appointment.objects.select_related("decision__item__proposal"):
        assert row.decision.outcome == Decision.Outcome.APPROVED
        assert row.decision.item.proposal.person_id == row.person_id
    appoints = (*Proposal.TERMS, Kind.EXECUTIVE_MOVE)
    approved = Decision.objects.filter(outcome="approved", item__kind__in=appoints).values_list("pk", flat=True)
    made = Appointment.objects.filter(corrects=None).values_list("decision", flat=True)
    assert sorted(made) == sorted(approved)


DONE: Counter[str] = Counter()


@pytest.mark.django_db
def test_no_sequence_of_acts_breaks_a_rule():
    class OneAtATime(Committee):
        """Each run begins with empty tables: what was done is rolled back."""

        def __init__(self) -> None:
            super().__init__()
            self.around = transaction.atomic()
            self.around.__enter__()

        def teardown(self) -> None:
            DONE.update(self.done)
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    run_state_machine_as_test(
        OneAtATime,
        settings=settings(
            max_examples=22,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # a failure is told at once; to have it made smaller takes minutes
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )

    # Not by refusing everything.
    assert DONE["record_decision"] > 30
    assert DONE["correct_appointment"] > 0
    assert DONE["correct_tenure"] > 0
    assert DONE["merge"] > 0
