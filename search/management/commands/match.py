"""`manage.py match SPEC.json`: who meets a specification, by which words, in which period."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search.commanding import bring_up_to_date, scope_named
from search.engines.base import EngineDown
from search.matching import SHOWN, Matched, Matches, Met, match
from search.models import Index
from search.specification import Specification, SpecificationRefused, of_data


class Command(BaseCommand):
    help = "Matches people to a specification: a JSON file with title, text, essential, desirable and filters."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "spec", help="a JSON file, or - for what is piped in; docs/matching.md says what it may hold"
        )
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--engine", choices=Index.Engine.values, default="", help="ask this engine and no other")
        parser.add_argument("--size", type=int, default=SHOWN, help="people to list")
        parser.add_argument("--as", dest="email", help="what this member of staff would be shown")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        scope = scope_named(options["email"], at=now)
        specification = self._specification(options["spec"])
        bring_up_to_date(options["engine"], at=now, said_to=self.stderr)
        for name in specification.ignored:
            self.stderr.write(f"{name}: is not part of a specification and was left aside.")
        try:
            matches = match(specification, scope, engine=options["engine"], size=options["size"])
        except (EngineDown, LookupError, Index.DoesNotExist) as error:
            raise CommandError(f"{options['engine'] or 'The engine'} did not answer: {error}") from error
        self.stdout.write(json.dumps(as_data(matches), indent=2) if options["json"] else as_text(matches))

    def _specification(self, name: str) -> Specification:
        try:
            text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
            return of_data(json.loads(text))
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}") from error
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise CommandError(f"{name} is no JSON: {error}") from error
        except SpecificationRefused as refused:
            raise CommandError(f"{name}: {refused}") from refused


def as_data(matches: Matches) -> dict[str, Any]:
    return {
        "title": matches.specification.title,
        "engine": matches.engine,
        "total": matches.total,
        "people": [_person(one) for one in matches.people],
        "left_out": [
            {"id": one.person.pk, "score": one.score, "reasons": list(one.reasons)} for one in matches.left_out
        ],
        "ignored": list(matches.specification.ignored),
        "weights_in_force_from": matches.weights.in_force_from.isoformat(),
    }


def _person(one: Matched) -> dict[str, Any]:
    return {
        "id": one.person.pk,
        "score": one.score,
        "why": [_why(met) for met in one.met],
        "met": [met.criterion.text for met in one.met],
        "missed": [missed.criterion.text for missed in one.missed],
    }


def _why(met: Met) -> dict[str, Any]:
    return {
        "criterion": met.criterion.text,
        "essential": met.criterion.essential,
        "words": met.best.words,
        "where": met.best.where,
        "kind": met.best.kind,
        "period": met.period,
        "points": met.points,
        "recency": met.recency,
        "depth": met.depth,
    }


def as_text(matches: Matches) -> str:
    lines = [f"{matches.specification.title}: {matches.total} meet something, by {matches.engine}"]
    for one in matches.people:
        lines.append(f"{one.score:>5}  {one.person.full_name} (#{one.person.pk})")
        lines += [f"       + {m.criterion.text}: “{m.best.words}”, {m.best.where} {m.period}".rstrip() for m in one.met]
        lines += [f"       - {missed.criterion.text} {missed.why}".rstrip() for missed in one.missed]
    lines += [
        f"left out: {one.person.full_name} (#{one.person.pk}): {'; '.join(one.reasons)}" for one in matches.left_out
    ]
    return "\n".join(lines)
