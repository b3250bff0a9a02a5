"""System checks: what may be relaxed for the demonstration can never be relaxed in a real installation."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def second_factor_is_required(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.MFA_REQUIRED or settings.DEMONSTRATION:
        return []
    return [
        Error(
            "MFA_REQUIRED is off outside the demonstration.",
            hint="Staff, reviewers and committee members must hold a second factor: remove the setting.",
            id="portal.E001",
        )
    ]


@register()
def demonstration_is_not_production(app_configs: Any, **kwargs: Any) -> list[Error]:
    if not (settings.PRODUCTION and settings.DEMONSTRATION):
        return []
    return [
        Error(
            "DEMONSTRATION is on with production settings.",
            hint="Made-up people never stand beside real ones; use portal.settings.development for a demonstration.",
            id="portal.E002",
        )
    ]
