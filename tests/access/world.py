"""The world the access table is tried in: a person of each role, trusts, the body; apps add their records."""

from typing import Any

from portal.models import Role, User
from tests.access.table import ROLES
from tests.factories.portal import OrganisationFactory, RegionFactory, UserFactory, member, the_body


class World:
    """`people` by role; `own_*` belongs to the roles that own such a thing, `other_*` to somebody nobody here is.

    own_region   the regional lead's region, in which own_trust lies; other_region, other_trust: outside it
    own_trust    the trust of trust_user and trust_admin
    body         the national body, for which everybody else acts
    stranger     a person with no membership who is nobody in `people`
    """

    people: dict[str, User]

    def __init__(self) -> None:
        self.own_region, self.other_region = RegionFactory(), RegionFactory()
        self.own_trust = OrganisationFactory(region=self.own_region)
        self.other_trust = OrganisationFactory(region=self.other_region)
        self.body = the_body()
        self.stranger = UserFactory()
        self.people = {role: self._person(role) for role in ROLES if role != "anonymous"}

    def _person(self, role: str) -> User:
        if role == "applicant":
            return UserFactory()
        if role in ("trust_user", "trust_admin"):
            return member(Role.TRUST_USER, organisation=self.own_trust, is_administrator=role == "trust_admin")
        return member(role, **({"region": self.own_region} if role == Role.REGIONAL_LEAD else {}))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the world has no {name}: build it in your rows file's build(world)")
