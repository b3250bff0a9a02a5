"""Brings the equality vault to the first of EQUALITY_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand

from talent import equality


class Command(BaseCommand):
    help = "Encrypts the equality vault anew with the first of EQUALITY_KEYS; after that the other keys can be dropped."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{equality.rotate()} equality records brought to the first key.")
