"""The committee's papers, from the rows alone: facts, then html, then PDF. Letters and final minutes are kept."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from appointments import appointment_letter
from appointments.correspondence import noted_at
from appointments.models import AgendaItem, CommitteeAction, CommitteeSeat, Decision, Letter, Meeting, MinutesIssued
from appointments.running import Line, running_order
from portal.access import Viewer
from portal.models import User
from portal.pdf import html_to_pdf
from talent.models import Application


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What an applicant is told about a decision on their application."""

    name: str
    reference: str
    scheme: str
    intake: str
    approved: bool
    decided_on: dt.date
    answer_by: dt.date | None
    placement_months: int
    has_placement: bool


@dataclass(frozen=True, slots=True)
class MinuteFacts:
    """One item as the minutes have it."""

    number: int
    section: str
    starts_at: dt.datetime
    title: str
    presenter: str
    kind: str
    references: tuple[str, ...]
    note: str
    outcome: str
    reason: str
    pro: int
    contra: int
    abstained: int
    took_no_part: tuple[str, ...]
    decision_number: int | None
    waits: bool


@dataclass(frozen=True, slots=True)
class NotedFacts:
    """A decision by correspondence, as the next meeting's minutes note it."""

    number: int
    title: str
    outcome: str
    decided_on: dt.date


@dataclass(frozen=True, slots=True)
class ActionFacts:
    what: str
    owner: str
    due_on: dt.date
    state: str


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    is_round: bool
    closes_at: dt.datetime | None
    committee: str
    starts_at: dt.datetime
    place: str
    is_final: bool
    quorum: int
    present: tuple[str, ...]
    absent: tuple[str, ...]
    items: tuple[MinuteFacts, ...]
    by_correspondence: tuple[NotedFacts, ...]
    arising: tuple[ActionFacts, ...]
    actions: tuple[ActionFacts, ...]
    head: str


def letter_facts(decision: Decision, application: Application) -> LetterFacts:
    scheme = application.intake.scheme
    return LetterFacts(
        name=application.person.full_name,
        reference=application.reference,
        scheme=scheme.name,
        intake=application.intake.name,
        approved=decision.outcome == Decision.Outcome.APPROVED,
        decided_on=timezone.localdate(decision.at),
        answer_by=application.offer_expires_on,
        placement_months=scheme.placement_months,
        has_placement=scheme.outcome == scheme.Outcome.PLACEMENT,
    )


def letter_html(facts: LetterFacts) -> str:
    return render_to_string("papers/letter.html", {"facts": facts})


def letter_pdf(decision: Decision, application: Application | None) -> bytes:
    """About a scheme's place or, where the item is a proposal, about a seat."""
    if application is None or decision.item.proposal is not None:
        return appointment_letter.pdf(decision)
    facts = letter_facts(decision, application)
    return html_to_pdf(letter_html(facts), title=f"{facts.scheme}: our decision on {facts.reference}")


@transaction.atomic
def keep_letters(decision: Decision, *, at: dt.datetime) -> list[Letter]:
    """The decision's letters, one for each person it is about, made and kept on the first call.

    Later calls give the same ones; for other business there is nobody to write to.
    """
    Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    kept = list(decision.letters.all())
    return kept or [_keep_letter(decision, each, at) for each in _addressees(decision)]


def _addressees(decision: Decision) -> list[Application | None]:
    """None stands for the person of a proposal that no application led to."""
    item = decision.item
    if item.proposal is not None or item.application is not None:
        return [item.subject]
    return [place.application for place in item.places.select_related("application__person")]


def _keep_letter(decision: Decision, application: Application | None, at: dt.datetime) -> Letter:
    content = letter_pdf(decision, application)
    letter = Letter(decision=decision, application=application, made_at=at)
    letter.sha256 = hashlib.sha256(content).hexdigest()
    letter.file.save(f"decision-{decision.number}.pdf", ContentFile(content), save=False)
    letter.save()
    return letter


def minutes_facts(meeting: Meeting, *, reader: Viewer) -> MinutesFacts:
    """The minutes as `reader` may have them: items on which they have a conflict are left out without a trace."""
    items = list(
        AgendaItem.objects.listed_for(reader)
        .filter(meeting=meeting)
        .select_related("decision", "application", "section", "meeting")
        .prefetch_related("places__application")
        .order_by("position", "pk")
    )
    decisions = [item.decision for item in items if hasattr(item, "decision")]
    seats = list(meeting.committee.seats.in_force(meeting.day).select_related("user"))
    names = _names(decisions)
    took_part = {pk for decision in decisions for pk in decision.facts["votes"]}
    last = Decision.objects.filter(meeting=meeting).order_by("-number").first()
    known = CommitteeAction.objects.visible_to(reader)
    return MinutesFacts(
        is_round=meeting.is_round,
        closes_at=meeting.closes_at,
        committee=meeting.committee.name,
        starts_at=meeting.starts_at,
        place=meeting.place,
        is_final=meeting.state == Meeting.State.HELD,
        quorum=meeting.committee.quorum,
        present=tuple(_with_role(seat) for seat in seats if str(seat.user_id) in took_part),
        absent=tuple(_with_role(seat) for seat in seats if str(seat.user_id) not in took_part),
        items=tuple(_minute(line, names) for line in running_order(meeting, items).lines),
        by_correspondence=tuple(_noted(decision) for decision in _shown(noted_at(meeting), reader)),
        arising=_actions(known.arising_at(meeting)) if not meeting.is_round else (),
        actions=_actions(known.filter(meeting=meeting)),
        head=last.digest if last else "",
    )


def _actions(rows: Iterable[CommitteeAction]) -> tuple[ActionFacts, ...]:
    return tuple(ActionFacts(row.what, str(row.owner), row.due_on, row.get_state_display()) for row in rows)


def _shown(decisions: list[Decision], reader: Viewer) -> list[Decision]:
    """Without those on which the reader has a conflict."""
    ids = [decision.item_id for decision in decisions]
    free = set(AgendaItem.objects.free_of_conflict(reader).filter(pk__in=ids).values_list("pk", flat=True))
    return [decision for decision in decisions if decision.item_id in free]


def _noted(decision: Decision) -> NotedFacts:
    day = timezone.localdate(decision.at)
    return NotedFacts(decision.number, decision.item.title, decision.get_outcome_display(), day)


def _with_role(seat: CommitteeSeat) -> str:
    return f"{seat.user} (chair)" if seat.role == CommitteeSeat.Role.CHAIR else str(seat.user)


def _names(decisions: list[Decision]) -> dict[int, str]:
    out = {pk for decision in decisions for pk in decision.facts["conflicted"]}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=out)}


def _minute(line: Line, names: dict[int, str]) -> MinuteFacts:
    item = line.item
    decision: Decision | None = getattr(item, "decision", None)
    facts = decision.facts if decision else {"votes": {}, "conflicted": []}
    votes = Counter(facts["votes"].values())
    return MinuteFacts(
        number=line.number,
        section=item.section.title if item.section else "",
        starts_at=line.starts_at,
        title=item.title,
        presenter=item.presenter,
        kind=item.get_kind_display(),
        references=_references(item),
        note=item.note,
        outcome=decision.get_outcome_display() if decision else "",
        reason=decision.reason if decision else "",
        pro=votes["for"],
        contra=votes["against"],
        abstained=votes["abstain"],
        took_no_part=tuple(sorted(names[pk] for pk in facts["conflicted"])),
        decision_number=decision.number if decision else None,
        waits=item.waits_since is not None,
    )


def _references(item: AgendaItem) -> tuple[str, ...]:
    if item.application is not None:
        return (item.application.reference,)
    return tuple(place.application.reference for place in item.places.all())


def minutes_html(facts: MinutesFacts) -> str:
    return render_to_string("papers/minutes.html", {"facts": facts})


def minutes_pdf(meeting: Meeting, *, reader: Viewer) -> bytes:
    return html_to_pdf(minutes_html(minutes_facts(meeting, reader=reader)), title=f"Minutes: {meeting}")


def _left_out(meeting: Meeting, reader: Viewer) -> list[int]:
    """Items of the meeting, and those noted at it, that `reader` does not know of."""
    shown = AgendaItem.objects.listed_for(reader).filter(meeting=meeting)
    hidden = set(meeting.items.standing().exclude(pk__in=shown).values_list("pk", flat=True))
    noted = noted_at(meeting)
    hidden |= {d.item_id for d in noted} - {d.item_id for d in _shown(noted, reader)}
    about = CommitteeAction.objects.arising_at(meeting).exclude(item=None)
    known = CommitteeAction.objects.visible_to(reader)
    return sorted(hidden | set(about.exclude(pk__in=known).values_list("item", flat=True)))


@transaction.atomic
def keep_minutes(meeting: Meeting, *, reader: Viewer, at: dt.datetime) -> MinutesIssued:
    """The final minutes as `reader` is given them: made once for each set of items to be left out, then kept."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    hidden = _left_out(meeting, reader)
    kept: MinutesIssued | None = MinutesIssued.objects.filter(meeting=meeting, left_out=hidden).first()
    if kept is not None:
        return kept
    facts = minutes_facts(meeting, reader=reader)
    content = html_to_pdf(minutes_html(facts), title=f"Minutes: {meeting}")
    row = MinutesIssued(meeting=meeting, left_out=hidden, head=facts.head, at=at)
    row.sha256 = hashlib.sha256(content).hexdigest()
    row.file.save(f"{row.sha256}.pdf", ContentFile(content), save=False)
    row.save()
    return row
