"""Third floor: committees, decisions, boards and seats. Imports talent, programmes and portal."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "appointments"
    default_auto_field = "django.db.models.BigAutoField"
