"""Who may change what we offer, and who takes part in a collaborative."""

from django.db.models import Q

from portal.access import Viewer, access_of, has_role
from portal.models import Organisation, Role
from portal.models.organisation import OrganisationQuerySet
from programmes.models import Collaborative, Enrolment


def may_set_questions(user: Viewer) -> bool:
    """Decide what applicants are asked: the talent team, and the superuser who sets an installation up."""
    return user.is_superuser or has_role(user, Role.TALENT_TEAM)


def may_lead(user: Viewer, collaborative: Collaborative) -> bool:
    """The programme team: whoever is named as a lead, and the talent team."""
    return Collaborative.objects.led_by(user).filter(pk=collaborative.pk).exists()


def trusts_to_enter_for(user: Viewer) -> OrganisationQuerySet:
    """Trusts whose figures `user` enters: one's own, those one is a buddy of or leads, all for the talent team."""
    trusts = Organisation.objects.trusts()
    if has_role(user, Role.TALENT_TEAM):
        return trusts
    supported = Enrolment.objects.worked_on_by(user).values("trust")
    return trusts.filter(Q(pk__in=access_of(user).trust_ids) | Q(pk__in=supported))


def may_enter_figures(user: Viewer, trust: Organisation) -> bool:
    """The same of one trust; none of its own people is asked for in a query."""
    return trust.pk in access_of(user).trust_ids or trusts_to_enter_for(user).filter(pk=trust.pk).exists()


def may_support(user: Viewer, enrolment: Enrolment) -> bool:
    """Record calls and visits, review the plan: the buddies and the programme team, never the trust's own people."""
    return Enrolment.objects.worked_on_by(user).filter(pk=enrolment.pk).exists() and (
        enrolment.trust_id not in access_of(user).trust_ids
    )


def acts_for(user: Viewer, enrolment: Enrolment) -> bool:
    """The trust's own people."""
    return enrolment.trust_id in access_of(user).trust_ids
