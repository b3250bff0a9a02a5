"""Proves the decision register whole, or names the first row that is broken or missing; counts the other ledgers."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from appointments import chain, tallies
from appointments.models import Decision


class Command(BaseCommand):
    help = (
        "Checks the decision register's hash chain from the first row to the last, and that no other ledger of the "
        "committees and boards has fewer rows than the last decision sealed. What is in those rows is guarded by the "
        "database's triggers, not by the chain."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", default="", help="a head hash printed in some minutes: it must still be there")

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        fault = chain.first_fault(Decision.objects.order_by("number").iterator(), printed=head.strip().lower())
        if fault:
            raise CommandError(f"Decision {fault.number}: {fault.what}.")
        last = Decision.objects.order_by("-number").first()
        if last is not None and (missing := tallies.shortfall(last.facts.get("ledgers", {}))):
            raise CommandError(f"Ledger {missing}.")
        self.stdout.write(f"{Decision.objects.count()} decisions, unbroken. Head: {chain.head()}")
