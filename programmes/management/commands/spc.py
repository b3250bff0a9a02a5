"""`manage.py spc FILE.csv --direction down --target 12 --json`: limits and points, for anyone to check."""

import datetime as dt
import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.rows_file import BadFile
from programmes import spc_file
from programmes.spc import ControlChart, Direction, control_chart


def _number(text: str) -> Decimal:
    try:
        found = spc_file.number(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
    if found is None:
        raise ArgumentTypeError("give a number, such as 12.5")
    return found


def _date(text: str) -> dt.date:
    try:
        return spc_file.date(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


class Command(BaseCommand):
    help = "Reads a CSV file (date,value) and says its centre line, its limits, and which points are special cause."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--direction", choices=[str(d) for d in Direction], required=True, help="which way is better"
        )
        parser.add_argument("--target", type=_number)
        parser.add_argument("--rebase", type=_date, action="append", default=[], help="new limits from this date on")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            readings = spc_file.read_series(options["file"])
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except BadFile as bad:
            raise CommandError(f"{options['file']} cannot be charted.\n{bad}") from bad
        chart = control_chart(
            readings,
            direction=Direction(options["direction"]),
            target=options["target"],
            rebase_on=options["rebase"],
        )
        self.stdout.write(json.dumps(as_json(chart), indent=2) if options["json"] else as_table(chart))


def as_json(chart: ControlChart) -> dict[str, Any]:
    """The published keys. `centre`, `lower` and `upper` are those in force; each segment has its own."""
    return {
        **_limits(chart.now),
        "direction": chart.direction,
        "target": chart.target,
        "assurance": chart.assurance,
        "segments": [
            {"from": segment.points[0].date.isoformat(), "to": segment.points[-1].date.isoformat(), **_limits(segment)}
            for segment in chart.segments
        ],
        "missing": [date.isoformat() for date in chart.missing],
        "points": [
            {"date": point.date.isoformat(), "value": point.value, "kind": point.kind, "rule": point.rule}
            for point in chart.points
        ],
    }


def _limits(segment: Any) -> dict[str, Any]:
    return {"centre": segment.centre, "lower": segment.lower, "upper": segment.upper, "trial": segment.trial}


def as_table(chart: ControlChart) -> str:
    assurance = f"Target {chart.target:g}: {chart.assurance.replace('_', ' ')}." if chart.assurance else ""
    missing = f"Missing: {', '.join(f'{date:%Y-%m-%d}' for date in chart.missing)}." if chart.missing else ""
    head = [*_stretches(chart), assurance, missing]
    rows = [f"{p.date:%Y-%m-%d} {p.value:>12.6g}  {p.kind}{f' ({p.rule})' if p.rule else ''}" for p in chart.points]
    return "\n".join([*filter(None, head), *rows])


def _stretches(chart: ControlChart) -> Iterator[str]:
    """The limits of each stretch; the first day only where there are several."""
    for segment in chart.segments:
        since = f"From {segment.points[0].date:%Y-%m-%d}: centre" if len(chart.segments) > 1 else "Centre"
        limits = "no limits yet" if segment.lower is None else f"limits {segment.lower:.4g} to {segment.upper:.4g}"
        trial = ", trial limits: fewer than 13 points" if segment.trial and segment.lower is not None else ""
        yield f"{since} {segment.centre:.4g}, {limits}{trial}."
