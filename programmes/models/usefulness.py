"""Whether a page was useful to somebody who read it: a yes or a no, a reason, and nothing about who it was."""

from django.db import models
from django.db.models import Q


class UsefulAnswer(models.Model):
    """One reader's answer on one page. Only the day is kept: no person, no address, no browser."""

    class Reason(models.TextChoices):
        NOT_FOUND = "not_found", "It did not have what I was looking for"
        HARD = "hard", "I found it hard to understand"
        OUT_OF_DATE = "out_of_date", "It is out of date"
        WRONG = "wrong", "Something on it is wrong"
        NO_USE = "no_use", "I could not put it to use where I work"
        OTHER = "other", "Something else"

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="useful_answers")
    was_useful = models.BooleanField()
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    words = models.CharField(max_length=400, blank=True)
    answered_on = models.DateField()

    class Meta:
        ordering = ["-answered_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="usefulanswer_reason_for_a_no", condition=Q(was_useful=False) | Q(reason="", words="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.page}: {'useful' if self.was_useful else 'not useful'}"
