"""News, and the list it stands in."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel

from portal.models import Kind, PortalPage

PER_PAGE = 20


class NewsIndexPage(PortalPage):
    """News, the latest first."""

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["programmes.NewsPage"]
    template = "programmes/news_index_page.html"
    feed: ClassVar[str] = "news"

    class Meta:
        verbose_name = "list of news"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.child_of(self).live().public().order_by("-published_on", "-pk")
        context["page_obj"] = Paginator(news, PER_PAGE).get_page(request.GET.get("page"))
        return context


class NewsPage(PortalPage):
    """One piece of news."""

    kind: ClassVar[Kind] = Kind.NEWS
    schema_type: ClassVar[str] = "NewsArticle"

    published_on = models.DateField("date", default=timezone.localdate)

    parent_page_types = ["programmes.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "programmes/news_page.html"
    content_panels = [*PortalPage.content_panels[:-1], FieldPanel("published_on"), FieldPanel("body")]

    class Meta:
        verbose_name = "news"
