"""What a trust's people send to the Improvement Hub, and what others say to it once it stands there."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.access import Viewer, access_of, may_use_cms
from portal.ledger import LedgerRow
from portal.models import Organisation
from portal.storage import private_storage
from programmes.models.library import LibraryPage
from programmes.models.topic import Topic


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: Viewer) -> "SubmissionQuerySet":
        """A trust's people see what their trust writes; those who moderate see what was ever sent."""
        mine = Q(trust__in=access_of(user).trust_ids)
        if may_use_cms(user):
            mine |= Q(events__kind=SubmissionEvent.Kind.SUBMITTED)
        return self.filter(mine).distinct()

    def waiting(self) -> "SubmissionQuerySet":
        """For an editor: sent to be read, or asked to be taken down."""
        return self.filter(state__in=(Submission.State.SUBMITTED, Submission.State.ASKED_DOWN))


class Submission(models.Model):
    """One story or resource of one trust. `revision` counts its edits: two people who write at once are told."""

    class Kind(models.TextChoices):
        STORY = "story", "Improvement story"
        RESOURCE = "resource", "Resource"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "With an editor"
        RETURNED = "returned", "To be changed"
        PUBLISHED = "published", "Published"
        REFUSED = "refused", "Not published"
        ASKED_DOWN = "asked_down", "Published, asked to be taken down"
        TAKEN_DOWN = "taken_down", "Taken down"

    # What the trust may still write in.
    OPEN = (State.DRAFT, State.RETURNED)

    kind = models.CharField(max_length=10, choices=Kind.choices)
    trust = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    wanted = models.TextField("what you wanted to change", blank=True)
    did = models.TextField("what you did", blank=True)
    happened = models.TextField("what happened", blank=True)
    advice = models.TextField("what you would tell others", blank=True)
    result = models.CharField("the result in one sentence", max_length=200, blank=True)
    link = models.URLField(blank=True)
    # Of a resource: what others take away. Published as a document of the CMS; this one stays private.
    file = models.FileField(storage=private_storage, upload_to="hub/files/", blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    page = models.OneToOneField(
        LibraryPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="submission"
    )
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.title or f"Untitled {self.get_kind_display().lower()}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class SubmissionImage(models.Model):
    """A picture of a submission, always with words for those who cannot see it."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="images")
    file = models.FileField(storage=private_storage, upload_to="hub/")
    alt_text = models.CharField("what the picture shows", max_length=250)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="submissionimage_has_words", condition=~Q(alt_text=""))]

    def __str__(self) -> str:
        return self.alt_text


class SubmissionEvent(LedgerRow):
    """One step or comment between a trust and the editors. Its words are the row's reason."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "Sent to an editor"
        WITHDRAWN = "withdrawn", "Taken back"
        RETURNED = "returned", "Returned with what to change"
        PUBLISHED = "published", "Published"
        REFUSED = "refused", "Not published"
        ASKED_DOWN = "asked_down", "Asked to be taken down"
        TAKEN_DOWN = "taken_down", "Taken down"
        KEPT = "kept", "Kept, after the trust had asked"
        COMMENT = "comment", "Comment"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.submission}: {self.get_kind_display().lower()}"


class Reply(models.Model):
    """What somebody of a trust says to a page of the hub: thanks, or that they tried it too."""

    class Kind(models.TextChoices):
        THANKS = "thanks", "Thank you"
        TRIED = "tried", "We tried this too"

    page = models.ForeignKey(LibraryPage, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    trust = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=600, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(fields=["page", "by", "kind"], name="reply_once_each"),
            models.CheckConstraint(name="reply_tried_has_words", condition=~Q(kind="tried", words="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.trust}"


class TopicFollow(models.Model):
    """Somebody who wants mail when something new stands under a topic. Ended by deleting the row."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="topic_follows")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="follows")
    since = models.DateTimeField()

    class Meta:
        ordering = ["topic__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="topicfollow_once")]

    def __str__(self) -> str:
        return f"{self.topic}: {self.user}"
