"""`manage.py programme_figures --json`: collaboratives, learning networks and cohorts, counted from the records."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand

from programmes.figures import (
    CollaborativeFigures,
    as_json,
    cohort_figures,
    collaborative_figures,
    network_figures,
)


class Command(BaseCommand):
    help = "Counts collaboratives (trusts, steps, plans, projects, how measures moved), networks and cohorts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        figures = collaborative_figures()
        if options["json"]:
            self.stdout.write(json.dumps(as_json(figures), indent=2))
            return
        for line in [*chain.from_iterable(map(_lines, figures.values())), *_others()] or ["Nothing is on record yet."]:
            self.stdout.write(line)


def _lines(row: CollaborativeFigures) -> Iterator[str]:
    yield f"{row.name}: {row.trusts} trusts, {row.plans_submitted} plans submitted, {row.projects} projects"
    for wave in row.waves:
        sectors = ", ".join(f"{number} {sector.replace('_', ' ')}" for sector, number in wave.by_sector.items())
        yield f"  {wave.name}: {wave.trusts} trusts ({sectors})"
        if wave.steps:
            yield "    " + ", ".join(f"{step}: {number}" for step, number in wave.steps.items())
        for one in wave.measures:
            yield (
                f"    {one.measure}: {one.first:g} in {one.first_month:%B %Y}, {one.last:g} in {one.last_month:%B %Y} "
                f"({one.unit})"
            )


def _others() -> Iterator[str]:
    for slug, trusts in network_figures().items():
        yield f"Network {slug}: {trusts} trusts"
    for slug, number in cohort_figures().items():
        yield f"Scheme {slug}: {number} cohort{'' if number == 1 else 's'}"
