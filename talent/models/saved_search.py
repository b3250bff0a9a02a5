"""Questions that are asked again: kept as data, run by the roof; those that are shared are pools by rule."""

import datetime as dt

from django.db import models
from django.db.models import Q

from portal.access import Viewer, access_of
from portal.models import User
from talent.models.person import Person

# Nobody has looked at it for so long: it says so, and so do its alerts.
STALE_DAYS = 90


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def in_use(self) -> "SavedSearchQuerySet":
        return self.filter(retired_at=None)

    def shared(self) -> "SavedSearchQuerySet":
        return self.exclude(audience=SavedSearch.Audience.OWNER)

    def visible_to(self, user: Viewer) -> "SavedSearchQuerySet":
        """One's own, and what is shared with all talent staff, with one's region, or with the team one is in."""
        access = access_of(user)
        if not isinstance(user, User) or not access.is_talent_staff:
            return self.none()
        theirs = Q(owner=user) | Q(audience=SavedSearch.Audience.NATIONAL)
        if access.is_talent_team:
            theirs |= Q(audience__in=[SavedSearch.Audience.TEAM, SavedSearch.Audience.REGION])
        return self.filter(theirs | Q(audience=SavedSearch.Audience.REGION, region__in=access.region_ids))


class SavedSearch(models.Model):
    """One question with a name. Whoever opens it sees the people whom they may be shown, as they are now."""

    class Audience(models.TextChoices):
        OWNER = "owner", "Only me"
        TEAM = "team", "The talent team"
        REGION = "region", "Talent staff of one region"
        NATIONAL = "national", "All talent staff"

    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300, blank=True)
    question = models.JSONField()
    audience = models.CharField("who can see it", max_length=10, choices=Audience.choices, default=Audience.OWNER)
    region = models.ForeignKey(
        "portal.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="saved_searches"
    )
    owner = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="saved_searches")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(help_text="When somebody last looked at what it finds.")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.CheckConstraint(
                name="savedsearch_region_if_regional",
                condition=Q(audience="region", region__isnull=False) | ~Q(audience="region") & Q(region=None),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.audience != self.Audience.OWNER

    def is_stale(self, at: dt.datetime) -> bool:
        return at - self.opened_at > dt.timedelta(days=STALE_DAYS)


class SearchWatchQuerySet(models.QuerySet["SearchWatch"]):
    def due(self, at: dt.datetime) -> "SearchWatchQuerySet":
        return self.filter(due_at__lte=at, search__retired_at=None)


class SearchWatch(models.Model):
    """Somebody who wants to be told when a saved search finds people it did not find before."""

    class Frequency(models.TextChoices):
        IMMEDIATE = "immediate", "As soon as somebody new is found"
        DAILY = "daily", "Once a day"
        WEEKLY = "weekly", "Once a week"

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="watches")
    user = models.ForeignKey("portal.User", on_delete=models.CASCADE, related_name="search_watches")
    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    since = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the last message was written.")

    objects = SearchWatchQuerySet.as_manager()

    class Meta:
        ordering = ["search", "user"]
        verbose_name_plural = "search watches"
        constraints = [models.UniqueConstraint(fields=["search", "user"], name="searchwatch_once")]

    def __str__(self) -> str:
        return f"{self.user} watches {self.search}"


class WatchedPerson(models.Model):
    """A person of whom a watcher knows: found when the watch began, or told of since."""

    watch = models.ForeignKey(SearchWatch, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "watched people"
        constraints = [models.UniqueConstraint(fields=["watch", "person"], name="watchedperson_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.watch}"
