"""The candidate's own word: asked for by the team, signed by the person, and so a result of the self-declaration."""

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from appointments.checking import CheckRefused, counts_since, lock, open_sets, record_own
from appointments.fitness import RENEWAL_NOTICE, declared, framework_on
from appointments.models import Check, CheckKind, CheckSet, Ground, Proposal, SelfDeclaration
from portal import outbox
from portal.models import User
from portal.names import folded
from talent.access import account_of, is_own

TELL = "appointments.tell_declaration_asked"


@transaction.atomic
def ask_declaration(check_set: CheckSet, *, by: User, at: dt.datetime) -> CheckSet:
    """Asks the person to declare and sign on their own page; a mail says so. Asking again sends it again."""
    row = lock(check_set, by=by)
    if account_of(row.person) is None:
        raise CheckRefused(f"{row.person} has no account. Record the result of the form they signed on paper.")
    return _ask(row, at=at)


def _ask(row: CheckSet, *, at: dt.datetime) -> CheckSet:
    row.declaration_asked_at = at
    row.save(update_fields=["declaration_asked_at"])
    outbox.enqueue(TELL, {"check_set": row.pk}, at=at, key=f"declaration:{row.pk}:{at.isoformat()}")
    return row


@transaction.atomic
def ask_for_renewal(proposal: Proposal, *, by: User, at: dt.datetime) -> bool:
    """On the heels of a proposed further term: asks the holder to declare anew. False where nobody is to be asked.

    Whoever proposes need not be one who may check: they set the asking off, and are told nothing by it. Who has no
    account is not asked; the talent team records the form that they sign on paper.
    """
    since, first = counts_since(proposal), proposal.starts_on
    if since is None or first is None or framework_on(first) is None:
        return False
    last = declared(proposal.person, proposal.seat)
    if last is not None and last.done_on >= since:
        return False
    [row] = open_sets([(proposal.person, proposal.seat)], on=first, by=by, at=at)
    if account_of(proposal.person) is None or row.declaration_asked_at is not None:
        return False
    _ask(row, at=at)
    return True


def ask_again(*, at: dt.datetime) -> int:
    """Asks whoever has an account and whose declaration falls due within 60 days; how many were asked."""
    day = timezone.localdate(at)
    due = CheckSet.objects.live(day).due_by(day + RENEWAL_NOTICE).filter(declaration_asked_at=None)
    asked = 0
    for pk in due.exclude(person__user=None, person__merged_into=None).values_list("pk", flat=True):
        with transaction.atomic():
            rows = CheckSet.objects.select_for_update(of=("self",)).select_related("seat", "framework", "person")
            row = rows.get(pk=pk)
            if account_of(row.person) is None:
                continue
            last = row.checks.filter(kind=CheckKind.SELF_DECLARATION).order_by("pk").last()
            if last is not None and last.renews_on is not None and last.renews_on <= day + RENEWAL_NOTICE:
                _ask(row, at=at)
                asked += 1
    return asked


@transaction.atomic
def sign_declaration(
    check_set: CheckSet, *, grounds: Collection[str], signed_name: str, by: User, at: dt.datetime
) -> SelfDeclaration:
    """The person says which grounds apply and signs with their name. Raises CheckRefused.

    None that applies is a clear result; any other is a concern, for the team to judge and record.
    """
    rows = CheckSet.objects.select_for_update(of=("self",)).select_related("person", "seat__board", "framework")
    row = rows.get(pk=check_set.pk)
    if not is_own(by, row.person):
        raise PermissionDenied
    if row.declaration_asked_at is None or row.closed_at is not None:
        raise CheckRefused("Nothing is asked of you here at the moment.")
    if folded(signed_name) != folded(row.person.full_name):
        raise CheckRefused(f"Sign with your name as we hold it: {row.person.full_name}.")
    said = sorted(Ground(ground) for ground in grounds)
    signed = SelfDeclaration.objects.create(check_set=row, grounds=said, signed_name=row.person.full_name, by=by, at=at)
    row.declaration_asked_at = None
    row.save(update_fields=["declaration_asked_at"])
    result = Check.Result.CONCERN if said else Check.Result.CLEAR
    record_own(row, result, done_on=timezone.localdate(at), by=by, at=at, reason="Declared and signed.")
    return signed
