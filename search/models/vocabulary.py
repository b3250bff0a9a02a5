"""The words that mean the same, as staff keep them."""

from django.db import models


class Concept(models.Model):
    """One thing with its names: whoever asks for one of them finds people who wrote another."""

    name = models.CharField(max_length=100, unique=True, help_text="How the team would say it in full.")
    forms = models.TextField(
        "other ways to say it",
        help_text="Abbreviations and synonyms, one a line: NED, non-exec, non-executive member.",
    )
    note = models.CharField(max_length=200, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def all_forms(self) -> list[str]:
        """The name first, then every other form, each once."""
        lines = (line.strip() for line in self.forms.splitlines())
        return list(dict.fromkeys([self.name, *(line for line in lines if line)]))
