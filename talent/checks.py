"""What an installation should know about itself: uploads that nobody scans."""

from typing import Any

from django.core.checks import Info, register

from portal import scanning


@register(deploy=True)
def uploads_are_scanned(app_configs: Any, **kwargs: Any) -> list[Info]:
    if scanning.is_set_up():
        return []
    return [
        Info(
            "Uploaded files are not scanned for viruses.",
            hint="Set CLAMD_URL, for example tcp://localhost:3310 or unix:///run/clamav/clamd.ctl.",
            id="talent.I001",
        )
    ]
