"""The factories keep their word: the scheme is well formed, a filled application can be sent as it is."""

import pytest
from django.utils import timezone

from talent.applying import pseudonym_of, submit, unfinished
from talent.models import State
from tests.factories.programmes import IntakeFactory, SchemeFactory
from tests.factories.talent import ApplicationFactory, PersonFactory, filled

pytestmark = pytest.mark.django_db


def test_the_next_director_scheme_is_well_formed():
    scheme = SchemeFactory()

    scheme.full_clean()

    assert [section["key"] for section in scheme.content()["sections"]] == [
        "about-you",
        "posts-held",
        "your-experience",
        "what-you-want-to-learn",
        "your-placement",
        "your-cv",
        "declarations",
    ]


def test_a_filled_application_can_be_sent():
    application = filled(ApplicationFactory(intake=IntakeFactory()))

    assert unfinished(application) == []

    sent = submit(application, by=application.person.user, at=timezone.now())

    assert sent.state == State.SUBMITTED


def test_a_pseudonym_is_stable_and_needs_the_sites_secret(settings):
    here = [pseudonym_of("ND-7K3F-9QXT"), pseudonym_of("ND-7K3F-9QXT")]
    settings.SECRET_KEY = "another installation"

    assert here[0] == here[1]
    assert pseudonym_of("ND-7K3F-9QXT") != here[0]


def test_a_new_address_of_the_account_is_the_persons_too():
    person, other = PersonFactory(), PersonFactory(user=None, email="other@example.org")
    person.user.email = "new.address@example.org"

    person.user.save()

    person.refresh_from_db()
    other.refresh_from_db()
    assert (person.email, other.email) == ("new.address@example.org", "other@example.org")
