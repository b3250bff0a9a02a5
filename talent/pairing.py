"""Host trusts and mentors for somebody who accepted a placement: in which order, and why; who is left out, and why.

Read of a person are posts, sectors and professional background: never a name, an age or any equality answer.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.models import Membership, Organisation, Role, Standing, User
from portal.names import folded
from talent.access import may_act_as_staff
from talent.models import Application, DeclaredInterest, PairProposed, Person, Placement, State
from talent.models.career import Sector
from talent.placing import suggested_hosts

SHOWN = 10
# A mentor looks after so many at a time, as the scheme promises candidates.
MOST_MENTORED = 2
WELL_RATED = (Standing.Rating.OUTSTANDING, Standing.Rating.GOOD)


class PairRefused(Exception):
    """`str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """One host or mentor: what speaks for it, what against; left out where something bars it."""

    what: Any  # an Organisation or a Membership
    speaks_for: tuple[str, ...]
    against: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        return len(self.speaks_for) - len(self.against)


@dataclass(frozen=True, slots=True)
class Pairs:
    hosts: tuple[Suggested, ...]
    mentors: tuple[Suggested, ...]
    left_out: tuple[Suggested, ...]  # mentors whom something bars


def pairs_for(application: Application, *, at: dt.datetime, day: dt.date) -> Pairs:
    """The best hosts of the region, and their people who could mentor. Eight queries, however many there are."""
    person = Person.objects.prefetch_related("posts").get(pk=application.person_id)
    trusts = list(suggested_hosts(application, day=day))
    standing = {one.organisation_id: one for one in Standing.objects.in_force(day).filter(organisation__in=trusts)}
    where = str(application.region)
    hosts = _best(_host(trust, where, person, standing.get(trust.pk)) for trust in trusts)
    there = Membership.objects.in_force(at).filter(role=Role.TRUST_USER, organisation__in=[h.what for h in hosts])
    rows = list(there.select_related("organisation", "user__person").prefetch_related("user__person__posts"))
    running = Placement.objects.filter(outcome="", ends_on__gte=day, mentor_as__user__in=[row.user_id for row in rows])
    busy = Counter(running.values_list("mentor_as__user", flat=True))
    interests = DeclaredInterest.objects.in_force().filter(application=application)
    barred = set(interests.values_list("user", flat=True))
    found = [_mentor(row, person, busy[row.user_id], row.user_id in barred, day) for row in rows]
    mentors = _best(one for one in found if not one.bars)
    return Pairs(hosts, mentors, tuple(one for one in found if one.bars))


def _best(found: Iterable[Suggested]) -> tuple[Suggested, ...]:
    """Ties stay in the order in which they came: nothing of a person decides them."""
    return tuple(sorted(found, key=lambda one: -one.weight)[:SHOWN])


def _host(trust: Organisation, where: str, person: Person, standing: Standing | None) -> Suggested:
    speaks, against = [f"In {where}, where they applied"], []
    sector = trust.get_sector_display()
    if trust.sector and trust.sector in person.sectors:
        speaks.append(f"{Sector(trust.sector).label}: a sector that they know")
    elif sector:
        speaks.append(f"{sector}: a sector that is new to them, which widens what they know")
    running = trust.running  # type: ignore[attr-defined]
    if running:
        against.append(f"{running} placement{'s' if running > 1 else ''} running there already")
    else:
        speaks.append("No placement is running there")
    if standing and standing.cqc_rating in WELL_RATED:
        speaks.append(f"Rated {standing.get_cqc_rating_display().lower()} by the Care Quality Commission")
    if standing and standing.segment == 4:
        against.append("In special measures: its board may have no time to teach")
    return Suggested(trust, tuple(speaks), tuple(against))


def _mentor(row: Membership, person: Person, mentored: int, conflict: bool, day: dt.date) -> Suggested:
    mentor: Person | None = getattr(row.user, "person", None)
    posts = list(mentor.posts.all()) if mentor else []
    speaks, against, bars = [f"Acts for {row.organisation}"], [], []
    if any(post.board_level for post in posts):
        speaks.append("Has held a post at board level")
    if mentor and mentor.background and mentor.background == person.background:
        speaks.append(f"Comes from the same profession: {mentor.get_background_display().lower()}")
    if mentored >= MOST_MENTORED:
        bars.append(f"Mentors {mentored} people already")
    elif mentored:
        against.append("Mentors one person already")
    else:
        speaks.append("Mentors nobody at the moment")
    if conflict:
        bars.append("Declared a conflict of interest about this application")
    if row.user_id == person.user_id:
        bars.append("Is the candidate")
    elif shared := _employers(posts, day) & _employers(person.posts.all(), day):
        bars.append(f"Works for the same employer: {', '.join(sorted(shared))}")
    return Suggested(row, tuple(speaks), tuple(against), tuple(bars))


def _employers(posts: Sequence[Any] | Any, day: dt.date) -> set[str]:
    return {folded(post.employer) for post in posts if post.is_held_on(day)}


@transaction.atomic
def propose_pair(
    application: Application,
    *,
    host: Organisation,
    mentor_as: Membership | None,
    by: User,
    at: dt.datetime,
    day: dt.date,
    reason: str,
) -> PairProposed:
    """Puts a host, and a mentor where one is named, forward for somebody; the reasons of the day are kept with it.

    Raises PairRefused for whoever is not suggested, or is left out; PermissionDenied for others than staff in charge.
    """
    row = Application.objects.select_for_update(of=("self",)).select_related("person", "intake").get(pk=application.pk)
    if not may_act_as_staff(by, row):
        raise PermissionDenied
    if row.state != State.ACCEPTED:
        raise PairRefused(f"The application is “{State(row.state).label}”: nobody is looked for.")
    pairs = pairs_for(row, at=at, day=day)
    hosts = {one.what.pk: one for one in pairs.hosts}
    mentors = {one.what.pk: one for one in pairs.mentors}
    if host.pk not in hosts:
        raise PairRefused(f"{host} is not among the hosts that fit today.")
    if mentor_as is not None and mentor_as.pk not in mentors:
        raise PairRefused(f"{mentor_as.user} is not among those who could mentor today.")
    said = {
        "host": list(hosts[host.pk].speaks_for),
        "mentor": list(mentors[mentor_as.pk].speaks_for) if mentor_as else [],
    }
    return PairProposed.objects.create(
        application=row, host=host, mentor_as=mentor_as, reasons=said, by=by, at=at, reason=reason.strip()
    )
