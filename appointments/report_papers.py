"""The year-end report as a paper: facts, html, pdf."""

from django.template.loader import render_to_string

from appointments.reports import Report, lines, year_end
from appointments.years import ReportingYear
from portal.pdf import html_to_pdf


def report_html(report: Report) -> str:
    return render_to_string("papers/year_end_report.html", {"report": report, "lines": lines(report)})


def report_pdf(year: ReportingYear) -> bytes:
    return html_to_pdf(report_html(year_end(year)), title=f"Year-end report {year}")
