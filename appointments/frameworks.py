"""The published frameworks of fit and proper checks, as rows: loaded where they are missing, never changed after."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from appointments.models import CheckKind, FrameworkCheck, FrameworkVersion

D, Kind = dt.date, CheckKind
REGULATION = "Regulation 5, Health and Social Care Act 2008 (Regulated Activities) Regulations 2014"


@dataclass(frozen=True, slots=True)
class Asks:
    """One line of a framework."""

    kind: CheckKind
    months: int | None = None
    again: bool = False
    may_not_apply: bool = False
    for_whom: str = FrameworkCheck.ForWhom.EVERYBODY


REGULATION_5 = {
    "name": "Fit and proper persons, regulation 5",
    "source": REGULATION,
    "in_force_from": D(2014, 11, 27),
    "in_force_until": D(2023, 9, 29),
}
ASKED_BY_REGULATION_5 = (
    Asks(Kind.CV_GAPS),
    Asks(Kind.SELF_DECLARATION, again=True),
    Asks(Kind.PANEL_PAPERS, may_not_apply=True),
    Asks(Kind.NEWS_SEARCH),
    Asks(Kind.REGULATORS),
    Asks(Kind.REFERENCES),
    Asks(Kind.DISQUALIFIED_DIRECTORS),
    Asks(Kind.INSOLVENCY),
    Asks(Kind.APPRAISAL, again=True, may_not_apply=True),
    Asks(Kind.CORPORATE_KNOWLEDGE),
    Asks(Kind.DBS, may_not_apply=True),
    Asks(Kind.OCCUPATIONAL_HEALTH),
    Asks(Kind.QUALIFICATIONS, may_not_apply=True),
    Asks(Kind.IDENTITY),
)

YEARLY = {
    "name": "Fit and proper person test framework",
    "source": f"NHS England fit and proper person test framework for board members (2023); {REGULATION}",
    "in_force_from": D(2023, 9, 30),
    "yearly_attestation": True,
}
ASKED_YEARLY = (
    Asks(Kind.CV_GAPS),
    Asks(Kind.SELF_DECLARATION, months=12),
    Asks(Kind.PANEL_PAPERS, may_not_apply=True),
    Asks(Kind.NEWS_SEARCH, months=12),
    Asks(Kind.REGULATORS, months=12, may_not_apply=True),
    Asks(Kind.REFERENCES),
    Asks(Kind.DISQUALIFIED_DIRECTORS, months=12),
    Asks(Kind.CHARITY_TRUSTEES, months=12),
    Asks(Kind.INSOLVENCY, months=12),
    Asks(Kind.TRIBUNALS, months=12),
    Asks(Kind.APPRAISAL, months=12, may_not_apply=True),
    Asks(Kind.DBS, months=36, may_not_apply=True),
    Asks(Kind.OCCUPATIONAL_HEALTH),
    Asks(Kind.QUALIFICATIONS, may_not_apply=True),
    Asks(Kind.IDENTITY),
)


@transaction.atomic
def load() -> int:
    """Adds the frameworks that are missing and returns how many that were."""
    return _add(REGULATION_5, ASKED_BY_REGULATION_5) + _add(YEARLY, ASKED_YEARLY)


def _add(facts: dict[str, Any], asked: tuple[Asks, ...]) -> int:
    framework, is_new = FrameworkVersion.objects.get_or_create(in_force_from=facts["in_force_from"], defaults=facts)
    if not is_new:
        return 0
    FrameworkCheck.objects.bulk_create(
        FrameworkCheck(
            framework=framework,
            position=number,
            kind=one.kind,
            for_whom=one.for_whom,
            renewal_months=one.months,
            again_at_renewal=one.again,
            may_not_apply=one.may_not_apply,
        )
        for number, one in enumerate(asked, start=1)
    )
    return 1
