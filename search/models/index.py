"""The indexes that are kept, PostgreSQL's own, and what waits to be put into each."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q


class Index(models.Model):
    """One index that is kept up to date: every change of a searched row writes a Pending for each."""

    class Engine(models.TextChoices):
        POSTGRESQL = "postgresql", "PostgreSQL"
        ELASTICSEARCH = "elasticsearch", "Elasticsearch"

    engine = models.CharField(max_length=20, choices=Engine.choices)
    name = models.CharField(max_length=100, unique=True)
    # What the code's terms and mapping were when it was made (engines' SHAPE); another shape is not asked.
    shape = models.CharField(max_length=64)
    is_live = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    # The engine itself was out of reach: nothing is tried before this.
    retry_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["engine", "pk"]
        verbose_name_plural = "indexes"
        constraints = [
            models.UniqueConstraint(fields=["engine"], condition=Q(is_live=True), name="searchindex_one_live_an_engine")
        ]

    def __str__(self) -> str:
        return self.name


class PendingQuerySet(models.QuerySet["Pending"]):
    def due(self, at: dt.datetime) -> "PendingQuerySet":
        return self.filter(Q(due_at=None) | Q(due_at__lte=at), parked_at=None)

    def parked(self) -> "PendingQuerySet":
        return self.filter(parked_at__isnull=False)

    def hiding(self) -> "PendingQuerySet":
        """What an index may still show and must not: consent, region or record changed since it was told."""
        return self.filter(hides=True)


class Pending(models.Model):
    """This person must be put into this index anew. Written by database triggers in the change's own transaction.

    One row a change, never updated by whoever saves: two savers wait for nobody.
    """

    # No constraint in the database: a save must neither wait for an index that is being swapped nor fail when it goes.
    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="pending", db_constraint=False)
    # No foreign key: the person may be gone, which is what the index must be told.
    person_id = models.BigIntegerField()
    hides = models.BooleanField(default=False)
    marked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = PendingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "pending"
        indexes = [
            models.Index(fields=["index", "person_id"], name="pending_of_person"),
            models.Index(fields=["index", "id"], condition=Q(parked_at=None), name="pending_to_do"),
            models.Index(fields=["person_id"], condition=Q(hides=True), name="pending_hiding"),
        ]

    def __str__(self) -> str:
        return f"{self.index}: person {self.person_id}"


class Entry(models.Model):
    """One findable person in PostgreSQL's index: terms, and what is filtered, counted and sorted by."""

    person_id = models.BigIntegerField(primary_key=True)
    version = models.BigIntegerField()
    fingerprint = models.CharField(max_length=24)
    # Every term, in order, and the region; and once more those of names, posts and skills, by weight A to D.
    words = SearchVectorField()
    head = SearchVectorField()
    # What the person holds of each facet, by the facets' numbers: ",3,7," or "" for nothing.
    facets = ArrayField(models.TextField(), default=list)
    region_id = models.BigIntegerField(null=True)
    # The first day on which a consent that this entry rests on is no longer in force.
    fresh_until = models.DateField()
    sort_name = models.CharField(max_length=200)
    readiness = models.SmallIntegerField()
    days = models.SmallIntegerField()  # tenths of a day a month; 0 where not given

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            GinIndex(fields=["words"], name="entry_words"),
            models.Index(fields=["sort_name", "person_id"], name="entry_by_name"),
            models.Index(fields=["fresh_until"], name="entry_by_freshness"),
            models.Index(fields=["version"], name="entry_by_version"),
        ]

    def __str__(self) -> str:
        return f"Entry of person {self.person_id}"


class Term(models.Model):
    """A word that stands in somebody's entry (names apart), its stem, and how many people have it."""

    word = models.CharField(max_length=40, primary_key=True)
    stem = models.CharField(max_length=40, db_index=True)
    people = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["word"], name="term_by_prefix", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.word


class Phrase(models.Model):
    """Words of the vocabulary that stand next to each other, and are one word more in entries from a version on."""

    text = models.TextField(primary_key=True)  # its terms
    since = models.BigIntegerField()

    def __str__(self) -> str:
        return self.text
