"""Plain-text mail from templates/email/; called by job handlers only, so that a mail leaves after its act is saved."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from portal.models import MailSent

Attachment = tuple[str, bytes, str]  # name, content, type


def send(
    template: str, to: Sequence[str], context: Mapping[str, Any], *, attachments: Sequence[Attachment] = ()
) -> None:
    """Sends templates/email/<template>.txt: its first line is the subject, the rest the message.

    The context gains `base_url`, `service` and `organisation`. A message that a person can do without
    says how to stop it: its template extends email/optional.txt and is given `opt_out_url`.
    """
    message = composed(template, context)
    # One each: nobody learns who else was written to. Who was erased since has no address any more.
    for address in filter(None, to):
        EmailMessage(message[0], message[1], to=[address], attachments=list(attachments)).send()
        MailSent.objects.create(address=address, template=template, subject=message[0][:300], sent_at=timezone.now())


def composed(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text."""
    facts = {
        "base_url": settings.PORTAL_BASE_URL,
        "service": settings.WAGTAIL_SITE_NAME,
        "organisation": settings.ORGANISATION_NAME,
    }
    subject, _, text = render_to_string(f"email/{template}.txt", facts | dict(context)).strip().partition("\n")
    return " ".join(subject.split()), f"{text.strip()}\n"


def forget(*, at: dt.datetime) -> int:
    """Deletes the record of mails past its time; returns how many."""
    deleted, _ = MailSent.objects.filter(sent_at__lt=at - dt.timedelta(days=settings.MAIL_RECORD_DAYS)).delete()
    return deleted
