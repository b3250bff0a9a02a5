"""`manage.py load_skills`: the vocabulary of skills (talent/data/skills.csv), as rows that staff edit in the CMS."""

from typing import Any

from django.core.management.base import BaseCommand

from talent import skills


class Command(BaseCommand):
    help = "Adds the skills that are missing. Run it as often as you like."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{skills.load()} added")
