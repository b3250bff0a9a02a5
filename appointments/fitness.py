"""Where somebody's fit and proper checks stand on a day: pure readings of a framework, its results and waivers."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from appointments.models import Check, CheckKind, CheckSet, FrameworkCheck, FrameworkVersion, Seat, Tenure, Waiver
from talent.models import Person

RENEWAL_NOTICE = dt.timedelta(days=60)


class State(StrEnum):
    CLEAR = "Clear"
    NOT_APPLICABLE = "Not applicable"
    WAIVED = "Waived"
    CONCERN = "Concern"
    OVERDUE = "Renewal overdue"
    OPEN = "Open"


# These let an appointment start.
SETTLED = (State.CLEAR, State.NOT_APPLICABLE, State.WAIVED)


@dataclass(frozen=True, slots=True)
class Line:
    """One check that the framework asks for: how it came out last, and what that means on the day."""

    rule: FrameworkCheck
    state: State
    last: Check | None = None
    waiver: Waiver | None = None

    @property
    def holds_until(self) -> dt.date | None:
        """The last day on which it is settled as it is now; None while it is open, or for good."""
        if self.state == State.WAIVED and self.waiver is not None:
            return self.waiver.until
        return self.last.renews_on if self.last is not None and self.state in SETTLED else None


@dataclass(frozen=True, slots=True)
class Fitness:
    """All that the framework asks for, in its order."""

    framework: FrameworkVersion
    lines: Sequence[Line]

    @property
    def open(self) -> list[Line]:
        return [line for line in self.lines if line.state not in SETTLED]

    @property
    def waived(self) -> list[Line]:
        return [line for line in self.lines if line.state == State.WAIVED]

    def is_open(self, kind: str) -> bool:
        return any(line.rule.kind == kind for line in self.open)

    @property
    def holds_until(self) -> dt.date | None:
        return min((line.holds_until for line in self.lines if line.holds_until is not None), default=None)

    @property
    def names_of_open(self) -> str:
        return ", ".join(f"{line.rule} ({line.state.lower()})" for line in self.open)


def framework_on(day: dt.date) -> FrameworkVersion | None:
    """The framework in force on `day`, with its checks; None where none is on record. Two queries."""
    versions = FrameworkVersion.objects.in_force(day).order_by("-in_force_from")
    return versions.prefetch_related("checks").first()


def read(
    framework: FrameworkVersion,
    seat: Seat,
    checks: Iterable[Check],
    waivers: Iterable[Waiver],
    *,
    on: dt.date,
    since: dt.date | None = None,
) -> Fitness:
    """Pure. `checks` and `waivers` oldest first. `since`: what is made again for a further term counts from then."""
    last = {check.kind: check for check in checks}
    waived = {waiver.kind: waiver for waiver in waivers}
    asked = [rule for rule in framework.checks.all() if rule.is_asked_of(seat)]
    return Fitness(framework, [_line(rule, last.get(rule.kind), waived.get(rule.kind), on, since) for rule in asked])


def _line(rule: FrameworkCheck, last: Check | None, waiver: Waiver | None, on: dt.date, since: dt.date | None) -> Line:
    state = _state(rule, last, on, since)
    if state not in SETTLED and waiver is not None and waiver.until >= on:
        state = State.WAIVED
    return Line(rule, state, last, waiver)


def _state(rule: FrameworkCheck, last: Check | None, on: dt.date, since: dt.date | None) -> State:
    if last is None or (since is not None and rule.again_at_renewal and last.done_on < since):
        return State.OPEN
    if last.result == Check.Result.CONCERN:
        return State.CONCERN
    if last.renews_on is not None and last.renews_on < on:
        return State.OVERDUE
    return State.CLEAR if last.result == Check.Result.CLEAR else State.NOT_APPLICABLE


def fitness_of_set(check_set: CheckSet, *, on: dt.date, since: dt.date | None = None) -> Fitness:
    checks, waivers = check_set.checks.order_by("pk"), check_set.waivers.order_by("pk")
    return read(check_set.framework, check_set.seat, checks, waivers, on=on, since=since)


def fitness_of(person: Person, seat: Seat, *, on: dt.date, since: dt.date | None = None) -> Fitness | None:
    """By the framework in force on `on`; None where there is none. All is open where no set has been opened."""
    framework = framework_on(on)
    if framework is None:
        return None
    found = CheckSet.objects.filter(person=person, seat=seat, framework=framework, closed_at=None).first()
    if found is None:
        return read(framework, seat, (), (), on=on)
    return fitness_of_set(found, on=on, since=since)


def declared(person: Person, seat: Seat, *, before: dt.datetime | None = None) -> Check | None:
    """The newest self-declaration for the seat, signed here or recorded from paper; `before` a moment, if given."""
    rows = Check.objects.filter(kind=CheckKind.SELF_DECLARATION, check_set__person=person, check_set__seat=seat)
    if before is not None:
        rows = rows.filter(at__lte=before)
    return rows.order_by("pk").last()


def words(tenures: Collection[Tenure], *, on: dt.date) -> Mapping[int, str]:
    """For each tenure by its id: complete, open, waived, or that no checks are on record. Two queries."""
    if framework_on(on) is None:
        return {}
    pairs = Q(person__in={t.person_id for t in tenures}, seat__in={t.seat_id for t in tenures})
    sets = CheckSet.objects.filter(pairs, closed_at=None).order_by("framework__in_force_from")
    latest = {(row.person_id, row.seat_id): row.word_on(on) for row in sets}
    return {t.pk: latest.get((t.person_id, t.seat_id), "Not on record") for t in tenures}
