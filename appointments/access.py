"""Who may prepare, read, vote and decide in a committee, and who answers for a board."""

import datetime as dt

from django.db.models import Q

from appointments.models import AgendaItem, Appointment, CheckSet, CommitteeSeat, Meeting, Proposal, Tenure
from portal.access import Viewer, access_of
from portal.models import Organisation, Role, User
from portal.models.organisation import OrganisationQuerySet
from talent.access import is_own
from talent.models import Person


def is_secretariat(user: Viewer) -> bool:
    """The talent team keeps the committees' books; regional leads do not."""
    return access_of(user).is_talent_team


def may_record(user: Viewer, item: AgendaItem, *, at: dt.datetime) -> bool:
    """The secretariat, and by correspondence whoever chairs; never on an item on which they have a conflict."""
    if not AgendaItem.objects.listed_for(user).filter(pk=item.pk).exists():
        return False
    return is_secretariat(user) or (item.meeting.is_round and may_chair(user, item.meeting, at=at))


def may_chair(user: Viewer, meeting: Meeting, *, at: dt.datetime) -> bool:
    """The chair, their deputy, and whom the meeting names to chair in their place."""
    if not isinstance(user, User):
        return False
    chairing = Q(role__in=(CommitteeSeat.Role.CHAIR, CommitteeSeat.Role.DEPUTY)) | Q(user=meeting.substitute_id)
    return meeting.seats(at).filter(chairing, user=user).exists()


def may_propose(user: Viewer, trust: Organisation) -> bool:
    """Who puts a change to a board to the committee: talent staff in their scope, and the trust's administrators."""
    access = access_of(user)
    return access.is_talent_team or trust.region_id in access.region_ids or answers_for(user, trust)


def boards_to_propose_for(user: Viewer) -> OrganisationQuerySet:
    """The same as a set of trusts: where somebody may put something forward."""
    access, trusts = access_of(user), Organisation.objects.trusts()
    if access.is_talent_team:
        return trusts
    return trusts.filter(Q(region__in=access.region_ids) | Q(pk__in=access.administers_ids))


def answers_for(user: Viewer, trust: Organisation) -> bool:
    """The trust's own administrators; the talent team never gives a trust's word for it."""
    return trust.pk in access_of(user).administers_ids


def may_change_board(user: Viewer, trust: Organisation) -> bool:
    """Who says that somebody left or came: the talent team, and for a foundation trust its own administrators."""
    return is_secretariat(user) or (not trust.body_appoints and answers_for(user, trust))


def may_run_campaign(user: Viewer, trust: Organisation) -> bool:
    """The talent team, and a regional lead for a trust of the region."""
    access = access_of(user)
    return access.is_talent_team or trust.region_id in access.region_ids


def keeps_cases(user: Viewer) -> bool:
    """Who has seats falling vacant to see to: talent staff, and trusts' administrators."""
    access = access_of(user)
    return access.is_talent_staff or bool(access.administers_ids & access.trust_ids)


def may_correct(user: Viewer, tenure: Tenure) -> bool:
    """Who puts right what was recorded of somebody's time in a seat: the talent team, never of their own."""
    return is_secretariat(user) and not is_oneself(user, tenure)


def may_correct_appointment(user: Viewer, appointment: Appointment) -> bool:
    """Who enters a row in place of another in the register of appointments: the talent team, never in their own."""
    return is_secretariat(user) and isinstance(user, User) and not is_own(user, appointment.person)


def may_record_pay(user: Viewer, tenure: Tenure) -> bool:
    """Who enters what an executive is paid, where no decision says it: the talent team, never of themselves."""
    return not tenure.seat.is_non_executive and may_correct(user, tenure)


def is_oneself(user: Viewer, tenure: Tenure) -> bool:
    return isinstance(user, User) and is_own(user, tenure.person)


def may_check(user: Viewer, person: Person, trust: Organisation) -> bool:
    """Who makes and reads fit and proper checks: talent staff in their scope, never about themselves."""
    return checks_for(user, trust) and isinstance(user, User) and not is_own(user, person)


def checks_for(user: Viewer, trust: Organisation) -> bool:
    """Whose board's people they check, but for themselves."""
    access = access_of(user)
    return access.is_talent_team or trust.region_id in access.region_ids


def in_question(user: Viewer) -> frozenset[tuple[int, int]]:
    """(person, seat) of each proposal and application for a seat in which `user` has an interest. Two queries."""
    if not isinstance(user, User):
        return frozenset()
    proposed = user.proposal_interests.in_force().values_list("proposal__person", "proposal__seat")
    seats = ("application__proposals__seat", "application__intake__campaign__seat")
    applied = user.declared_interests.in_force().values_list("application__person", *seats)
    return frozenset(proposed) | {(person, seat) for person, *found in applied for seat in found if seat is not None}


def may_waive(user: Viewer, check_set: CheckSet) -> bool:
    """The secretariat's lead (an administrator of the talent team): not the person, nor whoever proposed them."""
    if not access_of(user).administers_all or not may_check(user, check_set.person, check_set.seat.board):
        return False
    proposed = Proposal.objects.open().filter(person=check_set.person_id, seat=check_set.seat_id)
    return isinstance(user, User) and not proposed.filter(made_by=user).exists()


def may_see_fitness(user: Viewer, trust: Organisation) -> bool:
    """Who is told the one word: complete, open or waived. What stands behind it is for may_check."""
    access = access_of(user)
    whole = access.is_talent_team or Role.COMMITTEE_MEMBER in access.roles
    return whole or trust.region_id in access.region_ids or answers_for(user, trust)


def may_plan_succession(user: Viewer, trust: Organisation) -> bool:
    """Who says who could follow in a seat: the talent team, and a regional lead for a trust of the region."""
    return may_run_campaign(user, trust)
