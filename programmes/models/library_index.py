"""What the lists of the library have in common: a reader searches them and narrows them."""

from typing import Any, ClassVar

from django.http import HttpRequest

from portal.models import PortalPage
from programmes import shelf
from programmes.models.library import LibraryPage, LibraryPageQuerySet
from programmes.models.pages import ProgrammePage


class LibraryIndexPage(PortalPage):
    """A list of library pages; `feed` names its feed (programmes/feeds.py)."""

    feed: ClassVar[str]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["shelf"] = shelf.read(self.library(), request.GET, programmes=ProgrammePage.objects.live().public())
        return context

    def library(self) -> LibraryPageQuerySet:
        return LibraryPage.objects.child_of(self).readable()
