"""What readers look things up in: what all library pages share, the lists they stand in, and the terms they go by."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.access import may_use_cms
from portal.fields import ChoiceArrayField
from portal.models import Organisation, PortalPage
from programmes.models.topic import Audience, Topic
from programmes.page_papers import page_pdf
from programmes.useful_panel import UsefulPanel


class LibraryPageQuerySet(PageQuerySet):
    def readable(self) -> "LibraryPageQuerySet":
        return self.live().public()

    def latest(self) -> "LibraryPageQuerySet":
        return self.order_by("-first_published_at", "-pk")


class LibraryPage(PortalPage):
    """One thing to read or take away: guidance, a framework, a story, a resource or a collection of them.

    It stands in a table of its own, so that pages of every kind are narrowed by the same terms in one question.
    """

    shows_contents_list: ClassVar[bool] = True
    schema_type: ClassVar[str] = "Article"
    # Whether trusts thank for it here, or say that they tried it too.
    takes_replies: ClassVar[bool] = False

    topics = ParentalManyToManyField(Topic, blank=True, related_name="library")
    audiences = ParentalManyToManyField(Audience, blank=True, related_name="library")
    sectors = ChoiceArrayField(
        models.CharField(max_length=20, choices=Organisation.Sector.choices),
        default=list,
        blank=True,
        help_text="None chosen: for every sector.",
    )
    programmes = ParentalManyToManyField("programmes.ProgrammePage", blank=True, related_name="library")

    objects = PageManager.from_queryset(LibraryPageQuerySet)()

    is_creatable = False
    subpage_types: list[str] = []
    template = "programmes/library_page.html"
    search_fields = [*PortalPage.search_fields, index.RelatedFields("topics", [index.SearchField("name")])]
    filing_panel = MultiFieldPanel(
        [
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
            FieldPanel("sectors"),
            FieldPanel("programmes", widget=forms.CheckboxSelectMultiple),
        ],
        heading="About and for",
    )
    related_panel = InlinePanel("related_pages", heading="Related pages", label="Related page", max_num=6)
    content_panels = [*PortalPage.content_panels, filing_panel, related_panel]
    promote_panels = [*PortalPage.promote_panels, UsefulPanel(heading="Was this page useful?")]

    class Meta:
        verbose_name = "library page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        related = self.related_pages.select_related("related").filter(related__live=True)
        context["related"] = [row.related for row in related]
        if self.takes_replies:
            context["replies"] = self.replies.filter(hidden_at=None).select_related("trust")
            context["moderates"] = may_use_cms(request.user)
        return context

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The print view is the same page with everything opened and nothing around it."""
        printing = request.GET.get("view") == "print"
        return "programmes/library_page_print.html" if printing else super().get_template(request, *args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("view") == "pdf":
            headers = {"Content-Disposition": f'inline; filename="{self.slug}.pdf"', "X-Robots-Tag": "noindex"}
            pdf = page_pdf(self, self.get_context(request))
            return HttpResponse(pdf, content_type="application/pdf", headers=headers)
        return super().serve(request, *args, **kwargs)

    @property
    def sector_names(self) -> list[str]:
        labels = dict(Organisation.Sector.choices)
        return [str(labels[sector]) for sector in self.sectors if sector in labels]

    def linked_data(self) -> dict[str, Any]:
        data = super().linked_data()
        if topics := [topic.name for topic in self.topics.all()]:
            data["about"] = topics
        if audiences := [audience.name for audience in self.audiences.all()]:
            data["audience"] = [{"@type": "Audience", "audienceType": name} for name in audiences]
        return data


class RelatedPage(Orderable):
    """Another page that somebody who reads this one may want."""

    page = ParentalKey(LibraryPage, on_delete=models.CASCADE, related_name="related_pages")
    related = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("related")]


class Reviewed(models.Model):
    """What a page says about who looks after it and when it was last read through."""

    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="owner",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who is reminded of the review. While there is nobody, every editor is.",
    )
    owner_team = models.CharField("looked after by", max_length=120, help_text="The team that answers for the page.")
    reviewed_on = models.DateField("last reviewed")
    review_due_on = models.DateField("next review", null=True, blank=True)

    review_panel = MultiFieldPanel(
        [FieldPanel("owner_team"), FieldPanel("keeper"), FieldPanel("reviewed_on"), FieldPanel("review_due_on")],
        heading="Review",
    )

    class Meta:
        abstract = True


class SharedByTrust(models.Model):
    """Under whose name a page stands: the trust that shares it, never one of its people."""

    trust = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind__in": Organisation.TRUST_KINDS},
    )

    class Meta:
        abstract = True
