"""The placements' pages: two steps to an end, and a list that takes the same queries."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import Role
from talent.models import Placement
from talent.waiting_placements import reviews_due
from tests.factories.portal import OrganisationFactory, member, sign_in
from tests.factories.talent import DeclaredInterestFactory, PlacementFactory, PlacementReviewFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries(client: Client, rows: int, django_assert_num_queries: Any):
    for _ in range(rows):
        PlacementFactory()
    sign_in(client, member(Role.TALENT_TEAM))

    with django_assert_num_queries(12):
        response = client.get(reverse("talent:placement_list"))

    assert len(response.context["page"].object_list) == rows


def test_the_host_trust_sees_its_own_placements_only(client: Client):
    host = OrganisationFactory()
    own, _other = PlacementFactory(host=host), PlacementFactory()
    sign_in(client, member(Role.TRUST_USER, organisation=host))

    response = client.get(reverse("talent:placement_list"))

    assert list(response.context["page"].object_list) == [own]


def test_a_placement_ends_in_two_steps(client: Client):
    placement = PlacementFactory()
    sign_in(client, member(Role.TALENT_TEAM))
    page = reverse("talent:placement_end", args=[placement.pk])
    said = {"outcome": "completed", "note": "Ready for a board."}

    checked = client.post(page, said)

    assert checked.templates[0].name == "talent/placement_end_confirm.html"
    assert Placement.objects.get().outcome == ""
    client.post(page, said | {"confirm": "yes"})
    assert Placement.objects.get().outcome == "completed"


@pytest.mark.parametrize("role", [Role.TALENT_TEAM, Role.REGIONAL_LEAD])
def test_staff_in_conflict_find_no_placement_on_any_door(client: Client, role: Role):
    placement = PlacementFactory()
    region = {"region": placement.application.region} if role == Role.REGIONAL_LEAD else {}
    staff = sign_in(client, member(role, **region))
    review = PlacementReviewFactory(placement=placement)
    before = [entry.url for entry in reviews_due(staff, timezone.now())]
    DeclaredInterestFactory(user=staff, application=placement.application)

    pages = [
        client.get(reverse("talent:placement_detail", args=[placement.pk])).status_code,
        client.get(reverse("talent:placement_review", args=[review.pk])).status_code,
        client.get(reverse("talent:placement_edit", args=[placement.pk])).status_code,
    ]

    assert before == [reverse("talent:placement_review", args=[review.pk])]
    assert pages == [404, 404, 404]
    assert list(client.get(reverse("talent:placement_list")).context["page"].object_list) == []
    assert list(reviews_due(staff, timezone.now())) == []
