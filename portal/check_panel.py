"""The content checks beside the editor: what was found in the page as it was last saved."""

from typing import Any

from wagtail.admin.panels import Panel

from portal.content_checks import check_page


class ContentChecksPanel(Panel):
    """Shown above the fields; it holds nothing to fill in."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "portal/cms_content_checks.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["checked"] = check_page(self.instance, {"printing": True}) if self.instance.pk else None
            return context
