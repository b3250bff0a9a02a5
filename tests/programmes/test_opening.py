"""Freezing questions: at the opening, once, and again only by a named act."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.ledger import RewriteRefused
from portal.models import Role
from programmes.models import Intake, QuestionSet, Scheme
from programmes.opening import NothingToAdopt, NotOpenYet, adopt_questions, freeze, questions_of
from tests.factories.portal import member

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def short_text(key, *, label="Your name", shown_if=()):
    return (
        "short_text",
        {
            "key": key,
            "label": label,
            "hint": "",
            "required": True,
            "identifying": False,
            "shown_if": list(shown_if),
            "word_limit": None,
        },
    )


def a_scheme(*questions):
    section = {"title": "About you", "intro": "", "questions": list(questions or [short_text("name")])}
    made = Scheme.objects.create(name="NExT Director", slug="next-director", code="ND", summary="S")
    made.sections = [("section", section)]
    made.save()
    return Scheme.objects.get(pk=made.pk)


def an_intake(scheme, *, opens_at=NOW - dt.timedelta(days=1)):
    return Intake.objects.create(
        scheme=scheme, name="London", places=4, opens_at=opens_at, closes_at=opens_at + dt.timedelta(days=30)
    )


def reword(scheme, label):
    scheme.sections = [("section", {"title": "About you", "intro": "", "questions": [short_text("name", label=label)]})]
    scheme.save()


def test_the_first_need_after_opening_freezes_version_one():
    intake = an_intake(a_scheme())

    frozen = questions_of(intake, at=NOW)

    assert (frozen.number, frozen.questions.all_questions()[0].label) == (1, "Your name")
    assert Intake.objects.get(pk=intake.pk).question_set == frozen


def test_before_the_opening_nothing_is_frozen():
    intake = an_intake(a_scheme(), opens_at=NOW + dt.timedelta(days=1))

    with pytest.raises(NotOpenYet):
        questions_of(intake, at=NOW)

    assert QuestionSet.objects.count() == 0


def test_an_edit_after_opening_leaves_the_open_intake_alone():
    scheme = a_scheme()
    intake = an_intake(scheme)
    before = questions_of(intake, at=NOW)
    reword(scheme, "Your full name")

    assert questions_of(intake, at=NOW) == before


def test_the_next_intake_takes_the_edit_as_a_new_version():
    scheme = a_scheme()
    questions_of(an_intake(scheme), at=NOW)
    reword(scheme, "Your full name")
    later = Intake.objects.create(
        scheme=scheme, name="South", places=4, opens_at=NOW, closes_at=NOW + dt.timedelta(days=9)
    )

    frozen = questions_of(later, at=NOW)

    assert (frozen.number, frozen.questions.all_questions()[0].label) == (2, "Your full name")


def test_adopting_gives_the_open_intake_the_new_version_and_says_who_and_why():
    scheme = a_scheme()
    intake = an_intake(scheme)
    questions_of(intake, at=NOW)
    reword(scheme, "Your full name")
    lead = member(Role.TALENT_TEAM)

    adopted = adopt_questions(intake, by=lead, at=NOW, reason="The hint misled people")

    assert (adopted.number, adopted.by, adopted.reason) == (2, lead, "The hint misled people")
    assert questions_of(intake, at=NOW) == adopted


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TALENT_TEAM])
def test_only_the_talent_team_has_new_questions_asked(role):
    intake = an_intake(a_scheme())
    frozen = questions_of(intake, at=NOW)
    reword(intake.scheme, "Your full name")

    with pytest.raises(PermissionDenied):
        adopt_questions(intake, by=member(role), at=NOW, reason="Why not")

    assert questions_of(intake, at=NOW) == frozen


@pytest.mark.parametrize("case", ["not edited", "not asked yet", "closed"])
def test_there_may_be_nothing_to_adopt(case):
    scheme = a_scheme()
    intake = an_intake(scheme)
    if case != "not asked yet":
        questions_of(intake, at=NOW)
    if case != "not edited":
        reword(scheme, "Your full name")
    before = Intake.objects.get(pk=intake.pk).question_set

    with pytest.raises(NothingToAdopt):
        adopt_questions(
            intake, by=member(Role.TALENT_TEAM), at=intake.closes_at if case == "closed" else NOW, reason="Mended"
        )

    assert Intake.objects.get(pk=intake.pk).question_set == before


def test_freezing_what_did_not_change_makes_no_new_version():
    scheme = a_scheme()
    first = freeze(scheme, by=None, at=NOW, reason="one")

    assert freeze(scheme, by=None, at=NOW, reason="two") == first


@pytest.mark.django_db(transaction=True)
def test_two_first_applicants_at_once_freeze_one_version():
    intake = an_intake(a_scheme())

    def ask(_):
        try:
            return questions_of(intake, at=NOW).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(ask, range(4)))

    assert (numbers, QuestionSet.objects.count()) == ([1, 1, 1, 1], 1)


def test_a_frozen_set_refuses_to_be_rewritten_by_model_queryset_and_sql():
    frozen = questions_of(an_intake(a_scheme()), at=NOW)
    frozen.number = 7

    with pytest.raises(RewriteRefused):
        frozen.save()
    with pytest.raises(RewriteRefused):
        QuestionSet.objects.update(number=7)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        connection.cursor().execute("UPDATE programmes_questionset SET number = 7")
    assert QuestionSet.objects.get().number == 1


def test_a_key_used_twice_is_refused_by_name():
    scheme = a_scheme(short_text("name"), short_text("name", label="Name again"))

    with pytest.raises(ValidationError) as caught:
        scheme.clean()

    assert caught.value.message_dict == {"sections": ["The question key “name” is used twice; each must be different."]}


def test_a_condition_on_a_question_that_is_not_asked_is_refused():
    scheme = a_scheme(short_text("name", shown_if=[{"question": "ghost", "values": ["yes"]}]))

    with pytest.raises(ValidationError) as caught:
        scheme.clean()

    assert caught.value.message_dict == {"sections": ["“Your name” depends on “ghost”, which is not asked."]}
