"""Acts on curated pools: opening and closing one, putting people in, moving them on, noting, saying what is next."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.access import STAFF_ROLES, access_of
from portal.models import Membership, Region, Role, User
from talent.access import Refused, is_own
from talent.models import CandidateEvent, ColleagueEvent, CuratedPool, Person, PoolCandidate, PoolMembership, PoolStep

STEPS = ("To contact", "Contacted", "In conversation", "Put forward", "Not now")
Kind, Reach = CandidateEvent.Kind, CuratedPool.Reach


@transaction.atomic
def open_pool(
    *, name: str, purpose: str, reach: str, region: Region | None, expires_on: dt.date, by: User, at: dt.datetime
) -> CuratedPool:
    """A new pool with the usual steps, owned by whoever opens it. Raises Refused."""
    access = access_of(by)
    if not access.is_talent_staff:
        raise Refused("Only talent staff keep pools.")
    if reach == Reach.NATIONAL and not access.is_talent_team:
        raise Refused("A national pool is the talent team’s to open.")
    if reach == Reach.REGIONAL and not access.is_talent_team and (region is None or region.pk not in access.region_ids):
        raise Refused("This region is not yours.")
    if expires_on <= timezone.localdate(at):
        raise Refused("A pool ends on a later day than today.")
    pool = CuratedPool.objects.create(
        name=name, purpose=purpose, reach=reach, region=region, owner=by, made_at=at, expires_on=expires_on
    )
    PoolStep.objects.bulk_create(PoolStep(pool=pool, name=step, position=n) for n, step in enumerate(STEPS, start=1))
    return pool


@transaction.atomic
def close_pool(pool: CuratedPool, *, by: User, at: dt.datetime) -> None:
    """Nothing is done in it any more; what was done stays on record."""
    row = _locked(pool, by, at)
    if row.owner_id != by.pk and not access_of(by).is_talent_team:
        raise Refused("Its owner closes a pool.")
    row.closed_at = at
    row.save(update_fields=["closed_at"])


@transaction.atomic
def add(pool: CuratedPool, person: Person, *, by: User, at: dt.datetime, reason: str) -> PoolCandidate:
    """Puts somebody who agrees to be found into the first step; who is there already stays where they are."""
    row = _locked(pool, by, at)
    seen = PoolMembership.objects.visible_to(by).in_force(timezone.localdate(at)).filter(person=person)
    if is_own(by, person) or not seen.exists():
        raise Refused("This person does not agree to be found, or is not yours to see.")
    there = PoolCandidate.objects.filter(pool=row, person=person, removed_at=None).first()
    if there is not None:
        return there
    first = row.steps.order_by("position")[0]
    made = PoolCandidate.objects.create(pool=row, person=person, step=first, owner=by, added_at=at)
    _write(made, Kind.ADDED, first.name, by=by, at=at, reason=reason)
    return made


@transaction.atomic
def update(
    candidate: PoolCandidate,
    *,
    step: PoolStep,
    action: str,
    on: dt.date | None,
    owner: User,
    words: str,
    by: User,
    at: dt.datetime,
) -> None:
    """Step, owner, what is next and a note, each written down where it says something new. Raises Refused.

    No action and no day is nothing to do.
    """
    row = _locked_candidate(candidate, by, at)
    if step.pool_id != row.pool_id:
        raise Refused("This step is another pool’s.")
    if bool(action.strip()) != (on is not None):
        raise Refused("What is next needs both words and a day.")
    if not CuratedPool.objects.visible_to(owner).filter(pk=row.pool_id).exists():
        raise Refused(f"{owner} does not see this pool.")
    if step.pk != row.step_id:
        _write(row, Kind.MOVED, step.name, by=by, at=at)
    if (row.next_action, row.next_on, row.owner_id) != (action.strip(), on, owner.pk):
        detail = f"{action.strip()}, {owner}, by {on:%-d %B %Y}" if on else f"Nothing, {owner}"
        _write(row, Kind.PLANNED, detail[:300], by=by, at=at)
    if words.strip():
        _write(row, Kind.NOTED, "", by=by, at=at, reason=words)
    row.step, row.next_action, row.next_on, row.owner = step, action.strip(), on, owner
    row.save(update_fields=["step", "next_action", "next_on", "owner"])


@transaction.atomic
def take_out(candidate: PoolCandidate, *, by: User, at: dt.datetime, reason: str) -> None:
    row = _locked_candidate(candidate, by, at)
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    _write(row, Kind.REMOVED, "", by=by, at=at, reason=reason)


@transaction.atomic
def name_colleague(pool: CuratedPool, colleague: User, *, by: User, at: dt.datetime) -> None:
    """Lets somebody of the talent staff into a private pool. Its owner's act; on record. Raises Refused."""
    row = _locked_private(pool, by, at)
    if not access_of(colleague).is_talent_staff:
        raise Refused(f"{colleague} is not one of the talent staff.")
    if colleague.pk == row.owner_id or row.colleagues.filter(pk=colleague.pk).exists():
        raise Refused(f"{colleague} is in the pool’s team already.")
    row.colleagues.add(colleague)
    ColleagueEvent.objects.create(pool=row, colleague=colleague, kind=ColleagueEvent.Kind.NAMED, by=by, at=at)


@transaction.atomic
def take_off_colleague(pool: CuratedPool, colleague: User, *, by: User, at: dt.datetime) -> None:
    """From the next request on they do not find the pool; their tasks in it become the owner's. Raises Refused."""
    row = _locked_private(pool, by, at)
    if not row.colleagues.filter(pk=colleague.pk).exists():
        raise Refused(f"{colleague} is not in the pool’s team.")
    row.colleagues.remove(colleague)
    PoolCandidate.objects.filter(pool=row, owner=colleague).update(owner=row.owner)
    ColleagueEvent.objects.create(pool=row, colleague=colleague, kind=ColleagueEvent.Kind.TAKEN_OFF, by=by, at=at)


def nameable(pool: CuratedPool) -> QuerySet[User]:
    """Talent staff who are not in the pool's team yet."""
    staff = Membership.objects.in_force(timezone.now()).filter(role__in=STAFF_ROLES)
    there = Q(pk=pool.owner_id) | Q(pk__in=pool.colleagues.values("pk"))
    return User.objects.filter(pk__in=staff.values("user"), is_active=True).exclude(there)


def _locked_private(pool: CuratedPool, by: User, at: dt.datetime) -> CuratedPool:
    row = _locked(pool, by, at)
    if row.owner_id != by.pk:
        raise Refused("Its owner says who works on a pool.")
    if row.reach != Reach.PRIVATE:
        raise Refused("Only a private pool has named colleagues.")
    return row


def colleagues_of(pool: CuratedPool) -> QuerySet[User]:
    """Who can be given a task in `pool`: its owner, named colleagues, and staff whose region or country it is."""
    staff = Membership.objects.in_force(timezone.now()).filter(role__in=STAFF_ROLES)
    if pool.reach == Reach.PRIVATE:
        return User.objects.filter(Q(pk=pool.owner_id) | Q(pk__in=pool.colleagues.values("pk")))
    if pool.reach == Reach.REGIONAL:
        staff = staff.filter(Q(role=Role.TALENT_TEAM) | Q(region=pool.region_id))
    return User.objects.filter(Q(pk=pool.owner_id) | Q(pk__in=staff.values("user")))


def _locked(pool: CuratedPool, by: User, at: dt.datetime) -> CuratedPool:
    row = CuratedPool.objects.select_for_update().get(pk=pool.pk)
    if not CuratedPool.objects.visible_to(by).filter(pk=row.pk).exists():
        raise Refused("This pool is not yours to work on.")
    if not row.is_open_on(timezone.localdate(at)):
        raise Refused("This pool is closed.")
    return row


def _locked_candidate(candidate: PoolCandidate, by: User, at: dt.datetime) -> PoolCandidate:
    _locked(candidate.pool, by, at)
    shown = PoolCandidate.objects.visible_to(by).shown_on(timezone.localdate(at))
    row = PoolCandidate.objects.filter(pk__in=shown.filter(pk=candidate.pk).values("pk")).first()
    if row is None:
        raise Refused("This person is not in the pool any more.")
    return row


def _write(candidate: PoolCandidate, kind: str, detail: str, *, by: User, at: dt.datetime, reason: str = "") -> None:
    CandidateEvent.objects.create(candidate=candidate, kind=kind, detail=detail, by=by, at=at, reason=reason.strip())
