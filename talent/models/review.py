"""Reviews: who reads which application, what they scored, and what they would do."""

import datetime as dt

from django.db import models
from django.db.models import Q

from portal.access import Viewer, has_role
from portal.models import Role, User
from talent.models.application import READ_BY_REVIEWERS, Application, State
from talent.models.interest import DeclaredInterest


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: Viewer) -> "ReviewQuerySet":
        """A reviewer's own, while assigned and not in conflict, of applications still being considered."""
        if not isinstance(user, User) or not has_role(user, Role.REVIEWER):
            return self.none()
        barred = DeclaredInterest.objects.in_force().filter(user=user).values("application")
        mine = self.filter(reviewer=user, withdrawn_at=None, application__state__in=READ_BY_REVIEWERS)
        own = Application.objects.of_user(user).values("pk")
        return mine.exclude(application__in=barred).exclude(application__in=own)

    def visible_to_staff(self, user: Viewer) -> "ReviewQuerySet":
        """Reviews of the applications that talent staff work on, drafts of reviewers included."""
        return self.filter(application__in=Application.objects.in_scope_of(user))

    def standing(self) -> "ReviewQuerySet":
        """Assigned and not taken away."""
        return self.filter(withdrawn_at=None)

    def overdue(self, day: dt.date) -> "ReviewQuerySet":
        return self.standing().filter(submitted_at=None, due_on__lt=day, application__state=State.REVIEW)

    def counted(self) -> "ReviewQuerySet":
        """Those whose scores count: submitted, and not taken away for a conflict."""
        return self.filter(submitted_at__isnull=False, withdrawn_at=None)


class Review(models.Model):
    """One reviewer's reading of one application: assigned, drafted, submitted; taken away when a conflict shows."""

    class Recommendation(models.TextChoices):
        INTERVIEW = "interview", "Invite to interview"
        RESERVE = "reserve", "Hold in reserve"
        DECLINE = "decline", "Do not invite"

    application = models.ForeignKey("talent.Application", on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="reviews")
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    # The reviewer has said that nothing stands between them and the applicant; until then they read nothing.
    no_conflict_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.CharField(max_length=12, choices=Recommendation.choices, blank=True)
    overall = models.TextField("overall evidence", blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("portal.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reviewer"], condition=Q(withdrawn_at=None), name="review_once_a_reviewer"
            )
        ]

    def __str__(self) -> str:
        return f"Review {self.pk} of {self.application}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be written: not sent, not taken away, and the application is being reviewed."""
        return self.submitted_at is None and self.withdrawn_at is None and self.application.state == State.REVIEW


class Score(models.Model):
    """What a reviewer gave for one criterion, with the evidence for it. Never replaced by a computed one."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion_key = models.CharField(max_length=100)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "criterion_key"], name="score_once_a_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion_key}: {self.points}"


class RedactionTerm(models.Model):
    """Words that the team hides from the blind round of one application, beside those that are hidden by rule."""

    application = models.ForeignKey("talent.Application", on_delete=models.CASCADE, related_name="redaction_terms")
    words = models.CharField(max_length=200)
    added_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["words"]
        constraints = [models.UniqueConstraint(fields=["application", "words"], name="redactionterm_once")]

    def __str__(self) -> str:
        return f"Redaction term {self.pk}"
