"""What is new, for feed readers: guidance, the hub, news and each topic; Atom, or RSS with ?format=rss."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from wagtail.models import Page

from programmes.models import GuidanceIndexPage, HubIndexPage, LibraryPage, NewsIndexPage, NewsPage, Topic

LENGTH = 30
INDEXES: dict[str, type[Page]] = {"guidance": GuidanceIndexPage, "hub": HubIndexPage, "news": NewsIndexPage}


class _PagesFeed(Feed):
    """What both have in common; the latest pages first."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.feed_type = Rss201rev2Feed if request.GET.get("format") == "rss" else Atom1Feed
        return super().__call__(request, *args, **kwargs)

    def author_name(self) -> str:
        return settings.ORGANISATION_NAME

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        return item.full_url or ""

    def item_pubdate(self, item: Any) -> dt.datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Any) -> dt.datetime | None:
        return item.last_published_at


class IndexFeed(_PagesFeed):
    """The pages below one list: guidance, hub or news."""

    def get_object(self, request: HttpRequest, name: str) -> Page:
        if name not in INDEXES:
            raise Http404
        return get_object_or_404(INDEXES[name].objects.live().public().order_by("path")[:1])

    def title(self, index: Page) -> str:
        return f"{index.title}, {settings.WAGTAIL_SITE_NAME}"

    def link(self, index: Page) -> str:
        return index.full_url or ""

    def description(self, index: Any) -> str:
        return str(index.summary)

    def items(self, index: Page) -> QuerySet[Any]:
        model = NewsPage if isinstance(index, NewsIndexPage) else LibraryPage
        pages = model.objects.child_of(index).live().public()
        return pages.order_by("-first_published_at", "-pk")[:LENGTH]


class TopicFeed(_PagesFeed):
    """All of the library about one topic."""

    def get_object(self, request: HttpRequest, slug: str) -> Topic:
        return get_object_or_404(Topic, slug=slug)

    def title(self, topic: Topic) -> str:
        return f"{topic.name}, {settings.WAGTAIL_SITE_NAME}"

    def link(self, topic: Topic) -> str:
        return f"{settings.PORTAL_BASE_URL}{reverse('programmes:topic_detail', args=[topic.slug])}"

    def description(self, topic: Topic) -> str:
        return f"New guidance, stories and resources about {topic.name.lower()}."

    def items(self, topic: Topic) -> QuerySet[Any]:
        return LibraryPage.objects.filter(topics=topic).readable().latest()[:LENGTH]
