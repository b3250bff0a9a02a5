"""A campaign: how one vacant seat is filled in open competition, from the specification to the outcome."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from portal.access import Viewer, access_of
from portal.ledger import LedgerRow
from portal.models import Organisation, User


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def run_by(self, user: Viewer) -> "CampaignQuerySet":
        """What talent staff work on: all for the talent team, a lead's region."""
        access = access_of(user)
        if access.is_talent_team:
            return self
        return self.filter(seat__board__region__in=access.region_ids)

    def with_panel_member(self, user: Viewer) -> "CampaignQuerySet":
        """Those on whose panel `user` sits today, once the panel's work has begun."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        mine = PanelMember.objects.sitting().filter(user=user).values("campaign")
        return self.filter(pk__in=mine, stage__in=Campaign.WITH_PANEL)

    def visible_to(self, user: Viewer) -> "CampaignQuerySet":
        return self.filter(
            Q(pk__in=self.run_by(user).values("pk")) | Q(pk__in=self.with_panel_member(user).values("pk"))
        )

    def running(self) -> "CampaignQuerySet":
        return self.exclude(stage__in=Campaign.ENDED)

    def advertised(self, at: dt.datetime) -> "CampaignQuerySet":
        """What anybody may see: open now, for an NHS trust, or a foundation trust that asked for the advert."""
        allowed = Q(seat__board__kind=Organisation.Kind.NHS_TRUST) | Q(trust_asked_on__isnull=False)
        still = Q(seat__board__closed_on=None) | Q(seat__board__closed_on__gt=at.date())
        return self.filter(
            allowed, still, stage=Campaign.Stage.ADVERTISED, intake__opens_at__lte=at, intake__closes_at__gt=at
        )


class Campaign(models.Model):
    """One competition for one seat. Its stage is written by appointments/campaigning.py alone, with an event each."""

    class Stage(models.TextChoices):
        PREPARING = "preparing", "Being prepared"
        ADVERTISED = "advertised", "Advertised"
        LONGLIST = "longlist", "Longlisted"
        SIFT = "sift", "Blind sift"
        SHORTLIST = "shortlist", "Shortlisted"
        INTERVIEW = "interview", "Interviews"
        VERDICT = "verdict", "Panel has decided"
        RECOMMENDED = "recommended", "Recommended"
        CONCLUDED = "concluded", "Concluded"
        CANCELLED = "cancelled", "Cancelled"

    ENDED = (Stage.CONCLUDED, Stage.CANCELLED)
    WITH_PANEL = (Stage.SIFT, Stage.SHORTLIST, Stage.INTERVIEW)

    seat = models.ForeignKey("appointments.Seat", on_delete=models.PROTECT, related_name="campaigns")
    # Made when the campaign opens: people apply to it as to any scheme's intake.
    intake = models.OneToOneField(
        "programmes.Intake", null=True, blank=True, on_delete=models.PROTECT, related_name="campaign"
    )
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.PREPARING)
    about = models.TextField("about the trust and the role")
    closes_on = models.DateField("closing date")
    days_a_month = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    # In force when the campaign began; what is paid is worked out again for the first day of the term.
    rate = models.ForeignKey(
        "appointments.RemunerationRate", null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns"
    )
    trust_asked_on = models.DateField(
        "the foundation trust asked for it on", null=True, blank=True, help_text="A foundation trust appoints its own."
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=~Q(stage__in=["concluded", "cancelled"]),
                name="campaign_one_running_a_seat",
            ),
            models.CheckConstraint(
                name="campaign_has_intake_once_open",
                condition=Q(intake__isnull=False) | Q(stage__in=["preparing", "cancelled"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat.title}, {self.seat.board}"

    @property
    def has_ended(self) -> bool:
        return self.stage in self.ENDED


class CampaignEvent(LedgerRow):
    """The day on which a campaign came to a stage: written by the system, typed by nobody."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="events")
    stage = models.CharField(max_length=12, choices=Campaign.Stage.choices)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.get_stage_display()}"


class Criterion(models.Model):
    """One line of the specification, by which everybody who applies is scored."""

    MAX_SCORE = 4

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    essential = models.BooleanField(default=True)

    class Meta:
        ordering = ["campaign", "-essential", "position"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "essential", "position"],
                name="criterion_one_a_place",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.text


class PanelMemberQuerySet(models.QuerySet["PanelMember"]):
    def sitting(self) -> "PanelMemberQuerySet":
        return self.filter(left_at=None, user__is_active=True)


class PanelMember(models.Model):
    """One person on one campaign's panel; who leaves it keeps the scores on record and reads nothing more."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Panel chair"
        MEMBER = "member", "Member"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="panel")
    user = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="panel_seats")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    independent = models.BooleanField(
        default=False, help_text="Neither of the body nor of the trust (Governance Code on Public Appointments)."
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("portal.User", on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "role", "user__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "user"], condition=Q(left_at=None), name="panelmember_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(left_at=None, role="chair"), name="panelmember_one_chair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class PanelDeclaration(LedgerRow):
    """A panel member's word, before the first reading, that nothing stands between them and one applicant."""

    application = models.ForeignKey("talent.Application", on_delete=models.PROTECT, related_name="panel_declarations")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.by}: no conflict about {self.application}"


class Mark(models.Model):
    """What one panel member gave one applicant for one criterion, in the sift or at interview."""

    class Round(models.TextChoices):
        SIFT = "sift", "Blind sift"
        INTERVIEW = "interview", "Interview"

    application = models.ForeignKey("talent.Application", on_delete=models.PROTECT, related_name="marks")
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="marks")
    round = models.CharField(max_length=10, choices=Round.choices)
    points = models.PositiveSmallIntegerField()
    evidence = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["application", "round", "criterion", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "member", "criterion", "round"], name="mark_once_a_round"),
            models.CheckConstraint(name="mark_within_scale", condition=Q(points__lte=4)),
        ]

    def __str__(self) -> str:
        return f"{self.get_round_display()}, {self.criterion}: {self.points}"


class ReservePlace(models.Model):
    """An appointable applicant who was not the first choice, and until when the panel's verdict can be used."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reserves")
    application = models.OneToOneField("talent.Application", on_delete=models.PROTECT, related_name="reserve_place")
    rank = models.PositiveSmallIntegerField()
    listed_on = models.DateField()
    expires_on = models.DateField(help_text="The last day.")

    class Meta:
        ordering = ["campaign", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "rank"], name="reserveplace_one_a_rank"),
            models.CheckConstraint(
                name="reserveplace_expires_after_listing", condition=Q(expires_on__gt=F("listed_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.application}"


class CampaignPolicy(models.Model):
    """A dated rule on how long something about a campaign may take, with its source."""

    class Kind(models.TextChoices):
        DECIDE = "decide", "Decided within, from the closing date"
        RESERVE = "reserve", "A reserve list lasts"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    months = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True, help_text="The last day.")

    class Meta:
        ordering = ["kind", "-in_force_from"]
        verbose_name_plural = "campaign policies"
        constraints = [models.UniqueConstraint(fields=["kind", "in_force_from"], name="campaignpolicy_one_a_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.months} months"


def policy_on(kind: str, day: dt.date) -> CampaignPolicy | None:
    """The rule of a kind in force on `day`, or None when none is on record. One query."""
    dated = CampaignPolicy.objects.filter(Q(in_force_until=None) | Q(in_force_until__gte=day), in_force_from__lte=day)
    return dated.filter(kind=kind).order_by("-in_force_from").first()
