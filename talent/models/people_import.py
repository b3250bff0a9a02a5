"""The record of files of people that were loaded: where somebody who never registered comes from."""

from django.db import models

from portal.ledger import LedgerRow


class PeopleImport(LedgerRow):
    """One file that was loaded whole. Its digest keeps the same file from being loaded a second time."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.at:%Y-%m-%d}"
