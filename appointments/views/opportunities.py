"""Open opportunities for everybody: the list, one advert, and the same as RSS and JSON."""

import datetime as dt

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils import timezone

from appointments import adverts
from appointments.adverts import Advert
from appointments.models import Campaign


def opportunity_list(request: HttpRequest) -> HttpResponse:
    return render(request, "appointments/opportunity_list.html", {"adverts": adverts.adverts(timezone.now())})


def opportunity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    open_now = Campaign.objects.advertised(now).select_related("seat__board__region", "intake", "rate")
    campaign = get_object_or_404(open_now.prefetch_related("criteria"), pk=pk)
    (advert,) = adverts.of([campaign])
    posting = {"@context": "https://schema.org"} | adverts.posting(advert, base_url=settings.PORTAL_BASE_URL)
    context = {"advert": advert, "campaign": campaign, "posting": posting}
    return render(request, "appointments/opportunity_detail.html", context)


def opportunity_json(request: HttpRequest) -> JsonResponse:
    found = adverts.listing(adverts.adverts(timezone.now()), base_url=settings.PORTAL_BASE_URL)
    return JsonResponse(found, content_type="application/ld+json")


class OpportunityFeed(Feed):
    title = "Open roles on NHS boards"
    link = reverse_lazy("appointments:opportunity_list")
    description = "Chairs and non-executive directors wanted now, what closes first on top."

    def items(self) -> list[Advert]:
        return adverts.adverts(timezone.now())

    def item_title(self, item: Advert) -> str:
        return str(item.campaign)

    def item_description(self, item: Advert) -> str:
        return item.campaign.about

    def item_link(self, item: Advert) -> str:
        return item.path

    def item_pubdate(self, item: Advert) -> dt.datetime | None:
        return item.campaign.intake.opens_at if item.campaign.intake else None


def opportunity_rss(request: HttpRequest) -> HttpResponse:
    return OpportunityFeed()(request)
