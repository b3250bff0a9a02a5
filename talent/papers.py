"""Papers of the second floor: an applicant's copy of what they wrote. facts() -> html() -> pdf."""

from typing import Any

from django.template.loader import render_to_string

from portal.pdf import html_to_pdf
from talent.applying import answers_of
from talent.models import Application
from talent.written import written


def copy_facts(application: Application) -> dict[str, Any]:
    """What the copy says. Three queries."""
    files = list(application.attachments.all())
    return {
        "application": application,
        "name": application.names,
        "sections": written(application.question_set.questions, answers_of(application), files),
    }


def copy_html(facts: dict[str, Any]) -> str:
    return render_to_string("papers/application.html", facts)


def copy_of(application: Application) -> bytes:
    """The applicant's copy as a tagged PDF; the same answers give the same bytes."""
    return html_to_pdf(copy_html(copy_facts(application)), title=f"Application {application.reference}")
