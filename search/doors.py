"""Where the signed-in home leads those who look for people."""

from collections.abc import Iterable

from django.urls import reverse_lazy

from portal.access import Access
from portal.doorway import Door, opens
from portal.models import User

STAFF = (
    Door("Find people", reverse_lazy("search:people_list"), "Talent"),
    Door("Saved searches", reverse_lazy("search:saved_list"), "Talent"),
)
TEAM = (
    Door("Searches made", reverse_lazy("search:search_list"), "Talent"),
    Door("State of the search", reverse_lazy("search:index_list"), "Talent"),
)


@opens
def search_doors(user: User, access: Access) -> Iterable[Door]:
    if access.is_talent_staff:
        yield from STAFF
    if access.is_talent_team:
        yield from TEAM
