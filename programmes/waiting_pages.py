"""What waits on pages and on the hub: reviews that are due, submissions to read or to change."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.access import access_of, has_role, may_use_cms
from portal.models import Role, User
from portal.worklist import Entry, waits
from programmes.models import FrameworkPage, GuidancePage, Submission

PAGES, HUB = "Pages", "Improvement Hub"
# A page shows on its owner's list so long before its review is due.
REVIEW_NOTICE = dt.timedelta(days=30)


@waits
def pages_to_review(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For a page's owner; while it has none who may edit pages, for every editor. Two queries for those in the CMS."""
    if not may_use_cms(user):
        return
    today = timezone.localdate(at)
    mine = Q(keeper=user)
    if has_role(user, Role.EDITOR):
        mine |= Q(keeper=None) | Q(keeper__is_active=False)
    for model in (GuidancePage, FrameworkPage):
        for page in model.objects.live().filter(mine, review_due_on__lte=today + REVIEW_NOTICE):
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            yield Entry(f"Read through “{page.title}”", url, PAGES, detail=page.owner_team, due_on=page.review_due_on)


@waits
def submissions_to_read(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For those who moderate: what trusts have sent. One query."""
    if not may_use_cms(user):
        return
    for one in Submission.objects.waiting().select_related("trust").exclude(trust__in=access_of(user).trust_ids):
        url = reverse("programmes:submission_detail", args=[one.pk])
        verb = "Read" if one.state == Submission.State.SUBMITTED else "Answer whether to take down"
        yield Entry(f"{verb} “{one}”", url, HUB, detail=one.trust.name)


@waits
def submissions_to_change(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For a trust's people: what an editor returned. One query."""
    trusts = access_of(user).trust_ids
    if not trusts:
        return
    for one in Submission.objects.filter(state=Submission.State.RETURNED, trust__in=trusts):
        yield Entry(f"Change “{one}”", reverse("programmes:submission_detail", args=[one.pk]), HUB)
