"""Loads a file of people: all of it, or nothing and a list of what is wrong by row and column."""

import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from portal.rows_file import BadFile
from talent import people_file, people_import


class Command(BaseCommand):
    help = people_file.__doc__ or ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV in UTF-8 or JSON Lines, with the columns above")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            loaded = people_import.load(options["file"], by=None, at=timezone.now(), progress=self.progress)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except BadFile as bad:
            raise CommandError(f"Nothing was loaded from {options['file']}.\n{bad}") from bad
        seconds = max(time.monotonic() - began, 0.001)
        self.stdout.write(f"{loaded}\n{seconds:.0f} seconds, {loaded.read / seconds:,.0f} people a second.")

    def progress(self, rows: Any, what: str, total: int | None) -> Any:
        return tqdm(rows, desc=what, total=total, unit=" people", file=self.stderr, disable=None)
