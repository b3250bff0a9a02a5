"""What the worker does for the hub: telling those who follow a topic that something new stands there."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from portal import outbox
from portal.mail import send
from portal.models import Job
from programmes.hub_pages import TOPIC_NEWS
from programmes.models import LibraryPage, TopicFollow
from programmes.replying import token_of

TOPIC_MAIL = "programmes.topic_mail"


@outbox.job(TOPIC_NEWS)
def tell_followers(job: Job) -> None:
    """One mail each, however many of the page's topics somebody follows; each a job of its own, tried again alone."""
    follows = TopicFollow.objects.filter(topic__library=job.payload["page"], user__is_active=True)
    for following in follows.order_by("user_id", "pk").distinct("user_id"):
        key = f"topic-mail-{job.payload['page']}-{following.user_id}"
        payload = {"page": job.payload["page"], "follow": following.pk}
        outbox.enqueue(TOPIC_MAIL, payload, at=timezone.now(), key=key)


@outbox.job(TOPIC_MAIL)
def mail_follower(job: Job) -> None:
    """Whoever has stopped following meanwhile gets nothing, nor does anybody for a page that was taken down."""
    following = TopicFollow.objects.select_related("topic", "user").filter(pk=job.payload["follow"]).first()
    page = LibraryPage.objects.readable().filter(pk=job.payload["page"]).first()
    if following is None or page is None:
        return
    context = {
        "topic": following.topic,
        "page": page,
        "url": page.full_url,
        "opt_out_url": f"{settings.PORTAL_BASE_URL}{reverse('programmes:follow_end', args=[token_of(following)])}",
    }
    send("topic_news", [following.user.email], context)
