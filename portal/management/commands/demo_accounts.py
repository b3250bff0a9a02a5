"""`manage.py demo_accounts`: who to sign in as in the demonstration, and what to try."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import demo
from portal.demo_people import ACCOUNTS, PASSWORD
from portal.models import User


class Command(BaseCommand):
    help = "Prints a demonstration account for each role, with the password and what to try."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo.refuse_outside_demonstration()
        except demo.NotADemonstration as refusal:
            raise CommandError(str(refusal)) from refusal
        present = set(User.objects.filter(email__in=[a.email for a in ACCOUNTS]).values_list("email", flat=True))
        if not present:
            raise CommandError("No demonstration is loaded: run manage.py load_demo first.")
        self.stdout.write(f"Demonstration accounts; the password of each is {PASSWORD}")
        for account in ACCOUNTS:
            if account.email in present:
                self.stdout.write(f"  {account.email:<34} {account.part}: {account.to_try}")
