"""What the floor of people holds about a member, and what becomes of each table when they are erased."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone

from portal.holding import (
    Subject,
    acts,
    before_erasure,
    deleted,
    emptied,
    in_copy,
    kept,
    refuses_erasure,
)
from talent import equality
from talent.applying import withdraw
from talent.models import Application, Complaint, Person, Placement, PoolCandidate, PoolMembership, SavedSearch
from talent.models.application import FINAL, State
from talent.partnering import part
from talent.pooling import leave_every_pool
from talent.workflow import Actor, transitions_from

RECORD = "A numbered record under the pseudonym, without a word of you, so that what hangs on it keeps together."
DECIDED = (
    "That an application was made, how it was scored and what was decided, under the pseudonym and without your words: "
    "decisions about public posts must be accountable."
)
CONSENTED = "That you agreed to be found, for what, and until when: it proves that your word was kept to."
LOOKED = "Who of the staff looked at your record, and when: it proves who had it before them."
WENT = "That somebody took part in a programme or a placement, when, and what came of it, as a figure."
AWARDED = "That an award was given, when, how much and to which trust’s people, without your name or a word about you."
HANDLED = "That a record was held in a list or compared with another, without any words about you."
COLLEAGUE = "It is about a colleague who declared an interest, and what they declared is theirs."
IN_THE_RUNNING = Q(application__state__in=FINAL)

# The profile; the row itself is emptied by talent/erasing.py.
kept("talent.Person", "pk", "Your profile", why=RECORD, without=("sort_name", "imported_in", "merged_into"))
kept("talent.Person", "user", "Your profile’s account", why="", withheld="It is the profile.")
kept("talent.Person", "merged_into", "Records merged into yours", why="", withheld="They stand with your profile.")
deleted("talent.Person_works_in", "person", "Regions you would serve in")
deleted("talent.PostHeld", "person", "Posts you held")
deleted("talent.PersonSkill", "person", "Your skills", names=("confirmed_by",))
deleted("talent.CvSuggestion", "reading__person", "What your CV suggested", without=("reading",))
deleted("talent.CvReading", "person", "Your CV as it was read")
kept("talent.ProfileView", "person", "Who opened your page", why=LOOKED, names=("by",))
for _path in ("first", "second"):
    kept(
        "talent.DuplicatePair", _path, "Records compared with yours", why=HANDLED, withheld="It names another’s record."
    )
for _path in ("pair__first", "pair__second", "kept"):
    emptied("talent.MergeEvent", _path, "Records merged with yours", "reason", why=HANDLED, without=("pair", "kept"))

# Applications. Answers, files and what was asked for go; what was decided stays, without words.
deleted("talent.SectionRevision", "answer__application__person", "Earlier versions of your answers")
deleted("talent.SectionAnswer", "application__person", "Your answers")
deleted("talent.Attachment", "application__person", "Your files")
deleted("talent.Adjustment", "application__person", "Adjustments you asked for")
deleted("talent.CandidateText", "application__person", "Your answers as they are searched", without=("words",))
deleted(
    "talent.RedactionTerm",
    "application__person",
    "Words hidden from reviewers",
    withheld="They are words of your own answers.",
)
kept("talent.Application", "person", "Your applications", why=DECIDED, without=("question_set",))
kept(
    "talent.Application",
    "partner",
    "Applications you made with somebody",
    why=DECIDED,
    without=("question_set", "person"),
)
for _path in ("application__person", "email"):
    emptied("talent.PartnerInvitation", _path, "Invitations to apply together", "name", "email", why=HANDLED)
for _path in ("application__person", "application__partner"):
    kept("talent.Confirmation", _path, "What you confirmed of a form of two", why=DECIDED, without=("text",))
    emptied("talent.Award", _path, "Awards you were given", "reason", why=AWARDED)
    emptied(
        "talent.AwardAnnouncement", f"award__{_path}", "What was published of them", "reason", "citation", why=AWARDED
    )
emptied("talent.ApplicationEvent", "application__person", "Steps of your applications", "reason", why=DECIDED)
emptied("talent.DeadlineExtension", "application__person", "Deadlines that were extended", "reason", why=DECIDED)
emptied("talent.SiftFinding", "application__person", "Findings of the sift", "reason", why=DECIDED, only=IN_THE_RUNNING)
emptied(
    "talent.Feedback",
    "application__person",
    "Feedback to you",
    "reason",
    "strengths",
    "to_develop",
    "next_steps",
    why=DECIDED,
)
emptied(
    "talent.Review",
    "application__person",
    "Reviews of your applications, once they are decided",
    "overall",
    "withdrawn_reason",
    why=DECIDED,
    only=IN_THE_RUNNING & Q(submitted_at__isnull=False),
)
emptied(
    "talent.Score",
    "review__application__person",
    "Scores in those reviews",
    "evidence",
    why=DECIDED,
    only=Q(review__application__state__in=FINAL, review__submitted_at__isnull=False),
    without=("review",),
)
emptied(
    "talent.DeclaredInterest",
    "application__person",
    "Conflicts of interest about you",
    "detail",
    why=DECIDED,
    withheld=COLLEAGUE,
)
emptied(
    "talent.DeclaredInterest",
    "user",
    "Conflicts of interest you declared",
    "detail",
    "lift_reason",
    why=DECIDED,
    without=("application",),
)
emptied("talent.Complaint", "user", "Your complaints", "words", "answer", why=DECIDED)
emptied(
    "talent.Complaint",
    "application__person",
    "Complaints about your applications",
    "words",
    "answer",
    why=DECIDED,
    withheld="You find it among your complaints, unless somebody else made it.",
)

# Being found.
kept("talent.PoolMembership", "person", "Talent pools you agreed to be in", why=CONSENTED)
emptied("talent.ConsentEvent", "membership__person", "Each time you agreed, paused or left", "reason", why=CONSENTED)
emptied(
    "talent.PoolCandidate",
    "person",
    "Lists of the talent team that you were put on",
    "next_action",
    why=HANDLED,
    names=("owner",),
)
emptied(
    "talent.CandidateEvent",
    "candidate__person",
    "What those lists say about you",
    "reason",
    "detail",
    why=HANDLED,
    names=("by",),
)
deleted("talent.WatchedPerson", "person", "Alerts that told of you", without=("watch",))
deleted("talent.WatchedPerson", "watch__user", "What your alerts told you", withheld="It is about somebody else.")
deleted("talent.SearchWatch", "user", "Searches you are told of", without=("due_at",))
kept("talent.SavedSearch", "owner", "Searches you saved", why="Searches that you saved for the team stay the team’s.")
kept("talent.SearchWatch", "search__owner", "Who follows your searches", why="", withheld="It is about colleagues.")

# Programmes and placements.
kept("talent.Participation", "person", "Programmes you took part in", why=WENT)
emptied("talent.CohortEvent", "person", "What was done to your place in a cohort", "reason", why=WENT)
emptied("talent.ParticipationOutcome", "participation__person", "What came of them", "reason", why=WENT)
emptied(
    "talent.Placement",
    "application__person",
    "Your placements",
    "objectives",
    "outcome_note",
    why=WENT,
    names=(),
    without=("mentor_as",),
)
emptied("talent.PlacementEvent", "placement__application__person", "Steps of your placements", "reason", why=WENT)
emptied(
    "talent.PlacementReview",
    "placement__application__person",
    "Reviews of your placements",
    "progress",
    "actions",
    why=WENT,
)
emptied(
    "talent.PairProposed",
    "application__person",
    "Hosts and mentors proposed for you",
    "reason",
    why=WENT,
    without=("mentor_as",),
)
kept(
    "talent.PairProposed",
    "mentor_as__user",
    "Candidates for whom you were proposed as mentor",
    why=WENT,
    without=("application", "reasons"),
)
kept(
    "talent.Placement",
    "mentor_as__user",
    "Placements you mentored",
    why=WENT,
    without=("application", "objectives", "outcome", "outcome_note"),
)

# The copies themselves.
deleted("talent.OwnCopy", "user", "Copies of your data that you asked for", without=("file",))
kept("talent.OwnCopyEvent", "user", "What was done with those copies", why=LOOKED)
kept("talent.MemberErased", "user", "That you were erased", why="That you asked for this, and when.")

acts("talent.DeclaredInterest", "lifted_by")
acts("talent.Adjustment", "answered_by")
acts("talent.Complaint", "answered_by")
acts("talent.CuratedPool", "owner")
acts("talent.ColleagueEvent", "colleague")
acts("talent.CuratedPool_colleagues", "user")
acts("talent.PoolCandidate", "owner")
acts("talent.PersonSkill", "confirmed_by")
acts("talent.PlacementReview", "recorded_by")
acts("talent.Review", "reviewer", "assigned_by", "withdrawn_by")
acts("talent.RedactionTerm", "added_by")


@in_copy
def equality_answers(subject: Subject, at: dt.datetime) -> Iterator[tuple[str, Any]]:
    """What the member said to the equality questions: decrypted for them alone, and on record in the vault."""
    mine = Person.objects.filter(pk__in=subject.people).filter(Q(user=subject.user) | Q(user=None))
    applications = Application.objects.filter(person__in=mine.values("pk")).select_related("person__merged_into")
    about: list[tuple[str, Application | Person]] = [(one.reference, one) for one in applications.order_by("pk")]
    people = mine.filter(merged_into=None)
    told = []
    for asked_with, row in [*about, *(("Membership of boards", one) for one in people)]:
        if said := equality.own_answers(row, by=subject.user, at=at):
            told.append({"asked with": asked_with, "answers": said})
    yield "Your answers to the equality questions", told


@refuses_erasure
def placement_runs(subject: Subject, at: dt.datetime) -> str:
    """Host and mentor count on somebody who is there."""
    today = timezone.localdate(at)
    running = Placement.objects.filter(application__person__in=subject.people, outcome="", ends_on__gte=today)
    return "Your placement is still running. Have the talent team end it first." if running.exists() else ""


@refuses_erasure
def has_another_account(subject: Subject, at: dt.datetime) -> str:
    """Should the merge have been a mistake, nobody else's record goes with it."""
    others = Person.objects.filter(pk__in=subject.people, user__isnull=False).exclude(user=subject.user)
    if not others.exists():
        return ""
    return "Your record was joined with one that has an account of its own. Have the talent team undo that first."


@before_erasure
def part_from_partners(subject: Subject, at: dt.datetime) -> None:
    """A form of two that is not sent yet goes on with whoever began it."""
    with_somebody = Q(person__user=subject.user) | Q(partner__user=subject.user)
    drafts = Application.objects.filter(with_somebody, state=State.DRAFT, partner__isnull=False)
    for application in drafts.order_by("pk"):
        part(application, by=subject.user, at=at)


@before_erasure
def end_what_runs(subject: Subject, at: dt.datetime) -> None:
    """Out of every pool and list; what is in the running is withdrawn; the vault forgets."""
    for person in Person.objects.filter(pk__in=subject.people).order_by("pk"):
        if person.user_id == subject.user.pk:
            leave_every_pool(person, by=subject.user, at=at)
    open_still = Application.objects.filter(person__in=subject.people).exclude(state__in=FINAL)
    for application in open_still.select_related("person", "intake__scheme").order_by("pk"):
        if any(step.name == "withdraw" for step in transitions_from(application, actor=Actor.APPLICANT)):
            withdraw(application, by=subject.user, at=at)
    for row in [*Application.objects.filter(person__in=subject.people), *Person.objects.filter(pk__in=subject.people)]:
        equality.erase(row)
    Complaint.objects.filter(user=subject.user, answered_at=None).delete()
    # Consents that came with a file, at a record that was merged into the member's.
    PoolMembership.objects.filter(person__in=subject.people, left_at=None).update(left_at=at)
    PoolCandidate.objects.filter(person__in=subject.people, removed_at=None).update(
        removed_at=at, next_action="", next_on=None
    )
    SavedSearch.objects.filter(owner=subject.user, retired_at=None).update(retired_at=at)
