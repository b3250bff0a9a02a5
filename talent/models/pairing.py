"""A host trust and a mentor that staff propose for somebody who accepted a placement."""

from django.db import models

from portal.ledger import LedgerRow


class PairProposed(LedgerRow):
    """One host, and a mentor if one was named, proposed for one candidate, with the reasons that stood on the page."""

    application = models.ForeignKey("talent.Application", on_delete=models.PROTECT, related_name="pairs")
    host = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="+")
    mentor_as = models.ForeignKey("portal.Membership", null=True, on_delete=models.PROTECT, related_name="+")
    reasons = models.JSONField()  # {"host": [words], "mentor": [words]}

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "pairs proposed"

    def __str__(self) -> str:
        return f"{self.application}: {self.host}"
