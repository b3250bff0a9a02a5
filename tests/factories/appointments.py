"""Committees, meetings and items for tests: `committee_of(3)` has a chair and two members, quorum two."""

import datetime as dt
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from appointments import chain
from appointments.models import (
    AgendaItem,
    AgendaSection,
    Appendix,
    CohortPlace,
    Committee,
    CommitteeAction,
    CommitteeSeat,
    Decision,
    Declaration,
    Letter,
    Meeting,
    PackIssued,
)
from portal.models import Role, User
from talent.models import State
from tests.factories.portal import UserFactory, member
from tests.factories.talent import ApplicationFactory


class CommitteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Committee

    name = factory.Sequence(lambda n: f"Leadership Committee {n}")
    terms_of_reference = "Appointments to schemes and boards."
    quorum = 2


class CommitteeSeatFactory(factory.django.DjangoModelFactory):
    """A seat held since 2016 by somebody whose role as committee member is in force."""

    class Meta:
        model = CommitteeSeat

    committee = factory.SubFactory(CommitteeFactory)
    user = factory.LazyFunction(lambda: member(Role.COMMITTEE_MEMBER))
    starts_on = dt.date(2016, 4, 1)


class MeetingFactory(factory.django.DjangoModelFactory):
    """A planned meeting that began an hour ago, so that decisions may be recorded: `starts_at=` for another time.

    `by_correspondence=True` is a round that was sent and closes in a week.
    """

    class Meta:
        model = Meeting

    class Params:
        by_correspondence = factory.Trait(
            mode=Meeting.Mode.CORRESPONDENCE,
            closes_at=factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7)),
            sent_at=factory.SelfAttribute("starts_at"),
            place="By correspondence",
        )

    committee = factory.SubFactory(CommitteeFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now().replace(microsecond=0) - dt.timedelta(minutes=1))
    place = "Room 4, Wellington House"


class AgendaSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaSection

    meeting = factory.SubFactory(MeetingFactory)
    title = "Appointments"
    position = factory.LazyAttribute(lambda o: o.meeting.sections.count() + 1)


class AgendaItemFactory(factory.django.DjangoModelFactory):
    """A recommended application before a meeting: `business=True` for an item without one, `cohort=3` for three."""

    class Meta:
        model = AgendaItem

    class Params:
        business = factory.Trait(kind=AgendaItem.Kind.POLICY, application=None, title="Dates for next year")

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.LazyAttribute(lambda o: o.meeting.items.count() + 1)
    kind = AgendaItem.Kind.SCHEME_PLACE
    application = factory.SubFactory(ApplicationFactory, state=State.RECOMMENDED)
    title = factory.LazyAttribute(lambda o: f"{o.application.person.full_name}, {o.application.intake.scheme.name}")
    added_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class: type, *args: Any, cohort: int = 0, **kwargs: Any) -> AgendaItem:
        if not cohort:
            return super()._create(model_class, *args, **kwargs)
        first = kwargs.pop("application")
        kwargs |= {"kind": AgendaItem.Kind.SCHEME_COHORT, "title": f"{first.intake}: {cohort} places"}
        item = super()._create(model_class, *args, **kwargs)
        others = [ApplicationFactory(state=State.RECOMMENDED, intake=first.intake) for _ in range(cohort - 1)]
        for application in [first, *others]:
            CohortPlace.objects.create(item=item, application=application)
        return item


class DecisionFactory(factory.django.DjangoModelFactory):
    """A decision as it stands in the register, without what it set going: `decisions.record_decision` does it all."""

    class Meta:
        model = Decision

    item = factory.SubFactory(AgendaItemFactory)
    outcome = Decision.Outcome.APPROVED
    at = factory.LazyFunction(timezone.now)
    by = factory.SubFactory(UserFactory)
    reason = "A strong field."

    @classmethod
    def _create(cls, model_class: type, *args: Any, item: AgendaItem, **kwargs: Any) -> Decision:
        facts = {"item": item.pk, "meeting": item.meeting_id, "votes": {}, "conflicted": []}
        sealed = {
            "outcome": kwargs["outcome"],
            "by": kwargs["by"].pk,
            "at": kwargs["at"].astimezone(dt.UTC).isoformat(),
        }
        return chain.append(item, facts=facts | sealed, **kwargs)


class LetterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Letter

    decision = factory.SubFactory(DecisionFactory)
    application = factory.SelfAttribute("decision.item.application")
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7", name="letter.pdf"))
    sha256 = "0" * 64
    made_at = factory.LazyFunction(timezone.now)


class AppendixFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appendix

    item = factory.SubFactory(AgendaItemFactory)
    title = "The business case"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7", name="appendix.pdf"))
    sha256 = "0" * 64
    pages = 1
    added_at = factory.LazyFunction(timezone.now)
    added_by = factory.SubFactory(UserFactory)


class CommitteeActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommitteeAction

    meeting = factory.SubFactory(MeetingFactory)
    what = "Write to the trusts about the dates"
    owner = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=14))


class PackIssuedFactory(factory.django.DjangoModelFactory):
    """A pack as it stands in the ledger: `appointments.packs.issue_pack` binds one in earnest."""

    class Meta:
        model = PackIssued

    meeting = factory.SubFactory(MeetingFactory)
    member = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)
    fingerprint = sha256 = "0" * 64
    pages = 3
    items = []
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7", name="pack.pdf"))


def committee_of(size: int, *, quorum: int = 2) -> tuple[Committee, list[User]]:
    """A committee and its members, the chair first."""
    committee = CommitteeFactory(quorum=quorum)
    roles = [CommitteeSeat.Role.CHAIR] + [CommitteeSeat.Role.MEMBER] * (size - 1)
    return committee, [CommitteeSeatFactory(committee=committee, role=role).user for role in roles]


def declared(item: AgendaItem, user: User, *, interest: bool = False) -> Declaration:
    """`user` has said there is no interest (or one) in `item`; `appointments.declaring.declare` does it in earnest."""
    return Declaration.objects.create(item=item, member=user, interest=interest, by=user, at=timezone.now())
