"""Doors that other people's packages bring: one rule for each namespace, tried on every address below it."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from portal import cms_groups
from portal.models import Role, User
from tests.access.addresses import below
from tests.factories import pages
from tests.factories.portal import LONG_AGO, UserFactory, member, sign_in

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
# Below /cms/: words and drawings of Wagtail's own, the same for everybody.
CMS_PUBLIC = {"/cms/jsi18n/", "/cms/sprite/"}
# Wagtail's own ways in, which know no second factor; they lead to allauth's.
CMS_ELSEWHERE = {
    "/cms/login/": SIGN_IN,
    "/cms/x/": "/cms/login/",  # what Wagtail has no page for
    "/cms/password_reset/": "/accounts/password/reset/",
    "/cms/password_reset/done/": "/accounts/password/reset/",
    "/cms/password_reset/complete/": "/accounts/password/reset/",
    "/cms/password_reset/confirm/x/x/": "/accounts/password/reset/",
}
# Wagtail raises an error there on purpose, or upon arguments that no page of its own sends.
CMS_BREAKS = ("/cms/failwhale/", "/chosen/x/")
# What each role in the CMS keeps: the list, and the form that adds one where there is such a form.
CMS_PARTS = {
    "/cms/": {"editor", "talent_team"},
    "/cms/pages/": {"editor", "talent_team"},
    "/cms/images/": {"editor", "talent_team"},
    "/cms/documents/": {"editor", "talent_team"},
    "/cms/snippets/programmes/scheme/": {"talent_team"},
    "/cms/snippets/programmes/intake/": {"talent_team"},
    "/cms/snippets/programmes/topic/": {"talent_team"},
    "/cms/snippets/programmes/audience/": {"talent_team"},
    "/cms/snippets/talent/pool/": {"talent_team"},
    "/cms/settings/portal/footer/": {"talent_team"},
    "/cms/users/": set(),
    "/cms/groups/": set(),
    "/cms/sites/": set(),
    "/cms/redirects/": {"talent_team"},
    "/cms/collections/": set(),
    "/cms/workflows/list/": set(),
}
ACCOUNTS_PUBLIC = {
    "/accounts/confirm-email/",
    "/accounts/confirm-email/x/",
    "/accounts/inactive/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/x-x/",
}
# For whoever is not signed in, or half-way in.
ACCOUNTS_ANONYMOUS = {"/accounts/login/": 200, "/accounts/signup/": 200}
ACCOUNTS_HALF_WAY = {"/accounts/2fa/authenticate/", "/accounts/2fa/webauthn/login/", "/accounts/login/code/confirm/"}
ACCOUNTS_SIGN_OUT = {"/accounts/logout/"}


def somebody(role: str) -> User:
    if role == "applicant":
        return UserFactory()
    user = member(role)
    cms_groups.keep_in_step(user, at=timezone.now())
    return user


def answers(client: Client, addresses: Any) -> dict[str, tuple[int, str]]:
    """Each address with its status and where it leads, without what follows the question mark."""
    found = {}
    for address in sorted(addresses):
        response = client.get(address)
        found[address] = (response.status_code, response.get("Location", "").partition("?")[0])
    return found


@pytest.fixture(autouse=True)
def site() -> None:
    pages.home_page()
    cms_groups.set_up()


@pytest.mark.parametrize(("place", "fewest"), [("/cms/", 250), ("/documents/", 2), ("/accounts/", 25), ("/_util/", 2)])
def test_the_addresses_are_real(place: str, fewest: int) -> None:
    """A pattern that the sweep cannot fill in would be swept past unseen."""
    addresses = below(place)
    unresolved = []
    for address in addresses:
        try:
            resolve(address)
        except Resolver404:
            unresolved.append(address)

    assert unresolved == []
    assert len(addresses) >= fewest


def test_nobody_enters_the_cms_without_signing_in() -> None:
    client, closed = Client(), set(below("/cms/")) - CMS_PUBLIC - set(CMS_ELSEWHERE)

    assert {a: to for a, to in answers(client, closed).items() if to != (302, SIGN_IN)} == {}
    assert answers(client, CMS_ELSEWHERE) == {a: (302, to) for a, to in CMS_ELSEWHERE.items()}


def test_who_has_no_role_in_the_cms_is_refused_everywhere() -> None:
    client = Client()
    sign_in(client, somebody("applicant"))
    closed = set(below("/cms/")) - set(CMS_ELSEWHERE)

    assert {a: to for a, to in answers(client, closed).items() if to != (403, "")} == {}


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.EDITOR, Role.TALENT_TEAM)])
def test_every_other_role_is_refused_its_parts(role: str) -> None:
    client = Client()
    sign_in(client, somebody(role))

    assert set(answers(client, CMS_PARTS).values()) == {(403, "")}


@pytest.mark.parametrize("role", ["editor", "talent_team"])
def test_who_left_the_role_is_refused_whatever_their_groups_say(role: str) -> None:
    user = member(role, ended_at=LONG_AGO + dt.timedelta(days=1))
    user.groups.set(cms_groups.Group.objects.all())
    client = Client()
    sign_in(client, user)

    assert set(answers(client, CMS_PARTS).values()) == {(403, "")}


@pytest.mark.parametrize("role", ["editor", "talent_team"])
def test_each_role_in_the_cms_keeps_its_parts_and_no_other(role: str) -> None:
    client = Client()
    sign_in(client, somebody(role))
    given = {part: client.get(part, follow=True) for part in CMS_PARTS}
    reached = {part for part, response in given.items() if not _turned_away(response)}

    assert reached == {part for part, roles in CMS_PARTS.items() if role in roles}


def _turned_away(response: Any) -> bool:
    """Wagtail leads to its first page and says why."""
    return "Sorry, you do not have permission" in response.text


@pytest.mark.parametrize("role", ["editor", "talent_team"])
def test_no_address_of_the_cms_breaks_for_those_inside(role: str) -> None:
    client = Client(raise_request_exception=False)
    sign_in(client, somebody(role))
    inside = [a for a in below("/cms/") if not a.endswith((*CMS_BREAKS, "/logout/"))]

    assert {a: status for a, (status, _) in answers(client, inside).items() if status >= 500} == {}


def test_every_account_page_is_for_everybody_for_strangers_or_for_those_signed_in() -> None:
    signed_in_only = _signed_in_only()
    anonymous, applicant = Client(), Client()
    sign_in(applicant, UserFactory())

    strangers = answers(anonymous, signed_in_only)
    inside = answers(applicant, signed_in_only)

    assert {a: to for a, to in strangers.items() if to != (302, SIGN_IN)} == {}
    assert {a: to for a, to in inside.items() if to[1] == SIGN_IN or to[0] >= 500} == {}


def _signed_in_only() -> set[str]:
    others = ACCOUNTS_PUBLIC | set(ACCOUNTS_ANONYMOUS) | ACCOUNTS_HALF_WAY | ACCOUNTS_SIGN_OUT
    return set(below("/accounts/")) - others


def test_public_account_pages_answer_everybody() -> None:
    applicant = Client()
    sign_in(applicant, UserFactory())

    for client in (Client(), applicant):
        assert set(answers(client, ACCOUNTS_PUBLIC).values()) == {(200, "")}


def test_signing_in_and_up_are_for_strangers() -> None:
    applicant = Client()
    sign_in(applicant, UserFactory())

    assert answers(Client(), ACCOUNTS_ANONYMOUS) == {a: (status, "") for a, status in ACCOUNTS_ANONYMOUS.items()}
    assert set(answers(applicant, ACCOUNTS_ANONYMOUS).values()) == {(302, "/home/")}


def test_the_second_step_is_for_whoever_took_the_first() -> None:
    applicant = Client()
    sign_in(applicant, UserFactory())

    assert set(answers(Client(), ACCOUNTS_HALF_WAY).values()) == {(302, SIGN_IN)}
    assert set(answers(applicant, ACCOUNTS_HALF_WAY).values()) == {(302, "/home/")}


def test_signing_out_asks_first() -> None:
    applicant = Client()
    sign_in(applicant, UserFactory())

    assert answers(Client(), ACCOUNTS_SIGN_OUT) == {"/accounts/logout/": (302, "/")}
    assert answers(applicant, ACCOUNTS_SIGN_OUT) == {"/accounts/logout/": (200, "")}
    assert "_auth_user_id" in applicant.session


def a_document(collection: Collection) -> Document:
    return Document.objects.create(title="Plan", file=ContentFile(b"The plan.", "plan.txt"), collection=collection)


def private(kind: str) -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind, password="tulip")
    return collection


def test_a_document_is_public_unless_its_collection_is_private() -> None:
    open_one, closed_one = a_document(Collection.get_first_root_node()), a_document(private("login"))
    inside = Client()
    sign_in(inside, UserFactory())

    assert answers(Client(), [open_one.url, closed_one.url]) == {
        open_one.url: (200, ""),
        closed_one.url: (302, SIGN_IN),
    }
    assert answers(inside, [closed_one.url]) == {closed_one.url: (200, "")}


def test_documents_and_passwords_that_are_not_there() -> None:
    assert set(answers(Client(), below("/documents/")).values()) == {(404, "")}
    assert answers(Client(), below("/_util/")) == {
        "/_util/authenticate_with_password/999999/999999/": (404, ""),
        "/_util/login/": (302, SIGN_IN),
    }


def test_a_draft_is_not_there_for_anybody() -> None:
    draft = pages.standard_page("Draft", live=False)
    editor = Client()
    sign_in(editor, somebody("editor"))

    for client in (Client(), editor):
        assert answers(client, ["/draft/"]) == {"/draft/": (404, "")}
    assert draft.title not in Client().get("/").text


def test_a_page_that_was_taken_down_is_gone() -> None:
    page = pages.standard_page("News")
    page.unpublish()

    assert answers(Client(), ["/news/"]) == {"/news/": (404, "")}


def test_a_private_page_asks_to_sign_in_with_us() -> None:
    page = pages.standard_page("For members", show_in_menus=True)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    inside = Client()
    sign_in(inside, UserFactory())

    assert answers(Client(), ["/for-members/"]) == {"/for-members/": (302, SIGN_IN)}
    assert answers(inside, ["/for-members/"]) == {"/for-members/": (200, "")}
    assert page.title not in Client().get("/").text


def test_a_page_for_a_group_is_for_that_group() -> None:
    page = pages.standard_page("For editors")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.set(cms_groups.Group.objects.filter(name=cms_groups.EDITORS))
    clients = {role: Client() for role in ("applicant", "editor")}
    for role, client in clients.items():
        sign_in(client, somebody(role))

    assert {role: client.get("/for-editors/").status_code for role, client in clients.items()} == {
        "applicant": 302,
        "editor": 200,
    }
