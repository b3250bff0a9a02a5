"""From the mailed link through allauth's sign-up and confirmation back to the invitation, without opening it again."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal import invitations, outbox
from portal.models import Invitation, Membership, Role, User
from tests.factories.portal import OrganisationFactory, UserFactory, member, sign_in

pytestmark = pytest.mark.django_db

ADDRESS = "new@example.org"
PERSON = {"full_name": "Newly Come", "email": ADDRESS, "password1": "tulip anchor window"}


@pytest.fixture(autouse=True)
def unlimited() -> None:
    cache.clear()  # sign-ups are counted by address and by client


def invited(role: str = Role.TRUST_USER) -> Invitation:
    trust = OrganisationFactory()
    administrator = member(Role.TRUST_USER, organisation=trust, is_administrator=True)
    return invitations.invite(trust, ADDRESS, role, by=administrator, at=timezone.now())


def link_in_last_mail() -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)[1]


def mailed_link() -> str:
    assert outbox.run_next(at=timezone.now())
    return link_in_last_mail()


def link_named(html: str, words: str) -> str:
    """Where the page's own link of that name leads; the header has links of the same name."""
    found = BeautifulSoup(html, "html.parser").select("main a")
    return next(a["href"] for a in found if a.text.strip() == words)


def sign_up(client: Client, page: str) -> None:
    """Fills in the sign-up form as it stands on `page`, hidden fields and all."""
    onward = re.search(r'name="next" value="([^"]*)"', client.get(page).text)
    response = client.post(reverse("account_signup"), PERSON | ({"next": onward[1]} if onward else {}))
    assert response["Location"].partition("?")[0] == reverse("account_email_verification_sent")


def test_signing_up_and_confirming_in_one_browser_leads_back(client: Client) -> None:
    invitation = invited()
    start = mailed_link()
    sign_up(client, link_named(client.get(start).text, "Create an account"))

    landed = client.post(link_in_last_mail(), follow=True)
    client.post(landed.redirect_chain[-1][0], {"csrfmiddlewaretoken": "as every browser sends"})

    assert landed.redirect_chain[-1][0] == start
    assert "Accept your invitation" in landed.text
    assert Membership.objects.get(user__email=ADDRESS).organisation == invitation.organisation


def test_confirming_in_another_browser_leads_back_through_signing_in(client: Client) -> None:
    invited()
    start = mailed_link()
    sign_up(client, link_named(client.get(start).text, "Create an account"))
    other = Client()

    landed = other.post(link_in_last_mail(), follow=True)
    sign_in_page = link_named(landed.text, "Sign in")
    back = other.post(sign_in_page, {"login": ADDRESS, "password": PERSON["password1"]}, follow=True)

    assert landed.redirect_chain[-1][0] == start
    assert back.redirect_chain[-1][0] == start
    assert "Accept your invitation" in back.text


def test_signing_up_without_the_link_finds_the_invitation_too(client: Client) -> None:
    invited()
    start = mailed_link()
    sign_up(client, reverse("account_signup"))

    client.post(link_in_last_mail())
    home = client.get(reverse("portal:home")).text

    assert f'href="{start}">Answer an invitation</a>' in home


def test_signing_in_from_the_link_leads_back(client: Client) -> None:
    UserFactory(email=ADDRESS, password=PERSON["password1"])
    invited()
    start = mailed_link()
    sign_in_page = link_named(client.get(start).text, "Sign in")

    onward = re.search(r'name="next" value="([^"]*)"', client.get(sign_in_page).text)[1]
    response = client.post(
        reverse("account_login"), {"login": ADDRESS, "password": PERSON["password1"], "next": onward}
    )

    assert response["Location"] == start


def test_confirming_an_address_that_nobody_invited_leads_home(client: Client) -> None:
    sign_up(client, reverse("account_signup"))

    assert client.post(link_in_last_mail())["Location"] == reverse("portal:home")


@pytest.mark.parametrize("case", ["accepted", "withdrawn", "expired", "address not confirmed", "somebody else"])
def test_only_an_open_invitation_to_a_proved_address_waits(client: Client, case: str) -> None:
    invitation, now = invited(), timezone.now()
    user: User = UserFactory(
        email="other@example.org" if case == "somebody else" else ADDRESS,
        address__verified=case != "address not confirmed",
    )
    if case == "accepted":
        invitations.accept(invitation, by=user, at=now)
    if case == "withdrawn":
        invitations.revoke(invitation, by=invitation.invited_by, at=now)
    at = invitation.expires_at if case == "expired" else now

    assert list(invitations.waiting_for(user, at=at)) == []
    if case != "expired":
        sign_in(client, user)
        assert "Answer an invitation" not in client.get(reverse("portal:home")).text
