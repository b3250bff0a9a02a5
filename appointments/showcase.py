"""What boards show on the public home page: the roles open now."""

import datetime as dt

from django.http import HttpRequest

from appointments import adverts
from portal.showcase import Section, shows

SHOWN = 4


@shows(15)
def open_roles(request: HttpRequest, at: dt.datetime) -> Section:
    """Three queries."""
    found = adverts.adverts(at)
    return Section("appointments/home_roles.html", {"adverts": found[:SHOWN], "more": len(found) > SHOWN})
