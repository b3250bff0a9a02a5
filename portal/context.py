"""What every page says about the installation: its names, and whether it is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site_facts(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_facts": {
            "service": settings.WAGTAIL_SITE_NAME,
            "organisation": settings.ORGANISATION_NAME,
            "demonstration": settings.DEMONSTRATION,
            "second_factor_relaxed": settings.DEMONSTRATION and not settings.MFA_REQUIRED,
        }
    }
