"""First-floor rows: schemes, intakes, questions, cohorts, and the pages that tell of them."""

from programmes.models.guidance import GuidanceIndexPage, GuidancePage, RelatedPage
from programmes.models.pages import ProgrammeIndexPage, ProgrammePage
from programmes.models.scheme import Cohort, Intake, QuestionSet, Scheme
from programmes.models.topic import Audience, Topic

__all__ = [
    "Audience",
    "Cohort",
    "GuidanceIndexPage",
    "GuidancePage",
    "Intake",
    "ProgrammeIndexPage",
    "ProgrammePage",
    "QuestionSet",
    "RelatedPage",
    "Scheme",
    "Topic",
]
