"""Coming in: a trust's administrator invites a colleague who signs up; staff set up their second step."""

import base64
import hmac
import struct
import time

import pytest
from django.core.management import call_command

from portal.models import Membership, Role
from tests.factories.portal import PASSWORD, OrganisationFactory, member
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_administrator_invites_a_colleague(visitor: Visitor):
    trust = OrganisationFactory(name="Harbour General Hospital NHS Trust")
    administrator = member(Role.TRUST_USER, organisation=trust, is_administrator=True)
    colleague = "new.colleague@example.org"
    walk = visitor()
    walk.signs_in(administrator.email, PASSWORD)
    walk.sees("Your home")
    walk.goes_to(f"/organisations/{trust.ods_code}/people/")
    walk.sees("People with access")
    walk.presses("Invite somebody")
    walk.sees("Invite somebody")
    walk.fills("Email address", colleague)
    walk.presses("Send invitation")
    walk.sees("People with access")
    walk.reads(colleague)
    call_command("worker", "--once")

    guest = visitor()
    guest.follows_mailed_link(colleague)
    guest.sees("You have been invited")
    guest.presses("Create an account")
    guest.sees("Create an account")
    guest.fills("Full name", "Nia Colleague")
    guest.fills("Email address", colleague)
    guest.fills("Password", "harbour-lights-in-october")
    guest.presses("Create my account")
    guest.sees("Check your email")
    guest.follows_mailed_link(colleague)
    guest.sees("Confirm your email address")
    guest.presses("Confirm my address")
    guest.sees("Accept your invitation")
    guest.presses("Accept invitation")
    guest.sees("Your home")

    assert Membership.objects.get(user__email=colleague).organisation == trust


def test_staff_set_up_a_second_step(visitor: Visitor, settings):
    settings.MFA_REQUIRED = True
    person = member(Role.TALENT_TEAM)
    walk = visitor()
    walk.signs_in(person.email, PASSWORD)
    walk.sees("Second step at sign-in")
    walk.follows("Set up an authenticator app")
    walk.sees("Confirm that it is you")
    walk.fills("Password", PASSWORD)
    walk.presses("Continue")
    walk.sees("Set up an authenticator app")
    secret = walk.page.locator(".portal-secret").inner_text()
    walk.fills("Security code", code_of(secret))
    walk.presses("Finish")
    walk.sees("Your recovery codes")
    walk.goes_to("/talent/candidates/")
    walk.sees("Candidates")


def code_of(secret: str) -> str:
    """What the authenticator app shows now (RFC 6238: half-minutes, SHA-1, six digits)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"
