"""What boards show on the public home page: the roles open now, and the last year-end report."""

import datetime as dt

from django.http import HttpRequest

from appointments import adverts, reports
from appointments.models import Appointment
from appointments.years import ReportingYear
from portal.showcase import Section, shows

SHOWN = 4


@shows(15)
def open_roles(request: HttpRequest, at: dt.datetime) -> Section:
    """Three queries."""
    found = adverts.adverts(at)
    return Section("appointments/home_roles.html", {"adverts": found[:SHOWN], "more": len(found) > SHOWN})


@shows(30)
def year_end_report(request: HttpRequest, at: dt.datetime) -> Section:
    """The last reporting year that is over and in which the body decided something. Two queries."""
    before = Appointment.objects.filter(decided_on__lt=ReportingYear.of(at.date()).first_on)
    last = before.order_by("-decided_on").values_list("decided_on", flat=True).first()
    year = ReportingYear.of(last) if last else None
    made = reports.appointments(year) if year else None
    return Section("appointments/home_report.html", {"year": year, "made": made})
