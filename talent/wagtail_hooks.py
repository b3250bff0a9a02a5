"""Setting up talent pools and the vocabulary of skills in the CMS."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from talent.models import Pool, Skill


class PoolViewSet(SnippetViewSet):
    model = Pool
    icon = "group"
    menu_label = "Talent pools"
    add_to_admin_menu = True
    menu_order = 320
    list_display = ["name", "consent_months"]
    search_fields = ["name"]


register_snippet(PoolViewSet)


class SkillViewSet(SnippetViewSet):
    model = Skill
    icon = "tag"
    menu_label = "Skills"
    add_to_admin_menu = True
    menu_order = 325
    list_display = ["name", "group", "code", "retired"]
    list_filter = ["group", "retired"]
    search_fields = ["name", "code"]


register_snippet(SkillViewSet)
