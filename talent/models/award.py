"""Awards: what a panel gave to whom, and the words in which it was announced."""

from django.db import models

from portal.ledger import LedgerRow


class Award(LedgerRow):
    """One award of one round: the pair's application, the prize in force that day, the panel's reason."""

    application = models.OneToOneField("talent.Application", on_delete=models.PROTECT, related_name="award")
    prize = models.ForeignKey("programmes.Prize", on_delete=models.PROTECT, related_name="awards")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    decided_on = models.DateField()

    class Meta:
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.application.intake}: {self.application.names}"


class AwardAnnouncement(LedgerRow):
    """What the public reads of one award. Better words are a new row; the last counts."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="announcements")
    employer = models.CharField("where they work", max_length=200)
    citation = models.TextField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.award}, announced"
