"""What boards, committees and checks hold about a member. The public record of appointments stays, with the name."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import Q

from appointments import interims
from appointments.models import AgendaItem, Evidence, Interim, SharedPerson, Successor, Tenure
from portal.holding import (
    Subject,
    acts,
    after_erasure,
    before_erasure,
    deleted,
    emptied,
    is_public,
    kept,
    name_stays,
)
from talent.holdings import DECIDED
from talent.models.application import FINAL

PUBLIC = (
    "The public record: who was appointed to which NHS board, from when to when, at what pay and by which decision, "
    "with your name. It is published, and the law asks for it."
)
CHECKED = (
    "That fit and proper checks were made, their results, and what you signed, encrypted: the law asks for proof of "
    "what an appointment rested on."
)
BOOKS = (
    "What a committee had before it and decided: agendas, minutes, packs and letters as they were issued are not "
    "rewritten."
)
PLANNED = "That somebody was thought of for a seat or a list, without any words about you."
PANEL = "It is the panel’s own; you are told the outcome and given feedback."
SEALED = ("item", "facts", "reason_salt", "reason_digest", "previous_digest", "digest")
ON_SEATS = Q(item__application__state__in=FINAL) | Q(item__proposal__settled_at__isnull=False)

# Boards.
kept("appointments.Tenure", "person", "Seats you hold or held", why=PUBLIC)
emptied("appointments.TenureEvent", "tenure__person", "Steps of those terms", "reason", why=PUBLIC)
kept("appointments.Appointment", "person", "Your appointments", why=PUBLIC, without=("decision", "tenure", "corrects"))
kept("appointments.Announcement", "appointment__person", "Announcements of you", why=PUBLIC)
kept("appointments.Case", "tenure__person", "What is to become of your seat", why=PUBLIC, without=("proposal",))
emptied("appointments.CaseEvent", "case__tenure__person", "Steps of that", "reason", why=PUBLIC)
for _path, _title in (
    ("person", "Proposals to appoint you"),
    ("application__person", "Proposals after your applications"),
):
    kept("appointments.Proposal", _path, _title, why=BOOKS, only=Q(settled_at__isnull=False))
emptied(
    "appointments.ProposalInterest",
    "proposal__person",
    "Conflicts about you",
    "detail",
    why=BOOKS,
    withheld="It is about a colleague who declared an interest.",
)
emptied(
    "appointments.ProposalInterest",
    "user",
    "Conflicts you declared",
    "detail",
    "lift_reason",
    why=BOOKS,
    without=("proposal",),
)
emptied(
    "appointments.Relationship",
    "person",
    "Relationships recorded with you",
    "detail",
    why=BOOKS,
    withheld="It is about a colleague too.",
)
emptied("appointments.Relationship", "user", "Relationships recorded of you", "detail", why=BOOKS, without=("person",))
kept(
    "appointments.AgendaItem",
    "application__person",
    "Items of committees about your applications",
    why=BOOKS,
    only=Q(application__state__in=FINAL),
    branches=False,
    without=("note", "presenter", "carried_from", "meeting"),
)
kept(
    "appointments.AgendaItem",
    "proposal__person",
    "Items of committees about proposals for you",
    why=BOOKS,
    only=Q(proposal__settled_at__isnull=False),
    branches=False,
    without=("note", "presenter", "carried_from", "meeting"),
)
kept("appointments.CohortPlace", "application__person", "Places in a cohort that a committee decided", why=BOOKS)
emptied(
    "appointments.Decision",
    "item__application__person",
    "Decisions on your applications",
    "reason",
    "reason_salt",
    why=BOOKS,
    only=ON_SEATS,
    without=SEALED,
)
kept(
    "appointments.Decision",
    "item__proposal__person",
    "Decisions on your appointment",
    why=BOOKS,
    only=ON_SEATS,
    without=SEALED,
)
kept("appointments.Letter", "application__person", "Letters to you", why=BOOKS, without=("sha256",))
emptied("appointments.NameConsent", "application__person", "Whether your name may be told", "reason", why=DECIDED)
emptied("appointments.ConflictTalk", "application__person", "Conflicts talked over at interview", "reason", why=DECIDED)
kept("appointments.ReservePlace", "application__person", "Reserve lists you are on", why=DECIDED)
emptied("appointments.Mark", "application__person", "Marks of the panel", "evidence", why=DECIDED, withheld=PANEL)
deleted("appointments.MarkDraft", "application__person", "Drafts of marks", withheld=PANEL)
emptied(
    "appointments.PanelDeclaration",
    "application__person",
    "Interests of the panel",
    "reason",
    why=DECIDED,
    withheld=PANEL,
)

# Checks.
kept("appointments.CheckSet", "person", "Fit and proper checks", why=CHECKED)
emptied("appointments.Check", "check_set__person", "Their results", "reason", why=CHECKED)
emptied("appointments.Waiver", "check_set__person", "Checks that were waived", "reason", why=CHECKED)
emptied("appointments.SelfDeclaration", "check_set__person", "What you declared", "reason", "signed_name", why=CHECKED)
kept("appointments.CheckRead", "check_set__person", "Who read what you declared", why=CHECKED, names=("by",))
kept("appointments.Evidence", "check_set__person", "Files behind the checks", why=CHECKED, without=("file", "sha256"))

# Being thought of.
emptied("appointments.Successor", "person", "Seats you are named for", "reason", "end_reason", why=PLANNED)
emptied(
    "appointments.GrowthConversation",
    "person",
    "Talks about your growth",
    "reason",
    "wishes",
    "needs",
    why=PLANNED,
    names=("by",),
)
emptied("appointments.Interim", "person", "The register of interim executives", "summary", why=PLANNED)
emptied("appointments.InterimEvent", "interim__person", "Steps on that register", "reason", why=PLANNED)
deleted("appointments.Interim_regions", "interim__person", "Regions you would work in as an interim")
kept("appointments.SharedPerson", "person", "Lists you were shown on to trusts", why=PLANNED)
emptied("appointments.ShareEvent", "person", "What was done with those lists", "reason", why=PLANNED, names=())
kept("appointments.NetworkAttendance", "person", "Sessions of chairs’ networks", why=PUBLIC)
emptied("appointments.NetworkChange", "person", "Your places in chairs’ networks", "reason", why=PUBLIC)

# What somebody does for a board or a committee.
for _model, _columns in {
    "AgendaItem": ("added_by",),
    "Announcement": ("drafted_by", "published_by"),
    "Appendix": ("added_by",),
    "BoardConfirmation": ("confirmed_by", "settled_by"),
    "BoardSkill": ("set_by", "ended_by"),
    "CheckSet": ("opened_by",),
    "CommitteeAction": ("owner",),
    "CommitteeSeat": ("user",),
    "Declaration": ("member",),
    "Evidence": ("added_by", "removed_by"),
    "Meeting": ("substitute",),
    "NetworkAction": ("owner", "added_by", "done_by"),
    "NetworkPaper": ("added_by",),
    "PackIssued": ("member",),
    "PanelMember": ("user", "added_by"),
    "Proposal": ("made_by",),
    "ProposalInterest": ("lifted_by",),
    "Relationship": ("recorded_by", "ended_by"),
    "SharedList": ("shared_by",),
    "Successor": ("named_by", "ended_by"),
    "SupportRequest": ("asked_by", "answered_by"),
    "Vote": ("member", "entered_by"),
}.items():
    acts(f"appointments.{_model}", *_columns)


@name_stays
def is_on_a_register(subject: Subject) -> bool:
    """Appointments to boards are published with the name."""
    return Tenure.objects.filter(person__in=subject.people).exists()


@before_erasure
def leave_lists(subject: Subject, at: dt.datetime) -> None:
    """Off the register of interims, off what trusts are shown, and named for no seat."""
    own = Interim.objects.filter(person__in=subject.people, person__user=subject.user, withdrawn_at=None)
    for interim in own:
        interims.withdraw(interim, by=subject.user, at=at)
    Interim.objects.filter(person__in=subject.people, withdrawn_at=None).update(withdrawn_at=at)
    SharedPerson.objects.filter(person__in=subject.people, removed_at=None).update(removed_at=at)
    named = Successor.objects.filter(person__in=subject.people, ended_at=None)
    named.update(ended_at=at, ended_by=subject.user)


@after_erasure
def remove_evidence(subject: Subject, at: dt.datetime) -> None:
    """Files behind checks that no appointment rests on."""
    if is_public(subject):
        return
    rows = Evidence.objects.standing().filter(check_set__person__in=subject.people)
    for row in rows:
        transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
    rows.update(removed_at=at, removed_by=subject.user, name="")


@after_erasure
def unname_items(subject: Subject, at: dt.datetime) -> None:
    """Titles of items about an application hold the name; minutes that were issued are not rewritten."""
    if not is_public(subject):
        about = AgendaItem.objects.filter(application__person__in=subject.people)
        about.update(title="Application of somebody who was erased", note="")
