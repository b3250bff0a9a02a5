"""The applicant's own acts: begin, save a section, submit once, withdraw, answer an offer."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal import outbox
from portal.models import Region, User
from programmes.models import Intake
from programmes.opening import questions_of
from programmes.questions import Section, faults, missing
from talent import equality
from talent.models import Adjustment, Application, Complaint, Person, SectionAnswer, SectionRevision, State
from talent.models.application import REFERENCE_LETTERS, closing_time, new_reference
from talent.monitoring import UNDER_REPRESENTED
from talent.pairs import still_to_confirm
from talent.workflow import Actor, MoveRefused, move


class Closed(Exception):
    """The server's clock is past the deadline for this applicant; `closed_at` says which."""

    def __init__(self, closed_at: dt.datetime) -> None:
        super().__init__("The deadline has passed.")
        self.closed_at = closed_at


class Unconfirmed(MoveRefused):
    """One of two has not confirmed the form as it stands, or nobody has joined yet."""


class Incomplete(Exception):
    """Some sections are not finished; `sections` are they, in the form's order."""

    def __init__(self, sections: list[Section]) -> None:
        super().__init__("Some sections are not finished.")
        self.sections = sections


@dataclass(frozen=True, slots=True)
class Saved:
    revision: int


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody saved this section since the page was opened: both texts, so that the applicant can choose."""

    revision: int
    theirs: dict[str, Any]  # what stands now
    yours: dict[str, Any]  # what was typed here; kept aside as a SectionRevision
    aside: int  # that revision


@dataclass(frozen=True, slots=True)
class Page:
    """One opening of a form page in one browser: a random token, and a number that grows with each of its saves."""

    token: str
    tick: int
    final: bool = False  # the person pressed a button: nothing of this page comes after it

    def follows(self, answer: SectionAnswer) -> bool:
        """Whether what is stored came from this same page before this save."""
        newer = self.tick >= answer.saved_tick if self.final else self.tick > answer.saved_tick
        return bool(self.token) and self.token == answer.saved_by_page and newer


def person_for(user: User, *, at: dt.datetime) -> Person:
    """The user's own person row, made on first need."""
    person, _ = Person.objects.get_or_create(
        user=user, defaults={"full_name": user.full_name or user.email, "email": user.email, "created_at": at}
    )
    return person


@transaction.atomic
def start_application(
    intake: Intake, *, region: Region, by: User, at: dt.datetime, under_represented: bool | None = None
) -> Application:
    """The user's live application to `intake`, begun now if there is none; pressing twice begins one.

    `under_represented` goes to the equality vault and nowhere else. Raises Closed outside the intake's hours.
    """
    person = person_for(by, at=at)
    Person.objects.select_for_update().get(pk=person.pk)
    existing = Application.objects.filter(person=person, intake=intake).exclude(state=State.WITHDRAWN).first()
    if existing is not None:
        return existing
    if not intake.is_live(at):
        raise Closed(intake.closes_at)
    made = _create(person, intake, region, at)
    if under_represented is not None:
        equality.store(made, {UNDER_REPRESENTED: "yes" if under_represented else "no"}, at=at)
    return made


def _create(person: Person, intake: Intake, region: Region, at: dt.datetime) -> Application:
    question_set = questions_of(intake, at=at)
    while True:
        reference = new_reference(intake.scheme.code)
        try:
            with transaction.atomic():
                return Application.objects.create(
                    person=person,
                    intake=intake,
                    question_set=question_set,
                    region=region,
                    reference=reference,
                    pseudonym=pseudonym_of(reference),
                    started_at=at,
                    state_since=at,
                )
        except IntegrityError as error:
            # One chance in a million millions; any other breach is real and must be heard.
            if "reference" not in str(error) and "pseudonym" not in str(error):
                raise


def pseudonym_of(reference: str) -> str:
    """A name for the blind round that nobody works out from the reference: “Candidate 7K3-F9Q”. Kept on the row."""
    digest = salted_hmac("talent.pseudonym", reference, algorithm="sha256").digest()
    letters = "".join(REFERENCE_LETTERS[byte % 32] for byte in digest[:6])
    return f"Candidate {letters[:3]}-{letters[3:]}"


@transaction.atomic
def save_section(
    application: Application,
    section: Section,
    values: dict[str, Any],
    *,
    base_revision: int,
    complete: bool,
    by: User,
    at: dt.datetime,
    page: Page | None = None,
) -> Saved | Clash:
    """Stores one section as typed, faults included: a draft may be wrong, but never lost.

    A save on an older revision than the one stored is kept aside and answered with both texts, unless `page`
    says that the one stored was this very page's own earlier save, whose answer it did not wait for.
    Raises Closed after the deadline, MoveRefused when the application is no draft of `by`.
    """
    row = lock_open_draft(application, by=by, at=at)
    answer, _ = SectionAnswer.objects.get_or_create(application=row, section_key=section.key, defaults={"saved_at": at})
    if answer.revision == base_revision or answer.values == values or (page and page.follows(answer)):
        return _store(answer, values, complete=complete, at=at, page=page)
    aside, _ = SectionRevision.objects.get_or_create(
        answer=answer, number=base_revision, values=values, set_aside=True, defaults={"saved_at": at}
    )
    return Clash(revision=answer.revision, theirs=answer.values, yours=values, aside=aside.pk)


def _store(
    answer: SectionAnswer, values: dict[str, Any], *, complete: bool, at: dt.datetime, page: Page | None
) -> Saved:
    changed = answer.values != values
    if page:
        answer.saved_by_page, answer.saved_tick = page.token, page.tick
    if changed:
        answer.values, answer.revision, answer.saved_at = values, answer.revision + 1, at
        SectionRevision.objects.create(answer=answer, number=answer.revision, values=values, saved_at=at)
    if complete or changed:
        answer.is_complete = complete
    answer.save()
    return Saved(answer.revision)


def lock_open_draft(application: Application, *, by: User, at: dt.datetime) -> Application:
    """The locked row of a draft that `by` may still change. Raises Closed or MoveRefused."""
    row = _lock_draft(application, by=by)
    _refuse_if_closed(row, at)
    return row


def _lock_draft(application: Application, *, by: User) -> Application:
    row = (
        Application.objects.select_for_update(of=("self",))
        .select_related("intake__scheme", "person", "partner", "question_set")
        .get(pk=application.pk)
    )
    if row.state == State.LAPSED and row.is_of(by):
        raise Closed(closing_time(row))
    if not row.is_of(by) or row.state != State.DRAFT:
        raise MoveRefused("This application has been sent and cannot be changed.")
    return row


def _refuse_if_closed(row: Application, at: dt.datetime) -> None:
    closes_at = closing_time(row)
    if at >= closes_at or at < row.intake.opens_at:
        raise Closed(closes_at)


def answers_of(application: Application) -> dict[str, Any]:
    """All answers of all sections in one mapping, by question key. One query."""
    merged: dict[str, Any] = {}
    for values in application.answers.values_list("values", flat=True):
        merged.update(values)
    return merged


def unfinished(application: Application) -> list[Section]:
    """The sections that cannot be submitted as they are: missing, faulty, or never gone through. Three queries."""
    answers = answers_of(application)
    files = frozenset(application.attachments.values_list("question_key", flat=True))
    complete = set(application.answers.filter(is_complete=True).values_list("section_key", flat=True))
    return [
        section
        for section in application.question_set.questions.sections
        if section.key not in complete or missing(section, answers, files=files) or faults(section, answers)
    ]


@transaction.atomic
def submit(application: Application, *, by: User, at: dt.datetime) -> Application:
    """Sends the application: once, however often it is asked. Raises Closed, Incomplete, Unconfirmed, MoveRefused."""
    row = (
        Application.objects.select_for_update(of=("self",))
        .select_related("intake__scheme", "person", "partner")
        .get(pk=application.pk)
    )
    if row.is_of(by) and row.submitted_at is not None:
        return row
    lock_open_draft(row, by=by, at=at)
    if left := unfinished(row):
        raise Incomplete(left)
    _refuse_unconfirmed(row)
    # The check constraint wants the time of sending before the state says "submitted".
    row.submitted_at = at
    row.save(update_fields=["submitted_at"])
    return move(row, "submit", by=by, actor=Actor.APPLICANT, at=at)


def _refuse_unconfirmed(row: Application) -> None:
    if not row.intake.scheme.is_for_two:
        return
    if row.partner is None:
        raise Unconfirmed("You apply as two: invite somebody first.")
    if missing_word := still_to_confirm(row):
        names = " and ".join(person.full_name for person in missing_word)
        raise Unconfirmed(f"Both of you must confirm the form as it stands. Still to confirm: {names}.")


def withdraw(application: Application, *, by: User, at: dt.datetime, reason: str = "") -> Application:
    return move(application, "withdraw", by=by, actor=Actor.APPLICANT, at=at, reason=reason)


@transaction.atomic
def answer_offer(application: Application, *, accept: bool, by: User, at: dt.datetime, reason: str = "") -> Application:
    """Accepts until the end of the offer's last day in London, declines as long as it stands. Raises MoveRefused."""
    row = move(application, "accept" if accept else "decline", by=by, actor=Actor.APPLICANT, at=at, reason=reason)
    if accept and row.offer_expires_on and timezone.localdate(at) > row.offer_expires_on:
        raise MoveRefused("The last day for accepting this offer is past.")
    return row


@transaction.atomic
def ask_adjustment(
    application: Application, *, needs: str, guaranteed_interview: bool, by: User, at: dt.datetime
) -> Adjustment:
    """What the applicant needs to take part fairly; a changed wish waits for a new answer.

    The guaranteed interview counts where the scheme offers it. Raises MoveRefused on another's application.
    """
    row = (
        Application.objects.select_for_update(of=("self",))
        .select_related("intake__scheme", "person", "partner")
        .get(pk=application.pk)
    )
    if not row.is_of(by) or row.is_final:
        raise MoveRefused("This application is closed.")
    made, _ = Adjustment.objects.get_or_create(application=row, defaults={"asked_at": at})
    if made.needs != needs:
        made.needs, made.asked_at = needs, at
        made.answered_at = made.answered_by = None
    made.guaranteed_interview = guaranteed_interview and row.intake.scheme.guaranteed_interview
    made.save()
    return made


@transaction.atomic
def complain(*, by: User, words: str, application: Application | None, at: dt.datetime) -> Complaint:
    """Records a complaint and acknowledges it by mail; only the talent team's administrators read it.

    The same words sent again before they are answered are the same complaint.
    """
    User.objects.select_for_update().get(pk=by.pk)
    same = Complaint.objects.filter(user=by, words=words, application=application, answered_at=None).first()
    if same is not None:
        return same
    made = Complaint.objects.create(
        reference=new_reference("C"), user=by, application=application, words=words, made_at=at
    )
    outbox.enqueue("talent.acknowledge_complaint", {"complaint": made.pk}, at=at, key=f"complaint:{made.pk}")
    return made


def change_reminders(person: Person, *, wanted: bool) -> None:
    """Mail that an application can do without: on or off."""
    Person.objects.filter(pk=person.pk).update(mail_opt_out=not wanted)
