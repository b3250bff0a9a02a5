"""Proves the decision register whole, or names the first row that is broken or missing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from appointments import chain
from appointments.models import Decision


class Command(BaseCommand):
    help = "Checks the decision register's hash chain from the first row to the last."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", default="", help="a head hash printed in some minutes: it must still be there")

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        fault = chain.first_fault(Decision.objects.order_by("number").iterator(), printed=head.strip().lower())
        if fault:
            raise CommandError(f"Decision {fault.number}: {fault.what}.")
        self.stdout.write(f"{Decision.objects.count()} decisions, unbroken. Head: {chain.head()}")
