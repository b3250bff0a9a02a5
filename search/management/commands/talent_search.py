"""`manage.py talent_search "words"`: who is found, with how many points and why, by either engine."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search.asking import Answer, Found, ask, labelled
from search.commanding import bring_up_to_date, scope_named
from search.engines.base import EngineDown
from search.facets import BY_NAME
from search.models import Index
from search.queries import PAGE_SIZE, Question


class Command(BaseCommand):
    help = 'Finds people: words, "exact phrases", -exclusions, beginnings such as finan*; facets as --facet role=NED.'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs="?", default="")
        parser.add_argument("--engine", choices=Index.Engine.values, default="", help="ask this engine and no other")
        parser.add_argument("--json", action="store_true", help="answer as JSON: total, people, facets")
        parser.add_argument("--facet", action="append", default=[], metavar="NAME=LABEL", help="may be repeated")
        parser.add_argument("--size", type=int, default=PAGE_SIZE, help="people to list")
        parser.add_argument("--as", dest="email", help="what this member of staff would be shown")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        scope = scope_named(options["email"], at=now)
        question = Question(text=options["words"], chosen=self._chosen(options["facet"]), size=options["size"])
        bring_up_to_date(options["engine"], at=now, said_to=self.stderr)
        try:
            answer = ask(question, scope, engine=options["engine"])
        except (EngineDown, LookupError, Index.DoesNotExist) as error:
            raise CommandError(f"{options['engine']} did not answer: {error}") from error
        self.stdout.write(json.dumps(as_data(answer), indent=2) if options["json"] else as_text(answer))

    def _chosen(self, choices: list[str]) -> dict[str, tuple[int, ...]]:
        chosen: dict[str, tuple[int, ...]] = {}
        for choice in choices:
            name, _, label = choice.partition("=")
            values = (
                {text.casefold(): value for value, text in BY_NAME[name].labels().items()} if name in BY_NAME else {}
            )
            if label.casefold() not in values:
                raise CommandError(f"--facet {choice}: there is no such facet or value.")
            chosen[name] = (*chosen.get(name, ()), values[label.casefold()])
        return chosen


def as_data(answer: Answer) -> dict[str, Any]:
    return {
        "engine": answer.engine,
        "total": answer.total,
        "people": [
            {"id": found.person.pk, "score": found.score, "why": [_why(met) for met in found.why]}
            for found in answer.people
        ],
        "facets": labelled(answer.facets),
        "did_you_mean": {correction.typed: correction.meant for correction in answer.corrections},
    }


def _why(met: Any) -> dict[str, str]:
    return {"asked": met.asked, "how": met.how, "words": met.words, "where": met.where}


def as_text(answer: Answer) -> str:
    lines = [f"{answer.total} found by {answer.engine}"]
    lines += [f"{c.typed} stands nowhere: {c.meant} was asked for" for c in answer.corrections]
    lines += [_line(found) for found in answer.people]
    for name, values in labelled(answer.facets).items():
        lines.append(f"{name}: " + ", ".join(f"{label} {people}" for label, people in values.items()))
    return "\n".join(lines)


def _line(found: Found) -> str:
    why = "; ".join(f"{met.asked}: {met.how} “{met.words}” in {met.where}" for met in found.why)
    return f"{found.score:>4}  {found.person.full_name} (#{found.person.pk})  {why}".rstrip()
