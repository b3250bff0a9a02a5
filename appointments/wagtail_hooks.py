"""The dated rules in the CMS, where the talent team keeps them."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from appointments.models import DriftPolicy, RemunerationRate, TermPolicy
from talent.models import ConflictPolicy

DATES = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("in_force_from"), FieldPanel("in_force_until")])],
    heading="In force",
    help_text="A new rule is a new row: end the old one the day before, so that earlier years stay as they were.",
)


class TermPolicyViewSet(SnippetViewSet):
    model = TermPolicy
    icon = "date"
    menu_label = "Terms of office"
    list_display = ["name", "clock", "in_force_from", "in_force_until", "source"]
    copy_view_enabled = False
    panels = [
        FieldPanel("name"),
        FieldPanel("source"),
        DATES,
        FieldPanel("clock"),
        FieldRowPanel([FieldPanel("term_months"), FieldPanel("limit_months"), FieldPanel("normal_terms")]),
        FieldRowPanel([FieldPanel("review_after_months"), FieldPanel("promotion_months")]),
        FieldPanel("for_foundation_trusts"),
    ]


class RemunerationRateViewSet(SnippetViewSet):
    model = RemunerationRate
    icon = "table"
    menu_label = "Remuneration"
    list_display = ["role", "group", "pounds", "in_force_from", "in_force_until", "source"]
    list_filter = ["role"]
    list_per_page = 50
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("role"), FieldPanel("group")]),
        MultiFieldPanel(
            [
                FieldPanel("amount"),
                FieldRowPanel([FieldPanel("lower_quartile"), FieldPanel("median"), FieldPanel("upper_quartile")]),
            ],
            heading="Pounds a year",
            help_text="One amount, or a range by its quartiles.",
        ),
        DATES,
        FieldPanel("source"),
        FieldPanel("note"),
    ]


class ConflictPolicyViewSet(SnippetViewSet):
    model = ConflictPolicy
    icon = "group"
    menu_label = "Conflicts of interest"
    list_display = ["look_back_months", "in_force_from", "in_force_until", "source"]
    copy_view_enabled = False
    panels = [FieldPanel("look_back_months"), FieldPanel("source"), DATES]


class DriftPolicyViewSet(SnippetViewSet):
    model = DriftPolicy
    icon = "order-down"
    menu_label = "Falling shares"
    list_display = ["points", "in_force_from", "in_force_until", "source"]
    copy_view_enabled = False
    panels = [FieldPanel("points"), FieldPanel("source"), DATES]


class PolicyGroup(SnippetViewSetGroup):
    menu_label = "Board rules"
    menu_icon = "clipboard-list"
    menu_order = 330
    items = (TermPolicyViewSet, RemunerationRateViewSet, ConflictPolicyViewSet, DriftPolicyViewSet)


register_snippet(PolicyGroup)
