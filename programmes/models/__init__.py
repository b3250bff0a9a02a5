"""First-floor rows: schemes, intakes, questions, cohorts, events, collaboratives, and the pages that tell of them."""

from programmes.models.booking import Booking, BookingEvent, CalendarLink, Evaluation
from programmes.models.collaborative import Aim, Collaborative, Enrolment, EnrolmentEvent, TimelineStep, Wave
from programmes.models.event import Event, EventChange, EventMaterial
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
    "Booking",
    "BookingEvent",
    "CalendarLink",
    "ChangeIdea",
    "ChartNote",
    "Cohort",
    "Collaborative",
    "Cycle",
    "Enrolment",
    "EnrolmentEvent",
    "Evaluation",
    "Event",
    "EventChange",
    "EventMaterial",
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
