"""An open campaign as the public reads it: for the page, the feed, and search engines (schema.org JobPosting)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from appointments.models import Campaign, Criterion, RemunerationRate


@dataclass(frozen=True, slots=True)
class Advert:
    """What one advert says; `pay` is empty where the trust sets it or it depends on the trust's size."""

    campaign: Campaign
    criteria: tuple[Criterion, ...]
    pay: int | None

    @property
    def path(self) -> str:
        return reverse("appointments:opportunity_detail", args=[self.campaign.pk])


def adverts(at: dt.datetime) -> list[Advert]:
    """Every open campaign that may be shown, what closes first on top. Three queries."""
    rows = Campaign.objects.advertised(at).select_related("seat__board__region", "intake").prefetch_related("criteria")
    return of(rows.order_by("intake__closes_at", "pk"), at=at)


def of(campaigns: Iterable[Campaign], *, at: dt.datetime) -> list[Advert]:
    rates = RemunerationRate.objects.in_force(timezone.localdate(at)).filter(group="", amount__isnull=False)
    pay = dict(rates.values_list("role", "amount"))
    return [
        Advert(c, tuple(c.criteria.all()), pay.get(c.seat.role) if c.seat.board.body_appoints else None)
        for c in campaigns
    ]


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
    if advert.pay:
        value = {"@type": "QuantitativeValue", "value": advert.pay, "unitText": "YEAR"}
        made["baseSalary"] = {"@type": "MonetaryAmount", "currency": "GBP", "value": value}
    return made


def listing(found: Iterable[Advert], *, base_url: str) -> dict[str, Any]:
    """All of them as one schema.org ItemList."""
    items = [
        {"@type": "ListItem", "position": number, "item": posting(advert, base_url=base_url)}
        for number, advert in enumerate(found, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items}
