"""Setting up talent pools in the CMS."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from talent.models import Pool


class PoolViewSet(SnippetViewSet):
    model = Pool
    icon = "group"
    menu_label = "Talent pools"
    add_to_admin_menu = True
    menu_order = 320
    list_display = ["name", "consent_months"]
    search_fields = ["name"]


register_snippet(PoolViewSet)
