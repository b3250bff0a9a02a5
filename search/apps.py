"""The roof: finds people and posts. Sees every floor; no floor sees it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"
