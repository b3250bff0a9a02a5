"""`manage.py load_policies`: the published rules on terms and remuneration, as rows that staff can date and change."""

from typing import Any

from django.core.management.base import BaseCommand

from appointments import campaign_policies, policies


class Command(BaseCommand):
    help = "Adds the published term policies and remuneration rates that are missing. Run it as often as you like."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{policies.load() + campaign_policies.load()} added")
