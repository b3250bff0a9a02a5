"""Guidance pages: the list with its filter, and each piece of guidance."""

from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.query import PageQuerySet

from portal.models import Kind, PortalPage
from programmes.models.topic import Audience, Topic

PER_PAGE = 20


class GuidanceIndexPage(PortalPage):
    """All guidance, which a reader narrows by topic and by audience."""

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["programmes.GuidancePage"]
    template = "programmes/guidance_index_page.html"

    class Meta:
        verbose_name = "list of guidance"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        topic, audience = request.GET.get("topic", ""), request.GET.get("audience", "")
        pages = self.guidance().order_by("title", "pk").prefetch_related("topics", "audiences")
        if topic:
            pages = pages.filter(topics__slug=topic)
        if audience:
            pages = pages.filter(audiences__slug=audience)
        context |= {
            "page_obj": Paginator(pages, PER_PAGE).get_page(request.GET.get("page", 1)),
            "topics": Topic.objects.all(),
            "audiences": Audience.objects.all(),
            "chosen": {"topic": topic, "audience": audience},
        }
        return context

    def guidance(self) -> PageQuerySet:
        return GuidancePage.objects.child_of(self).live().public()


class GuidancePage(PortalPage):
    """One piece of guidance: whom it is for, who looks after it and when it was last read through."""

    kind: ClassVar[Kind] = Kind.GUIDANCE
    shows_contents_list: ClassVar[bool] = True

    topics = ParentalManyToManyField(Topic, blank=True, related_name="guidance_pages")
    audiences = ParentalManyToManyField(Audience, blank=True, related_name="guidance_pages")
    owner_team = models.CharField("looked after by", max_length=120, help_text="The team that answers for the page.")
    reviewed_on = models.DateField("last reviewed")
    review_due_on = models.DateField("next review", null=True, blank=True)

    parent_page_types = ["programmes.GuidanceIndexPage"]
    subpage_types: list[str] = []
    template = "programmes/guidance_page.html"
    content_panels = [
        *PortalPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
            ],
            heading="About and for",
        ),
        MultiFieldPanel(
            [FieldPanel("owner_team"), FieldPanel("reviewed_on"), FieldPanel("review_due_on")], heading="Review"
        ),
        InlinePanel("related_pages", heading="Related pages", label="Related page", max_num=6),
    ]

    class Meta:
        verbose_name = "guidance"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        related = self.related_pages.select_related("related").filter(related__live=True)
        context["related"] = [row.related for row in related]
        return context

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The print view is the same page with everything opened and nothing around it."""
        return "programmes/guidance_page_print.html" if request.GET.get("view") == "print" else self.template


class RelatedPage(Orderable):
    """Another page that somebody who reads this guidance may want."""

    page = ParentalKey(GuidancePage, on_delete=models.CASCADE, related_name="related_pages")
    related = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("related")]
