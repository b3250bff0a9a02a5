"""A person's private calendar feed: its address, whose it is, and a new one in its place."""

import datetime as dt
import secrets

from django.core import signing

from portal.models import User
from programmes.models import CalendarLink

SALT = "programmes.calendar"


def token_of(user: User, *, at: dt.datetime) -> str:
    """What the address of the person's feed ends with; made the first time it is asked for."""
    link, _ = CalendarLink.objects.get_or_create(user=user, defaults={"nonce": _nonce(), "made_at": at})
    return _token(link)


def renew(user: User, *, at: dt.datetime) -> str:
    """A new address: the one before leads nowhere from now on."""
    link, _ = CalendarLink.objects.update_or_create(user=user, defaults={"nonce": _nonce(), "made_at": at})
    return _token(link)


def owner_of(token: str) -> User | None:
    """Whose feed it is; None for an address that is made up, was replaced, or of somebody who has left."""
    try:
        nonce = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    link = CalendarLink.objects.select_related("user").filter(nonce=nonce, user__is_active=True).first()
    return link.user if link else None


def _token(link: CalendarLink) -> str:
    # The database alone, or a copy of it, opens nobody's calendar.
    return signing.Signer(salt=SALT).sign(link.nonce)


def _nonce() -> str:
    return secrets.token_urlsafe(16)
