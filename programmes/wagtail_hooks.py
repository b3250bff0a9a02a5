"""Schemes, intakes and the lists for guidance in the CMS, where the talent team keeps them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.models import User
from programmes.access import may_set_questions
from programmes.cms_views import intake_questions
from programmes.models import Audience, Collaborative, Intake, Measure, Prize, Scheme, Topic, Wave

FROZEN = (
    "What you change here is asked from the next intake on. An intake that has opened keeps the questions it opened "
    "with, until you have it ask the new ones (Schemes, Intakes, “Questions”); every application keeps those it was "
    "begun under."
)


class SchemeViewSet(SnippetViewSet):
    model = Scheme
    icon = "user"
    menu_label = "Schemes"
    list_display = ["name", "code", "track", "outcome", "positive_action", "guaranteed_interview"]
    list_filter = ["track", "outcome", "positive_action"]
    search_fields = ["name", "code", "summary"]
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("name"),
                            FieldRowPanel([FieldPanel("slug"), FieldPanel("code")]),
                            FieldPanel("summary"),
                        ],
                        heading="What it is called",
                    ),
                    FieldRowPanel([FieldPanel("track"), FieldPanel("outcome"), FieldPanel("placement_months")]),
                    MultiFieldPanel(
                        [
                            FieldPanel("positive_action"),
                            FieldPanel("positive_action_reason"),
                            FieldPanel("guaranteed_interview"),
                        ],
                        heading="Fairness",
                    ),
                ],
                heading="Scheme",
            ),
            ObjectList([FieldPanel("eligibility")], heading="Eligibility"),
            ObjectList([FieldPanel("sections", help_text=FROZEN)], heading="Questions"),
            ObjectList([FieldPanel("rubric", help_text=FROZEN)], heading="Scoring"),
        ]
    )


class IntakeViewSet(SnippetViewSet):
    model = Intake
    icon = "date"
    menu_label = "Intakes"
    list_display = ["name", "scheme", "opens_at", "closes_at", "places"]
    list_filter = {"scheme": ["exact"], "regions": ["exact"], "closes_at": ["gte", "lte"]}
    search_fields = ["name", "cohort_name"]
    ordering = ["-closes_at"]
    list_per_page = 50
    copy_view_enabled = False
    panels = [
        FieldPanel("scheme"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("cohort_name")]),
        FieldRowPanel([FieldPanel("places"), FieldPanel("regions", widget=forms.CheckboxSelectMultiple)]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")])],
            heading="Applications",
            help_text="London time. Nobody can submit after closing; one person’s time is extended on the application.",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("sift_by"), FieldPanel("interviews_from")]),
                FieldRowPanel([FieldPanel("decision_by"), FieldPanel("starts_on")]),
            ],
            heading="What happens when",
            help_text="Applicants see these dates on the programme page and on their application.",
        ),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("questions/<int:pk>/", intake_questions, name="questions")]


@hooks.register("register_snippet_listing_buttons")
def lead_to_the_questions(snippet: Any, user: User, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Intake) and snippet.is_live(timezone.now()) and may_set_questions(user):
        url = reverse("wagtailsnippets_programmes_intake:questions", args=[snippet.pk])
        yield Button("Questions", url, icon_name="list-ul", priority=30)


class PrizeViewSet(SnippetViewSet):
    model = Prize
    icon = "pick"
    menu_label = "Prizes"
    list_display = ["scheme", "amount", "from_on", "until_on", "source"]
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("scheme"), FieldPanel("amount")]),
        FieldRowPanel([FieldPanel("from_on"), FieldPanel("until_on")]),
        FieldPanel("source"),
    ]


class SchemeGroup(SnippetViewSetGroup):
    menu_label = "Schemes"
    menu_icon = "user"
    menu_order = 300
    items = (SchemeViewSet, IntakeViewSet, PrizeViewSet)


class MeasureViewSet(SnippetViewSet):
    model = Measure
    icon = "table"
    menu_label = "Measures"
    list_display = ["name", "code", "unit", "better", "frequency"]
    search_fields = ["name", "code"]
    list_per_page = 50
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
        FieldPanel("definition"),
        MultiFieldPanel(
            [
                FieldPanel("numerator"),
                FieldPanel("denominator"),
                FieldRowPanel([FieldPanel("per"), FieldPanel("unit")]),
                FieldPanel("is_proportion"),
            ],
            heading="What is counted",
            help_text="Figures that were entered keep their numbers: a definition that changes them is a new measure.",
        ),
        FieldRowPanel([FieldPanel("better"), FieldPanel("target")]),
        FieldRowPanel([FieldPanel("frequency"), FieldPanel("due_days")]),
        FieldPanel("source"),
    ]


class CollaborativeViewSet(SnippetViewSet):
    model = Collaborative
    icon = "group"
    menu_label = "Collaboratives"
    list_display = ["name", "slug"]
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("aim"),
        FieldPanel("leads"),
        InlinePanel(
            "aims",
            heading="Measures",
            label="Measure",
            panels=[
                FieldPanel("measure"),
                FieldRowPanel([FieldPanel("change_percent"), FieldPanel("by_month"), FieldPanel("position")]),
            ],
        ),
        InlinePanel(
            "steps",
            heading="Timetable",
            label="Step",
            panels=[FieldPanel("name"), FieldRowPanel([FieldPanel("kind"), FieldPanel("day")])],
        ),
    ]


class WaveViewSet(SnippetViewSet):
    model = Wave
    icon = "date"
    menu_label = "Waves"
    list_display = ["collaborative", "name", "starts_on", "ends_on"]
    list_filter = ["collaborative"]
    copy_view_enabled = False
    panels = [
        FieldPanel("collaborative"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]


class CollaborativeGroup(SnippetViewSetGroup):
    menu_label = "Collaboratives"
    menu_icon = "group"
    menu_order = 305
    items = (CollaborativeViewSet, WaveViewSet, MeasureViewSet)


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]
    panels = [FieldPanel("name"), FieldPanel("slug")]


class AudienceViewSet(SnippetViewSet):
    model = Audience
    icon = "group"
    list_display = ["name", "slug"]
    panels = [FieldPanel("name"), FieldPanel("slug")]


class GuidanceListsGroup(SnippetViewSetGroup):
    menu_label = "Guidance lists"
    menu_icon = "list-ul"
    menu_order = 310
    items = (TopicViewSet, AudienceViewSet)


register_snippet(SchemeGroup)
register_snippet(CollaborativeGroup)
register_snippet(GuidanceListsGroup)
