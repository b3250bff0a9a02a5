"""The vocabulary in the CMS, where the talent team adds the words that people use."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import Concept


class ConceptViewSet(SnippetViewSet):
    model = Concept
    icon = "search"
    menu_label = "Search vocabulary"
    add_to_admin_menu = True
    menu_order = 330
    list_display = ["name", "forms", "updated_at"]
    search_fields = ["name", "forms"]
    panels = [FieldPanel("name"), FieldPanel("forms"), FieldPanel("note")]


register_snippet(ConceptViewSet)
