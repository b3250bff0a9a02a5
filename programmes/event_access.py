"""Who may run events, and who may book a place at one."""

from portal.access import Viewer, access_of, has_role
from portal.models import Role, User
from programmes.models import Collaborative, Event, LearningNetwork, Scheme
from programmes.models.collaborative import CollaborativeQuerySet
from programmes.models.event import RUNNER_ROLES


def may_plan_events(user: Viewer) -> bool:
    return has_role(user, *RUNNER_ROLES)


def may_run(user: Viewer, event: Event) -> bool:
    return Event.objects.run_by(user).filter(pk=event.pk).exists()


def collaboratives_to_plan_for(user: Viewer) -> CollaborativeQuerySet:
    return Collaborative.objects.led_by(user)


def may_plan_for(
    user: Viewer,
    *,
    scheme: Scheme | None,
    collaborative: Collaborative | None,
    network: LearningNetwork | None,
    region_id: int | None,
) -> bool:
    """Schemes are the talent team's, collaboratives and networks their leads'; a regional lead plans in the region."""
    access = access_of(user)
    if access.is_talent_team:
        return True
    if scheme is not None or not may_plan_events(user):
        return False
    if collaborative is not None:
        return collaboratives_to_plan_for(user).filter(pk=collaborative.pk).exists()
    if network is not None:
        return LearningNetwork.objects.led_by(user).filter(pk=network.pk).exists()
    return Role.IMPROVEMENT_LEAD in access.roles or region_id in access.region_ids


def may_book(user: Viewer, event: Event) -> bool:
    """Whether the event is meant for `user`; whether there is room and time is the act's business."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if event.audience == Event.Audience.TRUSTS:
        return bool(access_of(user).trust_ids)
    if event.audience == Event.Audience.GROUP:
        return Event.objects.of_groups_of(user).filter(pk=event.pk).exists()
    return True
