"""What trusts share: improvement stories and resources, and the list they stand in."""

from typing import ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from portal.models import Kind, PortalPage
from programmes.models.library import LibraryPage, SharedByTrust
from programmes.models.library_index import LibraryIndexPage


class HubIndexPage(LibraryIndexPage):
    """The Improvement Hub: what trusts have tried, told by them, and what they made for it."""

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["programmes.StoryPage", "programmes.ResourcePage"]
    template = "programmes/library_index_page.html"
    feed: ClassVar[str] = "hub"
    takes_submissions: ClassVar[bool] = True

    class Meta:
        verbose_name = "improvement hub"


class StoryPage(LibraryPage, SharedByTrust):
    """What one trust tried, what came of it, and what it would do again."""

    kind: ClassVar[Kind] = Kind.STORY
    takes_replies: ClassVar[bool] = True

    result = models.CharField(
        max_length=200,
        blank=True,
        help_text="What changed, in a sentence with a figure: 6 to 20 days without a fall.",
    )

    parent_page_types = ["programmes.HubIndexPage"]
    template = LibraryPage.template
    search_fields = [*LibraryPage.search_fields, index.SearchField("result")]
    content_panels = [
        *PortalPage.content_panels[:-1],
        FieldPanel("trust"),
        FieldPanel("result"),
        FieldPanel("body"),
        LibraryPage.filing_panel,
        LibraryPage.related_panel,
    ]

    class Meta:
        verbose_name = "improvement story"


class ResourcePage(LibraryPage, SharedByTrust):
    """Something to take away: a file, or a link to where it stands."""

    kind: ClassVar[Kind] = Kind.RESOURCE
    takes_replies: ClassVar[bool] = True
    schema_type: ClassVar[str] = "CreativeWork"

    document = models.ForeignKey(
        "wagtaildocs.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="file"
    )
    link = models.URLField("or a link", blank=True)

    parent_page_types = ["programmes.HubIndexPage", "programmes.GuidanceIndexPage"]
    template = LibraryPage.template
    content_panels = [
        *PortalPage.content_panels[:-1],
        MultiFieldPanel([FieldPanel("document"), FieldPanel("link")], heading="The resource"),
        FieldPanel("trust"),
        FieldPanel("body"),
        LibraryPage.filing_panel,
        LibraryPage.related_panel,
    ]

    class Meta:
        verbose_name = "resource"

    def clean(self) -> None:
        super().clean()
        if self.document_id and self.link:
            raise ValidationError({"link": "Choose a file, or give a link: one of them."})

    @property
    def link_host(self) -> str:
        return urlsplit(self.link).hostname or ""
