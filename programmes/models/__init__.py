"""First-floor rows: schemes, intakes, questions, cohorts, collaboratives, and the pages that tell of them."""

from programmes.models.collaborative import Aim, Collaborative, Enrolment, EnrolmentEvent, TimelineStep, Wave
from programmes.models.figures_upload import FiguresUpload
from programmes.models.guidance import GuidanceIndexPage, GuidancePage, RelatedPage
from programmes.models.measure import ChartNote, Measure, Reading, Target
from programmes.models.pages import ProgrammeIndexPage, ProgrammePage
from programmes.models.plan import ChangeIdea, Cycle, ImprovementPlan, PlanEvent, PlanTarget, ProgressScore
from programmes.models.scheme import Cohort, Intake, QuestionSet, Scheme
from programmes.models.topic import Audience, Topic

__all__ = [
    "Aim",
    "Audience",
    "ChangeIdea",
    "ChartNote",
    "Cohort",
    "Collaborative",
    "Cycle",
    "Enrolment",
    "EnrolmentEvent",
    "FiguresUpload",
    "GuidanceIndexPage",
    "GuidancePage",
    "ImprovementPlan",
    "Intake",
    "Measure",
    "PlanEvent",
    "PlanTarget",
    "ProgrammeIndexPage",
    "ProgrammePage",
    "ProgressScore",
    "QuestionSet",
    "Reading",
    "RelatedPage",
    "Scheme",
    "Target",
    "TimelineStep",
    "Topic",
    "Wave",
]
