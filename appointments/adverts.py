"""An open campaign as the public reads it: for the page, the feed, and search engines (schema.org JobPosting)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from appointments.models import Campaign, Criterion


@dataclass(frozen=True, slots=True)
class Advert:
    """What one advert says, with the rate in force when the campaign began."""

    campaign: Campaign
    criteria: tuple[Criterion, ...]

    @property
    def pay(self) -> int | None:
        """One amount; None where the trust sets it, or where it is a range."""
        return self.campaign.rate.amount if self.campaign.rate else None

    @property
    def pay_range(self) -> tuple[int, int] | None:
        rate = self.campaign.rate
        return (rate.lower_quartile, rate.upper_quartile) if rate and rate.amount is None else None

    @property
    def has_desirable(self) -> bool:
        return any(not criterion.essential for criterion in self.criteria)

    @property
    def path(self) -> str:
        return reverse("appointments:opportunity_detail", args=[self.campaign.pk])


def adverts(at: dt.datetime) -> list[Advert]:
    """Every open campaign that may be shown, what closes first on top. Two queries."""
    rows = Campaign.objects.advertised(at).select_related("seat__board__region", "intake", "rate")
    return of(rows.prefetch_related("criteria").order_by("intake__closes_at", "pk"))


def of(campaigns: Iterable[Campaign]) -> list[Advert]:
    return [Advert(campaign, tuple(campaign.criteria.all())) for campaign in campaigns]


def posting(advert: Advert, *, base_url: str) -> dict[str, Any]:
    """schema.org JobPosting with what search engines require: title, description, dates, who hires, where."""
    campaign, board = advert.campaign, advert.campaign.seat.board
    assert campaign.intake is not None  # noqa: S101 (advertised() has one)
    address = {"@type": "PostalAddress", "addressCountry": "GB", "addressRegion": board.region.name}
    if board.postcode:
        address["postalCode"] = board.postcode
    made: dict[str, Any] = {
        "@type": "JobPosting",
        "title": campaign.seat.title,
        "description": "\n".join([campaign.about, *(c.text for c in advert.criteria)]),
        "identifier": {"@type": "PropertyValue", "name": board.name, "value": f"campaign-{campaign.pk}"},
        "datePosted": timezone.localdate(campaign.intake.opens_at).isoformat(),
        "validThrough": campaign.intake.closes_at.isoformat(),
        "employmentType": "PART_TIME",
        "hiringOrganization": {"@type": "Organization", "name": board.name},
        "jobLocation": {"@type": "Place", "address": address},
        "directApply": True,
        "url": f"{base_url}{advert.path}",
    }
    if campaign.days_a_month:
        made["workHours"] = f"{campaign.days_a_month.normalize():f} days a month"
    if value := _value(advert):
        made["baseSalary"] = {"@type": "MonetaryAmount", "currency": "GBP", "value": value}
    return made


def _value(advert: Advert) -> dict[str, Any]:
    if advert.pay:
        return {"@type": "QuantitativeValue", "value": advert.pay, "unitText": "YEAR"}
    if advert.pay_range:
        low, high = advert.pay_range
        return {"@type": "QuantitativeValue", "minValue": low, "maxValue": high, "unitText": "YEAR"}
    return {}


def listing(found: Iterable[Advert], *, base_url: str) -> dict[str, Any]:
    """All of them as one schema.org ItemList."""
    items = [
        {"@type": "ListItem", "position": number, "item": posting(advert, base_url=base_url)}
        for number, advert in enumerate(found, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items}
