"""Guidance, frameworks and collections: pages that a named team keeps right, and the list they stand in."""

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.models import Kind, PortalPage
from programmes.framework_blocks import DomainsBlock
from programmes.models.library import LibraryPage, Reviewed
from programmes.models.library_index import LibraryIndexPage


class GuidanceIndexPage(LibraryIndexPage):
    """All guidance, frameworks and collections, which a reader searches and narrows."""

    parent_page_types = ["portal.HomePage"]
    subpage_types = [
        "programmes.GuidancePage", "programmes.FrameworkPage", "programmes.CollectionPage", "programmes.ResourcePage",
    ]  # fmt: skip
    template = "programmes/library_index_page.html"
    feed: ClassVar[str] = "guidance"

    class Meta:
        verbose_name = "list of guidance"


class GuidancePage(LibraryPage, Reviewed):
    """One piece of guidance: whom it is for, who looks after it and when it was last read through."""

    kind: ClassVar[Kind] = Kind.GUIDANCE

    parent_page_types = ["programmes.GuidanceIndexPage"]
    template = LibraryPage.template
    content_panels = [
        *PortalPage.content_panels, LibraryPage.filing_panel, Reviewed.review_panel, LibraryPage.related_panel,
    ]  # fmt: skip

    class Meta:
        verbose_name = "guidance"


class FrameworkPage(LibraryPage, Reviewed):
    """A framework: domains, each with statements that a board or a team holds itself against."""

    kind: ClassVar[Kind] = Kind.FRAMEWORK

    published_on = models.DateField("published")
    partners = models.CharField(max_length=200, blank=True, help_text="Who made it with us.")
    domains = StreamField(DomainsBlock(), blank=True)

    parent_page_types = ["programmes.GuidanceIndexPage"]
    template = LibraryPage.template
    search_fields = [*LibraryPage.search_fields, index.SearchField("domains")]
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("partners"),
        FieldPanel("domains"),
        LibraryPage.filing_panel,
        Reviewed.review_panel,
        LibraryPage.related_panel,
    ]

    class Meta:
        verbose_name = "framework"

    def render_body(self, context: dict[str, Any]) -> str:
        return super().render_body(context) + self.domains.render_as_block(context)

    def searchable_text(self) -> str:
        words = self.domains.stream_block.get_searchable_content(self.domains)
        return " ".join([super().searchable_text(), *words])


class CollectionPage(LibraryPage):
    """Pages that belong together: a body with lists of pages in it, in the order an editor gives them."""

    kind: ClassVar[Kind] = Kind.RESOURCE
    parent_page_types = ["programmes.GuidanceIndexPage"]
    template = LibraryPage.template

    class Meta:
        verbose_name = "collection"
