"""What is measured, what each trust counted month by month, and what its chart has to know beside the numbers."""

import datetime as dt
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q

from portal.ledger import AppendOnlyQuerySet, LedgerRow
from programmes.spc import Direction


class Measure(models.Model):
    """One measure as the programme team defines it, such as turnover: leavers of 12 months over average headcount."""

    class Better(models.TextChoices):
        UP = Direction.UP.value, "Higher is better"
        DOWN = Direction.DOWN.value, "Lower is better"
        NEUTRAL = Direction.NEUTRAL.value, "Neither is better"

    class Frequency(models.TextChoices):
        MONTHLY = "monthly", "Every month"
        QUARTERLY = "quarterly", "Every quarter"

    code = models.SlugField(max_length=40, unique=True, help_text="As it stands in files of data: turnover.")
    name = models.CharField(max_length=120)
    definition = models.TextField(help_text="So that two trusts count alike: who and what is in, and what is not.")
    numerator = models.CharField(max_length=200, help_text="What is counted: leavers in the last 12 months.")
    denominator = models.CharField(
        max_length=200, blank=True, help_text="Out of what: average headcount. Empty for a plain count."
    )
    per = models.PositiveIntegerField(default=100, help_text="100 for a percentage, 1,000 for a rate per 1,000.")
    unit = models.CharField(max_length=40, help_text="As it follows a figure: %, falls per 1,000 bed days.")
    is_proportion = models.BooleanField(
        "the numerator is part of the denominator", default=False, help_text="Vacant posts of all posts, for one."
    )
    better = models.CharField(max_length=8, choices=Better.choices)
    frequency = models.CharField(
        "how often it is counted",
        max_length=10,
        choices=Frequency.choices,
        default=Frequency.MONTHLY,
        help_text="A quarter’s figures are entered under its last month: March, June, September or December.",
    )
    target = models.DecimalField(
        "target for every trust",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="In the unit above. A trust that sets its own target is held against that one.",
    )
    due_days = models.PositiveSmallIntegerField(
        default=20, help_text="Days after the end of a month or quarter by which its figures are due."
    )
    source = models.CharField(max_length=200, blank=True, help_text="Where the definition comes from.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_rate(self) -> bool:
        return bool(self.denominator)

    @property
    def suffix(self) -> str:
        """The unit as it follows a figure: "%" at once, words after a space."""
        return self.unit if self.unit == "%" else f" {self.unit}"

    @property
    def direction(self) -> Direction:
        return Direction(self.better)

    @property
    def period(self) -> str:
        """What one figure is about: month or quarter."""
        return "month" if self.frequency == self.Frequency.MONTHLY else "quarter"

    def period_text(self, month: dt.date) -> str:
        return f"{month:%B %Y}" if self.frequency == self.Frequency.MONTHLY else f"the quarter to {month:%B %Y}"

    def counts_in(self, month: dt.date) -> bool:
        """Whether a figure is entered under `month`."""
        return self.frequency == self.Frequency.MONTHLY or month.month % 3 == 0

    def value(self, numerator: Decimal, denominator: Decimal | None) -> Decimal:
        """The figure on the chart, in `unit`."""
        if denominator is None:
            return numerator
        return numerator * self.per / denominator

    def figure(self, value: Decimal) -> str:
        """A figure with its unit, without needless zeros: 14.5%."""
        return f"{value.normalize():f}{self.suffix}"

    def fault_of(self, numerator: Decimal | None, denominator: Decimal | None) -> tuple[str, str] | None:
        """(column, message) for numbers that cannot be this measure's; None where they can."""
        if numerator is None or numerator < 0:
            return "numerator", f"must be a number from 0: {self.numerator.lower()}"
        if not self.is_rate and denominator is not None:
            return "denominator", f"must be empty: {self.name.lower()} is a plain count"
        if self.is_rate and (denominator is None or denominator <= 0):
            return "denominator", f"must be a number above 0: {self.denominator.lower()}"
        if self.is_proportion and denominator is not None and numerator > denominator:
            return "numerator", "must not be more than the denominator, which it is part of"
        return None


def first_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


class ReadingQuerySet(AppendOnlyQuerySet):
    def standing(self) -> "ReadingQuerySet":
        """Those that no correction has replaced."""
        return self.filter(~Exists(Reading.objects.filter(corrects=OuterRef("pk"))))


class Reading(LedgerRow):
    """What one trust counted for one measure in one month. Written once; a correction is a new row."""

    class Source(models.TextChoices):
        TYPED = "typed", "Typed in"
        FILE = "file", "From a file"

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="readings")
    trust = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="readings")
    month = models.DateField(help_text="Its first day.")
    numerator = models.DecimalField(max_digits=12, decimal_places=2)
    denominator = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "trust", "month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "trust", "month"], condition=Q(corrects=None), name="reading_first_once_a_month"
            ),
            models.CheckConstraint(name="reading_numerator_from_0", condition=Q(numerator__gte=0)),
            models.CheckConstraint(
                name="reading_denominator_above_0", condition=Q(denominator=None) | Q(denominator__gt=0)
            ),
            models.CheckConstraint(name="reading_month_is_its_first_day", condition=Q(month__day=1)),
        ]
        indexes = [models.Index(fields=["trust", "measure", "month"], name="reading_by_trust")]

    def __str__(self) -> str:
        return f"{self.measure}, {self.trust}, {self.month:%B %Y}"

    @property
    def value(self) -> Decimal:
        return self.measure.value(self.numerator, self.denominator)


class ChartNote(LedgerRow):
    """A word at one month of one trust's chart: what was changed then, and whether the limits start anew there."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="notes")
    trust = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="chart_notes")
    month = models.DateField()
    text = models.CharField(max_length=200)
    rebase = models.BooleanField("new limits from this month on", default=False)
    withdraws = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawn_by"
    )

    class Meta:
        ordering = ["month", "pk"]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}: {self.text}"


class Target(LedgerRow):
    """What one trust wants a measure to be by a month; the last row of the pair holds."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="targets")
    trust = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="targets")
    value = models.DecimalField(max_digits=12, decimal_places=2)
    by_month = models.DateField()

    class Meta:
        ordering = ["at", "pk"]

    @property
    def says(self) -> str:
        return self.measure.figure(self.value)

    def __str__(self) -> str:
        return f"{self.measure}, {self.trust}: {self.value} by {self.by_month:%B %Y}"
