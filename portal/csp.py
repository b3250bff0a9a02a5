"""Which content security policy a page gets: ours, or the looser one that Wagtail's admin needs."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse


class PolicyByPlaceMiddleware(CSPMiddleware):
    """Our strict policy everywhere; below the CMS's door the directives of CMS_CONTENT_SECURITY_POLICY replace it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        # A preview comes with the page's own strict policy; it only has to stand in the editor's frame.
        if _in_cms(request) and HEADER in response:
            response[HEADER] = response[HEADER].replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and _in_cms(request):
            parts.replace = {**settings.CMS_CONTENT_SECURITY_POLICY, **(parts.replace or {})}
        return parts


def _in_cms(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))
