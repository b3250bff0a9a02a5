"""An application: where it stands, how it got there, and what was written, kept so that no word is lost."""

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from portal.access import Viewer, access_of
from portal.ledger import LedgerRow
from portal.models import User
from portal.storage import private_storage
from talent.models.interest import DeclaredInterest

if TYPE_CHECKING:
    from talent.models.person import Person

# Crockford's letters: none that is mistaken for another when read out on the telephone.
REFERENCE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference(code: str) -> str:
    """A reference nobody can guess or count on from, such as ND-7K3F-9QXT."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(8))
    return f"{code}-{letters[:4]}-{letters[4:]}"


class State(models.TextChoices):
    """Where an application stands, in the words of staff; `APPLICANT_LABELS` has the applicant's."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    SIFT = "sift", "In sift"
    REVIEW = "review", "In review"
    LONGLISTED = "longlisted", "Longlisted"
    SHORTLISTED = "shortlisted", "Shortlisted"
    INTERVIEW = "interview", "Interview"
    APPOINTABLE = "appointable", "Found appointable"
    NOT_APPOINTABLE = "not_appointable", "Not found appointable"
    RESERVE = "reserve", "On the reserve list"
    ADVISED = "advised", "Put to the foundation trust"
    RECOMMENDED = "recommended", "Recommended to committee"
    APPROVED = "approved", "Approved by committee"
    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Offer accepted"
    DECLINED = "declined", "Offer declined"
    UNSUCCESSFUL = "unsuccessful", "Unsuccessful"
    WITHDRAWN = "withdrawn", "Withdrawn"
    PLACED = "placed", "Placed"
    APPOINTED = "appointed", "Appointed"
    COMPLETED = "completed", "Completed"
    AWARDED = "awarded", "Awarded"
    LAPSED = "lapsed", "Lapsed"

    @property
    def applicant_label(self) -> str:
        return APPLICANT_LABELS[self]

    @property
    def is_final(self) -> bool:
        return self in FINAL


APPLICANT_LABELS = {
    State.DRAFT: "Not sent yet",
    State.SUBMITTED: "Received",
    State.SIFT: "Being checked",
    State.REVIEW: "Being read",
    State.LONGLISTED: "Being checked",
    State.SHORTLISTED: "Being read",
    State.INTERVIEW: "Invited to interview",
    # What the panel found is told with the outcome, not before it.
    State.APPOINTABLE: "Waiting for a decision",
    State.NOT_APPOINTABLE: "Not successful this time",
    State.RESERVE: "On the reserve list",
    State.ADVISED: "Put forward to the trust",
    # What the committee has before it is not for the applicant to guess from.
    State.RECOMMENDED: "Waiting for a decision",
    State.APPROVED: "Waiting for a decision",
    State.OFFERED: "You have an offer",
    State.ACCEPTED: "Offer accepted",
    State.DECLINED: "You declined the offer",
    State.UNSUCCESSFUL: "Not successful this time",
    State.WITHDRAWN: "Withdrawn",
    State.PLACED: "On your placement",
    State.APPOINTED: "Appointed",
    State.COMPLETED: "Completed",
    State.AWARDED: "You have won the award",
    State.LAPSED: "Closed",
}
# Where a reviewer still finds what they were given: from the review until the panel has met.
READ_BY_REVIEWERS = (State.REVIEW, State.INTERVIEW)
# Turned away: these are owed feedback.
TURNED_AWAY = (State.UNSUCCESSFUL, State.NOT_APPOINTABLE)
FINAL = frozenset(
    {*TURNED_AWAY, State.DECLINED, State.WITHDRAWN, State.COMPLETED, State.LAPSED, State.APPOINTED, State.AWARDED}
)


def _record_of(user: User) -> models.QuerySet[Any]:
    """The number of the user's own person row, for a condition; none where there is no such row."""
    person: Any = Application._meta.get_field("person").related_model
    return person.objects.filter(user=user).values("pk")


def _records_of(user: User) -> models.QuerySet[Any]:
    """The same of every record that is theirs by a merge: what staff, reviewers and panels have no part in."""
    person: Any = Application._meta.get_field("person").related_model
    return person.objects.of_user(user).values("pk")


def _theirs(user: User) -> Q:
    # One number each, so that PostgreSQL takes both indexes instead of reading every application.
    record = models.Subquery(_record_of(user)[:1])
    return Q(person=record) | Q(partner=record)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def owned_by(self, user: Viewer) -> "ApplicationQuerySet":
        """Their own, also where they are the second of two."""
        return self.filter(_theirs(user)) if isinstance(user, User) else self.none()

    def in_scope_of(self, user: Viewer) -> "ApplicationQuerySet":
        """What talent staff work on: all that was submitted, never their own, never where they are in conflict.

        For a regional lead: within the region.
        """
        return self.within_reach_of(user).filter(submitted_at__isnull=False)

    def drafts_in_scope_of(self, user: Viewer) -> "ApplicationQuerySet":
        """Drafts whose deadline talent staff may extend; what is written in them is the applicant's alone."""
        return self.within_reach_of(user).filter(state=State.DRAFT)

    def within_reach_of(self, user: Viewer) -> "ApplicationQuerySet":
        access = access_of(user)
        if not isinstance(user, User) or not access.is_talent_staff:
            return self.none()
        barred = DeclaredInterest.objects.in_force().filter(user=user).values("application")
        behind = user.proposal_interests.filter(lifted_at=None).exclude(proposal__application=None)
        reach = self.exclude(pk__in=barred).exclude(pk__in=behind.values("proposal__application"))
        own = _records_of(user)
        reach = reach.exclude(person__in=own).exclude(partner__in=own)
        return reach if access.is_talent_team else reach.filter(region__in=access.region_ids)

    def of_user(self, user: User) -> "ApplicationQuerySet":
        """By any of the user's records, merged ones too: nobody has a part in deciding about these."""
        own = _records_of(user)
        return self.filter(Q(person__in=own) | Q(partner__in=own))

    def visible_to(self, user: Viewer) -> "ApplicationQuerySet":
        """One's own, and for talent staff those in their scope, but never their own through the staff's door.

        Reviewers see assignments (talent.models.review), committee members items: not this.
        """
        if not isinstance(user, User):
            return self.none()
        return self.filter(Q(pk__in=self.in_scope_of(user).values("pk")) | _theirs(user))

    def named(self) -> "ApplicationQuerySet":
        """Without those that are read blind by everybody, talent staff too, until their campaign's shortlist."""
        return self.filter(intake__names_hidden=False)

    def live(self) -> "ApplicationQuerySet":
        return self.exclude(state__in=FINAL)


class Application(models.Model):
    """One person, or a pair, asking for one place in one intake. Its state is written by workflow.move() alone."""

    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="applications")
    # Of a scheme for two: who joined the one who began (talent/partnering.py).
    partner = models.ForeignKey(
        "talent.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="partner_applications"
    )
    intake = models.ForeignKey("programmes.Intake", on_delete=models.PROTECT, related_name="applications")
    # The version it began with, for good.
    question_set = models.ForeignKey("programmes.QuestionSet", on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey("portal.Region", on_delete=models.PROTECT, related_name="applications")
    reference = models.CharField(max_length=20, unique=True)
    # What reviewers call the applicant in the blind round: stable, unique in its intake, says nothing.
    pseudonym = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    state_since = models.DateTimeField()
    offer_expires_on = models.DateField(null=True, blank=True)
    # The sift's finding, on which the guaranteed interview rests.
    meets_essentials = models.BooleanField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "intake"], condition=~Q(state="withdrawn"), name="application_one_a_person_and_intake"
            ),
            models.UniqueConstraint(fields=["intake", "pseudonym"], name="application_pseudonym_once_an_intake"),
            models.CheckConstraint(
                name="application_of_two_people", condition=Q(partner=None) | ~Q(partner=models.F("person"))
            ),
            # A draft withdrawn or lapsed before it was sent has no submission.
            models.CheckConstraint(
                name="application_sent_unless_draft",
                condition=Q(submitted_at__isnull=False) | Q(state__in=["draft", "withdrawn", "lapsed"]),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-submitted_at"], name="application_by_state"),
            models.Index(fields=["intake", "state"], name="application_by_intake"),
            models.Index(
                fields=["-submitted_at", "id"], name="application_newest", condition=Q(submitted_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_final(self) -> bool:
        return State(self.state).is_final

    @property
    def applicant_label(self) -> str:
        return State(self.state).applicant_label

    @property
    def called(self) -> str:
        """By name, or by pseudonym while the intake hides names from staff. Person and intake must be loaded."""
        return self.pseudonym if self.intake.names_hidden else self.names

    @property
    def names(self) -> str:
        """Who applies, in words. Person and partner must be loaded."""
        return " and ".join(person.full_name for person in self.applicants)

    @property
    def applicants(self) -> "list[Person]":
        """Who began, then who joined. Both must be loaded."""
        return [self.person, self.partner] if self.partner_id else [self.person]

    def is_of(self, user: Viewer) -> bool:
        """Whether this user is the applicant, or one of the two."""
        return user.pk is not None and user.pk in [person.user_id for person in self.applicants]


class ApplicationEvent(LedgerRow):
    """One step of one application: from which state to which, by whom, when and why."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="events")
    transition = models.CharField(max_length=40)
    from_state = models.CharField(max_length=20, choices=State.choices)
    to_state = models.CharField(max_length=20, choices=State.choices)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.application}: {self.transition}"


class SectionAnswer(models.Model):
    """What stands in one section now. `revision` grows by one a save: whoever saves on an older one is told."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    section_key = models.SlugField(max_length=200)
    values = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    # The applicant has been through the page with Continue; an autosave alone does not complete it.
    is_complete = models.BooleanField(default=False)
    # Which opening of the page saved last, and its how-manieth save that was (talent.applying.Page).
    saved_by_page = models.CharField(max_length=32, blank=True)
    saved_tick = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["application", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "section_key"], name="sectionanswer_once")]

    def __str__(self) -> str:
        return f"{self.application}: {self.section_key}"


class SectionRevision(models.Model):
    """One saved text of one section, also one that lost a race: nothing that was typed is gone."""

    answer = models.ForeignKey(SectionAnswer, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    values = models.JSONField()
    saved_at = models.DateTimeField()
    # True when another tab had saved first and this text was kept aside.
    set_aside = models.BooleanField(default=False)

    class Meta:
        ordering = ["answer", "-saved_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.answer}, revision {self.number}"


class Attachment(models.Model):
    """One uploaded file that answers one question. Private: served by a view that asks for permission."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    question_key = models.CharField(max_length=100)
    file = models.FileField(upload_to="applications/%Y/%m", storage=private_storage, max_length=200)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["application", "question_key", "pk"]

    def __str__(self) -> str:
        return self.name


class DeadlineExtension(LedgerRow):
    """More time for one person, given by the team with a reason (LedgerRow.reason)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.application} until {self.until.isoformat()}"


def closing_time(application: Application) -> dt.datetime:
    """When the form closes for this applicant: the intake's deadline, or a later one the team gave. One query."""
    latest = application.extensions.order_by("-until").values_list("until", flat=True).first()
    return max(application.intake.closes_at, latest) if latest else application.intake.closes_at
