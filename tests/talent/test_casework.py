"""What the team does beside moving: findings, more time, adjustments, feedback, complaints, hidden words."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.models import Job, Role, User
from talent.access import Refused
from talent.casework import (
    answer_adjustment,
    answer_complaint,
    extend_deadline,
    give_feedback,
    hide_words,
    move_many,
    record_finding,
    show_words,
)
from talent.models import Application, Complaint, DeadlineExtension, Feedback, RedactionTerm, SiftFinding, State
from talent.models.application import TURNED_AWAY, closing_time
from tests.factories.portal import UserFactory, member
from tests.factories.talent import AdjustmentFactory, ApplicationFactory, DeclaredInterestFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
FEEDBACK = {"strengths": "Clear.", "to_develop": "Money.", "next_steps": "Join a finance committee."}


@pytest.fixture
def team() -> User:
    return member(Role.TALENT_TEAM)


def outsiders(application: Application) -> list[User]:
    """Who may not work on it: another role, another region's lead, the applicant, staff in conflict."""
    in_conflict = member(Role.TALENT_TEAM)
    DeclaredInterestFactory(user=in_conflict, application=application)
    own = member(Role.TALENT_TEAM, user=application.person.user)
    return [member(Role.REVIEWER), member(Role.COMMITTEE_MEMBER), member(Role.REGIONAL_LEAD), own, in_conflict]


def test_a_bulk_move_takes_those_it_can_and_says_why_not_of_the_rest(team: User):
    sent, draft = ApplicationFactory(state=State.SUBMITTED), ApplicationFactory()
    own = ApplicationFactory(state=State.SUBMITTED, user=team)

    outcomes = move_many([sent, draft, own], "begin_sift", by=team, at=NOW)

    assert [bool(outcome.refusal) for outcome in outcomes] == [False, True, True]
    assert [Application.objects.get(pk=a.pk).state for a in (sent, draft, own)] == ["sift", "draft", "submitted"]


def test_a_later_finding_counts_and_both_stay_on_record(team: User):
    application = ApplicationFactory(state=State.SIFT)

    record_finding(application, meets_essentials=False, by=team, at=NOW, reason=" No board level. ")
    record_finding(application, meets_essentials=True, by=team, at=NOW, reason="Read again.")

    application.refresh_from_db()
    assert application.meets_essentials is True
    assert sorted(SiftFinding.objects.values_list("meets_essentials", "reason", "by")) == [
        (False, "No board level.", team.pk),
        (True, "Read again.", team.pk),
    ]


@pytest.mark.parametrize("state", State)
def test_essentials_are_found_on_before_the_shortlist(state: State, team: User):
    application = ApplicationFactory(state=state)
    allowed = state in (State.SUBMITTED, State.SIFT, State.REVIEW)

    if allowed:
        record_finding(application, meets_essentials=True, by=team, at=NOW, reason="Whole.")
    else:
        with pytest.raises(Refused, match="before the shortlist"):
            record_finding(application, meets_essentials=True, by=team, at=NOW, reason="Whole.")

    assert SiftFinding.objects.count() == allowed


def test_a_finding_has_a_reason(team: User):
    application = ApplicationFactory(state=State.SIFT)

    with pytest.raises(Refused, match="Give the reason"):
        record_finding(application, meets_essentials=True, by=team, at=NOW, reason="  ")

    application.refresh_from_db()
    assert application.meets_essentials is None


def test_a_deadline_moves_on_and_never_back(team: User):
    draft = ApplicationFactory()
    later = closing_time(draft) + dt.timedelta(days=7)

    extend_deadline(draft, until=later, by=team, at=NOW, reason="In hospital.")
    with pytest.raises(Refused, match="must be later than the one that stands"):
        extend_deadline(draft, until=later - dt.timedelta(days=1), by=team, at=NOW, reason="A mistake.")

    assert list(DeadlineExtension.objects.values_list("until", "by", "reason")) == [(later, team.pk, "In hospital.")]
    assert closing_time(Application.objects.get()) == later


def test_what_was_sent_needs_no_more_time(team: User):
    application = ApplicationFactory(state=State.SUBMITTED)

    with pytest.raises(Refused, match="there is nothing to extend"):
        extend_deadline(application, until=NOW + dt.timedelta(days=90), by=team, at=NOW, reason="In hospital.")


def test_an_adjustment_is_answered_with_who_and_when(team: User):
    adjustment = AdjustmentFactory(application__state=State.INTERVIEW)

    row = answer_adjustment(adjustment, answer=" A loop is fitted. ", by=team, at=NOW)

    assert (row.answer, row.answered_by, row.answered_at) == ("A loop is fitted.", team, NOW)


def test_feedback_is_told_once_and_bettered_by_a_new_row(team: User):
    application = ApplicationFactory(state=State.UNSUCCESSFUL)

    first = give_feedback(application, **FEEDBACK, by=team, at=NOW)
    again = give_feedback(application, **FEEDBACK, by=team, at=NOW)
    later = NOW + dt.timedelta(hours=1)
    better = give_feedback(application, **{**FEEDBACK, "strengths": "Very clear."}, by=team, at=later)

    assert first == again
    assert list(Feedback.objects.all()) == [better, first]
    assert Job.objects.filter(kind="talent.tell_feedback").count() == 2


@pytest.mark.parametrize("state", [state for state in State if state not in TURNED_AWAY])
def test_feedback_waits_for_the_outcome(state: State, team: User):
    with pytest.raises(Refused, match="once an application was not successful"):
        give_feedback(ApplicationFactory(state=state), **FEEDBACK, by=team, at=NOW)

    assert Feedback.objects.count() == 0


def complaint(user: User) -> Complaint:
    return Complaint.objects.create(reference="C-1", user=user, words="Nobody answered.", made_at=NOW)


def test_only_another_of_the_teams_administrators_answers_a_complaint(team: User):
    administrator = member(Role.TALENT_TEAM, is_administrator=True)
    about = complaint(UserFactory())

    with pytest.raises(Refused, match="not yours to answer"):
        answer_complaint(about, answer="No.", by=team, at=NOW)
    answer_complaint(about, answer=" We are sorry. ", by=administrator, at=NOW)
    answer_complaint(about, answer="We are sorry.", by=administrator, at=NOW + dt.timedelta(hours=1))

    about.refresh_from_db()
    assert (about.answer, about.answered_by, about.answered_at) == ("We are sorry.", administrator, NOW)
    assert Job.objects.filter(kind="talent.tell_complaint_answered").count() == 1


def test_nobody_answers_their_own_complaint():
    administrator = member(Role.TALENT_TEAM, is_administrator=True)

    with pytest.raises(Refused):
        answer_complaint(complaint(administrator), answer="No.", by=administrator, at=NOW)


def test_words_are_hidden_once_and_shown_again(team: User):
    application = ApplicationFactory(state=State.REVIEW)

    term = hide_words(application, words="  Harbour   Housing ", by=team, at=NOW)
    twice = hide_words(application, words="Harbour Housing", by=team, at=NOW)
    hidden = list(RedactionTerm.objects.values_list("words", "added_by"))
    assert term == twice

    show_words(term, by=team)

    assert hidden == [("Harbour Housing", team.pk)]
    assert RedactionTerm.objects.count() == 0


def test_nobody_works_on_what_is_not_theirs(team: User):
    application = ApplicationFactory(state=State.REVIEW)
    adjustment = AdjustmentFactory(application=application)
    term = hide_words(application, words="Harbour", by=team, at=NOW)

    for person in outsiders(application):
        acts = [
            lambda by=person: record_finding(application, meets_essentials=True, by=by, at=NOW, reason="Whole."),
            lambda by=person: extend_deadline(application, until=NOW, by=by, at=NOW, reason="Ill."),
            lambda by=person: answer_adjustment(adjustment, answer="Yes.", by=by, at=NOW),
            lambda by=person: give_feedback(application, **FEEDBACK, by=by, at=NOW),
            lambda by=person: hide_words(application, words="Housing", by=by, at=NOW),
            lambda by=person: show_words(term, by=by),
        ]
        for act in acts:
            with pytest.raises(Refused, match="not yours to work on"):
                act()

    adjustment.refresh_from_db()
    assert (adjustment.answer, list(RedactionTerm.objects.all())) == ("", [term])
