"""Who may change what we offer."""

from portal.access import Viewer, has_role
from portal.models import Role


def may_set_questions(user: Viewer) -> bool:
    """Decide what applicants are asked: the talent team, and the superuser who sets an installation up."""
    return user.is_superuser or has_role(user, Role.TALENT_TEAM)
