"""`manage.py load_policies`: the published rules on terms, pay and fitness, as rows that staff can date and change."""

from typing import Any

from django.core.management.base import BaseCommand

from appointments import campaign_policies, equality_baselines, frameworks, pay_policies, policies


class Command(BaseCommand):
    help = "Adds the published policies, rates and frameworks that are missing. Run it as often as you like."

    def handle(self, *args: Any, **options: Any) -> None:
        loaders = (policies, campaign_policies, frameworks, pay_policies, equality_baselines)
        self.stdout.write(f"{sum(one.load() for one in loaders)} added")
