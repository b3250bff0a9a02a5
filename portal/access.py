"""Who may do what: roles read once a request, and the predicates that every app shares. Deny is the default."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from portal.models import Membership, Organisation, Role, User
from portal.models.organisation import OrganisationQuerySet

Viewer = User | AnonymousUser

# Everyone who handles other people's data or a body's decisions; the second factor is theirs to hold.
TRUSTED_ROLES = frozenset(
    {Role.REVIEWER, Role.TALENT_TEAM, Role.REGIONAL_LEAD, Role.COMMITTEE_MEMBER, Role.IMPROVEMENT_LEAD, Role.EDITOR}
)
STAFF_ROLES = frozenset({Role.TALENT_TEAM, Role.REGIONAL_LEAD})
CMS_ROLES = frozenset({Role.TALENT_TEAM, Role.EDITOR})
# Who has boards to look at; whose, says boards_visible_to.
BOARD_ROLES = frozenset({Role.TALENT_TEAM, Role.REGIONAL_LEAD, Role.COMMITTEE_MEMBER, Role.TRUST_USER})


@dataclass(frozen=True, slots=True)
class Access:
    """What one person's memberships in force add up to."""

    roles: frozenset[str] = frozenset()
    region_ids: frozenset[int] = frozenset()  # of a regional talent lead
    trust_ids: frozenset[int] = frozenset()  # of a trust user
    administers_ids: frozenset[int] = frozenset()  # organisations whose people they look after
    organisation_ids: frozenset[int] = frozenset()
    membership_ids: frozenset[int] = frozenset()  # what hangs on one membership ends with it
    administers_all: bool = False  # the talent team's administrators: every organisation, every role

    @property
    def is_talent_team(self) -> bool:
        return Role.TALENT_TEAM in self.roles

    @property
    def is_talent_staff(self) -> bool:
        """The talent team, or a regional lead within a region."""
        return bool(self.roles & STAFF_ROLES)

    @property
    def needs_second_factor(self) -> bool:
        return bool(self.roles & TRUSTED_ROLES)


NOBODY = Access()


def access_of(user: Viewer, *, at: dt.datetime | None = None) -> Access:
    """The access of `user` now (or at `at`): one query, kept on the user object for the rest of the request."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    kept: Access | None = getattr(user, "_access", None)
    if at is None and kept is not None:
        return kept
    access = _add_up(Membership.objects.in_force(at or timezone.now()).filter(user=user))
    if at is None:
        user._access = access  # type: ignore[attr-defined]
    return access


def _add_up(memberships: Any) -> Access:
    rows = list(memberships)
    return Access(
        roles=frozenset(m.role for m in rows),
        region_ids=frozenset(m.region_id for m in rows if m.role == Role.REGIONAL_LEAD),
        trust_ids=frozenset(m.organisation_id for m in rows if m.role == Role.TRUST_USER),
        administers_ids=frozenset(m.organisation_id for m in rows if m.is_administrator),
        organisation_ids=frozenset(m.organisation_id for m in rows),
        membership_ids=frozenset(m.pk for m in rows),
        administers_all=any(m.is_administrator and m.role == Role.TALENT_TEAM for m in rows),
    )


def has_role(user: Viewer, *roles: str) -> bool:
    return bool(access_of(user).roles.intersection(roles))


def needs_second_factor(user: Viewer) -> bool:
    return user.is_authenticated and (user.is_superuser or access_of(user).needs_second_factor)


def may_use_cms(user: Viewer) -> bool:
    """Asked beside Wagtail's own permissions: whoever leaves loses the CMS with the role, whatever groups still say."""
    return user.is_superuser or has_role(user, *CMS_ROLES)


def administers_everyone(user: Viewer) -> bool:
    """The talent team's administrators, and the superuser who sets an installation up and invites the first of them."""
    return user.is_superuser or access_of(user).administers_all


def may_administer(user: Viewer, organisation: Organisation) -> bool:
    """Invite, remove and confirm the people of `organisation`."""
    return administers_everyone(user) or organisation.pk in access_of(user).administers_ids


def administered_organisations(user: Viewer) -> OrganisationQuerySet:
    """Those whose people `user` looks after."""
    if administers_everyone(user):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=access_of(user).administers_ids)


def boards_visible_to(user: Viewer) -> OrganisationQuerySet:
    """Trusts whose boards `user` sees: all for the talent team and the committee, a lead's region, one's own trust."""
    access, trusts = access_of(user), Organisation.objects.trusts()
    if access.roles & {Role.TALENT_TEAM, Role.COMMITTEE_MEMBER}:
        return trusts
    return trusts.filter(Q(region__in=access.region_ids) | Q(pk__in=access.trust_ids))


def sees_one_board(user: Viewer) -> bool:
    """A trust's people, without another role: of boards there is nothing to choose for them. No query."""
    access = access_of(user)
    everywhere = bool(access.roles & {Role.TALENT_TEAM, Role.COMMITTEE_MEMBER})
    return not everywhere and not access.region_ids and len(access.trust_ids) == 1


def sees_one_region(user: Viewer) -> bool:
    """The same of regions: a trust's people, and whoever leads one region and nothing else."""
    access = access_of(user)
    everywhere = bool(access.roles & {Role.TALENT_TEAM, Role.COMMITTEE_MEMBER})
    leads_one = not everywhere and not access.trust_ids and len(access.region_ids) == 1
    return leads_one or sees_one_board(user)


def may_see_board(user: Viewer, trust: Organisation) -> bool:
    """The same of one trust, without a query of its own."""
    access = access_of(user)
    everywhere = bool(access.roles & {Role.TALENT_TEAM, Role.COMMITTEE_MEMBER})
    return everywhere or trust.region_id in access.region_ids or trust.pk in access.trust_ids


View = Callable[..., HttpResponseBase]


def requires_role(*roles: str) -> Callable[[View], View]:
    """Signed in and holding one of `roles`; everybody else gets 403. Which rows they see is the QuerySet's business."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not has_role(request.user, *roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
