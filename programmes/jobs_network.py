"""What the worker does for learning networks: telling members that somebody wrote, or that a meeting is planned."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from portal import outbox
from portal.mail import send
from portal.models import Job
from programmes.models import Event, NetworkMember, NetworkNote
from programmes.network_mail import NETWORK_NEWS, readers_of, token_of

NETWORK_MAIL = "programmes.network_mail"


@outbox.job(NETWORK_NEWS)
def tell_members(job: Job) -> None:
    """Each mail is a job of its own, tried again alone."""
    news, what = _news(job.payload)
    if news is None:
        return
    for member in readers_of(news).order_by("pk"):
        payload = {what: news.pk, "member": member.pk}
        outbox.enqueue(NETWORK_MAIL, payload, at=timezone.now(), key=f"network-mail-{what}-{news.pk}-{member.pk}")


@outbox.job(NETWORK_MAIL)
def mail_member(job: Job) -> None:
    """Nothing to whoever left or stopped mail since, nor about what was taken off."""
    news, what = _news(job.payload)
    member = NetworkMember.objects.current().select_related("user", "network").filter(pk=job.payload["member"]).first()
    if news is None or member is None or not member.wants_mail:
        return
    context = {
        what: news,
        "network": member.network,
        "begun": (news.parent or news) if isinstance(news, NetworkNote) else None,
        "opt_out_url": f"{settings.PORTAL_BASE_URL}{reverse('programmes:network_mail_end', args=[token_of(member)])}",
    }
    send(f"network_{what}", [member.user.email], context)


def _news(payload: dict[str, Any]) -> tuple[NetworkNote | Event | None, str]:
    """What there is to tell, as it stands now, and its kind."""
    if "note" in payload:
        notes = NetworkNote.objects.shown().select_related("by", "parent", "network")
        note = notes.filter(pk=payload["note"]).first()
        return (None if note and note.parent and note.parent.withdrawn_at else note), "note"
    return Event.objects.standing().filter(pk=payload["event"]).first(), "event"
