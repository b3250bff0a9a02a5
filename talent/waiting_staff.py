"""What waits for reviewers and for the talent team: reviews, sift, adjustments, feedback, conflicts, complaints."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from portal.access import access_of
from portal.models import User
from portal.worklist import Entry, waits
from talent.access import may_answer_complaints
from talent.filters import ATTENTION, needing
from talent.models import Application, Complaint, DeclaredInterest, Review, State

STAFF_GROUP = "Applications"


@waits
def reviews_to_write(user: User, at: dt.datetime) -> Iterator[Entry]:
    mine = Review.objects.visible_to(user).filter(submitted_at=None, application__state=State.REVIEW)
    for review in mine.select_related("application__intake__scheme"):
        application = review.application
        yield Entry(
            title=f"Review {application.pseudonym}",
            url=reverse("talent:review_edit", args=[review.pk]),
            group="Your reviews",
            detail=str(application.intake),
            due_on=review.due_on,
        )


@waits
def applications_that_wait(user: User, at: dt.datetime) -> Iterator[Entry]:
    """One entry for each kind of attention that somebody needs: one query for each kind."""
    if not access_of(user).is_talent_staff:
        return
    mine = Application.objects.in_scope_of(user)
    for what, title in ATTENTION.items():
        found = needing(mine, what, timezone.localdate(at)).aggregate(n=Count("pk"), sift_by=Min("intake__sift_by"))
        if found["n"]:
            yield Entry(
                title=title,
                url=f"{reverse('talent:candidate_list')}?attention={what}",
                group=STAFF_GROUP,
                due_on=found["sift_by"] if what == "sift" else None,
                count=found["n"],
            )


@waits
def reviewers_who_stepped_back(user: User, at: dt.datetime) -> Iterator[Entry]:
    """A reviewer is out for a conflict and the application has fewer than two others."""
    scope = Application.objects.in_scope_of(user).filter(state=State.REVIEW)
    out = DeclaredInterest.objects.in_force().filter(application__in=scope, declared_at__gte=at - dt.timedelta(days=30))
    thin = out.annotate(
        left=Count("application__reviews", filter=Q(application__reviews__withdrawn_at=None), distinct=True)
    )
    for interest in thin.filter(left__lt=2).select_related("application", "user"):
        yield Entry(
            title=f"{interest.user} is out of {interest.application.reference} for a conflict",
            url=reverse("talent:assignment_edit", args=[interest.application.reference]),
            group=STAFF_GROUP,
            detail="It needs another reviewer.",
        )


@waits
def complaints_to_answer(user: User, at: dt.datetime) -> Iterator[Entry]:
    if not may_answer_complaints(user):
        return
    waiting = Complaint.objects.filter(answered_at=None).exclude(user=user).count()
    if waiting:
        yield Entry("Answer complaints", reverse("talent:complaint_list"), "Complaints", count=waiting)
