"""Second-floor rows: people, applications, reviews, interests, placements, pools, and the equality vault."""

from talent.models.application import (
    Application,
    ApplicationEvent,
    Attachment,
    DeadlineExtension,
    SectionAnswer,
    SectionRevision,
    State,
)
from talent.models.aside import Adjustment, Complaint, Feedback
from talent.models.award import Award, AwardAnnouncement
from talent.models.career import Background, RoleSought, Sector, Travel
from talent.models.conflict_policy import ConflictPolicy, conflict_policy_on
from talent.models.curated import CandidateEvent, ColleagueEvent, CuratedPool, PoolCandidate, PoolStep
from talent.models.cv import CvReading, CvSuggestion
from talent.models.duplicate import DuplicatePair, MergeEvent

# Its EqualityRecord is not offered here: talent/equality.py is the only door to the vault.
from talent.models.equality import EqualityReading, EqualityTable, VaultRead
from talent.models.finding import CandidateExport, CandidateText, SiftFinding
from talent.models.interest import ConflictKind, DeclaredInterest
from talent.models.own_copy import MemberErased, OwnCopy, OwnCopyEvent
from talent.models.pairing import PairProposed
from talent.models.participation import CohortEvent, Participation, ParticipationOutcome
from talent.models.partnership import Confirmation, Craft, PartnerInvitation
from talent.models.people_import import PeopleImport
from talent.models.person import Person, PostHeld
from talent.models.placement import Placement, PlacementEvent, PlacementReview
from talent.models.pool import ConsentEvent, Pool, PoolMembership
from talent.models.review import RedactionTerm, Review, Score
from talent.models.saved_search import SavedSearch, SearchWatch, WatchedPerson
from talent.models.skill import PersonSkill, Skill
from talent.models.viewing import ProfileView

__all__ = [
    "Adjustment",
    "Application",
    "ApplicationEvent",
    "Attachment",
    "Award",
    "AwardAnnouncement",
    "Background",
    "CandidateEvent",
    "CandidateExport",
    "CandidateText",
    "CohortEvent",
    "ColleagueEvent",
    "Complaint",
    "Confirmation",
    "ConflictKind",
    "ConflictPolicy",
    "ConsentEvent",
    "Craft",
    "CuratedPool",
    "CvReading",
    "CvSuggestion",
    "DeadlineExtension",
    "DeclaredInterest",
    "DuplicatePair",
    "EqualityReading",
    "EqualityTable",
    "Feedback",
    "MemberErased",
    "MergeEvent",
    "OwnCopy",
    "OwnCopyEvent",
    "PairProposed",
    "Participation",
    "ParticipationOutcome",
    "PartnerInvitation",
    "PeopleImport",
    "Person",
    "PersonSkill",
    "Placement",
    "PlacementEvent",
    "PlacementReview",
    "Pool",
    "PoolCandidate",
    "PoolMembership",
    "PoolStep",
    "PostHeld",
    "ProfileView",
    "RedactionTerm",
    "Review",
    "RoleSought",
    "SavedSearch",
    "Score",
    "SearchWatch",
    "SectionAnswer",
    "SectionRevision",
    "Sector",
    "SiftFinding",
    "Skill",
    "State",
    "Travel",
    "VaultRead",
    "WatchedPerson",
    "conflict_policy_on",
]
