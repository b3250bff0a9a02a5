"""Says whether a PDF is a pack or minutes that were issued, for whom and when."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from appointments.proof import in_words, proofs_of, sha256_of


class Command(BaseCommand):
    help = "Compares a PDF, byte for byte by its SHA-256, with the packs and minutes that were issued."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                sha256 = sha256_of(iter(lambda: opened.read(1 << 20), b""))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        proofs = proofs_of(sha256)
        if not proofs:
            raise CommandError(f"No pack and no minutes were issued with these bytes ({sha256}).")
        for proof in proofs:
            self.stdout.write(in_words(proof))
