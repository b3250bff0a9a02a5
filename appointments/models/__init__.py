"""Third-floor rows: boards and their seats, committees and their meetings, votes, the decision register, its papers."""

from appointments.models.action import ActionEvent, CommitteeAction
from appointments.models.agenda import AgendaItem, CohortPlace, Declaration, Vote, WaitRequest
from appointments.models.announcement import Announcement
from appointments.models.appointment import Appointment
from appointments.models.baseline import EqualityBaseline
from appointments.models.campaign import (
    Campaign,
    CampaignEvent,
    CampaignPolicy,
    Criterion,
    Mark,
    PanelDeclaration,
    PanelMember,
    ReservePlace,
)
from appointments.models.case import Case, CaseEvent
from appointments.models.check import (
    Attestation,
    Check,
    CheckRead,
    CheckSet,
    Ground,
    SelfDeclaration,
    Waiver,
)
from appointments.models.committee import Committee, CommitteeSeat, Meeting
from appointments.models.confirmation import BoardConfirmation
from appointments.models.drift import DriftPolicy
from appointments.models.evidence import Evidence
from appointments.models.framework import CheckKind, FrameworkCheck, FrameworkVersion
from appointments.models.interim import Interim, InterimEvent
from appointments.models.interview import ConflictTalk, MarkDraft, NameConsent
from appointments.models.ledger import Decision
from appointments.models.letter import Letter
from appointments.models.network import (
    NetworkAction,
    NetworkAttendance,
    NetworkChange,
    NetworkPaper,
    NetworkSession,
    NetworkSessionEvent,
)
from appointments.models.pack import Appendix, PackIssued, PackRead, RenderedPaper
from appointments.models.pay import PayBenchmark, PayCap
from appointments.models.policy import TermPolicy
from appointments.models.proposal import Proposal
from appointments.models.proposal_interest import ProposalInterest, Relationship
from appointments.models.record import CommitteeEvent, MinutesIssued, TextErasure
from appointments.models.remuneration import RemunerationRate
from appointments.models.seat import Seat
from appointments.models.section import AgendaSection
from appointments.models.shortlist import SharedList, SharedPerson, ShareEvent
from appointments.models.skill import BoardSkill
from appointments.models.succession import GrowthConversation, Successor
from appointments.models.support import SupportRequest
from appointments.models.tenure import Tenure, TenureEvent

__all__ = [
    "ActionEvent",
    "AgendaItem",
    "AgendaSection",
    "Announcement",
    "Appendix",
    "Appointment",
    "Attestation",
    "BoardConfirmation",
    "BoardSkill",
    "Campaign",
    "CampaignEvent",
    "CampaignPolicy",
    "Case",
    "CaseEvent",
    "Check",
    "CheckKind",
    "CheckRead",
    "CheckSet",
    "CohortPlace",
    "Committee",
    "CommitteeAction",
    "CommitteeEvent",
    "CommitteeSeat",
    "ConflictTalk",
    "Criterion",
    "Decision",
    "Declaration",
    "DriftPolicy",
    "EqualityBaseline",
    "Evidence",
    "FrameworkCheck",
    "FrameworkVersion",
    "Ground",
    "GrowthConversation",
    "Interim",
    "InterimEvent",
    "Letter",
    "Mark",
    "MarkDraft",
    "Meeting",
    "MinutesIssued",
    "NameConsent",
    "NetworkAction",
    "NetworkAttendance",
    "NetworkChange",
    "NetworkPaper",
    "NetworkSession",
    "NetworkSessionEvent",
    "PackIssued",
    "PackRead",
    "PanelDeclaration",
    "PanelMember",
    "PayBenchmark",
    "PayCap",
    "Proposal",
    "ProposalInterest",
    "Relationship",
    "RemunerationRate",
    "RenderedPaper",
    "ReservePlace",
    "Seat",
    "SelfDeclaration",
    "ShareEvent",
    "SharedList",
    "SharedPerson",
    "Successor",
    "SupportRequest",
    "Tenure",
    "TenureEvent",
    "TermPolicy",
    "TextErasure",
    "Vote",
    "WaitRequest",
    "Waiver",
]
