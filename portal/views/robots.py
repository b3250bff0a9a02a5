"""What crawlers are told: pages are theirs to read, the signed-in rooms are not."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

# Nothing secret stands there (each view asks who comes); crawling it only wastes everybody's time.
CLOSED = ("/accounts/", "/cms/", "/home/", "/search/", "/useful/")


@cache_control(max_age=86400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {place}" for place in CLOSED),
        "",
        f"Sitemap: {settings.PORTAL_BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
