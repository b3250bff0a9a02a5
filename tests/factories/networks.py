"""Chair networks for tests: `a_chair(region)` chairs a trust of the region and has an account."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from appointments.models import NetworkAction, NetworkPaper, NetworkSession
from portal.models import Region, Role, User
from tests.factories.boards import SeatFactory, seated
from tests.factories.portal import OrganisationFactory, RegionFactory, UserFactory, member
from tests.factories.talent import PersonFactory


class NetworkSessionFactory(factory.django.DjangoModelFactory):
    """A planned session that began an hour ago."""

    class Meta:
        model = NetworkSession

    region = factory.SubFactory(RegionFactory)
    title = "Well-led boards"
    starts_at = factory.Sequence(lambda n: timezone.now() - dt.timedelta(hours=1, minutes=n))
    place = "Room 1"


class NetworkPaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NetworkPaper

    session = factory.SubFactory(NetworkSessionFactory)
    title = "Questions for boards"
    file = factory.django.FileField(data=b"%PDF-1.7", filename="paper.pdf")
    content_type = "application/pdf"
    size = 8
    sha256 = "0" * 64
    added_at = factory.LazyFunction(timezone.now)
    added_by = factory.SubFactory(UserFactory)


class NetworkActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NetworkAction

    session = factory.SubFactory(NetworkSessionFactory)
    what = "Send the questions round"
    owner = factory.SubFactory(UserFactory)
    due_on = dt.date(2018, 4, 30)
    added_at = factory.LazyFunction(timezone.now)
    added_by = factory.SubFactory(UserFactory)


def a_chair(region: Region, *, first: str = "2016-04-01", last: str = "2100-03-31", **person: Any) -> User:
    """A trust's user who chairs a trust of the region."""
    trust = OrganisationFactory(region=region)
    user = member(Role.TRUST_USER, organisation=trust)
    seated(SeatFactory(board=trust, role="chair"), first, last, person=PersonFactory(user=user, **person))
    return user
