"""Loads a file of trusts: all of it, or nothing and a list of what is wrong by line and column."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal import trusts_file, trusts_import
from portal.models import Organisation


class Command(BaseCommand):
    help = "Loads trusts from a CSV file such as portal/data/trusts.csv. It may be run again: nothing is loaded twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        known = set(Organisation.objects.values_list("ods_code", flat=True))
        try:
            rows = trusts_file.read(options["file"], known_codes=known)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except trusts_file.BadFile as bad:
            raise CommandError(f"Nothing was loaded from {options['file']}.\n{bad}") from bad
        self.stdout.write(str(trusts_import.load(rows, progress=self.progress)))

    def progress(self, rows: Any) -> Any:
        return tqdm(rows, desc="Trusts", unit="trust", file=self.stderr, disable=None)
