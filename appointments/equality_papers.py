"""The equality report as a tagged paper: facts, html, pdf."""

from django.template.loader import render_to_string

from appointments.drift import drifts
from appointments.equality_charts import compared_chart, likelihood_chart
from appointments.equality_report import EqualityReport, Section
from appointments.models.drift import drift_points_on
from appointments.wres import indicators
from portal.pdf import html_to_pdf


def pictured(report: EqualityReport) -> list[dict[str, object]]:
    """Each section with its charts, for the page and the paper alike."""
    return [_pictured(section) for section in report.sections]


def _pictured(section: Section) -> dict[str, object]:
    likelihood = likelihood_chart(section) if section.likelihoods else ""
    return {"section": section, "compared": compared_chart(section), "likelihood": likelihood}


def report_html(report: EqualityReport) -> str:
    context = {
        "report": report,
        "sections": pictured(report),
        "drifts": drifts(report.sections, points=drift_points_on(report.year.last_on)),
        "indicators": indicators(report),
    }
    return render_to_string("papers/equality_report.html", context)


def report_pdf(report: EqualityReport) -> bytes:
    return html_to_pdf(report_html(report), title=f"Equality report {report.year}")
