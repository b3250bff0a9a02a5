"""Preparing a meeting: what comes before it, in which order; closing and cancelling it."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from appointments import conflicts
from appointments.bookkeeping import keep
from appointments.models import (
    AgendaItem,
    AgendaSection,
    Appendix,
    CohortPlace,
    Decision,
    Declaration,
    Meeting,
    Proposal,
)
from appointments.models.proposal import ProposalQuerySet
from appointments.preparing import AgendaRefused, lock_agenda
from appointments.proposing import obstacles
from appointments.sections import SECTION_OF, put_in_order, section_for
from portal import outbox
from portal.binding import page_count
from portal.models import User
from programmes.models import Scheme
from talent.models import Application, State
from talent.models.application import ApplicationQuerySet

KEEP_MINUTES = "appointments.keep_minutes"


def waiting_for_a_meeting(user: User) -> ApplicationQuerySet:
    """Recommended applications in the user's scope that stand on no agenda still to be decided."""
    before_it = Q(application=OuterRef("pk")) | Q(places__application=OuterRef("pk"))
    pending = AgendaItem.objects.undecided().filter(before_it, meeting__state=Meeting.State.PLANNED)
    recommended = Application.objects.in_scope_of(user).filter(state=State.RECOMMENDED)
    # Who is recommended for a seat comes with a proposal (proposing.py), not as a place on a scheme.
    recommended = recommended.exclude(intake__scheme__track=Scheme.Track.CAMPAIGN)
    mine = recommended.exclude(interests__in=user.declared_interests.in_force()).exclude(person__user=user)
    return mine.filter(~Exists(pending))


@transaction.atomic
def add_applications(
    meeting: Meeting, applications: Iterable[Application], *, by: User, at: dt.datetime
) -> list[AgendaItem]:
    """Puts recommended applications at the agenda's end, in the order given, and looks for conflicts.

    Raises AgendaRefused where one of them does not wait for a meeting (any more).
    """
    row = lock_agenda(meeting, by=by)
    rows = _waiting(applications, by=by)
    place = AgendaItem.Kind.SCHEME_PLACE
    items = [_append(row, by, at, kind=place, title=_title_of(each), application=each) for each in rows]
    put_in_order(row)
    conflicts.detect(row, at=at)
    return items


@transaction.atomic
def add_cohort(
    meeting: Meeting, applications: Iterable[Application], *, by: User, at: dt.datetime, title: str = ""
) -> AgendaItem:
    """Puts recommended applications of one intake before the meeting as one item, decided together.

    A member with an interest in one of them takes no part in the whole. Raises AgendaRefused.
    """
    row = lock_agenda(meeting, by=by)
    rows = _waiting(applications, by=by)
    if len({each.intake_id for each in rows}) != 1:
        raise AgendaRefused("A cohort is made of applications to one intake.")
    intake = rows[0].intake
    title = title or f"{intake.scheme.name}, {intake.cohort_name or intake.name}: {len(rows)} places"
    item = _append(row, by, at, kind=AgendaItem.Kind.SCHEME_COHORT, title=title[:200])
    CohortPlace.objects.bulk_create(CohortPlace(item=item, application=each) for each in rows)
    put_in_order(row)
    conflicts.detect(row, at=at)
    return item


def _waiting(applications: Iterable[Application], *, by: User) -> list[Application]:
    """The applications locked and loaded, in the order given; raises AgendaRefused where one does not wait."""
    chosen = [application.pk for application in applications]
    locked = Application.objects.select_for_update(of=("self",)).select_related("person", "intake__scheme")
    rows = {row.pk: row for row in locked.filter(pk__in=chosen).order_by("pk")}
    waiting = set(waiting_for_a_meeting(by).filter(pk__in=chosen).values_list("pk", flat=True))
    if missing := [rows[pk].reference for pk in chosen if pk not in waiting]:
        raise AgendaRefused(f"{', '.join(missing)} cannot be added: not waiting for a meeting.")
    return [rows[pk] for pk in chosen]


def _append(meeting: Meeting, by: User, at: dt.datetime, **facts: Any) -> AgendaItem:
    """At the end of the part where its kind belongs, unless `section` names another."""
    kind = AgendaItem.Kind(facts["kind"])
    if meeting.sent_at is not None:
        raise AgendaRefused("This round was sent to the members; nothing is added to it any more.")
    if not meeting.committee.decides_on(kind):
        raise AgendaRefused(f"By its terms of reference {meeting.committee} does not decide on: {kind.label}.")
    key = facts.pop("section", None) or SECTION_OF[kind]
    section = section_for(meeting, key)
    place = meeting.items.count() + 1
    return AgendaItem.objects.create(
        meeting=meeting, section=section, position=place, added_at=at, added_by=by, **facts
    )


def _title_of(application: Application) -> str:
    return f"{application.person.full_name}, {application.intake.scheme.name}"[:200]


def proposals_waiting(user: User) -> ProposalQuerySet:
    """Open proposals in the user's scope that stand on no agenda still to be decided."""
    return Proposal.objects.visible_to(user).on_no_agenda()


@transaction.atomic
def add_proposals(meeting: Meeting, proposals: Iterable[Proposal], *, by: User, at: dt.datetime) -> list[AgendaItem]:
    """Puts ready proposals at the agenda's end, in the order given, and looks for conflicts.

    Raises AgendaRefused naming the first that is not ready, with all that it lacks.
    """
    row = lock_agenda(meeting, by=by)
    chosen = list(proposals)
    locked = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=[p.pk for p in chosen])
    waiting = {p.pk for p in locked.order_by("pk")} & set(proposals_waiting(by).values_list("pk", flat=True))
    items = []
    for proposal in chosen:
        if proposal.pk not in waiting:
            raise AgendaRefused(f"“{proposal}” cannot be added: it does not wait for a meeting.")
        if lacking := obstacles(proposal, day=row.day):
            raise AgendaRefused(f"“{proposal}” is not ready for a meeting. {' '.join(lacking)}")
        items.append(_append(row, by, at, kind=proposal.kind, title=str(proposal)[:200], proposal=proposal))
    put_in_order(row)
    conflicts.detect(row, at=at)
    return items


@transaction.atomic
def add_business(
    meeting: Meeting, *, title: str, note: str, by: User, at: dt.datetime, section: str = ""
) -> AgendaItem:
    """Puts a matter that is about no application into “Policy”, or into the usual part that `section` names."""
    row = lock_agenda(meeting, by=by)
    key = AgendaSection.Key(section) if section else None
    item = _append(row, by, at, kind=AgendaItem.Kind.POLICY, title=title, note=note, section=key)
    put_in_order(row)
    return item


@transaction.atomic
def carry_over(item: AgendaItem, meeting: Meeting, *, by: User, at: dt.datetime) -> AgendaItem:
    """Puts business that was deferred, or taken out of a round, before another meeting, with its appendices.

    Whoever declared an interest in it then has none of it now. Raises AgendaRefused.
    """
    row = lock_agenda(meeting, by=by)
    if meeting.committee_id != item.meeting.committee_id:
        raise AgendaRefused("This was before another committee.")
    if not AgendaItem.objects.listed_for(by).to_carry_over().filter(pk=item.pk).exists():
        raise AgendaRefused("This does not wait for a meeting.")
    line = {name: getattr(item, name) for name in ("kind", "title", "note", "minutes", "presenter")}
    again = _append(row, by, at, **line, carried_from=item)
    for said in item.declarations.filter(interest=True):
        declare = Declaration(item=again, member=said.member, interest=True, by=by, at=at)
        declare.reason = "Declared when the item was first before the committee."
        declare.save()
    for each in item.appendices.standing():
        each.pk, each.item = None, again
        each._state.adding = True
        each.save()
    put_in_order(row)
    return again


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User, at: dt.datetime) -> None:
    """Takes an undecided item off; its application waits for a meeting again."""
    lock_agenda(item.meeting, by=by)
    row = AgendaItem.objects.select_related("meeting").get(pk=item.pk)
    if Decision.objects.filter(item=row).exists():
        raise AgendaRefused("This item has been decided and stays on the agenda.")
    if row.meeting.sent_at is not None:
        raise AgendaRefused("This round was sent to the members. Have the item wait for a meeting instead.")
    row.removed_at = at
    row.save(update_fields=["removed_at"])


@transaction.atomic
def add_appendix(item: AgendaItem, *, title: str, content: bytes, by: User, at: dt.datetime) -> Appendix:
    """Puts a PDF behind an item. Raises AgendaRefused, or portal.binding.NotAPdf for what cannot be bound."""
    lock_agenda(item.meeting, by=by)
    digest = hashlib.sha256(content).hexdigest()
    file = ContentFile(content, name=f"{digest}.pdf")
    return Appendix.objects.create(
        item=item, title=title, file=file, sha256=digest, pages=page_count(content), added_by=by, added_at=at
    )


@transaction.atomic
def remove_appendix(appendix: Appendix, *, by: User, at: dt.datetime) -> None:
    lock_agenda(appendix.item.meeting, by=by)
    Appendix.objects.standing().filter(pk=appendix.pk).update(removed_at=at)


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User, at: dt.datetime) -> Meeting:
    """Ends a meeting whose every item is decided or deferred; its minutes are final from then on.

    What `by` takes no part in is not told: without a decision it waits for another meeting, as in a round.
    """
    row = lock_agenda(meeting, by=by)
    if row.is_round:
        raise AgendaRefused("A round by correspondence is closed once its time is up.")
    if at < row.starts_at:
        raise AgendaRefused("This meeting has not begun.")
    known = AgendaItem.objects.listed_for(by).filter(meeting=row)
    if known.undecided().exists():
        raise AgendaRefused("Some items have no decision. Decide, defer or remove each of them first.")
    if not known.exists():
        raise AgendaRefused("This meeting has no items. Cancel it instead.")
    row.items.undecided().update(waits_since=at)
    outbox.enqueue(KEEP_MINUTES, {"meeting": row.pk}, at=at, key=f"minutes:{row.pk}")
    return set_state(row, Meeting.State.HELD, by=by, at=at)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User, at: dt.datetime) -> Meeting:
    """Calls a meeting off; what was on its agenda waits for another. Not possible once something was decided."""
    row = lock_agenda(meeting, by=by)
    if row.decisions.exists():
        raise AgendaRefused("This meeting has taken place, so it cannot be cancelled. Close it instead.")
    return set_state(row, Meeting.State.CANCELLED, by=by, at=at)


def set_state(row: Meeting, state: Meeting.State, *, by: User, at: dt.datetime) -> Meeting:
    row.state = state
    return keep(row, by=by, at=at)
