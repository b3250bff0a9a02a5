"""`manage.py programme_figures --json`: trusts, plans and projects of each collaborative, from the records."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from programmes.figures import CollaborativeFigures, as_json, collaborative_figures


class Command(BaseCommand):
    help = "Counts every collaborative: trusts by wave and sector, plans submitted, projects, how its measures moved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        figures = collaborative_figures()
        if options["json"]:
            self.stdout.write(json.dumps(as_json(figures), indent=2))
            return
        for row in figures.values():
            for line in _lines(row):
                self.stdout.write(line)


def _lines(row: CollaborativeFigures) -> Iterator[str]:
    yield f"{row.name}: {row.trusts} trusts, {row.plans_submitted} plans submitted, {row.projects} projects"
    for wave in row.waves:
        sectors = ", ".join(f"{number} {sector.replace('_', ' ')}" for sector, number in wave.by_sector.items())
        yield f"  {wave.name}: {wave.trusts} trusts ({sectors})"
        for one in wave.measures:
            yield (
                f"    {one.measure}: {one.first:g} in {one.first_month:%B %Y}, {one.last:g} in {one.last_month:%B %Y} "
                f"({one.unit})"
            )
