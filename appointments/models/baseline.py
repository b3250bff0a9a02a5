"""What boards and stages are compared with: published shares of others, and what is aimed at, each with its source."""

import datetime as dt

from django.db import models
from django.db.models import Q


class EqualityBaselineQuerySet(models.QuerySet["EqualityBaseline"]):
    def known_on(self, day: dt.date) -> "EqualityBaselineQuerySet":
        return self.filter(as_on__lte=day)


class EqualityBaseline(models.Model):
    """One share as somebody published it on a day, or as it was set as an aim from that day."""

    class Kind(models.TextChoices):
        BOARDS = "boards", "Boards"
        WORKFORCE = "workforce", "Workforce"
        POPULATION = "population", "Population"
        AIM = "aim", "Aim"

    class Share(models.TextChoices):
        WOMEN = "women", "Women"
        BME = "bme", "Black, Asian and minority ethnic"
        DISABLED = "disabled", "Disabled"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    share = models.CharField(max_length=10, choices=Share.choices)
    percent = models.DecimalField(max_digits=4, decimal_places=1)
    as_on = models.DateField("as published or set on")
    name = models.CharField(max_length=80, help_text="As it stands in charts: NHS workforce, 2017.")
    source = models.CharField(max_length=200)

    objects = EqualityBaselineQuerySet.as_manager()

    class Meta:
        ordering = ["share", "kind", "as_on"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "share", "as_on"], name="equalitybaseline_once_a_day"),
            models.CheckConstraint(name="equalitybaseline_is_a_percentage", condition=Q(percent__range=(0, 100))),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_share_display()} {self.percent}%"

    @property
    def text(self) -> str:
        return f"{self.percent.normalize():f}%"
