"""The hub's demonstration: submissions in their states, replies, answers and owners, through the product's own acts."""

import pytest
from django.utils import timezone

from portal.demo import Stage
from portal.models import Role
from programmes import demo_hub, demo_pages
from programmes.models import GuidancePage, Reply, Submission, TopicFollow, UsefulAnswer
from tests.factories.portal import member

pytestmark = pytest.mark.django_db


def test_every_state_of_the_desk_is_shown() -> None:
    stage = Stage(at=timezone.now())
    roles = {"trust_administrator": Role.TRUST_USER, "editor": Role.EDITOR, "talent_team": Role.TALENT_TEAM}
    stage.accounts = {key: member(role) for key, role in roles.items()}
    demo_pages.load()

    demo_hub.load(stage)

    kept = Submission.objects.order_by("pk").values_list("title", "state")
    assert list(kept) == [
        ("Handover in the bay", "submitted"),
        ("A stay conversation for every new nurse", "returned"),
        ("Discharge letters before the weekend", "draft"),
    ]
    assert list(Reply.objects.order_by("pk").values_list("kind", flat=True)) == ["thanks", "tried", "thanks"]
    assert TopicFollow.objects.get().topic.slug == "patient-safety"
    assert UsefulAnswer.objects.filter(was_useful=True, reason="").count() > UsefulAnswer.objects.count() / 2
    assert GuidancePage.objects.filter(keeper=None).count() == 0
