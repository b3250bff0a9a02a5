"""Deletes equality answers past their retention date; to be run once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from talent import equality


class Command(BaseCommand):
    help = "Deletes equality answers past their retention date (two years after their intake closed)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{equality.purge(at=timezone.now())} equality records deleted.")
