"""What every act on an agenda begins with: the meeting locked, still open, and somebody who may prepare it."""

from appointments.access import is_secretariat
from appointments.models import Meeting
from portal.models import User


class AgendaRefused(Exception):
    """The agenda cannot be changed in this way; `str()` is fit for the screen."""


def lock_agenda(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting as it stands, its acts one after another. Raises AgendaRefused."""
    row = Meeting.objects.select_for_update(of=("self",)).select_related("committee").get(pk=meeting.pk)
    if not is_secretariat(by):
        raise AgendaRefused("Agendas are the secretariat's to prepare.")
    if not row.is_planned:
        raise AgendaRefused(f"This meeting is “{row.get_state_display()}”; its agenda stays as it is.")
    return row
