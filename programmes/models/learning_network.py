"""Learning networks: people with the same task in many trusts, who meet and write to each other."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from portal.access import Viewer, has_role
from portal.ledger import LedgerRow
from portal.models import Role, User

# From how many organisations a network's members come today.
TRUSTS_TODAY = Count("members__organisation", filter=Q(members__left_at=None), distinct=True)


class LearningNetworkQuerySet(models.QuerySet["LearningNetwork"]):
    def led_by(self, user: Viewer) -> "LearningNetworkQuerySet":
        """The talent team leads all; an improvement lead those that name them."""
        if not isinstance(user, User):
            return self.none()
        if has_role(user, Role.TALENT_TEAM):
            return self
        return self.filter(leads=user) if has_role(user, Role.IMPROVEMENT_LEAD) else self.none()

    def joined_by(self, user: Viewer) -> "LearningNetworkQuerySet":
        if not isinstance(user, User):
            return self.none()
        return self.filter(pk__in=NetworkMember.objects.current().filter(user=user).values("network"))

    def visible_to(self, user: Viewer) -> "LearningNetworkQuerySet":
        """Whose meetings, members and notes one reads: the networks that one belongs to or leads."""
        joined = self.model.objects.joined_by(user).order_by().values("pk")
        led = self.model.objects.led_by(user).order_by().values("pk")
        return self.filter(Q(pk__in=joined) | Q(pk__in=led))

    def counted(self) -> "LearningNetworkQuerySet":
        """With `trusts`: from how many organisations its members come today."""
        return self.annotate(trusts=TRUSTS_TODAY)


class LearningNetwork(models.Model):
    """One network, such as that of heads of patient experience."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    purpose = models.TextField(help_text="One or two sentences: what its members do together.")
    for_whom = models.CharField(
        max_length=200, help_text="For example: whoever leads on patient experience in a trust."
    )
    leads = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="leads_networks")

    objects = LearningNetworkQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class NetworkMemberQuerySet(models.QuerySet["NetworkMember"]):
    def current(self) -> "NetworkMemberQuerySet":
        return self.filter(left_at=None)


class NetworkMember(models.Model):
    """One person in one network, for one organisation. Left, never deleted."""

    network = models.ForeignKey(LearningNetwork, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="network_memberships")
    organisation = models.ForeignKey(
        "portal.Organisation", on_delete=models.PROTECT, related_name="learning_network_members"
    )
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    # Of new discussions and meetings; they stop it on the network's page or from any such mail.
    wants_mail = models.BooleanField(default=True)

    objects = NetworkMemberQuerySet.as_manager()

    class Meta:
        ordering = ["network", "organisation__sort_name", "user__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "user"], condition=Q(left_at=None), name="networkmember_once_a_network"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.network}"


class NetworkStep(LedgerRow):
    """How somebody came into a network or out of it."""

    class Kind(models.TextChoices):
        JOINED = "joined", "Joined"
        ADDED = "added", "Added"
        LEFT = "left", "Left"
        REMOVED = "removed", "Removed"

    member = models.ForeignKey(NetworkMember, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind.choices)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_kind_display().lower()}"


class NetworkNoteQuerySet(models.QuerySet["NetworkNote"]):
    def shown(self) -> "NetworkNoteQuerySet":
        return self.filter(withdrawn_at=None)

    def begun(self) -> "NetworkNoteQuerySet":
        """What begins a discussion, the latest first, with `replies`: how many answers stand below it."""
        replies = Count("answers", filter=Q(answers__withdrawn_at=None))
        return self.shown().filter(parent=None).annotate(replies=replies).order_by("-at", "-pk")

    def visible_to(self, user: Viewer) -> "NetworkNoteQuerySet":
        networks = LearningNetwork.objects.visible_to(user).order_by().values("pk")
        return self.shown().filter(network__in=networks)


class NetworkNote(models.Model):
    """What a member wrote for the others: it begins a discussion, perhaps about a meeting, or answers one."""

    network = models.ForeignKey(LearningNetwork, on_delete=models.PROTECT, related_name="notes")
    meeting = models.ForeignKey(
        "programmes.Event", null=True, blank=True, on_delete=models.PROTECT, related_name="network_notes"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="network_notes")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NetworkNoteQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="networknote_title_begins", condition=Q(parent__isnull=True) | Q(title="", meeting__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.title or self.text[:60]
