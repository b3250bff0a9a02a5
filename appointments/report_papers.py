"""The year-end report as a paper, with the pipeline measures behind the figures: facts, html, pdf."""

import datetime as dt

from django.template.loader import render_to_string

from appointments.pipeline import pipeline
from appointments.pipeline_papers import sections
from appointments.reports import lines, year_end
from appointments.years import ReportingYear
from portal.pdf import html_to_pdf


def report_html(year: ReportingYear, *, today: dt.date) -> str:
    report, measures = year_end(year), sections(pipeline(year, today=today))
    return render_to_string(
        "papers/year_end_report.html", {"report": report, "lines": lines(report), "sections": measures}
    )


def report_pdf(year: ReportingYear, *, today: dt.date) -> bytes:
    return html_to_pdf(report_html(year, today=today), title=f"Year-end report {year}")
