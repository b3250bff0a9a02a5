"""Loads a file of boards: all of it, or nothing and a list of what is wrong by line and column."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from appointments import boards_file, boards_import
from portal.models import Organisation
from portal.rows_file import BadFile


class Command(BaseCommand):
    help = boards_file.__doc__ or ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="UTF-8 CSV with the columns above as its header")

    def handle(self, *args: Any, **options: Any) -> None:
        known = set(Organisation.objects.trusts().values_list("ods_code", flat=True))
        try:
            rows = boards_file.read(options["file"], known_codes=known)
            loaded = boards_import.load(rows, by=None, at=timezone.now(), progress=self.progress)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except BadFile as bad:
            raise CommandError(f"Nothing was loaded from {options['file']}.\n{bad}") from bad
        self.stdout.write(str(loaded))

    def progress(self, rows: Any) -> Any:
        return tqdm(rows, desc="Boards", unit="seat", file=self.stderr, disable=None)
