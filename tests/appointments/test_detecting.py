"""What records alone show of conflicts, for every kind of item that names people; how far back, a dated rule says."""

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from appointments.agenda import add_applications, add_cohort, add_proposals
from appointments.conflicts import detect
from appointments.decisions import DecisionRefused, cast_vote
from appointments.models import AgendaItem, Meeting, ProposalInterest
from appointments.policies import load
from portal.models import User
from talent.models import ConflictPolicy, DeclaredInterest, Person, State, conflict_policy_on
from tests.appointments.conftest import Sitting
from tests.factories.boards import SeatFactory, seated
from tests.factories.portal import OrganisationFactory
from tests.factories.proposals import proposed_new
from tests.factories.talent import ApplicationFactory, PersonFactory, PostHeldFactory, filled

pytestmark = pytest.mark.django_db

EMPLOYER = "Quillfeather Housing"
KINDS = ("application", "cohort", "proposal")


def on_the_agenda(kind: str, person: Person, sitting: Sitting) -> AgendaItem:
    """`person` before the meeting, with somebody else beside them in the cohort."""
    said = {"by": sitting.secretary, "at": timezone.now()}
    if kind == "proposal":
        load()
        [item] = add_proposals(
            sitting.meeting, [proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=person)], **said
        )
        return item
    application = ApplicationFactory(person=person, state=State.RECOMMENDED)
    if kind == "application":
        [item] = add_applications(sitting.meeting, [application], **said)
        return item
    other = ApplicationFactory(intake=application.intake, state=State.RECOMMENDED)
    return add_cohort(sitting.meeting, [other, application], **said)


def found(item: AgendaItem) -> list[tuple[int, str, str]]:
    """(user, kind, why) of what was detected about whom the item names."""
    rows = ProposalInterest.objects if item.proposal_id else DeclaredInterest.objects
    return list(rows.filter(source="detected").values_list("user", "kind", "detail"))


def ago(*, days: int = 0, months: int = 0) -> dt.date:
    return timezone.now().date() - relativedelta(months=months) - dt.timedelta(days=days)


def works_at(user: User, employer: str, **post: object) -> None:
    PostHeldFactory(person=PersonFactory(user=user), employer=employer, started_on=dt.date(2010, 1, 1), **post)


@pytest.mark.parametrize("kind", KINDS)
def test_a_shared_employer_is_found_for_every_kind_of_item(sitting: Sitting, kind: str):
    person = PersonFactory()
    PostHeldFactory(person=person, employer="quillfeather housing")
    works_at(sitting.ann, EMPLOYER)
    works_at(sitting.ben, "Another employer")

    item = on_the_agenda(kind, person, sitting)

    assert found(item) == [(sitting.ann.pk, "employer", f"Both at {EMPLOYER}, now or in the last 2 years.")]
    assert list(AgendaItem.objects.listed_for(sitting.ann).filter(pk=item.pk)) == []
    assert list(AgendaItem.objects.listed_for(sitting.ben).filter(pk=item.pk)) == [item]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("left", "is_found"), [(ago(days=30), True), (ago(months=24), True), (ago(months=24, days=1), False)]
)
def test_a_post_or_a_seat_that_was_left_counts_as_long_as_the_rule_says(
    sitting: Sitting, kind: str, left: dt.date, is_found: bool
):
    """Two years are twenty-four months to the day; what lies further back is recorded as a relationship."""
    board, person = OrganisationFactory(), PersonFactory()
    PostHeldFactory(person=person, employer=EMPLOYER)
    seated(SeatFactory(board=board), "2018-04-01", "2099-03-31", person=person)
    works_at(sitting.ann, EMPLOYER, ended_on=left)
    seated(SeatFactory(board=board), "2018-04-01", left.isoformat(), person=PersonFactory(user=sitting.ben))

    item = on_the_agenda(kind, person, sitting)

    expected = [
        (sitting.ann.pk, "employer", f"Both at {EMPLOYER}, now or in the last 2 years."),
        (sitting.ben.pk, "same_trust", f"Sat on the board of {board.name} in the last 2 years."),
    ]
    assert sorted(found(item)) == (sorted(expected) if is_found else [])


def test_an_answer_that_names_an_employer_is_enough(sitting: Sitting):
    """Of most applicants the portal knows no post but what they wrote."""
    application = filled(ApplicationFactory(state=State.RECOMMENDED))
    works_at(sitting.ann, "Harbour Housing")

    [item] = add_applications(sitting.meeting, [application], by=sitting.secretary, at=timezone.now())

    said = [f"Both at Harbour Housing, {conflict_policy_on(timezone.localdate()).reach}."]
    assert [why for _, _, why in found(item)] == said


def test_who_came_to_the_same_employer_since_the_papers_went_does_not_vote(sitting: Sitting):
    person = PersonFactory()
    PostHeldFactory(person=person, employer=EMPLOYER)
    item = on_the_agenda("cohort", person, sitting)
    works_at(sitting.ann, EMPLOYER)

    with pytest.raises(DecisionRefused, match="You take no part in this item"):
        cast_vote(item, "for", by=sitting.ann, at=timezone.now())


def test_the_rule_is_a_dated_record_with_its_source():
    """Ended and followed by another, it leaves earlier days as they were; with none, only what stands counts."""
    rule = ConflictPolicy.objects.get()
    assert (rule.look_back_months, rule.source[:9], rule.reach) == (24, "The body’", "now or in the last 2 years")

    rule.in_force_until = dt.date(2018, 3, 31)
    rule.save()
    ConflictPolicy.objects.create(look_back_months=6, source="A new one", in_force_from=dt.date(2018, 5, 1))

    days = (dt.date(2018, 3, 31), dt.date(2018, 4, 1), dt.date(2018, 5, 1))
    assert [conflict_policy_on(day).counts_from(day) for day in days] == [
        dt.date(2016, 3, 31),
        dt.date(2018, 4, 1),
        dt.date(2017, 11, 1),
    ]


def test_a_meeting_of_many_people_is_looked_through_with_the_same_queries(
    sitting: Sitting, django_assert_num_queries: object
):
    """One row or three: places, relationships and reviews are asked for all of them at once."""

    works_at(sitting.ann, EMPLOYER)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            person = PersonFactory()
            PostHeldFactory(person=person, employer=EMPLOYER)
            on_the_agenda("application", person, sitting)
        meeting = Meeting.objects.get(pk=sitting.meeting.pk)
        with django_assert_num_queries(17):  # type: ignore[operator]
            detect(meeting, at=timezone.now())
        counts.append(DeclaredInterest.objects.count())

    assert counts == [1, 3]
