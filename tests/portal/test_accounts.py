"""Signing up and in, in our words."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.factories import pages

pytestmark = pytest.mark.django_db
STRONG = "tulip anchor window"


def page(client: Client, name: str, data: dict[str, str] | None = None) -> BeautifulSoup:
    url = reverse(name)
    response = client.get(url) if data is None else client.post(url, data)
    return BeautifulSoup(response.content, "html.parser")


def test_sign_up_asks_the_name_and_mails_a_link(client: Client) -> None:
    response = client.post(
        reverse("account_signup"), {"full_name": "Ada Example", "email": "ada@example.org", "password1": STRONG}
    )
    assert (response.status_code, response.url) == (302, reverse("account_email_verification_sent"))
    assert User.objects.get().full_name == "Ada Example"
    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("Confirm your email address to open your account", ["ada@example.org"])
    ]


def test_sign_up_says_what_is_missing(client: Client) -> None:
    found = page(client, "account_signup", {})
    assert found.title.text == "Error: Create an account – Talent portal"
    assert [a.text for a in found.select(".nhsuk-error-summary a")] == [
        "Enter your full name",
        "Enter your email address",
        "Enter your password",
    ]


def test_sign_up_links_the_privacy_notice(client: Client) -> None:
    pages.standard_page("Privacy")

    assert [a.text for a in page(client, "account_signup").select('main a[href="/privacy/"]')] == ["privacy notice"]


def test_sign_up_names_the_privacy_notice_while_there_is_none(client: Client) -> None:
    main = page(client, "account_signup").select_one("main")

    assert main.select('a[href="/privacy/"]') == []
    assert "in our privacy notice." in main.text


def test_a_second_sign_up_tells_the_owner_and_nobody_else(client: Client) -> None:
    user = User.objects.create_user(email="grace@example.org", password=STRONG)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    response = client.post(
        reverse("account_signup"), {"full_name": "Eve", "email": "grace@example.org", "password1": STRONG}
    )
    assert response.url == reverse("account_email_verification_sent")
    assert [m.subject for m in mail.outbox] == ["You have an account already"]


def test_a_wrong_password_keeps_the_address(client: Client) -> None:
    found = page(client, "account_login", {"login": "ada@example.org", "password": "wrong"})
    assert [li.text for li in found.select(".nhsuk-error-summary li")] == [
        "The email address or the password is not right. Check both and try again"
    ]
    assert found.select_one("#id_login")["value"] == "ada@example.org"


def test_our_pages_get_the_strict_policy(client: Client) -> None:
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_cms_gets_its_own_policy(client: Client) -> None:
    policy = client.get(reverse("wagtailadmin_home"))["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "style-src 'self'" in policy.split("; ")


def test_a_mail_server_that_fails_loses_no_sign_up(client: Client, settings: Any) -> None:
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1  # nobody listens there
    client.raise_request_exception = False
    cache.clear()
    person = {"full_name": "Ada Example", "email": "ada@example.org", "password1": STRONG}

    failed = client.post(reverse("account_signup"), person)
    settings.EMAIL_BACKEND = working
    cache.clear()  # three minutes later
    response = client.post(reverse("account_login"), {"login": "ada@example.org", "password": STRONG})

    assert failed.status_code == 500
    assert User.objects.get().full_name == "Ada Example"
    assert response.url == reverse("account_email_verification_sent")
    assert [m.to for m in mail.outbox] == [["ada@example.org"]]
