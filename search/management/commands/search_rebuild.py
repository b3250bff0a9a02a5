"""`manage.py search_rebuild`: builds an index anew beside the live one and swaps; nobody's search is disturbed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from search import rebuilding
from search.engines.base import EngineDown
from search.models import Index


class Command(BaseCommand):
    help = "Builds the search index of an engine anew from the database, with a progress bar, and makes it live."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=Index.Engine.values, default=Index.Engine.POSTGRESQL)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with tqdm(total=rebuilding.how_many(), desc="People", unit="", file=self.stderr, disable=None) as bar:
                index = rebuilding.rebuild(options["engine"], at=timezone.now(), tell=bar.update)
        except (EngineDown, LookupError) as error:
            raise CommandError(f"The index was not built: {error}. The one before it is still in use.") from error
        self.stdout.write(f"{index.name} is live; {rebuilding.waiting(index)} changes wait for it.")
