"""The published rules on campaigns as rows, and the questions that every campaign asks: loaded where missing."""

import datetime as dt

from django.db import transaction

from appointments.models import CampaignPolicy
from programmes import board_scheme

D = dt.date


def policies() -> list[CampaignPolicy]:
    return [
        CampaignPolicy(
            kind=CampaignPolicy.Kind.DECIDE,
            months=3,
            source="Governance Code on Public Appointments (2016): decided within three months of closing",
            in_force_from=D(2017, 1, 1),
        ),
        CampaignPolicy(
            kind=CampaignPolicy.Kind.RESERVE,
            months=12,
            source="The body’s own practice: a panel’s verdict is used for a year at most",
            in_force_from=D(2017, 1, 1),
        ),
    ]


@transaction.atomic
def load() -> int:
    """Adds what is missing and returns how many rows that were."""
    added = board_scheme.load()
    for policy in policies():
        if not CampaignPolicy.objects.filter(kind=policy.kind).exists():
            policy.save()
            added += 1
    return added
