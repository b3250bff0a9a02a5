"""Which checks make somebody fit for a board: dated frameworks, each with its source and what it asks."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from appointments.models.seat import Seat


class CheckKind(models.TextChoices):
    CV_GAPS = "cv_gaps", "Employment history and gaps in the CV"
    SELF_DECLARATION = "self_declaration", "Self-declaration"
    PANEL_PAPERS = "panel_papers", "Papers of the selection panel"
    NEWS_SEARCH = "news_search", "News and media search"
    REGULATORS = "regulators", "Regulators’ and professional registers"
    REFERENCES = "references", "References"
    DISQUALIFIED_DIRECTORS = "disqualified_directors", "Register of disqualified directors"
    INSOLVENCY = "insolvency", "Insolvency register"
    APPRAISAL = "appraisal", "Appraisal"
    CORPORATE_KNOWLEDGE = "corporate_knowledge", "What the body already knows"
    DBS = "dbs", "Disclosure and Barring Service"
    OCCUPATIONAL_HEALTH = "occupational_health", "Occupational health"
    QUALIFICATIONS = "qualifications", "Qualifications"
    IDENTITY = "identity", "Identity"
    CHARITY_TRUSTEES = "charity_trustees", "Register of removed charity trustees"
    TRIBUNALS = "tribunals", "Employment tribunal judgments"


class FrameworkVersionQuerySet(models.QuerySet["FrameworkVersion"]):
    def in_force(self, day: dt.date) -> "FrameworkVersionQuerySet":
        return self.filter(Q(in_force_until=None) | Q(in_force_until__gte=day), in_force_from__lte=day)


class FrameworkVersion(models.Model):
    """What had to be known of a board member between two days. One at a time: the one that began last."""

    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    in_force_from = models.DateField(unique=True)
    in_force_until = models.DateField(null=True, blank=True, help_text="The last day.")
    yearly_attestation = models.BooleanField("each board confirms once a year", default=False)

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from"]
        constraints = [
            models.CheckConstraint(
                name="frameworkversion_ends_after_start",
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FrameworkCheck(models.Model):
    """One check that a framework asks for, of whom, and how long its answer holds."""

    class ForWhom(models.TextChoices):
        EVERYBODY = "everybody", "Every board member"
        NON_EXECUTIVES = "non_executives", "Chairs and non-executive directors"
        EXECUTIVES = "executives", "Executive directors"

    framework = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=24, choices=CheckKind.choices)
    position = models.PositiveSmallIntegerField()
    for_whom = models.CharField(max_length=16, choices=ForWhom.choices, default=ForWhom.EVERYBODY)
    renewal_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: made once.")
    again_at_renewal = models.BooleanField("made again for each further term", default=False)
    may_not_apply = models.BooleanField("may be recorded as not applicable", default=False)

    class Meta:
        ordering = ["framework", "position"]
        constraints = [models.UniqueConstraint(fields=["framework", "kind"], name="frameworkcheck_once_a_framework")]

    def __str__(self) -> str:
        return self.get_kind_display()

    def is_asked_of(self, seat: Seat) -> bool:
        if self.for_whom == self.ForWhom.EVERYBODY:
            return True
        return seat.is_non_executive == (self.for_whom == self.ForWhom.NON_EXECUTIVES)
