"""The organisations people act for: the national body, its regions, the trusts and what is said of them over time."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q

from portal.names import folded


class Region(models.Model):
    """One of the body's regions, each under an executive regional managing director."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)
    managing_director = models.ForeignKey(
        "portal.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def trusts(self) -> "OrganisationQuerySet":
        return self.filter(kind__in=Organisation.TRUST_KINDS)

    def open_on(self, day: dt.date) -> "OrganisationQuerySet":
        return self.filter(Q(opened_on=None) | Q(opened_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day))


class Organisation(models.Model):
    """A trust, or the national body itself. A closed trust keeps its history; nothing new is decided for it."""

    class Kind(models.TextChoices):
        BODY = "body", "National body"
        NHS_TRUST = "nhs_trust", "NHS trust"
        FOUNDATION_TRUST = "foundation_trust", "NHS foundation trust"
        OTHER = "other", "Other organisation"

    class Sector(models.TextChoices):
        ACUTE = "acute", "Acute"
        AMBULANCE = "ambulance", "Ambulance"
        COMMUNITY = "community", "Community"
        MENTAL_HEALTH = "mental_health", "Mental health"
        SPECIALIST = "specialist", "Specialist"

    TRUST_KINDS = (Kind.NHS_TRUST, Kind.FOUNDATION_TRUST)

    ods_code = models.CharField("ODS code", max_length=10, unique=True)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200, editable=False, db_index=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    sector = models.CharField(max_length=20, choices=Sector.choices, blank=True)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations")
    postcode = models.CharField(max_length=10, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="organisation_closes_after_opening",
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gte=models.F("opened_on")),
            ),
            models.CheckConstraint(
                name="organisation_trust_has_region",
                condition=~Q(kind__in=["nhs_trust", "foundation_trust"]) | Q(region__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = folded(self.name)[:200]
        super().save(*args, **kwargs)

    @property
    def is_trust(self) -> bool:
        return self.kind in self.TRUST_KINDS

    @property
    def body_appoints(self) -> bool:
        """Whether chairs and non-executives are the body's to appoint: NHS trusts only."""
        return self.kind == self.Kind.NHS_TRUST

    def is_open_on(self, day: dt.date) -> bool:
        return (self.opened_on is None or self.opened_on <= day) and (self.closed_on is None or day < self.closed_on)


class StandingQuerySet(models.QuerySet["Standing"]):
    def in_force(self, day: dt.date) -> "StandingQuerySet":
        """The last standing of each organisation that began on or before `day`."""
        begun = self.filter(from_on__lte=day)
        return begun.order_by("organisation_id", "-from_on").distinct("organisation_id")


class Standing(models.Model):
    """What the regulators and the body said of a trust from a day on: CQC rating, oversight segment, size."""

    class Rating(models.TextChoices):
        OUTSTANDING = "outstanding", "Outstanding"
        GOOD = "good", "Good"
        REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
        INADEQUATE = "inadequate", "Inadequate"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="standings")
    from_on = models.DateField("from")
    cqc_rating = models.CharField("CQC rating", max_length=24, choices=Rating.choices, blank=True)
    # 1 is most autonomy, 4 is special measures (Single Oversight Framework).
    segment = models.PositiveSmallIntegerField("oversight segment", null=True, blank=True)
    turnover_millions = models.PositiveIntegerField("annual turnover, GBP millions", null=True, blank=True)
    source = models.CharField(max_length=200)
    is_demonstration = models.BooleanField("invented for the demonstration", default=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "from_on"], name="standing_once_a_day"),
            models.CheckConstraint(
                name="standing_segment_1_to_4",
                condition=Q(segment=None) | Q(segment__range=(1, 4)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} from {self.from_on:%-d %B %Y}"
