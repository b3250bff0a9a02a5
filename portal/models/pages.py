"""The first pages: what every page has in common, the home page, and the plain standard page."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from portal import showcase
from portal.blocks import BodyBlock, CardBlock
from portal.check_panel import ContentChecksPanel
from portal.headings import with_anchors


class Kind(models.TextChoices):
    """What a page is to somebody who searches."""

    PROGRAMME = "programme", "Programmes"
    GUIDANCE = "guidance", "Guidance"
    FRAMEWORK = "framework", "Frameworks"
    RESOURCE = "resource", "Resources"
    STORY = "story", "Improvement stories"
    NEWS = "news", "News"
    PAGE = "page", "Other pages"


class PortalPage(Page):
    """What every page has: a summary for lists and search, and a body made of blocks."""

    kind: ClassVar[Kind] = Kind.PAGE
    shows_contents_list: ClassVar[bool] = False
    # What the page is to a search engine (schema.org).
    schema_type: ClassVar[str] = "WebPage"

    summary = models.TextField(
        max_length=300,
        help_text="One or two sentences, shown below the title, in lists and in search results.",
    )
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        ContentChecksPanel(heading="What to look at"), *Page.content_panels, FieldPanel("summary"), FieldPanel("body"),
    ]  # fmt: skip
    search_fields = [*Page.search_fields, index.SearchField("summary", boost=1.5), index.SearchField("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # The print view and the paper open what is folded (components/blocks/details.html).
        context["printing"] = request.GET.get("view") in ("print", "pdf")
        html, headings = with_anchors(self.render_body(context))
        context["body_html"] = html
        context["contents"] = headings if self.shows_contents_list and len(headings) > 1 else []
        return context

    def render_body(self, context: dict[str, Any]) -> str:
        """The HTML below the heading; a page with more than a body adds the rest, so that its headings count."""
        return str(self.body.render_as_block(context))

    def linked_data(self) -> dict[str, Any]:
        """What search engines are told of the page, in the words of schema.org."""
        dates = {"datePublished": self.first_published_at, "dateModified": self.last_published_at}
        return {
            "@context": "https://schema.org",
            "@type": self.schema_type,
            "name": self.title,
            "description": self.search_description or self.summary,
            "url": self.full_url,
            "inLanguage": "en-GB",
            "publisher": {"@type": "GovernmentOrganization", "name": settings.ORGANISATION_NAME},
            **{name: at.isoformat() for name, at in dates.items() if at},
        }

    def searchable_text(self) -> str:
        """The words of the page, without its title, that a search result quotes from."""
        return " ".join([self.summary, *self.body.stream_block.get_searchable_content(self.body)])


class HomePage(Page):
    """The front door: what the portal is, who it is for, and what is open now."""

    hero_heading = models.CharField("heading", max_length=120)
    hero_text = models.TextField("text", max_length=400)
    audiences = StreamField(
        [("card", CardBlock())],
        blank=True,
        verbose_name="what is here for whom",
        help_text="One card for each kind of visitor: an aspiring leader, a trust, a reviewer.",
    )

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "portal/home_page.html"
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("hero_heading"), FieldPanel("hero_text")], heading="Welcome"),
        FieldPanel("audiences"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("hero_text")]

    class Meta:
        verbose_name = "home page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["sections"] = showcase.sections(request, at=timezone.now())
        return context


class StandardPage(PortalPage):
    """A page about the portal itself: who we are, privacy, accessibility, how to get in touch."""

    shows_contents_list = True
    parent_page_types = ["portal.HomePage", "portal.StandardPage"]
    subpage_types = ["portal.StandardPage"]
    template = "portal/standard_page.html"

    class Meta:
        verbose_name = "standard page"
