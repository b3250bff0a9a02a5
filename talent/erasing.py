"""Erasing a member at their own wish: words, names and files go, the audit trail keeps a pseudonym."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

from portal.holding import AFTER, BEFORE, HOLDINGS, Subject, is_public, nothing_of, obstacles, settle
from portal.models import Invitation, User
from talent.access import Refused
from talent.models import MemberErased, Person
from talent.models.application import REFERENCE_LETTERS
from talent.own_copy import subject_of

# Nobody owns an address that ends so (RFC 2606).
NOWHERE = "erased.invalid"
PERSON_KEEPS = ("id", "user", "full_name", "sort_name", "region", "created_at", "merged_into", "imported_in")


@transaction.atomic
def erase_member(user: User, *, by: User, at: dt.datetime) -> MemberErased:
    """Ends what runs, empties every declared table, closes the account; all of it or nothing. Raises Refused.

    What stays, and why, is declared beside each table (portal/holding.py) and read by the member before.
    """
    if user.pk != by.pk:
        raise Refused("Only the member can be erased at their own wish.")
    account = User.objects.select_for_update().get(pk=user.pk)
    subject = subject_of(account)
    list(Person.objects.select_for_update().filter(pk__in=subject.people).order_by("pk"))
    if reasons := obstacles(subject, at=at):
        raise Refused(" ".join(reasons))
    for step in BEFORE:
        step(subject, at)
    public, pseudonym = is_public(subject), _pseudonym()
    rows = _settled(subject)
    _unname_records(subject, pseudonym, public=public)
    _close(account, pseudonym, subject)
    for step in AFTER:
        step(subject, at)
    return MemberErased.objects.create(
        user=account, pseudonym=pseudonym, name_stays=public, rows=rows, by=account, at=at
    )


def _pseudonym() -> str:
    """Drawn, not worked out: nobody gets from it to the member."""
    return f"Former member {get_random_string(6, REFERENCE_LETTERS)}"


def _settled(subject: Subject) -> dict[str, Any]:
    """Each table's rows, told by fate and number; those that hang on others go before them, as they are declared."""
    told: dict[str, Any] = {}
    for holding in HOLDINGS:
        if number := holding.rows(subject).count():
            told[f"{holding.model}.{holding.path}"] = {"fate": str(holding.fate), "rows": number}
    for holding in HOLDINGS:
        settle(holding, subject)
    return told


def _unname_records(subject: Subject, pseudonym: str, *, public: bool) -> None:
    """Whose name is on the public record keeps it there, on a record that no account leads to."""
    for person in Person.objects.filter(pk__in=subject.people):
        for column in Person._meta.concrete_fields:
            if column.name not in PERSON_KEEPS:
                setattr(person, column.name, nothing_of(column))
        person.mail_opt_out = True
        if public:
            person.user = None
        else:
            person.full_name, person.region = pseudonym, None
        person.save()


def _close(account: User, pseudonym: str, subject: Subject) -> None:
    """No way in any more, on any device: an account that is not active is signed out with its next request."""
    nowhere = f"{pseudonym.rsplit(' ')[-1].lower()}@{NOWHERE}"
    account.full_name, account.email, account.is_active = pseudonym, nowhere, False
    account.is_staff = account.is_superuser = False
    account.last_login = None
    account.set_unusable_password()
    account.save()
    for email in subject.emails:
        Invitation.objects.filter(email__iexact=email).update(email=nowhere)
