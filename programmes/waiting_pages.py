"""What waits on pages: those whose review is due."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.access import has_role, may_use_cms
from portal.models import Role, User
from portal.worklist import Entry, waits
from programmes.models import FrameworkPage, GuidancePage

PAGES = "Pages"
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
