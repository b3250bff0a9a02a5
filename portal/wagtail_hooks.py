"""The CMS as editors meet it: a menu without what they do not need, and a first page that says how work goes."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

# Kept for superusers: reports on the tree, and search picks (site search shows none).
FOR_SUPERUSERS = {"reports", "promoted-search-results"}


@hooks.register("construct_main_menu")
@hooks.register("construct_settings_menu")
def hide_what_editors_do_not_need(request: HttpRequest, items: list[MenuItem]) -> None:
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in FOR_SUPERUSERS]


class HowWorkGoes(Component):
    """Draft, moderation, publishing: three sentences on the dashboard."""

    order = 50
    template_name = "portal/cms_how_work_goes.html"

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {}


@hooks.register("construct_homepage_panels")
def say_how_work_goes(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(HowWorkGoes())
