"""The record of who looked at whose profile: the person sees it too."""

from django.db import models

from portal.ledger import LedgerRow


class ProfileView(LedgerRow):
    """One member of staff opened one person's page."""

    person = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="profile_views")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.at.isoformat()}"
