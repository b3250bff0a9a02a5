"""The record of searches: who asked what, when, and who was shown to them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from portal.ledger import LedgerRow


class SearchMade(LedgerRow):
    """One page of people shown to one member of staff. Written once; ids only, so that a name can be erased."""

    question = models.JSONField()
    engine = models.CharField(max_length=20)
    total = models.PositiveIntegerField()
    shown = ArrayField(models.BigIntegerField())

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [GinIndex(fields=["shown"], name="searchmade_shown")]
        verbose_name_plural = "searches made"

    def __str__(self) -> str:
        return f"{self.total} people, {self.at.isoformat()}"
