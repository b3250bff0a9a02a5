"""Nobody works on their own application, whichever of their records it hangs on: merged up, down, or beside another."""

from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import Role, User
from talent.access import Refused, is_own, may_act_as_staff, may_write_review
from talent.conflicts import Conflict, conflicts_among
from talent.models import Application, ConflictKind, Person, Review, State
from talent.reviewing import assign
from talent.skills import confirm_skill
from talent.workflow import Actor, MoveRefused, move
from tests.factories.portal import OrganisationFactory, UserFactory, member, sign_in
from tests.factories.skills import PersonSkillFactory
from tests.factories.talent import ApplicationFactory, PersonFactory, PostHeldFactory, ReviewFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@dataclass
class Two:
    """Somebody of the staff, and an application by another of their records."""

    staff: User
    own: Person
    application: Application


def a_merge(how: str, role: str = Role.TALENT_TEAM, state: str = State.SIFT) -> Two:
    """`how` the record that applied and the record of the account that works came together."""
    staff = member(role)
    own, other = PersonFactory(user=staff), PersonFactory(user=None if how == "down" else UserFactory())
    kept, gone = {"down": (own, other), "down, with an account": (own, other), "up": (other, own)}.get(
        how, (None, None)
    )
    if kept is None:
        kept = PersonFactory()
        Person.objects.filter(pk=own.pk).update(merged_into=kept)
        gone = other
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    return Two(staff, own, ApplicationFactory(person=Person.objects.get(pk=other.pk), state=state))


HOW = ("down", "down, with an account", "up", "both into a third")


@pytest.mark.parametrize("how", HOW)
def test_it_is_out_of_lists_pages_and_acts(client, how):
    two, other = a_merge(how), ApplicationFactory(state=State.SIFT)
    sign_in(client, two.staff)
    page = reverse("talent:candidate_detail", args=[two.application.reference])

    listed = client.get(reverse("talent:candidate_list")).content.decode()
    answer = client.get(page)

    assert list(Application.objects.in_scope_of(two.staff)) == [other]
    assert (other.reference in listed, two.application.reference in listed) == (True, False)
    assert (answer.status_code, may_act_as_staff(two.staff, two.application)) == (404, False)
    with pytest.raises(MoveRefused, match="not yours"):
        move(two.application, "pass_sift", by=two.staff, actor=Actor.STAFF, at=NOW)


@pytest.mark.parametrize("how", HOW)
def test_a_colleague_works_on_it(how):
    two, colleague = a_merge(how), member(Role.TALENT_TEAM)

    assert list(Application.objects.in_scope_of(colleague)) == [two.application]
    assert move(two.application, "pass_sift", by=colleague, actor=Actor.STAFF, at=NOW).state == State.REVIEW


def test_once_the_merge_is_undone_it_is_anybodys():
    two = a_merge("up")
    Person.objects.update(merged_into=None)

    assert list(Application.objects.in_scope_of(two.staff)) == [two.application]


@pytest.mark.parametrize("how", HOW)
def test_a_reviewer_is_not_given_it_and_loses_what_was_given(how):
    two = a_merge(how, Role.REVIEWER, State.REVIEW)

    given = ReviewFactory(application=two.application, reviewer=two.staff, no_conflict_at=NOW)
    seen = list(Review.objects.visible_to(two.staff))
    assigned = assign(two.application, reviewer=two.staff, by=member(Role.TALENT_TEAM), at=NOW)

    assert (seen, may_write_review(two.staff, given)) == ([], False)
    assert assigned == Conflict(two.staff.pk, two.application.pk, ConflictKind.PERSONAL, "The applicant.")


def test_an_employer_that_only_a_merged_record_names_is_found():
    trust = OrganisationFactory(name="Harbour Valley NHS Trust")
    reviewer, applicant, file = member(Role.REVIEWER, organisation=trust), PersonFactory(), PersonFactory(user=None)
    PostHeldFactory(person=file, employer=trust.name)
    Person.objects.filter(pk=file.pk).update(merged_into=applicant)
    application = ApplicationFactory(person=applicant, state=State.REVIEW)

    found = conflicts_among([application], [reviewer], at=NOW)

    assert [(one.user, one.detail) for one in found] == [(reviewer.pk, "Both at Harbour Valley Nhs Trust.")]


def test_nobody_vouches_for_a_skill_of_their_own(client):
    two = a_merge("down")
    held = PersonSkillFactory(person=two.application.person)

    with pytest.raises(Refused):
        confirm_skill(held, by=two.staff, at=NOW)

    assert (held.is_confirmed, is_own(two.staff, two.application.person)) == (False, True)
