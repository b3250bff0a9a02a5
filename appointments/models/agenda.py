"""What a meeting has before it; what each member declared about it before reading, and how they voted."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from appointments.models.committee import Meeting
from appointments.models.proposal import Proposal
from appointments.models.proposal_interest import ProposalInterest
from appointments.models.section import AgendaSection
from portal.access import Viewer, access_of
from portal.ledger import LedgerRow
from portal.models import User
from talent.models import Application, DeclaredInterest, Person


class ItemQuerySet(models.QuerySet["AgendaItem"]):
    def standing(self) -> "ItemQuerySet":
        return self.filter(removed_at=None)

    def undecided(self) -> "ItemQuerySet":
        """Still to be decided where they stand; one that waits for a meeting is not."""
        return self.standing().filter(decision=None, waits_since=None)

    def to_carry_over(self) -> "ItemQuerySet":
        """Business that a meeting is to have: deferred, or taken out of a round; each is carried over once.

        What is about an application or a proposal waits by itself: it can be put on an agenda again.
        """
        again = AgendaItem.objects.standing().filter(carried_from=OuterRef("pk"))
        waits = Q(waits_since__isnull=False) | Q(decision__outcome="deferred")
        return self.standing().filter(waits, ~Exists(again), kind=AgendaItem.Kind.POLICY)

    def free_of_conflict(self, user: Viewer) -> "ItemQuerySet":
        """Without the items on which `user` has a conflict: about themselves, or an interest, declared or detected.

        Every page, count, worklist entry and paper about items starts here.
        """
        if not isinstance(user, User):
            return self.none()
        interests = DeclaredInterest.objects.in_force().filter(about_item("application__"), user=user)
        them = Person.objects.of_user(user).values("pk")
        own = Application.objects.filter(about_item(), person__in=them)
        about_them = Proposal.objects.filter(pk=OuterRef("proposal"), person__in=them)
        barred = ProposalInterest.objects.in_force().filter(proposal=OuterRef("proposal"), user=user)
        # Business and cohorts have nothing that an interest row could hang on: the declaration itself counts.
        declared = Declaration.objects.filter(item=OuterRef("pk"), member=user, interest=True)
        return self.exclude(
            Exists(interests)
            | Exists(own)
            | Exists(about_them)
            | Exists(barred)
            | Exists(declared) & Q(application=None, proposal=None)
        )

    def listed_for(self, user: Viewer) -> "ItemQuerySet":
        """What `user` may know to be on an agenda; a member reads its papers only once declared (visible_to)."""
        return self.standing().free_of_conflict(user).filter(meeting__in=Meeting.objects.visible_to(user))

    def undeclared_by(self, user: Viewer) -> "ItemQuerySet":
        return self.filter(~Exists(Declaration.objects.filter(item=OuterRef("pk"), member=user)))

    def visible_to(self, user: Viewer) -> "ItemQuerySet":
        """Whose papers `user` may read: the talent team's, and a member's who has declared about that very item."""
        listed = self.listed_for(user)
        if access_of(user).is_talent_team:
            return listed
        return listed.filter(Exists(Declaration.objects.filter(item=OuterRef("pk"), member=user)))


def about_item(path: str = "") -> Q:
    """For a subquery on items: the application that one is about, those of its cohort, and its proposal's."""
    return (
        Q(**{f"{path}pk": OuterRef("application")})
        | Q(**{f"{path}places__item": OuterRef("pk")})
        | Q(**{f"{path}proposals": OuterRef("proposal")})
    )


class AgendaItem(models.Model):
    """One matter before one meeting. Taken off, never deleted: what was declared about it stays."""

    class Kind(models.TextChoices):
        """Those between the schemes' and the last are the kinds of Proposal, under the same names."""

        SCHEME_PLACE = "scheme_place", "Place on a scheme"
        SCHEME_COHORT = "scheme_cohort", "Cohort of a scheme"
        NEW_APPOINTMENT = "new_appointment", "New appointment"
        REAPPOINTMENT = "reappointment", "Reappointment"
        EXTENSION = "extension", "Extension"
        REMUNERATION = "remuneration", "Remuneration"
        TERMINATION = "termination", "Termination"
        EXECUTIVE_MOVE = "executive_move", "Executive appointment or move"
        POLICY = "policy", "Policy or other business"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    # Its place in the whole agenda: part after part, the acts of sections.py see to that.
    position = models.PositiveSmallIntegerField()
    section = models.ForeignKey(
        AgendaSection, verbose_name="part", null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    minutes = models.PositiveSmallIntegerField("minutes allotted", default=10)
    presenter = models.CharField("presented by", max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200)
    application = models.ForeignKey(
        "talent.Application", null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    applications = models.ManyToManyField("talent.Application", through="CohortPlace", related_name="cohort_items")
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="items")
    note = models.TextField("note for the committee", blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("portal.User", null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    waits_since = models.DateTimeField("taken out of a round, to wait for a meeting", null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to", help_text="Earlier item."
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "application"], condition=Q(removed_at=None), name="agendaitem_once_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["meeting", "proposal"], condition=Q(removed_at=None), name="agendaitem_proposal_once_a_meeting"
            ),
            models.CheckConstraint(
                name="agendaitem_is_about_its_kind",
                condition=Q(kind__in=["scheme_place", "scheme_cohort", "policy"], proposal=None)
                | ~Q(kind__in=["scheme_place", "scheme_cohort", "policy"]) & Q(proposal__isnull=False),
            ),
            models.CheckConstraint(
                name="agendaitem_scheme_place_has_application",
                condition=~Q(kind="scheme_place") | Q(application__isnull=False),
            ),
            models.CheckConstraint(
                name="agendaitem_cohort_has_places_instead",
                condition=~Q(kind="scheme_cohort") | Q(application=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Application | None:
        """The application that the decision moves: a scheme's, or the one from which a campaign made its proposal."""
        return self.application or (self.proposal.application if self.proposal else None)

    @property
    def is_open(self) -> bool:
        """Still to be decided; its decision must be loaded."""
        return not hasattr(self, "decision") and self.waits_since is None


class CohortPlace(models.Model):
    """One of the applications that an item about a cohort decides together."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="places")
    application = models.ForeignKey("talent.Application", on_delete=models.PROTECT, related_name="places")

    class Meta:
        ordering = ["item", "application__person__sort_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "application"], name="cohortplace_once_an_item")]

    def __str__(self) -> str:
        return f"{self.application}, {self.item}"


class WaitRequest(LedgerRow):
    """A member's word that an item of a round has to wait for a meeting: `by`, and why."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="wait_requests")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.by} asks that {self.item} waits for a meeting"


class Declaration(LedgerRow):
    """What a member said of one item before reading it: an interest, or none. `by` wrote it down."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="declarations")
    member = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="declarations")
    interest = models.BooleanField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["member", "item"], name="declaration_by_member")]

    def __str__(self) -> str:
        return f"{self.member} on {self.item}: {'an interest' if self.interest else 'no interest'}"


class Vote(models.Model):
    """How one member votes on one item: theirs to change until the decision, then part of the decision's facts."""

    class Choice(models.TextChoices):
        FOR = "for", "For"
        AGAINST = "against", "Against"
        ABSTAIN = "abstain", "Abstain"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="votes")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    cast_at = models.DateTimeField()
    # The secretariat, for a vote given by word of mouth in the room; otherwise the member.
    entered_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item", "member__sort_name"]
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="vote_once_a_member")]

    def __str__(self) -> str:
        return f"{self.member} on {self.item}"
