"""The register of interim executives: leaders a board can draw on, with what they do, where and for how much."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from appointments.models.pay import EXECUTIVE_ROLES
from appointments.models.tenure import Tenure
from portal.access import Viewer, access_of
from portal.ledger import LedgerRow
from portal.models import User


class InterimQuerySet(models.QuerySet["Interim"]):
    def standing(self) -> "InterimQuerySet":
        return self.filter(withdrawn_at=None)

    def free_on(self, day: dt.date) -> "InterimQuerySet":
        """Available by then, and sitting in no seat on that day."""
        sits = Tenure.objects.sitting_on(day).filter(person=OuterRef("person"))
        return self.filter(~Exists(sits), available_from__lte=day)

    def visible_to(self, user: Viewer) -> "InterimQuerySet":
        """Talent staff's: all for the team, those who work in the lead's region. Everybody's own."""
        access = access_of(user)
        if not isinstance(user, User):
            return self.none()
        if access.is_talent_team:
            return self
        return self.filter(Q(person__user=user) | Q(withdrawn_at=None, pk__in=self._in_regions(access.region_ids)))

    @staticmethod
    def _in_regions(ids: frozenset[int]) -> "models.QuerySet[Interim, int]":
        return Interim.objects.filter(regions__in=ids).values_list("pk", flat=True)


class Interim(models.Model):
    """One person on the register, by their own consent. Withdrawn, never deleted: who was assigned stays known."""

    class OffPayroll(models.TextChoices):
        """Whether the off-payroll working rules make the trust tax the fee as pay."""

        NOT_ASSESSED = "not_assessed", "Not assessed yet"
        INSIDE = "inside", "Inside the off-payroll rules"
        OUTSIDE = "outside", "Outside the off-payroll rules"
        ON_PAYROLL = "on_payroll", "Paid through a payroll"

    person = models.OneToOneField("talent.Person", on_delete=models.PROTECT, related_name="interim")
    roles = ArrayField(models.CharField(max_length=20, choices=EXECUTIVE_ROLES))
    day_rate = models.PositiveIntegerField("day rate, GBP")
    available_from = models.DateField()
    regions = models.ManyToManyField("portal.Region", related_name="interims")
    off_payroll = models.CharField(max_length=12, choices=OffPayroll.choices, default=OffPayroll.NOT_ASSESSED)
    summary = models.TextField(blank=True)
    consented_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InterimQuerySet.as_manager()

    class Meta:
        ordering = ["person__sort_name", "pk"]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def roles_in_words(self) -> str:
        labels = dict(EXECUTIVE_ROLES)
        return ", ".join(labels[role] for role in self.roles)


class InterimEvent(LedgerRow):
    """One act on an entry. Written once."""

    class Kind(models.TextChoices):
        JOINED = "joined", "Joined by consent"
        CHANGED = "changed", "Changed"
        WITHDRAWN = "withdrawn", "Withdrawn"
        ASSIGNED = "assigned", "Assigned to a seat"

    interim = models.ForeignKey(Interim, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    tenure = models.ForeignKey(Tenure, null=True, on_delete=models.PROTECT, related_name="interim_events")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.interim}: {self.get_kind_display()}"
