"""Who may change what we offer, and who takes part in a collaborative."""

from portal.access import Viewer, access_of, has_role
from portal.models import Organisation, Role, User
from programmes.models import Collaborative, Enrolment


def may_set_questions(user: Viewer) -> bool:
    """Decide what applicants are asked: the talent team, and the superuser who sets an installation up."""
    return user.is_superuser or has_role(user, Role.TALENT_TEAM)


def may_lead(user: Viewer, collaborative: Collaborative) -> bool:
    """The programme team: whoever is named as a lead, and the talent team."""
    return Collaborative.objects.led_by(user).filter(pk=collaborative.pk).exists()


def may_enter_figures(user: Viewer, trust: Organisation) -> bool:
    """The trust's own people, its buddies, and the programme team of a collaborative it is in."""
    if not isinstance(user, User):
        return False
    if trust.pk in access_of(user).trust_ids or has_role(user, Role.TALENT_TEAM):
        return True
    return Enrolment.objects.worked_on_by(user).filter(trust=trust).exists()


def may_support(user: Viewer, enrolment: Enrolment) -> bool:
    """Record calls and visits, review the plan: the buddies and the programme team, never the trust's own people."""
    return Enrolment.objects.worked_on_by(user).filter(pk=enrolment.pk).exists() and (
        enrolment.trust_id not in access_of(user).trust_ids
    )


def acts_for(user: Viewer, enrolment: Enrolment) -> bool:
    """The trust's own people."""
    return enrolment.trust_id in access_of(user).trust_ids
