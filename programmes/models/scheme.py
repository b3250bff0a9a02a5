"""What people apply to: the scheme, its intakes, its frozen questions and its cohorts."""

import datetime as dt
import hashlib
import json
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from wagtail.fields import StreamField

from portal.ledger import LedgerRow
from programmes.question_blocks import CriterionBlock, EligibilityBlock, SectionBlock, content_of
from programmes.questions import Questions, parse


class Scheme(models.Model):
    """A programme that people apply to, such as NExT Director, with the questions its next intake will ask."""

    class Track(models.TextChoices):
        """Which transition table its applications follow (talent/workflow.py)."""

        SCHEME = "scheme", "Talent scheme"
        AWARD = "award", "Award"
        CAMPAIGN = "campaign", "Board appointment"

    class Outcome(models.TextChoices):
        PLACEMENT = "placement", "A placement at a host trust"
        COHORT = "cohort", "A place in a cohort"
        POOL = "pool", "A place in a talent pool"
        PRIZE = "prize", "A prize"
        SEAT = "seat", "A seat on a board"

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    code = models.CharField(
        max_length=4, unique=True, help_text="Up to four capital letters that begin each reference number."
    )
    summary = models.TextField(help_text="One or two sentences, shown where people choose a scheme.")
    track = models.CharField(max_length=20, choices=Track.choices, default=Track.SCHEME)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.COHORT)
    positive_action = models.BooleanField(
        default=False,
        help_text="Asks one yes or no about under-representation; the answer stays in the equality vault.",
    )
    positive_action_reason = models.TextField(
        blank=True, help_text="What somebody who answers no is told, and what else is on offer."
    )
    guaranteed_interview = models.BooleanField(
        default=False, help_text="A disabled applicant who meets the essential criteria is interviewed."
    )
    placement_months = models.PositiveSmallIntegerField(default=12)
    eligibility = StreamField([("question", EligibilityBlock())], blank=True)
    sections = StreamField([("section", SectionBlock())], blank=True)
    rubric = StreamField([("criterion", CriterionBlock())], blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        content = self.content()
        _refuse_twins([s["key"] for s in content["sections"]], "section title")
        keys = [q["key"] for s in content["sections"] for q in s["questions"]]
        _refuse_twins(keys, "question key")
        _refuse_unknown_conditions(content, set(keys))

    @property
    def is_for_two(self) -> bool:
        """An award goes to a pair: a clinician and a manager apply as one."""
        return self.track == Scheme.Track.AWARD

    def content(self) -> dict[str, Any]:
        """Sections and rubric as they stand in the CMS now: what the next frozen set will hold."""
        return content_of(self.sections, self.rubric)


def _refuse_twins(values: list[str], what: str) -> None:
    twins = sorted({v for v in values if values.count(v) > 1})
    if twins:
        raise ValidationError({"sections": f"The {what} “{twins[0]}” is used twice; each must be different."})


def _refuse_unknown_conditions(content: dict[str, Any], keys: set[str]) -> None:
    for section in content["sections"]:
        for question in section["questions"]:
            decider = question.get("shown_if", {}).get("question")
            if decider and decider not in keys:
                raise ValidationError(
                    {"sections": f"“{question['label']}” depends on “{decider}”, which is not asked."}
                )


class QuestionSet(LedgerRow):
    """One frozen version of a scheme's sections and rubric. Written once; a draft keeps the version it began with."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="question_sets")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["scheme", "-number"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="questionset_number_once")]

    def __str__(self) -> str:
        return f"{self.scheme}, version {self.number}"

    @cached_property
    def questions(self) -> Questions:
        return parse(self.content)

    @staticmethod
    def digest_of(content: dict[str, Any]) -> str:
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


class IntakeQuerySet(models.QuerySet["Intake"]):
    def live(self, at: dt.datetime) -> "IntakeQuerySet":
        return self.filter(opens_at__lte=at, closes_at__gt=at)

    def upcoming(self, at: dt.datetime) -> "IntakeQuerySet":
        return self.filter(opens_at__gt=at)

    def closed(self, at: dt.datetime) -> "IntakeQuerySet":
        return self.filter(closes_at__lte=at)

    def of_programmes(self) -> "IntakeQuerySet":
        """Without those that fill one seat on one board: they have pages and an advert of their own."""
        return self.exclude(scheme__track=Scheme.Track.CAMPAIGN)


class Intake(models.Model):
    """One round of a scheme: when it opens and closes, where, for how many, and what happens when after that."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="intakes")
    name = models.CharField(max_length=120, help_text="For example: London, autumn 2017.")
    cohort_name = models.CharField(max_length=120, blank=True)
    regions = models.ManyToManyField("portal.Region", related_name="intakes")
    places = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="London time. The server's clock decides.")
    sift_by = models.DateField(null=True, blank=True)
    interviews_from = models.DateField(null=True, blank=True)
    decision_by = models.DateField(null=True, blank=True)
    starts_on = models.DateField("placements or cohort start", null=True, blank=True)
    # Set when the intake opens (programmes/opening.py); all who begin after that answer the same questions.
    question_set = models.ForeignKey(
        QuestionSet, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="intakes"
    )

    # Of a campaign, from its opening to its shortlist: staff see pseudonyms too, on every page and in every file.
    names_hidden = models.BooleanField(default=False, editable=False)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "name"], name="intake_name_once_a_scheme"),
            models.CheckConstraint(name="intake_closes_after_opening", condition=Q(closes_at__gt=F("opens_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.name}"

    def is_live(self, at: dt.datetime) -> bool:
        return self.opens_at <= at < self.closes_at

    @property
    def timetable(self) -> list[tuple[str, dt.date]]:
        """What happens when after closing, in applicants' words; only what has a date."""
        stages = [
            ("First reading done by", self.sift_by),
            ("Interviews from", self.interviews_from),
            ("You hear by", self.decision_by),
            ("Starts", self.starts_on),
        ]
        return [(what, day) for what, day in stages if day]


class Cohort(models.Model):
    """The people of one intake who go through the programme together."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="cohorts")
    intake = models.OneToOneField(Intake, null=True, blank=True, on_delete=models.PROTECT, related_name="cohort")
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [models.UniqueConstraint(fields=["scheme", "name"], name="cohort_name_once_a_scheme")]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.name}"
