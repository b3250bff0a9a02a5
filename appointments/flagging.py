"""Terms that stand and that service found since shows to be beyond the policy: flagged until they are decided anew.

Found by a correction (seating.py), by a load of boards, or when two records turn out to be one person's.
"""

import datetime as dt
from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from appointments import chain, limits
from appointments.models import Appointment, Tenure, TenureEvent
from portal.models import User
from talent.merging import around_merges
from talent.models import Person


def beyond(people: Iterable[int], board_id: int) -> limits.Standing:
    """What there is against the terms that stand of these people on one board."""
    return dict(ChainMap(*(dict(limits.standing_faults(person, board_id)) for person in people)))


def flag(found: limits.Standing, *, by: User | None, at: dt.datetime, reason: str) -> None:
    """Writes at each term what the policy has against it now, with the word of whoever found it."""
    faults: dict[int, list[str]] = defaultdict(list)
    for (decision, _), fault in found.items():
        faults[decision].append(fault.says)
    for row in Appointment.objects.standing().filter(decision__in=faults).order_by("pk"):
        facts = {"faults": sorted(faults[row.decision_id]), "decision": row.decision_id}
        kind = TenureEvent.Kind.BEYOND
        TenureEvent.objects.create(tenure=row.tenure, kind=kind, facts=facts, by=by, at=at, reason=reason)


def flag_found(person_id: int, board_id: int, *, by: User | None, at: dt.datetime, reason: str) -> None:
    """Flags what stands beyond the policy of one person on one board and was not flagged before."""
    found = beyond([person_id], board_id)
    told = TenureEvent.objects.filter(kind=TenureEvent.Kind.BEYOND, facts__decision__in=[row for row, _ in found])
    known = {(facts["decision"], said) for facts in told.values_list("facts", flat=True) for said in facts["faults"]}
    flag({key: it for key, it in found.items() if (key[0], it.says) not in known}, by=by, at=at, reason=reason)


@around_merges
@contextmanager
def flag_merged(kept: Person, other: Person, by: User, at: dt.datetime, reason: str) -> Iterator[None]:
    """Two records that become one person's: their service on a board counts together from now on.

    Whoever merges them decides nothing about a term; what they find goes to the committee.
    """
    chain.hold()  # nobody adds to the same service meanwhile
    boards = _boards_of(kept) & _boards_of(other)
    before = {board: beyond((kept.pk, other.pk), board) for board in boards}
    yield
    why = f"Two records were found to be one person’s. {reason}".strip()
    for board in sorted(boards):
        flag(limits.grown(before[board], beyond([kept.pk], board)), by=by, at=at, reason=why)


def _boards_of(person: Person) -> set[int]:
    them = Person.objects.same_as(person.pk).values("pk")
    return set(Tenure.objects.filter(person__in=them).values_list("seat__board", flat=True))
