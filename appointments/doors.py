"""Where the signed-in home leads members of a committee, its secretariat, and whoever has boards to see."""

from collections.abc import Iterable

from django.urls import reverse, reverse_lazy
from django.utils import timezone

from appointments.access import keeps_cases
from appointments.models import CheckSet, Interim, Letter, Tenure
from appointments.networks import own_networks
from appointments.panel import MAY_SIT
from portal.access import BOARD_ROLES, Access, sees_one_board
from portal.doors import ACCOUNT
from portal.doorway import Door, opens
from portal.models import Organisation, Role, User
from talent.models import Person

SUCCESSION = Door("Succession", reverse_lazy("appointments:succession_list"), "Talent")
EQUALITY = Door("Equality report", reverse_lazy("appointments:equality_list"), "Talent")
GROUP, BOARDS = "Committees", "Boards"
NETWORK_ROLES = frozenset({Role.TALENT_TEAM, Role.REGIONAL_LEAD})
ALL_BOARDS = Door("All boards", reverse_lazy("appointments:board_list"), BOARDS)
TERMS = (
    Door("Terms of office that end", reverse_lazy("appointments:term_list"), BOARDS),
    Door("Register of appointments", reverse_lazy("appointments:appointment_list"), BOARDS),
)
CASES = (
    Door("Seats that fall vacant", reverse_lazy("appointments:case_list"), BOARDS),
    Door("Proposals about boards", reverse_lazy("appointments:proposal_list"), BOARDS),
)
RELATIONSHIPS = Door("Recorded relationships", reverse_lazy("appointments:relationship_list"), GROUP)
MEETINGS = (
    Door("Meetings", reverse_lazy("appointments:meeting_list"), GROUP),
    Door("Actions", reverse_lazy("appointments:action_list"), GROUP),
    Door("Committees and members", reverse_lazy("appointments:committee_list"), GROUP),
)
REGISTER = (Door("Decision register", reverse_lazy("appointments:decision_list"), GROUP),)


@opens
def committee_doors(user: User, access: Access) -> Iterable[Door]:
    if access.is_talent_team or Role.COMMITTEE_MEMBER in access.roles:
        yield from MEETINGS
    if access.is_talent_staff or Role.COMMITTEE_MEMBER in access.roles:
        yield from REGISTER
    if access.is_talent_team:
        yield RELATIONSHIPS


@opens
def succession_doors(user: User, access: Access) -> Iterable[Door]:
    if access.is_talent_staff:
        yield SUCCESSION


@opens
def board_doors(user: User, access: Access) -> Iterable[Door]:
    """One query for a trust's people, none for others."""
    if access.trust_ids:
        for trust in Organisation.objects.trusts().filter(pk__in=access.trust_ids):
            title = f"Board of {trust}" if len(access.trust_ids) > 1 else "Your board"
            yield Door(title, reverse("appointments:board_detail", args=[trust.ods_code]), BOARDS)
    if access.roles & BOARD_ROLES:
        if not sees_one_board(user):
            yield ALL_BOARDS
        yield from TERMS
    if keeps_cases(user):
        yield from CASES


@opens
def letter_doors(user: User, access: Access) -> Iterable[Door]:
    """For whoever was appointed, or not: the letters about their own seats. One query."""
    mine = Letter.objects.filter(decision__item__proposal__person__in=Person.objects.of_user(user).values("pk"))
    for letter in mine.select_related("decision__item__proposal__seat__board")[:5]:
        seat = letter.decision.item.proposal.seat
        yield Door(f"Letter: {seat}", reverse("appointments:seat_letter_download", args=[letter.pk]), BOARDS)


@opens
def network_doors(user: User, access: Access) -> Iterable[Door]:
    """Two queries for a trust's people, none for others."""
    if access.roles & NETWORK_ROLES:
        yield Door("Chair networks", reverse("appointments:network_list"), BOARDS)
    elif Role.TRUST_USER in access.roles and own_networks(user, timezone.localdate()):
        yield Door("Your chair network", reverse("appointments:network_list"), BOARDS)


@opens
def equality_doors(user: User, access: Access) -> Iterable[Door]:
    """The report for the talent team; the questions for who sits on a board. One query."""
    if access.is_talent_team:
        yield EQUALITY
    if Tenure.objects.sitting_on(timezone.localdate()).of_user(user).exists():
        yield Door("Equality questions for board members", reverse("appointments:own_equality_edit"), ACCOUNT)


@opens
def campaign_doors(user: User, access: Access) -> Iterable[Door]:
    """Campaigns for talent staff; a panel's work for whoever holds a role that sits on panels. No query."""
    if access.is_talent_staff:
        yield Door("Campaigns", reverse("appointments:campaign_list"), BOARDS)
    if access.roles.intersection(MAY_SIT):
        yield Door("Panels you sit on", reverse("appointments:panel_list"), BOARDS)


@opens
def check_doors(user: User, access: Access) -> Iterable[Door]:
    """The checks for talent staff; for everybody else their own, where any were opened: one query."""
    if access.is_talent_staff:
        yield Door("Fit and proper checks", reverse("appointments:check_list"), BOARDS)
    elif CheckSet.objects.own(user).filter(closed_at=None).exists():
        yield Door("Your fit and proper checks", reverse("appointments:own_check_list"), BOARDS)


@opens
def sharing_doors(user: User, access: Access) -> Iterable[Door]:
    """Lists shown to trusts, for talent staff; those shown to one's own trust, for its people. No query."""
    if access.is_talent_staff:
        yield Door("People shown to trusts", reverse("appointments:share_list"), "Talent")
    if access.trust_ids:
        yield Door("People shown to your trust", reverse("appointments:shortlist_list"), BOARDS)


@opens
def executive_doors(user: User, access: Access) -> Iterable[Door]:
    """The registers for talent staff; for everybody else their own entry as an interim, if they have one: one query."""
    if access.is_talent_staff:
        yield Door("Interim executives", reverse("appointments:interim_list"), BOARDS)
        yield Door("Off-payroll office holders", reverse("appointments:off_payroll_list"), BOARDS)
    elif own := Interim.objects.standing().filter(person__user=user).first():
        yield Door("Your entry as an interim executive", reverse("appointments:interim_detail", args=[own.pk]), BOARDS)
