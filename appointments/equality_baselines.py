"""The published shares as rows: loaded where they are missing, never changed once they are there."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from appointments.models import EqualityBaseline

Kind, Share = EqualityBaseline.Kind, EqualityBaseline.Share
NHS_2017 = "NHS Improvement, provider board membership and diversity survey: findings (October 2018)"
# Women: 28.5 of 56.1 million; all groups but White, who were 86.0%.
SEX = "ONS, 2011 Census: population and household estimates, England and Wales"
ETHNICITY = "2011 Census, England and Wales (Ethnicity facts and figures)"
DISABILITY = "2011 Census, England (in the survey of October 2018)"
FIFTY_FIFTY = "NHS women on boards: 50:50 by 2020 (business plan 2017 to 2019, objective 13)"


def baselines() -> list[EqualityBaseline]:
    boards, census, aim = dt.date(2017, 3, 31), dt.date(2011, 3, 27), dt.date(2017, 4, 1)
    rows: list[tuple[str, str, str, dt.date, str, str]] = [
        (Kind.BOARDS, Share.WOMEN, "43", boards, "NHS boards, 2017", NHS_2017),
        (Kind.WORKFORCE, Share.WOMEN, "77", boards, "NHS workforce, 2017", NHS_2017),
        (Kind.BOARDS, Share.BME, "7.7", boards, "NHS boards, 2017", NHS_2017),
        (Kind.WORKFORCE, Share.BME, "17.7", boards, "NHS workforce, 2017", NHS_2017),
        (Kind.BOARDS, Share.DISABLED, "5.3", boards, "NHS boards, 2017", NHS_2017),
        (Kind.POPULATION, Share.WOMEN, "50.8", census, "Population, 2011", SEX),
        (Kind.POPULATION, Share.BME, "14.0", census, "Population, 2011", ETHNICITY),
        (Kind.POPULATION, Share.DISABLED, "17.6", census, "Population, 2011", DISABILITY),
        (Kind.AIM, Share.WOMEN, "50", aim, "Aim for 2020", FIFTY_FIFTY),
    ]
    return [
        EqualityBaseline(kind=kind, share=share, percent=Decimal(percent), as_on=day, name=name, source=source)
        for kind, share, percent, day, name, source in rows
    ]


@transaction.atomic
def load() -> int:
    """Adds what is missing and returns how many rows that were."""
    added = 0
    for baseline in baselines():
        if not EqualityBaseline.objects.filter(kind=baseline.kind, share=baseline.share, as_on=baseline.as_on).exists():
            baseline.save()
            added += 1
    return added
