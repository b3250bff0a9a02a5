"""First-floor rows: schemes, intakes, questions, cohorts, events, collaboratives, and the pages that tell of them."""

from programmes.models.booking import Booking, BookingEvent, CalendarLink, Evaluation
from programmes.models.collaborative import Aim, Collaborative, Enrolment, EnrolmentEvent, TimelineStep, Wave
from programmes.models.event import Event, EventChange, EventMaterial
from programmes.models.figures_upload import FiguresUpload
from programmes.models.guidance import CollectionPage, FrameworkPage, GuidanceIndexPage, GuidancePage
from programmes.models.hub import HubIndexPage, ResourcePage, StoryPage
from programmes.models.learning_network import LearningNetwork, NetworkMember, NetworkNote, NetworkStep
from programmes.models.library import LibraryPage, RelatedPage
from programmes.models.measure import ChartNote, Measure, Reading, Target
from programmes.models.news import NewsIndexPage, NewsPage
from programmes.models.pages import ProgrammeIndexPage, ProgrammePage
from programmes.models.plan import ChangeIdea, Cycle, ImprovementPlan, PlanEvent, PlanTarget, ProgressScore
from programmes.models.prize import Prize
from programmes.models.scheme import Cohort, Intake, QuestionSet, Scheme
from programmes.models.submission import Reply, Submission, SubmissionEvent, SubmissionImage, TopicFollow
from programmes.models.topic import Audience, Topic
from programmes.models.usefulness import UsefulAnswer

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
    "CollectionPage",
    "Cycle",
    "Enrolment",
    "EnrolmentEvent",
    "Evaluation",
    "Event",
    "EventChange",
    "EventMaterial",
    "FiguresUpload",
    "FrameworkPage",
    "GuidanceIndexPage",
    "GuidancePage",
    "HubIndexPage",
    "ImprovementPlan",
    "Intake",
    "LearningNetwork",
    "LibraryPage",
    "Measure",
    "NetworkMember",
    "NetworkNote",
    "NetworkStep",
    "NewsIndexPage",
    "NewsPage",
    "PlanEvent",
    "PlanTarget",
    "Prize",
    "ProgrammeIndexPage",
    "ProgrammePage",
    "ProgressScore",
    "QuestionSet",
    "Reading",
    "RelatedPage",
    "Reply",
    "ResourcePage",
    "Scheme",
    "StoryPage",
    "Submission",
    "SubmissionEvent",
    "SubmissionImage",
    "Target",
    "TimelineStep",
    "Topic",
    "TopicFollow",
    "UsefulAnswer",
    "Wave",
]
