"""Who came with a board's file and who signs in can be two records of one person: merged, both count everywhere."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.agenda import add_proposals
from appointments.boards import board_of
from appointments.conflicts import conflicted_members
from appointments.models import AgendaItem, Case, CheckSet, Letter, Proposal, TenureEvent
from appointments.proposal_conflicts import found_about
from appointments.proposal_paper import proposal_paper
from appointments.proposing import ProposalRefused, beyond_the_policy
from appointments.self_declaring import ask_declaration, sign_declaration
from portal.models import Role, User
from portal.worklist import entries_for
from talent import merging
from talent.access import account_of, is_own
from talent.conflicts import conflicts_among
from talent.models import Person
from tests.factories.appointments import LetterFactory, MeetingFactory, committee_of
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.portal import UserFactory, member, sign_in
from tests.factories.proposals import decided, proposed, proposed_new
from tests.factories.talent import ApplicationFactory, DuplicatePairFactory, PersonFactory, PostHeldFactory

pytestmark = pytest.mark.django_db

TEN_YEARS = ("2008-01-01", "2017-12-31")
UNJUSTIFIED = "This goes beyond the normal limit and needs an exceptional justification"
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def policies(db: None) -> None:
    call_command("load_policies", verbosity=0)


def merge(kept: Person, other: Person) -> User:
    """By somebody of the talent team, who is returned."""
    team = member(Role.TALENT_TEAM)
    first, second = sorted((kept, other), key=lambda person: person.pk)
    pair = DuplicatePairFactory(first=first, second=second)
    merging.merge(pair, keep=kept, by=team, at=timezone.now(), reason="Same address.")
    return team


def merged_into(user: User, *, name: str = "Nadia Okoro") -> Person:
    """A record without an account that was merged into the user's own."""
    other = somebody(name)
    merge(getattr(user, "person", None) or PersonFactory(user=user), other)
    return other


def against(proposal: Proposal) -> list[str]:
    return [said.split(" (")[0] for said in beyond_the_policy(proposal, TODAY)]


def test_every_record_of_one_person_is_found_from_each_of_them():
    kept, other, third, stranger = PersonFactory(), somebody(), somebody(), PersonFactory()
    merge(other, third)
    merge(kept, other)

    records = {kept.pk, other.pk, third.pk}
    for each in records:
        assert set(Person.objects.same_as(each).values_list("pk", flat=True)) == records
    assert set(Person.objects.of_user(kept.user).values_list("pk", flat=True)) == records
    assert merging.kept_of([third.pk, stranger.pk]) == dict.fromkeys(records, kept.pk) | {stranger.pk: stranger.pk}
    third.refresh_from_db()
    assert (account_of(third), account_of(stranger), is_own(kept.user, third)) == (kept.user, stranger.user, True)
    assert is_own(stranger.user, third) is False


@pytest.mark.parametrize("proposed_for", ["kept", "other"])
def test_service_at_either_record_counts_towards_the_limit(proposed_for: str):
    kept, other, seat = PersonFactory(), somebody(), SeatFactory()
    served, proposed_as = (other, kept) if proposed_for == "kept" else (kept, other)
    seated(seat, *TEN_YEARS, person=served)
    proposal = proposed_new(seat, "2018-01-01", "2020-12-31", person=proposed_as)
    before = against(proposal)

    merge(kept, other)

    assert (before, against(proposal)) == ([], [UNJUSTIFIED])
    assert dict(proposal_paper(proposal).facts)["Served"].startswith("10 years in this post")


def test_a_term_decided_before_the_merge_is_flagged_for_the_committee():
    kept, other, seat = PersonFactory(), somebody(), SeatFactory()
    seated(seat, *TEN_YEARS, person=other)
    decided(_new(seat, kept))

    team = merge(kept, other)

    flag = TenureEvent.objects.get(kind="beyond")
    assert (flag.tenure.person, flag.by) == (kept, team)
    assert flag.reason == "Two records were found to be one person’s. Same address."
    assert [fault.split(" (")[0] for fault in flag.facts["faults"]] == [UNJUSTIFIED]


def _new(seat: Any, person: Person) -> Proposal:
    return proposed_new(seat, "2018-01-01", "2020-12-31", person=person)


def test_the_talent_team_has_it_in_its_list():
    kept, other, seat = PersonFactory(), somebody(), SeatFactory()
    seated(seat, "2014-04-01", "2023-03-31", person=other)
    first, last = TODAY - dt.timedelta(days=30), TODAY + dt.timedelta(days=365)
    decided(proposed_new(seat, first.isoformat(), last.isoformat(), person=kept))

    team = merge(kept, other)

    waits = [entry.title for entry in entries_for(team, at=timezone.now())]
    assert waits.count("Put a term beyond the policy to the committee") == 1


def test_nothing_is_flagged_where_no_term_is_beyond():
    kept, other, seat = PersonFactory(), somebody(), SeatFactory()
    seated(seat, "2014-01-01", "2017-12-31", person=other)
    decided(_new(seat, kept))

    merge(kept, other)

    assert not TenureEvent.objects.filter(kind="beyond").exists()


def test_the_boards_page_adds_the_years_up():
    kept, other, seat = PersonFactory(), somebody(), SeatFactory()
    seated(seat, "2014-01-01", "2017-12-31", person=other)
    seated(seat, "2018-01-01", "2021-12-31", person=kept)
    merge(kept, other)

    [place] = board_of(seat.board, dt.date(2019, 12, 31)).places

    assert (place.served, place.standing.terms, place.first_on) == ("6 years", 2, dt.date(2014, 1, 1))


def test_a_member_takes_no_part_in_what_is_about_their_merged_record():
    committee, (_, ann, ben) = committee_of(3)
    meeting, clerk = MeetingFactory(committee=committee), member(Role.TALENT_TEAM)
    tenure = seated(SeatFactory(), "2018-01-01", "2021-12-31", person=merged_into(ann))
    [item] = add_proposals(meeting, [proposed(tenure)], by=clerk, at=timezone.now())

    assert [(f.user, f.kind, f.why) for f in found_about([item.proposal], [ann.pk, ben.pk], at=timezone.now())] == [
        (ann.pk, "personal", "It is about them.")
    ]
    item.proposal.interests.all().delete()  # and without what was written down
    assert conflicted_members(item, [ann.pk, ben.pk]) == {ann.pk}
    assert list(AgendaItem.objects.listed_for(ann)) == []
    assert list(AgendaItem.objects.listed_for(ben)) == [item]


def test_a_colleague_sees_no_proposal_case_or_checks_of_their_merged_record():
    clara, dora = member(Role.TALENT_TEAM), member(Role.TALENT_TEAM)
    tenure = seated(SeatFactory(), "2018-01-01", "2021-12-31", person=merged_into(clara))
    Case.objects.create(seat=tenure.seat, tenure=tenure, horizon=3, opened_at=timezone.now())
    proposed(tenure, by=dora)

    for model in (Proposal, Case, CheckSet):
        assert [model.objects.visible_to(user).count() for user in (clara, dora)] == [0, 1]


def test_nobody_proposes_their_own_merged_record():
    clara = member(Role.TALENT_TEAM)
    tenure = seated(SeatFactory(), "2018-01-01", "2021-12-31", person=merged_into(clara))

    with pytest.raises(ProposalRefused, match="Nobody proposes themselves"):
        proposed(tenure, by=clara, fit=False)


def at_the_members_record(member_: User, subject: Person) -> None:
    PostHeldFactory(person=merged_into(member_), employer="Elan Housing")
    PostHeldFactory(person=subject, employer="Elan Housing")


def at_the_subjects_record(member_: User, subject: Person) -> None:
    PostHeldFactory(person=PersonFactory(user=member_), employer="Elan Housing")
    other = somebody()
    PostHeldFactory(person=other, employer="Elan Housing")
    merge(subject, other)


@pytest.mark.parametrize("where", [at_the_members_record, at_the_subjects_record])
def test_an_employer_at_a_merged_record_is_found(where: Callable[[User, Person], None]):
    ann, ben, subject = UserFactory(), UserFactory(), somebody()
    proposal = _new(SeatFactory(), subject)
    where(ann, subject)

    found = found_about([proposal], [ann.pk, ben.pk], at=timezone.now())

    assert [(f.user, f.kind) for f in found] == [(ann.pk, "employer")]


def test_a_reviewer_is_not_given_what_they_sent_from_another_account():
    ann = UserFactory()
    other = PersonFactory()
    PersonFactory(user=ann)
    application = ApplicationFactory(person=other)
    merge(ann.person, other)

    found = conflicts_among([application], [ann], at=timezone.now())

    assert [(each.user, each.kind) for each in found] == [(ann.pk, "personal")]


def test_the_person_declares_and_reads_letters_for_the_record_that_was_merged(client: Client):
    ann, team = UserFactory(), member(Role.TALENT_TEAM)
    other = merged_into(ann)
    tenure = seated(SeatFactory(), "2018-01-01", "2021-12-31", person=other)
    proposal = proposed(tenure)
    letter = LetterFactory(decision=decided(proposal), application=None)
    check_set = ask_declaration(CheckSet.objects.get(person=other), by=team, at=timezone.now())
    sign_in(client, ann)

    page = client.get(reverse("appointments:own_check_list")).context["rows"]
    waits = [entry.title for entry in entries_for(ann, at=timezone.now())]
    signed = sign_declaration(check_set, grounds=[], signed_name="Nadia Okoro", by=ann, at=timezone.now())

    assert [row for row, _ in page] == [check_set]
    assert "Declare and sign" in waits
    assert signed.by == ann
    assert list(Letter.objects.visible_to(ann)) == [letter]


def test_checks_are_opened_for_whoever_sits_at_a_merged_record(client: Client):
    other, team = somebody("Nadia Okoro"), member(Role.TALENT_TEAM)
    tenure = seated(SeatFactory(), "2018-01-01", "2100-12-31", person=other)
    merge(PersonFactory(), other)
    sign_in(client, team)

    form = client.get(reverse("appointments:check_open", args=[tenure.seat_id])).context["form"]

    assert list(form.fields["person"].queryset) == [other]
