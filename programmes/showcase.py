"""What programmes show on the public home page: what is open now, and the latest guidance."""

import datetime as dt

from django.db.models import F
from django.http import HttpRequest

from portal.showcase import Section, shows
from programmes import opportunities
from programmes.models import GuidancePage, ProgrammePage

LATEST_GUIDANCE = 3


@shows(10)
def open_opportunities(request: HttpRequest, at: dt.datetime) -> Section:
    """Live intakes, each with the page of its programme: four queries."""
    intakes = opportunities.open_now(at=at)
    pages = ProgrammePage.objects.live().public().filter(schemes__in={i.scheme_id for i in intakes})
    page_of = {page.for_scheme: page for page in pages.annotate(for_scheme=F("schemes__pk"))}
    rows = [(intake, page_of.get(intake.scheme_id)) for intake in intakes]
    return Section("programmes/home_opportunities.html", {"rows": rows})


@shows(20)
def latest_guidance(request: HttpRequest, at: dt.datetime) -> Section:
    pages = GuidancePage.objects.live().public().order_by("-first_published_at", "-pk")[:LATEST_GUIDANCE]
    return Section("programmes/home_guidance.html", {"pages": pages})
