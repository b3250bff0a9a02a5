"""`manage.py load_vocabulary`: the concepts to begin with; what staff have changed since stays as they left it."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.models import Concept

FILE = Path(__file__).resolve().parents[2] / "data" / "vocabulary.toml"


class Command(BaseCommand):
    help = "Adds the vocabulary's concepts from a file; those that are there already are not touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=FILE)

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        try:
            concepts = tomllib.loads(options["file"].read_text())["concepts"]
        except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
            raise CommandError(f"{options['file']} is no vocabulary: {error}") from error
        known = set(Concept.objects.values_list("name", flat=True))
        new = [Concept(name=names[0], forms="\n".join(names[1:])) for names in concepts if names[0] not in known]
        Concept.objects.bulk_create(new)
        if verbosity:
            self.stdout.write(f"Concepts added: {len(new)}, there already: {len(concepts) - len(new)}")
