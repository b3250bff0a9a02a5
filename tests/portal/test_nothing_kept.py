"""Pages of signed-in people are kept by no browser; public ones may be."""

import pytest
from django.urls import reverse

from tests.factories.portal import UserFactory, sign_in

pytestmark = pytest.mark.django_db


def test_a_signed_in_persons_page_is_not_stored(client):
    sign_in(client, UserFactory())

    assert client.get(reverse("portal:home"))["Cache-Control"] == "private, no-store"


def test_a_public_page_may_be_stored(client):
    assert "Cache-Control" not in client.get(reverse("portal:organisation_list"))
