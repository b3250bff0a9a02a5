"""A meeting of three with one recommended application before it, and somebody to record what is decided."""

from dataclasses import dataclass

import pytest

from appointments.models import AgendaItem, Meeting
from portal.models import Role, User
from tests.factories.appointments import AgendaItemFactory, MeetingFactory, committee_of
from tests.factories.portal import member


@dataclass
class Sitting:
    meeting: Meeting
    item: AgendaItem
    chair: User
    ann: User
    ben: User
    secretary: User

    @property
    def all_for(self) -> dict[int, str]:
        return {user.pk: "for" for user in (self.chair, self.ann, self.ben)}


def a_sitting() -> Sitting:
    committee, (chair, ann, ben) = committee_of(3, quorum=2)
    meeting = MeetingFactory(committee=committee)
    return Sitting(meeting, AgendaItemFactory(meeting=meeting), chair, ann, ben, member(Role.TALENT_TEAM))


@pytest.fixture
def sitting(db: None) -> Sitting:
    return a_sitting()
