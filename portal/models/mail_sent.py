"""The record of mail: what was sent to which address, and when."""

from django.db import models
from django.db.models.functions import Lower


class MailSent(models.Model):
    """One mail that left. Its subject only: what it said stands behind the sign-in, or in the act it tells of."""

    address = models.EmailField()
    template = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name_plural = "mails sent"
        indexes = [models.Index(Lower("address"), name="mailsent_by_address")]

    def __str__(self) -> str:
        return f"{self.subject}, {self.sent_at.isoformat()}"
