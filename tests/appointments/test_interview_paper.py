"""A campaign's interview scores in the committee's paper: who reads them, what is in them, and what is left out."""

import pytest
from django.test import Client
from django.utils import timezone

from appointments.agenda import add_proposals
from appointments.interview_paper import CriterionScore, InterviewPaper, interview_paper
from appointments.models import AgendaItem, Mark, ProposalInterest
from portal.models import Role, User
from talent.models import ConflictKind
from tests.factories.appointments import MeetingFactory, committee_of, declared
from tests.factories.campaigns import POLITICAL_WORDS, Run, a_campaign, recommended
from tests.factories.portal import member, sign_in

pytestmark = pytest.mark.django_db

HEADING = "The panel’s scores at interview"


@pytest.fixture
def run() -> Run:
    return a_campaign("verdict")


def test_each_criterion_has_its_mean_and_its_range(run: Run):
    application = run.applications[0]
    criteria = list(run.campaign.criteria.all())
    marks = Mark.objects.filter(application=application, round="interview")
    marks.update(points=3)
    marks.filter(pk=marks.filter(criterion=criteria[0]).first().pk).update(points=1)

    paper = interview_paper(application)

    first, *others = (CriterionScore(c.text, c.essential, 3.0, 3, 3) for c in criteria)
    assert paper == InterviewPaper(
        members=3,
        independent=1,
        total=round(100 * ((7 / 3 + 3 * len(others)) / len(criteria)) / 4),
        most=4,
        criteria=(CriterionScore(first.text, first.essential, 2.3, 1, 3), *others),
        conflicts="Discussed, and manageable",
    )


def test_who_was_not_interviewed_has_none():
    run = a_campaign("shortlist")

    assert interview_paper(run.applications[0]) is None


def on_an_agenda(run: Run) -> tuple[AgendaItem, list[User]]:
    committee, members = committee_of(3)
    proposal = recommended(run, run.applications[0])
    by = member(Role.TALENT_TEAM)
    [item] = add_proposals(MeetingFactory(committee=committee), [proposal], by=by, at=timezone.now())
    for user in members:
        declared(item, user)
    return item, members


def test_a_member_reads_them_without_the_panels_names_or_words(client: Client, run: Run):
    item, (_, ann, _) = on_an_agenda(run)
    sign_in(client, ann)

    read = client.get(f"/committees/items/{item.pk}/").content.decode()

    assert HEADING in read
    assert [word for word in (*map(str, run.panel), "Clear evidence.", POLITICAL_WORDS) if word in read] == []


def test_a_member_with_a_conflict_does_not(client: Client, run: Run):
    item, (_, ann, _) = on_an_agenda(run)
    kind, at = ConflictKind.OTHER, timezone.now()
    ProposalInterest.objects.create(user=ann, proposal=item.proposal, kind=kind, declared_at=at)
    sign_in(client, ann)

    assert client.get(f"/committees/items/{item.pk}/").status_code == 404


def test_staff_read_them_with_the_proposal_and_the_trust_does_not(client: Client, run: Run):
    proposal = recommended(run, run.applications[0])
    trust = member(Role.TRUST_USER, organisation=proposal.seat.board, is_administrator=True)

    read = {}
    for user in (member(Role.TALENT_TEAM), trust):
        sign_in(client, user)
        answer = client.get(f"/boards/proposals/{proposal.pk}/")
        read[user] = (answer.status_code, HEADING in answer.content.decode())

    assert list(read.values()) == [(200, True), (200, False)]
