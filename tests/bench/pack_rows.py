"""A meeting whose pack has so many pages, for tests.bench.pack."""

from django.utils import timezone

from appointments.models import AgendaItem, Meeting, PackIssued
from appointments.packs import issue_pack
from portal.models import User
from talent.models import State
from tests.factories.appointments import AgendaItemFactory, MeetingFactory, committee_of, declared
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationFactory, filled


def a_meeting(pages: int, words: str) -> tuple[Meeting, list[User]]:
    """About five pages a candidate: the form as a test fills it, and a note of some fifteen hundred words."""
    committee, members = committee_of(3)
    meeting, intake = MeetingFactory(committee=committee), IntakeFactory(closed=True)
    for number in range(pages // 5):
        application = filled(ApplicationFactory(intake=intake, state=State.RECOMMENDED))
        note = "\n\n".join([f"Candidate {number}. {words * 6}"] * 9)
        item = AgendaItemFactory(meeting=meeting, application=application, note=note)
        for member in members:
            declared(item, member)
    return meeting, members


def change_one(meeting: Meeting) -> None:
    item = AgendaItem.objects.filter(meeting=meeting).order_by("pk")[10]
    AgendaItem.objects.filter(pk=item.pk).update(note=f"{item.note} One more reference came in.")


def issued(meeting: Meeting, member: User) -> PackIssued:
    return issue_pack(meeting, member=member, at=timezone.now())
