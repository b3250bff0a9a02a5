"""`manage.py load_policies`: the published rules on terms, pay and fitness, as rows that staff can date and change."""

from typing import Any

from django.core.management.base import BaseCommand

from appointments import campaign_policies, equality_baselines, frameworks, policies


class Command(BaseCommand):
    help = "Adds the published policies, rates and frameworks that are missing. Run it as often as you like."

    def handle(self, *args: Any, **options: Any) -> None:
        added = policies.load() + campaign_policies.load() + frameworks.load() + equality_baselines.load()
        self.stdout.write(f"{added} added")
