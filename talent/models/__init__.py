"""Second-floor rows: people, applications, reviews, interests, placements, pools, and the equality vault."""

from talent.models.application import (
    Adjustment,
    Application,
    ApplicationEvent,
    Attachment,
    Complaint,
    DeadlineExtension,
    Feedback,
    SectionAnswer,
    SectionRevision,
    State,
)

# Its EqualityRecord is not offered here: talent/equality.py is the only door to the vault.
from talent.models.equality import VaultRead
from talent.models.finding import CandidateExport, CandidateText, SiftFinding
from talent.models.interest import ConflictKind, DeclaredInterest
from talent.models.participation import Participation, ParticipationOutcome
from talent.models.person import Person, PostHeld
from talent.models.placement import Placement, PlacementEvent, PlacementReview
from talent.models.pool import Pool, PoolMembership
from talent.models.review import RedactionTerm, Review, Score

__all__ = [
    "Adjustment",
    "Application",
    "ApplicationEvent",
    "Attachment",
    "CandidateExport",
    "CandidateText",
    "Complaint",
    "ConflictKind",
    "DeadlineExtension",
    "DeclaredInterest",
    "Feedback",
    "Participation",
    "ParticipationOutcome",
    "Person",
    "Placement",
    "PlacementEvent",
    "PlacementReview",
    "Pool",
    "PoolMembership",
    "PostHeld",
    "RedactionTerm",
    "Review",
    "Score",
    "SectionAnswer",
    "SectionRevision",
    "SiftFinding",
    "State",
    "VaultRead",
]
