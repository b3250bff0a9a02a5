"""What is known of one person for one seat: the set of checks, each result, waiver and declaration written once."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q

from appointments.models.framework import CheckKind, FrameworkVersion
from appointments.models.seat import Seat
from appointments.models.tenure import Tenure
from portal.access import Viewer, access_of
from portal.fields import EncryptedJSONField
from portal.ledger import AppendOnlyQuerySet, LedgerRow
from portal.models import User
from talent.models import Person


class CheckSetQuerySet(models.QuerySet["CheckSet"]):
    def visible_to(self, user: Viewer) -> "CheckSetQuerySet":
        """Talent staff's in their scope, never with a conflict, never one's own: a candidate signs on another page."""
        access = access_of(user)
        if not isinstance(user, User):
            return self.none()
        rows = self if access.is_talent_team else self.filter(seat__board__region__in=access.region_ids)
        return rows.exclude(person__in=Person.objects.of_user(user).values("pk")).free_of_conflict(user)

    def own(self, user: User) -> "CheckSetQuerySet":
        """Those about `user`, also where the seat stands at a record that was merged into theirs."""
        return self.filter(person__in=Person.objects.of_user(user).values("pk"))

    def free_of_conflict(self, user: User) -> "CheckSetQuerySet":
        """Without those of whoever is proposed, or applied, for the seat where `user` has an interest in it."""
        about = {"proposal__person": OuterRef("person"), "proposal__seat": OuterRef("seat")}
        applied = user.declared_interests.in_force().filter(application__person=OuterRef("person"))
        for_it = Q(application__proposals__seat=OuterRef("seat")) | Q(
            application__intake__campaign__seat=OuterRef("seat")
        )
        return self.exclude(Exists(user.proposal_interests.in_force().filter(**about)) | Exists(applied.filter(for_it)))

    def live(self, day: dt.date) -> "CheckSetQuerySet":
        """Not closed, and of somebody who sits in the seat, is to sit there, or is a candidate for it."""
        there = Tenure.objects.filter(seat=OuterRef("seat"), person=OuterRef("person"))
        still = there.filter(Q(ends_on=None) | Q(ends_on__gte=day))
        return self.filter(Exists(still) | ~Exists(there), closed_at=None)

    def with_open(self, day: dt.date) -> "CheckSetQuerySet":
        """Something in it keeps an appointment from starting on `day`."""
        return self.filter(Q(open_count__gt=0) | Q(renews_on__lt=day))

    def due_by(self, last: dt.date) -> "CheckSetQuerySet":
        """A result or waiver in it runs out by `last`."""
        return self.filter(renews_on__lte=last)


class CheckSet(models.Model):
    """One person's checks for one seat under one framework. The counts are worked out by each act on it."""

    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="check_sets")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="check_sets")
    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="check_sets")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("portal.User", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    declaration_asked_at = models.DateTimeField(null=True, blank=True)
    open_count = models.PositiveSmallIntegerField(default=0)
    waived_count = models.PositiveSmallIntegerField(default=0)
    renews_on = models.DateField(null=True, blank=True, help_text="The last day on which all that is clear holds.")

    objects = CheckSetQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "seat", "framework"], name="checkset_once_a_framework"),
        ]
        indexes = [models.Index(fields=["renews_on"], name="checkset_by_renewal")]

    def __str__(self) -> str:
        return f"{self.person}, {self.seat}"

    def word_on(self, day: dt.date) -> str:
        """All that anybody beyond those who check is told."""
        if self.open_count or (self.renews_on is not None and self.renews_on < day):
            return "Open"
        return "Waived" if self.waived_count else "Complete"


class Check(LedgerRow):
    """One result of one check: that it was made and how it came out, never what was found. Put right by a new row."""

    class Result(models.TextChoices):
        CLEAR = "clear", "Clear"
        CONCERN = "concern", "Concern"
        NOT_APPLICABLE = "not_applicable", "Not applicable"

    SETTLED = (Result.CLEAR, Result.NOT_APPLICABLE)

    check_set = models.ForeignKey(CheckSet, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=24, choices=CheckKind.choices)
    result = models.CharField(max_length=16, choices=Result.choices)
    done_on = models.DateField("made on")
    renews_on = models.DateField(null=True, blank=True, help_text="The last day on which it holds.")
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_result_display()}"


class Waiver(LedgerRow):
    """Somebody may start although one check is open: until when, why and by whom."""

    check_set = models.ForeignKey(CheckSet, on_delete=models.PROTECT, related_name="waivers")
    kind = models.CharField(max_length=24, choices=CheckKind.choices)
    until = models.DateField(help_text="The last day on which the check may be open.")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} waived until {self.until:%-d %B %Y}"


class Ground(models.TextChoices):
    """SI 1990/2024 regulation 11 and the rules beside it, as they are asked."""

    EMPLOYEE = "employee", "I am employed by this trust, or for a chair’s seat by any other NHS trust"
    PARLIAMENT = "parliament", "I am a member of Parliament or a candidate in an election to it"
    COMMISSIONER = (
        "commissioner",
        "I am a member of the governing body, or an employee, of a clinical commissioning group",
    )
    SENTENCE = "sentence", "In the last five years I was sentenced to three months’ imprisonment or more"
    BANKRUPTCY = "bankruptcy", "I am subject to a bankruptcy restrictions order or have an arrangement with creditors"
    DISMISSAL = "dismissal", "I was dismissed from a health body, other than by redundancy"
    TERMINATED = "terminated", "My time on a health body’s board was ended in the interests of the health service"
    DIRECTOR = "director", "I am disqualified from being a company director or a charity trustee"
    UNFIT = "unfit", "I was responsible for, or privy to, serious misconduct or mismanagement in a regulated service"


class SelfDeclaration(LedgerRow):
    """What a candidate signed: which grounds apply, if any. Criminal and personal data, so encrypted at rest."""

    check_set = models.ForeignKey(CheckSet, on_delete=models.PROTECT, related_name="declarations")
    grounds = EncryptedJSONField()
    signed_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Declared by {self.signed_name}"

    @property
    def grounds_in_words(self) -> list[str]:
        return [str(Ground(ground).label) for ground in self.grounds]


class CheckRead(LedgerRow):
    """One time that somebody read what a person declared or a file that proves a check: `by`, `at`."""

    check_set = models.ForeignKey(CheckSet, on_delete=models.PROTECT, related_name="readings")
    what = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.what} read"


class AttestationQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Viewer) -> "AttestationQuerySet":
        """Talent staff's in their scope, and the trust's administrators' own."""
        access = access_of(user)
        if access.is_talent_team:
            return self
        return self.filter(Q(board__region__in=access.region_ids) | Q(board__in=access.administers_ids))


class Attestation(LedgerRow):
    """One trust's yearly word that its board was checked; `reason` says what is outstanding and what is done."""

    board = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="attestations")
    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="attestations")
    year_starts_on = models.DateField()
    sitting = models.PositiveSmallIntegerField("board members on the day")
    outstanding = models.PositiveSmallIntegerField("of them with checks that are open or not on record")

    objects = AttestationQuerySet.as_manager()

    class Meta:
        ordering = ["-year_starts_on"]
        constraints = [models.UniqueConstraint(fields=["board", "year_starts_on"], name="attestation_once_a_year")]

    def __str__(self) -> str:
        return f"{self.board}, year from {self.year_starts_on:%-d %B %Y}"
