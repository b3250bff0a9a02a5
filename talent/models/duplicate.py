"""Two records that may be one human being: proposed, merged by pointing one at the other, or kept apart."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from portal.access import Viewer, access_of
from portal.ledger import LedgerRow
from portal.models import User


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    def waiting(self) -> "DuplicatePairQuerySet":
        """Proposed and undecided; a record merged elsewhere meanwhile has nothing left to decide."""
        return self.filter(state=DuplicatePair.State.WAITING, first__merged_into=None, second__merged_into=None)

    def visible_to(self, user: Viewer) -> "DuplicatePairQuerySet":
        """The talent team's, since a record may lie in any region; never a pair that one is part of."""
        if not isinstance(user, User) or not access_of(user).is_talent_team:
            return self.none()
        own = Q(first__user=user) | Q(second__user=user)
        return self.exclude(pk__in=DuplicatePair.objects.filter(own).values("pk"))


class DuplicatePair(models.Model):
    """Two people's records that look like one person's, and what staff made of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "To be compared"
        MERGED = "merged", "Merged"
        APART = "apart", "Two people"

    class Reason(models.TextChoices):
        EMAIL = "email", "Same email address"
        BIRTHDAY = "birthday", "Same name and date of birth"
        POST = "post", "Same name and post"

    # The older record first: a pair stands once, whichever way round it was found.
    first = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("talent.Person", on_delete=models.PROTECT, related_name="+")
    reasons = ArrayField(models.CharField(max_length=10, choices=Reason.choices))
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    found_at = models.DateTimeField()

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicatepair_once"),
            models.CheckConstraint(name="duplicatepair_older_first", condition=Q(first__lt=F("second"))),
        ]
        indexes = [models.Index(fields=["state", "-found_at"], name="duplicatepair_by_state")]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"

    @property
    def reason_labels(self) -> list[str]:
        return [str(self.Reason(value).label) for value in self.reasons]


class MergeEvent(LedgerRow):
    """One decision about a pair: who, when, why, and which record was kept."""

    class Kind(models.TextChoices):
        MERGED = "merged", "Merged"
        UNDONE = "undone", "Merge undone"
        APART = "apart", "Kept apart"
        REOPENED = "reopened", "To be compared again"

    pair = models.ForeignKey(DuplicatePair, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    kept = models.ForeignKey("talent.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.pair}: {self.get_kind_display()}"
