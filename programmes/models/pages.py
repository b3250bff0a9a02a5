"""Pages of what the body offers: the programmes in their groups, and each programme."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import ListBlock
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from portal.blocks import SummaryListRowBlock
from portal.models import Kind, PortalPage
from programmes import opportunities, page_offer
from programmes.models.scheme import Intake


class ProgrammeIndexPage(PortalPage):
    """All programmes, in groups, with those that take applications marked."""

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["programmes.ProgrammePage"]
    template = "programmes/programme_index_page.html"

    class Meta:
        verbose_name = "list of programmes"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = list(ProgrammePage.objects.child_of(self).live().public().marking_open(timezone.now()))
        groups = [(group.label, [p for p in pages if p.group == group]) for group in ProgrammePage.Group]
        context["groups"] = [(label, members) for label, members in groups if members]
        return context


class ProgrammePageQuerySet(PageQuerySet):
    def marking_open(self, at: dt.datetime) -> "ProgrammePageQuerySet":
        """In the order of the page tree, each with `is_open`: whether a scheme of its takes applications at `at`."""
        live = Intake.objects.live(at).filter(scheme__programme_pages=models.OuterRef("pk"))
        return self.annotate(is_open=models.Exists(live)).order_by("path")


class ProgrammePage(PortalPage):
    """One programme: whom it is for, what it gives and asks, and the intakes of its schemes."""

    class Group(models.TextChoices):
        TALENT = "talent", "Talent schemes"
        IMPROVEMENT = "improvement", "Improvement collaboratives"
        DEVELOPMENT = "development", "Leadership and improvement skills"
        WORKFORCE = "workforce", "Workforce and networks"

    kind: ClassVar[Kind] = Kind.PROGRAMME
    shows_contents_list: ClassVar[bool] = True

    group = models.CharField(max_length=20, choices=Group.choices, default=Group.TALENT)
    facts = StreamField(
        [("facts", ListBlock(SummaryListRowBlock()))],
        blank=True,
        max_num=1,
        help_text="What people look for first: length, time a month, place, cost.",
    )
    schemes = ParentalManyToManyField(
        "programmes.Scheme",
        blank=True,
        related_name="programme_pages",
        help_text="The page shows the intakes of these schemes and leads into applying.",
    )
    collaboratives = ParentalManyToManyField(
        "programmes.Collaborative",
        blank=True,
        related_name="programme_pages",
        help_text="The page lists their masterclasses and waves.",
    )
    networks = ParentalManyToManyField(
        "programmes.LearningNetwork",
        blank=True,
        related_name="programme_pages",
        help_text="The page leads to them and lists their meetings.",
    )
    contact_name = models.CharField("team", max_length=120, blank=True)
    contact_email = models.EmailField("e-mail", blank=True)
    contact_phone = models.CharField("telephone", max_length=40, blank=True)

    objects = PageManager.from_queryset(ProgrammePageQuerySet)()

    parent_page_types = ["programmes.ProgrammeIndexPage"]
    subpage_types: list[str] = []
    template = "programmes/programme_page.html"
    content_panels = [
        *PortalPage.content_panels[:-1],
        FieldPanel("group"),
        FieldPanel("facts"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("schemes", widget=forms.CheckboxSelectMultiple),
                FieldPanel("collaboratives", widget=forms.CheckboxSelectMultiple),
                FieldPanel("networks", widget=forms.CheckboxSelectMultiple),
            ],
            heading="What belongs to it",
        ),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldPanel("contact_email"), FieldPanel("contact_phone")], heading="Contact"
        ),
    ]

    class Meta:
        verbose_name = "programme"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        schemes = list(self.schemes.all())
        context["takes_applications"] = bool(schemes)
        context["awards"] = [scheme for scheme in schemes if scheme.is_for_two]
        context["opportunities"] = opportunities.of_schemes([s.pk for s in schemes], at=timezone.now())
        context["offer"] = page_offer.of(self, schemes, at=timezone.now())
        context["toolkit"] = list(self.library.readable().specific().order_by("title"))
        return context

    @property
    def fact_rows(self) -> list[Any]:
        return [row for block in self.facts for row in block.value]
