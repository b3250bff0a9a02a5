"""Third-floor views: boards and terms; committees, meetings, agendas, items with their votes, decisions, letters."""

from portal.access import BOARD_ROLES, requires_role
from portal.models import Role

secretariat_only = requires_role(Role.TALENT_TEAM)
committee_only = requires_role(Role.TALENT_TEAM, Role.COMMITTEE_MEMBER)
board_only = requires_role(*BOARD_ROLES)
