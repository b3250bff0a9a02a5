"""A campaign's time against the Governance Code: from closing to the outcome. Pure but for reading its rows."""

import datetime as dt
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from appointments.models import Campaign, CampaignPolicy
from appointments.models.campaign import policy_on


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a campaign has taken since it closed, or took until its panel's choice was concluded."""

    closed_on: dt.date
    due_on: dt.date
    ended_on: dt.date | None
    days: int
    source: str
    months: int

    @property
    def is_late(self) -> bool:
        return (self.ended_on or self.closed_on + dt.timedelta(days=self.days)) > self.due_on


def clock_of(campaign: Campaign, *, today: dt.date) -> Clock | None:
    """None before the closing date, after a cancellation, or when no rule was in force. Two queries."""
    if campaign.intake is None or campaign.stage == Campaign.Stage.CANCELLED:
        return None
    closed_on = timezone.localdate(campaign.intake.closes_at)
    policy = policy_on(CampaignPolicy.Kind.DECIDE, closed_on)
    if today < closed_on or policy is None:
        return None
    concluded = campaign.events.filter(stage=Campaign.Stage.CONCLUDED).first()
    ended_on = timezone.localdate(concluded.at) if concluded else None
    due_on = closed_on + relativedelta(months=policy.months)
    days = ((ended_on or today) - closed_on).days
    return Clock(closed_on, due_on, ended_on, days, policy.source, policy.months)
