"""Two who apply together: asking, joining, parting, and that nothing is sent without the word of both."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from portal.models import Job, Role
from talent.applying import Clash, Closed, Saved, Unconfirmed, save_section, submit, withdraw
from talent.drafts import remind
from talent.jobs import invite_partner, remind_draft, tell_of_partner
from talent.models import Application, Confirmation, Craft, PartnerInvitation, State
from talent.pairs import pair_of
from talent.partnering import answer_invitation, confirm, invite, part, take_back_confirmation, take_back_invitation
from talent.workflow import MoveRefused
from tests.factories.awards import PartnerInvitationFactory, award_intake, confirmed_form, filled_form, lone_form
from tests.factories.awards import shared_form as shared
from tests.factories.portal import UserFactory, member
from tests.factories.talent import ApplicationFactory

NOW = timezone.now()
pytestmark = pytest.mark.django_db


def ask(form: Application, email: str = "morgan@example.org") -> PartnerInvitation:
    return invite(form, craft=Craft.CLINICIAN, name="Morgan Bright", email=email, by=form.person.user, at=NOW)


def test_the_invited_is_mailed_and_is_the_other_of_the_two():
    made = ask(lone_form())

    invite_partner(Job.objects.get())

    assert made.partner_craft == Craft.MANAGER
    assert [message.to for message in mail.outbox] == [["morgan@example.org"]]
    assert mail.outbox[0].subject == f"{made.application.person} asks you to apply together"
    assert f"/applications/invitations/{made.pk}/" in mail.outbox[0].body


def test_an_invitation_that_was_taken_back_is_not_mailed():
    form = lone_form()
    ask(form)
    take_back_invitation(form, by=form.person.user, at=NOW)

    invite_partner(Job.objects.get())

    assert mail.outbox == []


def test_asking_again_takes_the_first_invitation_back():
    form = lone_form()
    first, second = ask(form), ask(form, "sam@example.org")

    first.refresh_from_db()
    assert (first.state, second.state) == ("taken_back", "waiting")


def test_nobody_invites_themselves():
    form = lone_form()

    with pytest.raises(MoveRefused, match="your own address"):
        ask(form, form.person.user.email.upper())


def test_a_scheme_for_one_has_no_partner():
    with pytest.raises(MoveRefused, match="applies alone"):
        ask(ApplicationFactory())


def test_whoever_was_invited_joins_and_both_own_the_form():
    form, morgan = lone_form(), UserFactory(email="Morgan@example.org")
    made = ask(form)

    answer_invitation(made, joins=True, by=morgan, at=NOW)

    form.refresh_from_db()
    assert form.partner.user == morgan
    assert list(Application.objects.owned_by(morgan)) == [form]
    assert list(Application.objects.owned_by(form.person.user)) == [form]
    tell_of_partner(Job.objects.get(kind="talent.tell_of_partner"))
    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([form.person.email], "Morgan Bright has joined your application")
    ]


def test_whoever_says_no_is_not_in():
    form, morgan = lone_form(), UserFactory(email="morgan@example.org")
    made = ask(form)

    answer_invitation(made, joins=False, by=morgan, at=NOW)

    form.refresh_from_db()
    made.refresh_from_db()
    assert (form.partner, made.state) == (None, "declined")
    assert not Application.objects.owned_by(morgan).exists()


def test_another_address_does_not_join():
    made = PartnerInvitationFactory()

    with pytest.raises(MoveRefused, match="not open any more"):
        answer_invitation(made, joins=True, by=UserFactory(email="somebody@example.org"), at=NOW)


def test_nobody_is_in_two_forms_of_one_round():
    intake, morgan = award_intake(), UserFactory(email="morgan@example.org")
    lone_form(intake=intake, user=morgan)
    made = ask(lone_form(intake=intake))

    with pytest.raises(MoveRefused, match="another application to this round"):
        answer_invitation(made, joins=True, by=morgan, at=NOW)


def test_nobody_joins_after_the_deadline():
    form, morgan = lone_form(), UserFactory(email="morgan@example.org")
    made = ask(form)

    with pytest.raises(Closed):
        answer_invitation(made, joins=True, by=morgan, at=form.intake.closes_at)

    form.refresh_from_db()
    assert form.partner is None


def test_both_write_and_neither_loses_a_word():
    form = shared()
    lead, partner = form.person.user, form.partner.user
    section = form.question_set.questions.section("what-you-want-to-change")
    common = {"base_revision": 0, "complete": False, "at": NOW}

    first = save_section(form, section, {"change": "Earlier"}, by=lead, **common)
    second = save_section(form, section, {"change": "Kinder"}, by=partner, **common)

    assert first == Saved(1)
    assert isinstance(second, Clash)
    assert (second.theirs, second.yours) == ({"change": "Earlier"}, {"change": "Kinder"})


def test_it_is_sent_once_both_have_confirmed():
    form = confirmed_form()

    sent = submit(form, by=form.partner.user, at=NOW)

    assert (sent.state, sent.submitted_at) == (State.SUBMITTED, NOW)


def test_it_is_not_sent_alone():
    form = filled_form(lone_form())

    with pytest.raises(Unconfirmed, match="invite somebody first"):
        submit(form, by=form.person.user, at=NOW)


def test_it_is_not_sent_while_one_has_not_confirmed():
    form = filled_form(shared())
    confirm(form, by=form.person.user, at=NOW)

    with pytest.raises(Unconfirmed) as refused:
        submit(form, by=form.person.user, at=NOW)

    assert str(refused.value) == (
        f"Both of you must confirm the form as it stands. Still to confirm: {form.partner.full_name}."
    )


def test_a_confirmation_is_taken_back_until_it_is_sent():
    form = confirmed_form()
    take_back_confirmation(form, by=form.person.user, at=NOW)

    with pytest.raises(Unconfirmed):
        submit(form, by=form.partner.user, at=NOW)

    confirm(form, by=form.person.user, at=NOW)
    submit(form, by=form.partner.user, at=NOW)
    with pytest.raises(MoveRefused, match="has been sent"):
        take_back_confirmation(form, by=form.person.user, at=NOW)


def test_a_word_changed_after_confirming_takes_both_confirmations_away():
    form = confirmed_form()
    answer = form.answers.get(section_key="what-you-want-to-change")
    section = form.question_set.questions.section(answer.section_key)
    save_section(
        form,
        section,
        answer.values | {"change": "Another aim."},
        base_revision=answer.revision,
        complete=True,
        by=form.partner.user,
        at=NOW,
    )

    assert pair_of(form).missing == [form.person, form.partner]
    with pytest.raises(Unconfirmed):
        submit(form, by=form.person.user, at=NOW)


def test_the_same_words_saved_again_leave_the_confirmations():
    form = confirmed_form()
    answer = form.answers.get(section_key="what-you-want-to-change")
    section = form.question_set.questions.section(answer.section_key)
    save_section(
        form,
        section,
        answer.values,
        base_revision=answer.revision,
        complete=True,
        by=form.partner.user,
        at=NOW,
    )

    assert pair_of(form).agrees


@pytest.mark.parametrize("who", ["person", "partner"])
def test_either_ends_applying_together_and_the_form_stays_with_who_began(who: str):
    form = confirmed_form()
    lead, partner = form.person, form.partner
    other = partner if who == "person" else lead

    part(form, by=getattr(form, who).user, at=NOW)

    form.refresh_from_db()
    assert (form.partner, form.answers.count()) == (None, 4)
    assert not Application.objects.owned_by(partner.user).exists()
    tell_of_partner(Job.objects.get(kind="talent.tell_of_partner"))
    assert [m.to for m in mail.outbox] == [[other.email]]


def test_what_was_confirmed_with_one_does_not_hold_with_another():
    form, sam = confirmed_form(), UserFactory(email="sam@example.org")
    part(form, by=form.person.user, at=NOW)
    answer_invitation(ask(form, "sam@example.org"), joins=True, by=sam, at=NOW)
    form.refresh_from_db()

    assert pair_of(form).missing == [form.person, form.partner]


def test_either_withdraws_a_sent_form_and_a_stranger_does_not():
    form = shared(state=State.REVIEW)

    with pytest.raises(MoveRefused):
        withdraw(form, by=UserFactory(), at=NOW)

    assert withdraw(form, by=form.partner.user, at=NOW).state == State.WITHDRAWN


@pytest.mark.parametrize("act", [confirm, take_back_confirmation, part])
def test_a_stranger_has_no_part_in_it(act: object):
    form = confirmed_form()

    with pytest.raises(MoveRefused):
        act(form, by=UserFactory(), at=NOW)  # type: ignore[operator]

    assert Confirmation.objects.count() == 2


def test_staff_who_are_one_of_the_two_do_not_work_on_it():
    colleague = member(Role.TALENT_TEAM)
    form = shared(partner=colleague, state=State.SUBMITTED)

    assert list(Application.objects.in_scope_of(member(Role.TALENT_TEAM))) == [form]
    assert list(Application.objects.in_scope_of(colleague)) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_once_send_once():
    form = confirmed_form()
    start, answers = threading.Barrier(2), []

    def send(user: object) -> None:
        start.wait()
        answers.append(submit(form, by=user, at=NOW).state)  # type: ignore[arg-type]
        connection.close()

    threads = [threading.Thread(target=send, args=(person.user,)) for person in form.applicants]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [State.SUBMITTED, State.SUBMITTED]
    assert form.events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_word_changed_while_it_is_sent_is_either_in_it_or_refused():
    """The deadline's last second: one sends, the other types. What is sent is what both confirmed."""
    form = confirmed_form()
    section = form.question_set.questions.section("what-you-want-to-change")
    confirmed = form.answers.get(section_key=section.key).values
    start, said = threading.Barrier(2), {}

    def send() -> None:
        start.wait()
        try:
            said["sent"] = submit(form, by=form.person.user, at=NOW).state
        except Unconfirmed:
            said["sent"] = "unconfirmed"
        connection.close()

    def type_on() -> None:
        start.wait()
        values, by = confirmed | {"change": "New"}, form.partner.user
        try:
            save_section(form, section, values, base_revision=1, complete=True, by=by, at=NOW)
            said["typed"] = "saved"
        except MoveRefused:
            said["typed"] = "refused"
        connection.close()

    threads = [threading.Thread(target=send), threading.Thread(target=type_on)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stands = form.answers.get(section_key=section.key).values == confirmed
    assert (said["sent"], said["typed"], stands) in [
        (State.SUBMITTED, "refused", True),
        ("unconfirmed", "saved", False),
    ]


def test_a_draft_reminder_goes_to_both_but_who_wants_none():
    form = shared()
    form.partner.mail_opt_out = True
    form.partner.save()

    assert remind(at=form.intake.closes_at - dt.timedelta(days=2)) == 1
    remind_draft(Job.objects.get(kind="talent.remind_draft"))

    assert [m.to for m in mail.outbox] == [[form.person.email]]
