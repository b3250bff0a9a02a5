"""The equality vault's tables: answers that nobody reads one by one, and what was published of them, once.

talent/equality.py is the only door to the answers.
"""

from django.db import models

from portal.fields import EncryptedJSONField
from portal.ledger import LedgerRow


class EqualityRecord(models.Model):
    """Somebody's optional answers, encrypted, under a token that only the vault can tie to whose they are."""

    # HMAC of the id: no foreign key, so that no join, admin screen or export can reach across.
    token = models.CharField(max_length=64, unique=True)
    # Of an applicant; empty for who sits on a board.
    intake = models.ForeignKey("programmes.Intake", null=True, on_delete=models.PROTECT, related_name="+")
    answers = EncryptedJSONField()
    answered_on = models.DateField()
    # DPA 2018 Sch 1 para 39 asks for a retention period.
    delete_after = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return "Equality record"


class VaultRead(LedgerRow):
    """One opening of the vault to count: who, when, for which table, over how many records."""

    intake = models.ForeignKey("programmes.Intake", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=80, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    field = models.CharField(max_length=40, blank=True)
    records = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.unit or self.field}, {self.at.isoformat()}"


class EqualityTable(LedgerRow):
    """One question about one unit in one reporting year as it was published: figures after suppression only.

    A unit (a scheme's intakes of the year, the boards on its last day) is published once. Nothing is worked out again,
    so that whoever erases an answer later, or leaves, cannot be found by comparing two editions.
    """

    unit = models.CharField(max_length=80)
    year_starts = models.PositiveSmallIntegerField()  # the reporting year, by the year in which it begins
    title = models.CharField(max_length=200)
    question = models.CharField(max_length=40)
    # {"answers": [label], "groups": [{"key", "label", "total", "cells": [number or null]}],
    #  "ratios": [{"before": key, "after": key, "value", "low", "high"}]}
    facts = models.JSONField()
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["year_starts", "unit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year_starts", "question"], name="equalitytable_published_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.question}"


class EqualityReading(LedgerRow):
    """One reading of a year's equality report: who, when, in which form."""

    class Form(models.TextChoices):
        PAGE = "page", "Page"
        PDF = "pdf", "PDF"
        CSV = "csv", "CSV"

    year_starts = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=4, choices=Form.choices)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by}, {self.get_form_display()}"
