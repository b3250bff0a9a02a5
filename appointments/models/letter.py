"""The letter that follows a decision: made once, kept privately, its hash beside it."""

from django.db import models
from django.db.models import Q

from appointments.models.ledger import Decision
from portal.access import Viewer, access_of
from portal.models import User
from portal.storage import private_storage
from talent.models import Person


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: Viewer) -> "LetterQuerySet":
        """The own of whom it is about, and talent staff's who may see the decision; members get no letters."""
        if not isinstance(user, User):
            return self.none()
        them = Person.objects.of_user(user).values("pk")
        scope = Q(application__person__in=them) | Q(decision__item__proposal__person__in=them)
        if access_of(user).is_talent_staff:
            scope |= Q(decision__in=Decision.objects.visible_to(user).values("pk"))
        return self.filter(scope)


class Letter(models.Model):
    """One decision told to one person on paper. What was sent can be proved by `sha256`."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    # None for a letter about a seat that no application led to: its person stands in the proposal.
    application = models.ForeignKey(
        "talent.Application", null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    file = models.FileField(upload_to="letters/%Y/%m", storage=private_storage, max_length=200)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "application"], nulls_distinct=False, name="letter_once_an_application"
            ),
        ]

    def __str__(self) -> str:
        return f"Letter on {self.decision}"
