"""The ground floor: people, organisations, access, papers, sockets for the floors above. Imports no other app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each app says what must hold of its settings, what waits for whom, which jobs it can run and which come round,
        # what it has to show on the public home page, where it leads whom from the signed-in one, which words it knows.
        autodiscover_modules("checks", "waiting", "jobs", "rounds", "showcase", "doors", "page_words", "holdings")
