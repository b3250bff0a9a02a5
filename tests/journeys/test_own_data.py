"""A member takes all their data away and is erased, at a desk and on a telephone: axe looks at each page."""

import io
import json
import zipfile

import pytest
from django.utils import timezone

from portal import outbox
from portal.models import User
from talent.models import MemberErased
from tests.factories.portal import PASSWORD, UserFactory
from tests.factories.talent import ApplicationFactory, PoolMembershipFactory, PostHeldFactory, filled
from tests.journeys.browser import Walk
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def somebody() -> User:
    user = UserFactory(full_name="Ada Holt")
    application = filled(ApplicationFactory(user=user))
    PostHeldFactory(person=application.person, title="Finance director", employer="Vale Housing")
    PoolMembershipFactory(person=application.person)
    return user


def sees(walk: Walk, heading: str) -> None:
    """As Walk.sees, and nothing reaches beyond the screen."""
    walk.sees(heading)
    beyond = walk.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond == 0, f"{walk.page.url}: {heading}"


@pytest.mark.parametrize("width", [1280, 375])
def test_a_member_takes_their_data_away_and_is_erased(visitor: Visitor, width: int):
    user = somebody()
    walk = visitor(keyboard=True)
    walk.page.set_viewport_size({"width": width, "height": 800})
    walk.signs_in(user.email, PASSWORD)
    sees(walk, "Your home")
    walk.goes_to("/profile/")
    sees(walk, "Your profile")
    walk.follows("Download all your data, or be erased")
    sees(walk, "Your data")
    walk.presses("Make my copy")
    sees(walk, "Your data")
    walk.reads("Your copy is about to be made.")
    while outbox.run_next(at=timezone.now()):
        pass
    walk.follows("Look again")
    sees(walk, "Your data")

    link = walk.page.get_by_role("link", name="Download the copy of")
    with walk.page.expect_download() as fetched:
        walk.act_on(link)
    with zipfile.ZipFile(io.BytesIO(fetched.value.path().read_bytes())) as archive:
        posts = next(name for name in archive.namelist() if "posts-you-held" in name)
        told = json.loads(archive.read(posts))
    assert [(row["title"], row["employer"]) for row in told["rows"]] == [("Finance director", "Vale Housing")]

    walk.presses("See what would be erased")
    sees(walk, "Erase your data")
    walk.fills("Type “erase” to confirm", "yes")
    walk.presses("Erase my data and close my account")
    sees(walk, "Erase your data")
    walk.reads("There is a problem")
    walk.fills("Type “erase” to confirm", "erase")
    walk.presses("Erase my data and close my account")
    sees(walk, "Your data are erased")
    walk.goes_to("/profile/")
    sees(walk, "Sign in")
    assert MemberErased.objects.get().user == User.objects.get(pk=user.pk)
