"""Reminds people of drafts before the deadline and closes those left after it; to be run once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from talent import drafts


class Command(BaseCommand):
    help = "Reminds people of unsent applications three days before the deadline and closes them a week after it."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        reminded, lapsed = drafts.remind(at=now), drafts.lapse(at=now)
        self.stdout.write(f"{reminded} to be reminded, {lapsed} closed.")
