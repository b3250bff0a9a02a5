"""`manage.py year_end_report 2017-18 --format json|html|pdf`: the year's figures, from the ledger and records only."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from appointments.report_papers import report_html, report_pdf
from appointments.reports import as_json, year_end
from appointments.years import ReportingYear


class Command(BaseCommand):
    help = "Writes the year-end report of one reporting year, such as 2017-18, to the standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", help="1 April to 31 March, written as 2017-18")
        parser.add_argument("--format", choices=("json", "html", "pdf"), default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            year = ReportingYear.parse(options["year"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        if options["format"] == "pdf":
            raw = getattr(self.stdout._out, "buffer", self.stdout._out)
            raw.write(report_pdf(year, today=timezone.localdate()))
        elif options["format"] == "html":
            self.stdout.write(report_html(year, today=timezone.localdate()))
        else:
            self.stdout.write(json.dumps(as_json(year_end(year)), indent=2))
