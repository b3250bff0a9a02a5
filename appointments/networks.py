"""Who belongs to a region's chair network on a day, whose network it is to see, and whose to keep."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from appointments.models import NetworkAction, NetworkChange, NetworkPaper, NetworkSession, Seat, Tenure
from appointments.models.network import NetworkActionQuerySet, NetworkSessionQuerySet
from portal.access import Viewer, access_of
from portal.models import Membership, Region, Role, User
from talent.models import Person

Kind = NetworkChange.Kind


@dataclass(frozen=True, slots=True)
class Member:
    """One who belongs, and why: the trust chaired, or a word by hand."""

    person: Person
    trust: str  # of the seat, empty for somebody added who chairs none
    by_hand: NetworkChange | None = None


@dataclass(frozen=True, slots=True)
class Members:
    belonging: tuple[Member, ...]
    left_out: tuple[Member, ...]


def members_of(region: Region, day: dt.date) -> Members:
    """Chairs of the region's trusts on `day`, with those added and without those left out. Two queries."""
    chairs = {t.person_id: t for t in chairs_on(day).filter(seat__board__region=region)}
    changes = {
        change.person_id: change
        for change in NetworkChange.objects.filter(region=region, at__date__lte=day).select_related("person")
    }
    everybody = {**{pk: c.person for pk, c in changes.items()}, **{pk: t.person for pk, t in chairs.items()}}
    belonging, left_out = [], []
    for pk, person in sorted(everybody.items(), key=lambda pair: (pair[1].sort_name, pair[0])):
        change, tenure = changes.get(pk), chairs.get(pk)
        said = change if change and change.kind != Kind.BY_SEAT else None
        member = Member(person, str(tenure.seat.board) if tenure else "", said)
        if said and said.kind == Kind.LEFT_OUT:
            left_out.append(member)
        elif said or tenure:
            belonging.append(member)
    return Members(tuple(belonging), tuple(left_out))


def chairs_on(day: dt.date) -> QuerySet[Tenure]:
    """Who chairs a trust that is open on that day."""
    seats = Seat.objects.open_on(day).filter(role=Seat.Role.CHAIR)
    return Tenure.objects.sitting_on(day).filter(seat__in=seats).select_related("person", "seat__board")


def visible_regions(user: Viewer, day: dt.date) -> QuerySet[Region]:
    """Whose networks `user` sees: the talent team's all, a lead's or managing director's, a member chair's own."""
    access = access_of(user)
    if access.is_talent_team:
        return Region.objects.all()
    if not isinstance(user, User):
        return Region.objects.none()
    scope = Q(pk__in=access.region_ids)
    if access.roles:
        scope |= Q(managing_director=user)
    if Role.TRUST_USER in access.roles:
        scope |= Q(pk__in=own_networks(user, day))
    return Region.objects.filter(scope)


def own_networks(user: User, day: dt.date) -> set[int]:
    """The regions to whose network a trust's user belongs: by the seat, or by the last word about them."""
    them = Person.objects.of_user(user).values("pk")
    chaired = set(chairs_on(day).filter(person__in=them).values_list("seat__board__region", flat=True))
    last = {c.region_id: c.kind for c in NetworkChange.objects.filter(person__in=them, at__date__lte=day)}
    added = {region for region, kind in last.items() if kind == Kind.ADDED}
    return {pk for pk in chaired | added if last.get(pk) != Kind.LEFT_OUT}


def visible_sessions(user: Viewer, day: dt.date) -> NetworkSessionQuerySet:
    return NetworkSession.objects.filter(region__in=visible_regions(user, day)).select_related("region")


def visible_papers(user: Viewer, day: dt.date) -> QuerySet[NetworkPaper]:
    return NetworkPaper.objects.filter(removed_at=None, session__in=visible_sessions(user, day).order_by())


def visible_actions(user: Viewer, day: dt.date) -> NetworkActionQuerySet:
    return NetworkAction.objects.filter(session__in=visible_sessions(user, day).order_by())


def may_keep(user: Viewer, region: Region) -> bool:
    """The talent team, the region's talent lead and its managing director plan sessions and say who belongs."""
    access = access_of(user)
    leads = bool(access.roles) and isinstance(user, User) and region.managing_director_id == user.pk
    return access.is_talent_team or region.pk in access.region_ids or leads


def possible_members(region: Region, day: dt.date) -> QuerySet[Person]:
    """Whom to add by hand: who sits on a board of the region today and does not chair it."""
    boards = Tenure.objects.sitting_on(day).filter(
        seat__board__region=region, seat__role__in=Seat.NON_EXECUTIVE, person=OuterRef("pk")
    )
    here = [member.person.pk for member in members_of(region, day).belonging]
    return Person.objects.filter(Exists(boards)).exclude(pk__in=here)


def possible_owners(region: Region, day: dt.date, at: dt.datetime) -> QuerySet[User]:
    """Who can be asked to do something: members with an account, the region's lead and managing director."""
    people = [member.person.pk for member in members_of(region, day).belonging]
    leads = Membership.objects.in_force(at).filter(role=Role.REGIONAL_LEAD, region=region).values("user")
    who = Q(person__in=people) | Q(pk__in=leads) | Q(pk=region.managing_director_id)
    return User.objects.filter(who, is_active=True)
