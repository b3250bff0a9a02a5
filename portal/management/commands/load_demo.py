"""`manage.py load_demo`: fills the demonstration year; refused where real people are."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from portal import demo


class Command(BaseCommand):
    help = "Loads the demonstration year 2017/18: real trusts, made-up people. Running it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="Empties the whole database first.")
        parser.add_argument("--yes", action="store_true", help="Confirms --fresh without asking.")

    def handle(self, *args: Any, fresh: bool, yes: bool, verbosity: int, **options: Any) -> None:
        try:
            demo.refuse_outside_demonstration()
        except demo.NotADemonstration as refusal:
            raise CommandError(str(refusal)) from refusal
        if fresh:
            self._empty(confirmed=yes)
        elif demo.is_loaded():
            self.stdout.write("The demonstration year is there already; nothing was changed.")
            return
        stage = demo.Stage(at=timezone.now())
        if verbosity:
            stage.progress, stage.bar = _progress, _bar
        # The CMS tells of every page that it publishes; the bars say enough.
        logging.disable(logging.INFO)
        demo.load(stage)
        logging.disable(logging.NOTSET)
        self.stdout.write("The demonstration year is loaded.")

    def _empty(self, *, confirmed: bool) -> None:
        if not confirmed and input("Delete everything in this database? Type yes: ").strip() != "yes":
            raise CommandError("Not confirmed; nothing was changed. Add --yes to confirm beforehand.")
        # Rows that are written once refuse DELETE; a database for made-up people is made anew instead.
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)


def _progress(rows: Iterable[Any], title: str) -> Iterable[Any]:
    return tqdm(list(rows), desc=f"{title:<22}", unit="", ncols=88)


@contextmanager
def _bar(title: str) -> Iterator[demo.Tell]:
    """For loaders that say themselves how far they are."""
    with tqdm(desc=f"{title:<22}", unit="", ncols=88) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell
