"""`manage.py search_check`: compares each live index with the database; `--repair` mends what differs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from search import checking, rebuilding
from search.engines.base import EngineDown
from search.models import Index


class Command(BaseCommand):
    help = "Says which people an index lacks, holds too many of, or holds out of date; --repair puts it right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=Index.Engine.values, help="this one only")
        parser.add_argument("--repair", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        indexes = Index.objects.filter(is_live=True)
        if options["engine"]:
            indexes = indexes.filter(engine=options["engine"])
        try:
            differ = [index for index in indexes if self._check(index, repair=options["repair"])]
        except (EngineDown, LookupError) as error:
            raise CommandError(f"Not compared: {error}") from error
        if differ and not options["repair"]:
            raise CommandError("Differences were found; run again with --repair.")

    def _check(self, index: Index, *, repair: bool) -> bool:
        now = timezone.now()
        with tqdm(total=rebuilding.how_many(), desc=str(index), unit="", file=self.stderr, disable=None) as bar:
            found = checking.compare(index, at=now, tell=bar.update)
        for what, people in (("missing", found.missing), ("too many", found.too_many), ("outdated", found.outdated)):
            if people:
                self.stdout.write(f"{index}: {what}: {len(people)} (people {', '.join(map(str, people[:20]))})")
        if not found:
            self.stdout.write(f"{index}: as the database")
        elif repair:
            checking.repair(index, found, at=now)
            self.stdout.write(f"{index}: put right")
        return bool(found)
