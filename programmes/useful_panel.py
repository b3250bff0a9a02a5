"""What readers answered, beside the editor: how many found the page useful, and the last reasons why not."""

from typing import Any

from wagtail.admin.panels import Panel

from programmes import answering


class UsefulPanel(Panel):
    """It holds nothing to fill in."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "programmes/cms_useful.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["found"] = answering.usefulness_of(self.instance) if self.instance.pk else None
            return context
