"""Learning networks for tests: `a_member(network)` acts for a trust and belongs."""

import datetime as dt
from typing import Any

import factory

from portal.models import Role, User
from programmes.models import LearningNetwork, NetworkMember, NetworkNote
from tests.factories.portal import OrganisationFactory, UserFactory, member

JOINED = dt.datetime(2018, 1, 8, 9, tzinfo=dt.UTC)


class LearningNetworkFactory(factory.django.DjangoModelFactory):
    """`leads=[user]` leads it."""

    class Meta:
        model = LearningNetwork
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Patient experience {n}")
    slug = factory.Sequence(lambda n: f"patient-experience-{n}")
    purpose = "Learn from what patients say."
    for_whom = "heads of patient experience"

    @factory.post_generation
    def leads(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.leads.set(extracted or [])


class NetworkNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NetworkNote

    network = factory.SubFactory(LearningNetworkFactory)
    title = factory.Sequence(lambda n: f"Question {n}")
    text = "Who has tried it?"
    by = factory.SubFactory(UserFactory)
    at = factory.Sequence(lambda n: JOINED + dt.timedelta(minutes=n))


def a_member(network: LearningNetwork, **given: Any) -> User:
    trust = OrganisationFactory()
    user = member(Role.TRUST_USER, organisation=trust)
    NetworkMember.objects.create(network=network, user=user, organisation=trust, joined_at=JOINED, **given)
    return user
