"""Placements at host trusts: with whom, what for, the reviews held and due, and what came of them."""

import datetime as dt

from portal.demo import Stage, london
from portal.models import Membership, Organisation, Role
from talent.demo.steps import Course
from talent.demo.words import PARAGRAPHS
from talent.models import Placement, PlacementEvent, PlacementReview

REVIEW_MONTHS = (3, 6, 9, 12)


def place(stage: Stage, courses: list[Course]) -> None:
    """A placement for every application whose path has reached one."""
    placed = [course for course in courses if "place" in course.path[: course.done]]
    hosts = Hosts(stage)
    placements = [_placement(stage, course, hosts) for course in placed]
    Placement.objects.bulk_create(placements)
    reviews = [r for placement in placements for r in _reviews(stage, placement)]
    PlacementReview.objects.bulk_create(reviews)
    events = [e for c, p in zip(placed, placements, strict=True) for e in _events(c, p, reviews)]
    PlacementEvent.objects.bulk_create(events)


class Hosts:
    """Trusts of a region in turn, each with its chair as the mentor."""

    def __init__(self, stage: Stage) -> None:
        self.mentors = {
            membership.organisation_id: membership
            for membership in Membership.objects.filter(role=Role.TRUST_USER, job_title="Chair").select_related("user")
        }
        self.by_region: dict[int | None, list[Organisation]] = {}
        trusts = Organisation.objects.trusts().filter(pk__in=self.mentors).order_by("ods_code")
        # The trust that a demonstration account looks after hosts the first placement of its region.
        own = stage.accounts["trust_administrator"].memberships.get().organisation
        for trust in sorted(trusts, key=lambda trust: trust != own):
            self.by_region.setdefault(trust.region_id, []).append(trust)
        self.next = dict.fromkeys(self.by_region, 0)

    def host(self, region_id: int, day: dt.date) -> Organisation:
        trusts = [trust for trust in self.by_region[region_id] if trust.is_open_on(day)]
        self.next[region_id] += 1
        return trusts[(self.next[region_id] - 1) % len(trusts)]


def _placement(stage: Stage, course: Course, hosts: Hosts) -> Placement:
    starts = course.days.starts + dt.timedelta(days=7 * stage.chance.randint(0, 2))
    if course.path[-1:] != ("complete",):
        starts = course.days.starts
    host = hosts.host(course.application.region_id, starts)
    mentor = hosts.mentors[host.pk]
    one = Placement(
        application=course.application,
        host=host,
        mentor_as=mentor,
        mentor_name=mentor.user.full_name,
        starts_on=starts,
        ends_on=_later(starts, course.application.intake.scheme.placement_months),
        objectives=stage.chance.choice(PARAGRAPHS["placement"]["objectives"]),
    )
    if "complete" in course.path[: course.done]:
        one.outcome, one.outcome_note = _outcome(stage)
    return one


def _outcome(stage: Stage) -> tuple[str, str]:
    kind = stage.chance.choices(Placement.Outcome.values, weights=(70, 22, 8))[0]
    note = {
        Placement.Outcome.APPOINTED: "Appointed as a non-executive director of a trust in the region.",
        Placement.Outcome.ENDED_EARLY: "Ended after eight months when the candidate moved abroad for work.",
    }.get(kind, stage.chance.choice(PARAGRAPHS["placement"]["outcome"]))
    return kind, note


def _later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + year, month + 1, min(day.day, 28))


def _reviews(stage: Stage, placement: Placement) -> list[PlacementReview]:
    today = stage.at.date()
    rows = [PlacementReview(placement=placement, due_on=_later(placement.starts_on, m)) for m in REVIEW_MONTHS]
    for row in rows:
        if row.due_on < today:
            row.held_on = row.due_on + dt.timedelta(days=stage.chance.randint(0, 6))
            row.progress = stage.chance.choice(PARAGRAPHS["placement"]["progress"])
            row.actions = stage.chance.choice(PARAGRAPHS["placement"]["actions"])
            row.recorded_by = stage.chance.choice(stage.cast[Role.TALENT_TEAM])
    # Some reviews are behind: they wait for somebody.
    for row in rows:
        if row.held_on and (today - row.due_on).days < 60 and stage.chance.random() < 0.5:
            row.held_on, row.progress, row.actions, row.recorded_by = None, "", "", None
    return rows


def _events(course: Course, placement: Placement, reviews: list[PlacementReview]) -> list[PlacementEvent]:
    kinds = PlacementEvent.Kind
    begun = course.events[-1] if course.path[-1] == "place" else course.events[-2]
    facts = {"host": placement.host.ods_code, "starts_on": placement.starts_on.isoformat()}
    rows = [PlacementEvent(placement=placement, kind=kinds.BEGUN, at=begun.at, by=begun.by, facts=facts)]
    for review in reviews:
        if review.placement is placement and review.held_on:
            facts = {"review": review.pk, "due_on": review.due_on.isoformat()}
            rows.append(_event(placement, kinds.REVIEWED, london(review.held_on), review.recorded_by, facts))
    if placement.outcome:
        ended = course.events[-1]
        rows.append(_event(placement, kinds.ENDED, ended.at, ended.by, {"outcome": placement.outcome}))
    return rows


def _event(placement: Placement, kind: str, at: dt.datetime, by: object, facts: dict[str, object]) -> PlacementEvent:
    return PlacementEvent(placement=placement, kind=kind, at=at, by=by, facts=facts)
