"""Acts on fit and proper checks: a set opened, results recorded, a check waived; and the refusal where one is open.

Each act locks the set's row, and so does whatever asks whether it may rely on it: no result changes meanwhile.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from appointments.access import checks_for, in_question, may_check, may_waive
from appointments.fitness import Fitness, State, fitness_of_set, framework_on, read
from appointments.models import Check, CheckKind, CheckSet, FrameworkCheck, Proposal, Seat, Waiver
from portal.models import User
from portal.words import long_date
from talent.models import Person

Result = Check.Result
NEEDS_NO_WAIVER = (State.CLEAR, State.NOT_APPLICABLE)


class CheckRefused(Exception):
    """The check cannot be recorded so, or somebody is not yet shown to be fit; `str()` is fit for the screen."""


@transaction.atomic
def must_be_fit(person: Person, seat: Seat, *, on: dt.date, since: dt.date | None = None) -> None:
    """Raises CheckRefused naming what is open of the framework in force on `on`; nothing is asked where none is.

    Holds the set until the caller's transaction ends: a concern recorded at the same time comes before or after.
    """
    framework = framework_on(on)
    if framework is None:
        return
    row = CheckSet.objects.select_for_update(of=("self",)).select_related("seat")
    found = row.filter(person=person, seat=seat, framework=framework, closed_at=None).first()
    if found is None:
        raise CheckRefused(f"The fit and proper checks of {person} for this seat have not been opened.")
    found.framework = framework  # its checks are at hand
    if open_ones := fitness_of_set(found, on=on, since=since).names_of_open:
        raise CheckRefused(f"Fit and proper checks of {person} are open: {open_ones}.")


def must_be_fit_for(proposal: Proposal) -> None:
    """The same for whom the committee appoints. An end and a change of pay ask for nothing."""
    if proposal.kind in Proposal.APPOINTS and proposal.starts_on is not None:
        must_be_fit(proposal.person, proposal.seat, on=proposal.starts_on, since=counts_since(proposal))


def counts_since(proposal: Proposal) -> dt.date | None:
    """For a further term, the first day of the running one: from then on what is made again counts."""
    return proposal.tenure.starts_on if proposal.kind in Proposal.RENEWALS and proposal.tenure is not None else None


@transaction.atomic
def open_checks(person: Person, seat: Seat, *, on: dt.date, by: User, at: dt.datetime) -> CheckSet:
    """The set of `person` for `seat` under the framework in force on `on`, opened now or already there."""
    if not may_check(by, person, seat.board) or (person.pk, seat.pk) in in_question(by):
        raise PermissionDenied
    [check_set] = open_sets([(person, seat)], on=on, by=by, at=at)
    return check_set


def open_sets(pairs: Sequence[tuple[Person, Seat]], *, on: dt.date, by: User, at: dt.datetime) -> list[CheckSet]:
    """The sets of these, opened now or already there, and locked; whoever calls knows that they are to be checked."""
    framework = framework_on(on)
    if framework is None:
        raise CheckRefused(f"No framework of checks is on record for {long_date(on)}.")
    CheckSet.objects.bulk_create(
        (
            CheckSet(
                person=person,
                seat=seat,
                framework=framework,
                opened_at=at,
                opened_by=by,
                open_count=len(read(framework, seat, (), (), on=on).lines),
            )
            for person, seat in pairs
        ),
        ignore_conflicts=True,
    )
    people, seats = {person.pk for person, _ in pairs}, {seat.pk for _, seat in pairs}
    sets = CheckSet.objects.filter(framework=framework, person__in=people, seat__in=seats)
    found = {(row.person_id, row.seat_id): row for row in sets.select_for_update()}
    opened = [found[person.pk, seat.pk] for person, seat in pairs]
    for row, (person, seat) in zip(opened, pairs, strict=True):
        row.person, row.seat, row.framework = person, seat, framework
        if row.closed_at is not None:
            row.closed_at = None
            row.save(update_fields=["closed_at"])
    return opened


@transaction.atomic
def record_result(
    check_set: CheckSet,
    kind: str,
    result: str,
    *,
    done_on: dt.date,
    by: User,
    at: dt.datetime,
    reason: str = "",
    renews_on: dt.date | None = None,
    corrects: Check | None = None,
) -> Check:
    """One result; the framework says until when it holds, unless an earlier `renews_on` is given.

    A renewal is simply the next result. A correction names the row it puts right and gives its reason.
    """
    row = lock(check_set, by=by)
    rule = _rule(row, kind)
    _check_result(rule, Result(result), done_on, reason, at=at)
    if corrects is not None:
        _check_correction(row, rule, corrects, reason)
    if renews_on is not None and renews_on < done_on:
        raise CheckRefused("It cannot fall due again before it was made.")
    days = {"done_on": done_on, "renews_on": _earliest(_holds_until(rule, Result(result), done_on), renews_on)}
    facts = {"kind": rule.kind, "result": Result(result), "corrects": corrects, **days}
    check = Check.objects.create(check_set=row, **facts, by=by, at=at, reason=reason.strip())
    if rule.kind == CheckKind.SELF_DECLARATION:
        row.declaration_asked_at = None  # the form that they signed on paper answers it
    sum_up(row, at=at)
    return check


def record_own(row: CheckSet, result: Result, *, done_on: dt.date, by: User, at: dt.datetime, reason: str) -> Check:
    """The self-declaration that a person has just signed; whoever calls has locked the row and knows who signs."""
    rule = _rule(row, CheckKind.SELF_DECLARATION)
    days = {"done_on": done_on, "renews_on": _holds_until(rule, result, done_on)}
    check = Check.objects.create(check_set=row, kind=rule.kind, result=result, **days, by=by, at=at, reason=reason)
    sum_up(row, at=at)
    return check


@transaction.atomic
def record_all_clear(
    pairs: Iterable[tuple[Person, Seat]], *, on: dt.date, done_on: dt.date, by: User, at: dt.datetime, reason: str
) -> list[CheckSet]:
    """Opens sets for people who are to start (or sit) on `on` and records every check of theirs as clear.

    For files that were kept on paper and are brought over, and where many people are checked on one day.
    The same number of queries for any number of people.
    """
    asked, barred, own = list(pairs), in_question(by), set(Person.objects.of_user(by).values_list("pk", flat=True))
    if any(person.pk in own or (person.pk, seat.pk) in barred for person, seat in asked):
        raise PermissionDenied
    if not all(checks_for(by, seat.board) for _, seat in asked):
        raise PermissionDenied
    if not reason.strip():
        raise CheckRefused("Say where these results come from.")
    rows, checks = open_sets(asked, on=on, by=by, at=at) if asked else [], []
    for row in rows:
        for rule in _rules(row):
            ends_on = _holds_until(rule, Result.CLEAR, done_on)
            check = Check(check_set=row, kind=rule.kind, result=Result.CLEAR, done_on=done_on, renews_on=ends_on)
            check.by, check.at, check.reason = by, at, reason.strip()
            checks.append(check)
        row.declaration_asked_at = None
        _keep_sums(row, read(row.framework, row.seat, checks[-len(_rules(row)) :], (), on=timezone.localdate(at)))
    Check.objects.bulk_create(checks, batch_size=2000)
    CheckSet.objects.bulk_update(rows, SUMS, batch_size=500)
    return rows


@transaction.atomic
def waive(check_set: CheckSet, kind: str, *, until: dt.date, by: User, at: dt.datetime, reason: str) -> Waiver:
    """Lets somebody start although a check is open: the secretariat's lead, with the reason, until a day."""
    if not may_waive(by, check_set):
        raise PermissionDenied
    row = lock(check_set, by=by)
    rule, day = _rule(row, kind), timezone.localdate(at)
    if not reason.strip():
        raise CheckRefused("Give the reason for the waiver.")
    if until < day:
        raise CheckRefused("A waiver holds until a day to come.")
    if kind in {line.rule.kind for line in fitness_of_set(row, on=day).lines if line.state in NEEDS_NO_WAIVER}:
        raise CheckRefused("This check is not open, so there is nothing to waive.")
    waiver = Waiver.objects.create(check_set=row, kind=rule.kind, until=until, by=by, at=at, reason=reason.strip())
    sum_up(row, at=at)
    return waiver


@transaction.atomic
def close_checks(check_set: CheckSet, *, by: User, at: dt.datetime) -> CheckSet:
    """The person is no longer a candidate for the seat: nothing falls due any more. What was recorded stays."""
    row = lock(check_set, by=by)
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    return row


def lock(check_set: CheckSet, *, by: User) -> CheckSet:
    """The set as it stands, held until the transaction ends; for whoever checks others, never themselves."""
    rows = CheckSet.objects.select_for_update(of=("self",))
    row = rows.select_related("person", "seat__board", "framework").get(pk=check_set.pk)
    if not may_check(by, row.person, row.seat.board) or (row.person_id, row.seat_id) in in_question(by):
        raise PermissionDenied
    if row.closed_at is not None:
        raise CheckRefused("These checks have been closed.")
    return row


def sum_up_overdue(*, at: dt.datetime) -> int:
    """Brings the counts of sets up to date in which a result or waiver has run out; how many they were."""
    day, done = timezone.localdate(at), 0
    for pk in CheckSet.objects.live(day).filter(renews_on__lt=day).values_list("pk", flat=True):
        with transaction.atomic():
            row = CheckSet.objects.select_for_update(of=("self",)).select_related("seat", "framework").get(pk=pk)
            sum_up(row, at=at)
            done += 1
    return done


SUMS = ["open_count", "waived_count", "renews_on", "declaration_asked_at"]


def sum_up(row: CheckSet, *, at: dt.datetime) -> None:
    """Brings the set's counts up to what is recorded; its row must be locked."""
    _keep_sums(row, fitness_of_set(row, on=timezone.localdate(at)))
    row.save(update_fields=SUMS)


def _keep_sums(row: CheckSet, found: Fitness) -> None:
    row.open_count, row.waived_count, row.renews_on = len(found.open), len(found.waived), found.holds_until


def _rules(row: CheckSet) -> list[FrameworkCheck]:
    return [rule for rule in row.framework.checks.all() if rule.is_asked_of(row.seat)]


def _rule(row: CheckSet, kind: str) -> FrameworkCheck:
    rule = next((rule for rule in _rules(row) if rule.kind == kind), None)
    if rule is None:
        raise CheckRefused(f"{row.framework} does not ask for “{CheckKind(kind).label}” for this seat.")
    return rule


def _check_result(rule: FrameworkCheck, result: Result, done_on: dt.date, reason: str, *, at: dt.datetime) -> None:
    if done_on > timezone.localdate(at):
        raise CheckRefused("The check is still to come; record it when it has been made.")
    if result == Result.NOT_APPLICABLE and not rule.may_not_apply:
        raise CheckRefused(f"“{rule}” applies to everybody; it cannot be left out.")
    if result != Result.CLEAR and not reason.strip():
        raise CheckRefused("Say what follows from this result, without repeating what was found.")


def _check_correction(row: CheckSet, rule: FrameworkCheck, corrects: Check, reason: str) -> None:
    if (corrects.check_set_id, corrects.kind) != (row.pk, rule.kind):
        raise CheckRefused("A correction is of a result of the same check.")
    if Check.objects.filter(corrects=corrects).exists():
        raise CheckRefused("This result has been corrected already. Correct the newest one.")
    if not reason.strip():
        raise CheckRefused("Give the reason for the correction.")


def _holds_until(rule: FrameworkCheck, result: Result, done_on: dt.date) -> dt.date | None:
    """The last day of the months that the framework gives a settled result."""
    if rule.renewal_months is None or result == Result.CONCERN:
        return None
    day: dt.date = done_on + relativedelta(months=rule.renewal_months)
    return day - dt.timedelta(days=1)


def _earliest(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day is not None), default=None)
