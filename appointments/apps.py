"""Third floor: committees, decisions, boards and seats. Imports talent, programmes and portal."""

from importlib import import_module

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "appointments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # What keeps an executive's proposal from an agenda, and what follows a merge, is registered by being imported.
        for name in ("executives", "flagging"):
            import_module(f"appointments.{name}")
