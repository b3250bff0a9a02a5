"""What staff find applications by, and the record of every list that left the portal as a file."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from portal.ledger import LedgerRow


class CandidateText(models.Model):
    """The words of one submitted application and its applicant's profile, written by database triggers alone.

    No declaration, file, adjustment or equality answer is in it (migrations/*_candidate_text.py).
    """

    application = models.OneToOneField(
        "talent.Application", primary_key=True, on_delete=models.CASCADE, related_name="found_by"
    )
    body = models.TextField()
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="candidatetext_words")]

    def __str__(self) -> str:
        return f"Text of application {self.pk}"


class CandidateExport(LedgerRow):
    """One download of the candidate list: who, when, what for (LedgerRow.reason), which filters, how many rows."""

    file_format = models.CharField(max_length=4)
    filters = models.JSONField(default=dict)
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.rows} rows, {self.at.isoformat()}"


class SiftFinding(LedgerRow):
    """Whether one application meets the essential criteria, with the reason. The last one counts."""

    application = models.ForeignKey("talent.Application", on_delete=models.PROTECT, related_name="sift_findings")
    meets_essentials = models.BooleanField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.application}: {'meets' if self.meets_essentials else 'does not meet'} the essentials"
