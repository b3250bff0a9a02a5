"""A campaign's time against the Governance Code: from closing to the outcome. Pure but for reading its rows."""

import datetime as dt
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from appointments.models import Appointment, Campaign, CampaignPolicy
from appointments.models.campaign import policy_on
from portal.words import long_date


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a campaign has taken since it closed, or took until it was decided."""

    closed_on: dt.date
    due_on: dt.date
    ended_on: dt.date | None
    days: int
    source: str
    months: int

    @property
    def is_late(self) -> bool:
        return (self.ended_on or self.closed_on + dt.timedelta(days=self.days)) > self.due_on

    @property
    def statement(self) -> str:
        """In one plain sentence."""
        days = f"{self.days} day{'' if self.days == 1 else 's'}"
        aim = f"the {self.months} months that the code aims at"
        if self.ended_on:
            how = "longer than" if self.is_late else "within"
            return f"Decided {days} after closing, on {long_date(self.ended_on)}: {how} {aim}."
        if self.is_late:
            return f"Not decided {days} after closing: longer than {aim}, which ended on {long_date(self.due_on)}."
        return f"{days} since closing: to be decided by {long_date(self.due_on)} to keep to {aim}."


def clock_of(campaign: Campaign, *, today: dt.date) -> Clock | None:
    """None before the closing date, after a cancellation, or when no rule was in force. Three queries."""
    if campaign.intake is None or campaign.stage == Campaign.Stage.CANCELLED:
        return None
    closed_on = timezone.localdate(campaign.intake.closes_at)
    policy = policy_on(CampaignPolicy.Kind.DECIDE, closed_on)
    if today < closed_on or policy is None:
        return None
    ended_on = _decided_on(campaign)
    due_on = closed_on + relativedelta(months=policy.months)
    days = ((ended_on or today) - closed_on).days
    return Clock(closed_on, due_on, ended_on, days, policy.source, policy.months)


def _decided_on(campaign: Campaign) -> dt.date | None:
    """The committee's appointment, or else the campaign's conclusion: whichever came first."""
    made = Appointment.objects.standing().filter(decision__item__proposal__application__intake=campaign.intake)
    days = list(made.values_list("decided_on", flat=True)[:1])
    concluded = campaign.events.filter(stage=Campaign.Stage.CONCLUDED).first()
    if concluded:
        days.append(timezone.localdate(concluded.at))
    return min(days, default=None)
