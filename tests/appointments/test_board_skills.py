"""What a board wants, has and lacks; who may say so; and the board's page with all of it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from appointments import board_skills
from appointments.board_skills import SkillRefused, gaps, skills_on, stop_wanting, want_skill
from appointments.boards import board_of
from appointments.models import BoardSkill
from portal.models import Organisation, Role
from tests.factories.boards import SeatFactory, seated
from tests.factories.portal import OrganisationFactory, RegionFactory, member, sign_in
from tests.factories.skills import PersonSkillFactory, SkillFactory, wants

pytestmark = pytest.mark.django_db
NOW, TODAY = timezone.now(), timezone.localdate()


def brings(board: Organisation, name: str, *, until: str = "2099-03-31", role: str = "ned", **skill: object):
    held = PersonSkillFactory(skill=SkillFactory(name=name), **skill)
    seated(SeatFactory(board=board, role=role), "2015-04-01", until, person=held.person)
    return held.person


def test_a_board_has_what_a_sitting_member_brings_and_lacks_the_rest():
    board = OrganisationFactory()
    wants(board, "Digital change", essential=True)
    wants(board, "Law and regulation")
    wants(OrganisationFactory(), "Housing")
    lawyer = brings(board, "Law and regulation")
    brings(board, "Digital change", until="2016-03-31")
    other = brings(board, "Investment")

    picture = skills_on(board, TODAY)

    lines = [(str(each.skill), [h.tenure.person for h in each.holders], each.is_lacking) for each in picture.lines]
    assert lines == [
        ("Digital change", [], True),
        ("Law and regulation", [lawyer], False),
        ("Investment", [other], False),
    ]
    assert [str(gap.skill) for gap in gaps(board, TODAY)] == ["Digital change"]
    assert (picture.lacking, [str(each.skill) for each in picture.beyond]) == (1, ["Investment"])
    assert gaps(board, dt.date(2016, 1, 1)) == []


@pytest.mark.parametrize(
    ("role", "where", "may"),
    [
        (Role.TALENT_TEAM, {}, True),
        (Role.REGIONAL_LEAD, {"region": "own"}, True),
        (Role.REGIONAL_LEAD, {"region": "other"}, False),
        (Role.TRUST_USER, {"organisation": "own", "is_administrator": True}, True),
        (Role.TRUST_USER, {"organisation": "own"}, False),
        (Role.TRUST_USER, {"organisation": "other", "is_administrator": True}, False),
        (Role.COMMITTEE_MEMBER, {}, False),
    ],
)
def test_who_says_what_a_board_wants(role, where, may):
    board = OrganisationFactory()
    there = {
        "region": {"own": board.region, "other": RegionFactory()},
        "organisation": {"own": board, "other": OrganisationFactory()},
    }
    user = member(role, **{name: there[name][said] if name in there else said for name, said in where.items()})

    try:
        want_skill(board, SkillFactory(), essential=False, reason="Merging", by=user, at=NOW)
    except SkillRefused:
        assert may is False
    assert BoardSkill.objects.count() == may


def test_said_again_the_last_word_counts_and_the_first_stays_on_record():
    board, skill, team = OrganisationFactory(), SkillFactory(), member(Role.TALENT_TEAM)

    first = want_skill(board, skill, essential=False, reason="Growing", by=team, at=NOW)
    last = want_skill(board, skill, essential=True, reason="Merging", by=team, at=NOW)
    with pytest.raises(SkillRefused, match="Say why"):
        want_skill(board, skill, essential=True, reason=" ", by=team, at=NOW)

    first.refresh_from_db()
    assert (first.ended_by, list(BoardSkill.objects.wanted())) == (team, [last])
    stop_wanting(last, by=team, at=NOW)
    assert (list(BoardSkill.objects.wanted()), BoardSkill.objects.count()) == ([], 2)


def test_the_trusts_administrator_keeps_the_list_on_the_boards_page(client: Client):
    board, skill = OrganisationFactory(), SkillFactory(name="Digital change")
    sign_in(client, member(Role.TRUST_USER, organisation=board, is_administrator=True))

    client.post(f"/trusts/{board.ods_code}/board/skills/new/", {"skill": skill.pk, "reason": "A new record system"})
    SeatFactory(board=board)
    page = client.get(f"/trusts/{board.ods_code}/board/").text
    client.post(f"/boards/skills/{BoardSkill.objects.get().pk}/end/")

    assert ("A new record system" in page, "The board lacks 1 of the 1 skill it wants." in page) == (True, True)
    assert list(BoardSkill.objects.wanted()) == []


def test_the_boards_page_names_who_brings_what(client: Client):
    board = OrganisationFactory()
    wants(board, "Law and regulation", reason="Many contracts")
    lawyer = brings(board, "Law and regulation")
    sign_in(client, member(Role.TRUST_USER, organisation=board))

    page = client.get(f"/trusts/{board.ods_code}/board/").text

    assert escape(lawyer.full_name) in page
    assert ("Many contracts" in page, "Not confirmed" in page, "Add a skill that" in page) == (True, True, False)


@pytest.mark.parametrize(
    ("non_executives", "executives", "said"),
    [
        (2, 1, "2 non-executive and 1 executive members vote: non-executives have the majority."),
        (1, 2, "1 non-executive and 2 executive members vote: executives have the majority."),
        (1, 1, "1 non-executive and 1 executive members vote: neither has the majority."),
    ],
)
def test_who_has_the_majority(non_executives, executives, said):
    board = OrganisationFactory()
    for _ in range(non_executives):
        seated(SeatFactory(board=board), "2015-04-01", "2099-03-31")
    for role in ("finance", "nursing")[:executives]:
        seated(SeatFactory(board=board, role=role), "2015-04-01", None)
    seated(SeatFactory(board=board, role="workforce", voting=False), "2015-04-01", None)

    assert board_of(board, TODAY).majority == said


@pytest.mark.parametrize("number", [1, 3])
def test_a_boards_skills_take_the_same_queries_however_many(django_assert_num_queries, number):
    board = OrganisationFactory()
    for each in range(number):
        wants(board, f"Wanted {each}")
        brings(board, f"Brought {each}")

    with django_assert_num_queries(3):
        assert len(board_skills.skills_on(board, TODAY).lines) == 2 * number
