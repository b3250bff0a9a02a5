"""The equality vault's tables: answers that nobody reads one by one. talent/equality.py is their only door."""

from django.db import models

from portal.fields import EncryptedJSONField
from portal.ledger import LedgerRow


class EqualityRecord(models.Model):
    """One applicant's optional answers, encrypted, under a token that only the vault can tie to an application."""

    # HMAC of the application's id: no foreign key, so that no join, admin screen or export can reach across.
    token = models.CharField(max_length=64, unique=True)
    intake = models.ForeignKey("programmes.Intake", on_delete=models.PROTECT, related_name="+")
    answers = EncryptedJSONField()
    answered_on = models.DateField()
    # DPA 2018 Sch 1 para 39 asks for a retention period.
    delete_after = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return "Equality record"


class VaultRead(LedgerRow):
    """One reading of the vault for an aggregate: who, when, which question and stage, over how many records."""

    intake = models.ForeignKey("programmes.Intake", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20)
    field = models.CharField(max_length=40)
    records = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.field} at {self.stage}, {self.at.isoformat()}"
