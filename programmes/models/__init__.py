"""First-floor rows: schemes, intakes, questions, cohorts, collaboratives, and the pages that tell of them."""

from programmes.models.collaborative import Aim, Collaborative, Enrolment, EnrolmentEvent, TimelineStep, Wave
from programmes.models.figures_upload import FiguresUpload
from programmes.models.guidance import GuidanceIndexPage, GuidancePage, RelatedPage
from programmes.models.measure import ChartNote, Measure, Reading, Target
from programmes.models.pages import ProgrammeIndexPage, ProgrammePage
from programmes.models.scheme import Cohort, Intake, QuestionSet, Scheme
from programmes.models.topic import Audience, Topic

__all__ = [
    "Aim",
    "Audience",
    "ChartNote",
    "Cohort",
    "Collaborative",
    "Enrolment",
    "EnrolmentEvent",
    "FiguresUpload",
    "GuidanceIndexPage",
    "GuidancePage",
    "Intake",
    "Measure",
    "ProgrammeIndexPage",
    "ProgrammePage",
    "QuestionSet",
    "Reading",
    "RelatedPage",
    "Scheme",
    "Target",
    "TimelineStep",
    "Topic",
    "Wave",
]
