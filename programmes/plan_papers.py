"""A trust's improvement plan as a paper for its board: facts, html, pdf."""

from typing import Any

from django.template.loader import render_to_string

from portal.pdf import html_to_pdf
from programmes.charting import drawn
from programmes.models import ImprovementPlan
from programmes.series import series_of


def plan_facts(plan: ImprovementPlan) -> dict[str, Any]:
    """Seven queries."""
    measures = plan.enrolment.wave.collaborative.measures.order_by("aims__position", "pk")
    return {
        "plan": plan,
        "ideas": list(plan.ideas.prefetch_related("cycles__measure")),
        "targets": list(plan.targets.select_related("measure")),
        "score": plan.scores.last(),
        "charts": [drawn(series) for series in series_of([plan.enrolment.trust], list(measures)).values()],
    }


def plan_html(plan: ImprovementPlan) -> str:
    return render_to_string("papers/improvement_plan.html", plan_facts(plan))


def plan_pdf(plan: ImprovementPlan) -> bytes:
    return html_to_pdf(plan_html(plan), title=str(plan))
