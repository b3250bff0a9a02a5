"""Who may do what in the CMS: groups with their permissions, and people's groups kept in step with their roles."""

import datetime as dt

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.snippets.models import get_snippet_models

from portal.models import Membership, Role, User

EDITORS, MODERATORS, TALENT_TEAM = "Editors", "Moderators", "Talent team"
# The talent team moderates: editors submit, somebody else publishes.
GROUPS_OF_ROLE = {Role.EDITOR: {EDITORS}, Role.TALENT_TEAM: {MODERATORS, TALENT_TEAM}}

_EDIT = ("add", "change", "view")
PAGE_PERMISSIONS = {
    EDITORS: ("add_page", "change_page"),
    MODERATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
MEDIA_PERMISSIONS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def set_up() -> None:
    """Makes the groups and gives each exactly its permissions; run it after migrations, as often as you like."""
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    snippets = _of_snippets()
    footer = Q(content_type__app_label="portal", codename="change_footer")
    redirects = Q(content_type__app_label="wagtailredirects", codename__in=("add_redirect", "change_redirect"))
    extra = {MODERATORS: Permission.objects.filter(footer | redirects), TALENT_TEAM: snippets}
    for name in (EDITORS, MODERATORS, TALENT_TEAM):
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([access, *extra.get(name, ())])
        _give_pages(group)
        _give_media(group)


def _of_snippets() -> QuerySet[Permission]:
    """To add and change whatever an app registers as a snippet. Deleting is nobody's: history stays."""
    types = ContentType.objects.get_for_models(*get_snippet_models()).values()
    verbs = Q(*(Q(codename__startswith=f"{verb}_") for verb in _EDIT), _connector=Q.OR)
    return Permission.objects.filter(verbs, content_type__in=types)


def _give_pages(group: Group) -> None:
    root = Page.get_first_root_node()
    wanted = set(PAGE_PERMISSIONS.get(group.name, ()))
    GroupPagePermission.objects.filter(group=group, page=root).exclude(permission__codename__in=wanted).delete()
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=wanted):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _give_media(group: Group) -> None:
    if group.name not in PAGE_PERMISSIONS:
        return
    for permission in Permission.objects.filter(codename__in=MEDIA_PERMISSIONS):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )


def keep_in_step(user: User, *, at: dt.datetime) -> None:
    """Gives `user` the groups of the roles they hold at `at` and takes away the rest of ours. The acts call it."""
    roles = Membership.objects.in_force(at).filter(user=user).values_list("role", flat=True)
    wanted = {name for role in roles for name in GROUPS_OF_ROLE.get(Role(role), set())}
    ours = {name for names in GROUPS_OF_ROLE.values() for name in names}
    user.groups.remove(*user.groups.filter(name__in=ours - wanted))
    user.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in sorted(wanted)))
