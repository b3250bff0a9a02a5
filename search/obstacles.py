"""What stands between people and one board: its own rules on terms and disqualification, looked up for all at once."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from appointments.models import Relationship, Seat, Tenure
from appointments.models.policy import rule_on
from appointments.terms import Proposal, Rule, faults, last_day_of
from portal.models import Organisation
from portal.names import folded
from search.matching import Check
from talent.models import Person, PostHeld

ENDED_BEFORE = "Had a term on a board terminated: the ground must be looked at (SI 1990/2024 regulation 11)"
KNOWN_TO_THE_BOARD = "Has a recorded relationship with somebody who sits on this board"
IN_PARLIAMENT = re.compile(r"\b(member of parliament|parliamentary candidate|prospective candidate)\b")
COMMISSIONING = re.compile(r"\b(clinical commissioning group|ccg)\b")
# A first term is looked at as if it were to begin on the day itself and to last for a year.
MONTHS_LOOKED_AT = 12


def board_obstacles(board: Organisation, seat: Seat | None, day: dt.date) -> Check:
    """A check against `board` and, for a seat, its role: five queries, however many people.

    They come through `matching.with_evidence`; what stands at a record merged into theirs counts as theirs.
    """

    def check(people: Sequence[Person]) -> dict[int, list[str]]:
        kept = _records(people)
        served: dict[int, list[Tenure]] = defaultdict(list)
        for tenure in Tenure.objects.filter(seat__board=board, person__in=kept).select_related("seat"):
            served[kept[tenure.person_id]].append(tenure)
        ended, related = ({kept[record] for record in some} for some in (_terminated(kept), _related(kept, board, day)))
        rule = rule_on(day, foundation_trust=not board.body_appoints) if seat and seat.is_non_executive else None
        trusts = _trusts(day) if seat is not None and seat.role == Seat.Role.CHAIR else {folded(board.name)}
        found = {}
        for person in people:
            reasons = [
                *_served(served[person.pk], board, seat, rule, day),
                *_employed(person, board, trusts, day),
                *_holds_office(person, day),
                *(ENDED_BEFORE,) * (person.pk in ended),
                *(KNOWN_TO_THE_BOARD,) * (person.pk in related),
            ]
            if reasons:
                found[person.pk] = reasons
        return found

    return check


def _records(people: Iterable[Any]) -> dict[int, int]:
    """Each record, also one that was merged into another, -> the person of `people` whose it is."""
    return {record: person.pk for person in people for record in person.all_records}


def _terminated(records: Iterable[int]) -> set[int]:
    """Whose time on any board was ended: on which ground is for the checks to weigh."""
    ends = Tenure.objects.filter(person__in=records, end_kind=Tenure.End.TERMINATION)
    return set(ends.values_list("person", flat=True))


def _related(records: Iterable[int], board: Organisation, day: dt.date) -> set[int]:
    """Who is known to be bound to somebody on the board; how is not told here."""
    sitting = Tenure.objects.sitting_on(day).filter(seat__board=board, person__user__isnull=False)
    recorded = Relationship.objects.in_force(timezone.make_aware(dt.datetime.combine(day, dt.time())))
    known = recorded.filter(user__in=sitting.values("person__user"), person__in=records)
    return set(known.values_list("person", flat=True))


def _trusts(day: dt.date) -> set[str]:
    return set(Organisation.objects.trusts().open_on(day).values_list("sort_name", flat=True))


def _served(
    tenures: Sequence[Tenure], board: Organisation, seat: Seat | None, rule: Rule | None, day: dt.date
) -> Iterator[str]:
    if any(t.starts_on <= day and (t.ends_on is None or t.ends_on >= day) for t in tenures):
        yield "Sits on this board now"
        return
    if rule is None or seat is None or not tenures:
        return
    spells = [tenure.spell(until=day) for tenure in tenures]
    again = Proposal(day, last_day_of(day, MONTHS_LOOKED_AT))
    yield from (fault.says for fault in faults(spells, rule, again, board_id=board.pk, post=seat.role))


def _employed(person: Any, board: Organisation, trusts: set[str], day: dt.date) -> Iterator[str]:
    """SI 1990/2024 regulation 11: no employee of that trust, and as its chair none of any (SI 2014/784)."""
    employers = {folded(post.employer) for post in _held(person.all_posts, day)}
    if folded(board.name) in employers:
        yield "Is employed by this trust, which disqualifies (SI 1990/2024 regulation 11)"
    elif employers & trusts:
        yield "Is employed by an NHS trust, which disqualifies from a chair’s seat (SI 1990/2024 regulation 11)"


def _holds_office(person: Any, day: dt.date) -> Iterator[str]:
    """SI 1990/2024 regulation 11: members of Parliament, and whoever governs or works for a commissioning group."""
    for post in _held(person.all_posts, day):
        words = set(folded(post.title).split())
        if IN_PARLIAMENT.search(folded(post.title)) or "mp" in words:
            yield "Is a member of Parliament or a candidate for it, which disqualifies (SI 1990/2024 regulation 11)"
        if COMMISSIONING.search(folded(post.employer)):
            yield "Governs or works for a commissioning group, which disqualifies (SI 1990/2024 regulation 11)"


def _held(posts: Iterable[PostHeld], day: dt.date) -> Iterator[PostHeld]:
    return (post for post in posts if post.is_held_on(day))
