"""What stands between people and one board: its own rules on terms and disqualification, looked up for all at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from appointments.models import Seat, Tenure
from appointments.models.policy import rule_on
from appointments.terms import Proposal, Rule, faults, last_day_of
from portal.models import Organisation
from portal.names import folded
from search.matching import Check
from talent.models import Person, PostHeld

# A first term is looked at as if it were to begin on the day itself and to last for a year.
MONTHS_LOOKED_AT = 12


def board_obstacles(board: Organisation, seat: Seat | None, day: dt.date) -> Check:
    """A check against `board` and, for a seat, its role: three queries, however many people."""

    def check(people: Sequence[Person]) -> dict[int, list[str]]:
        served: dict[int, list[Tenure]] = defaultdict(list)
        tenures = Tenure.objects.filter(seat__board=board, person__in=[person.pk for person in people])
        for tenure in tenures.select_related("seat"):
            served[tenure.person_id].append(tenure)
        rule = rule_on(day, foundation_trust=not board.body_appoints) if seat and seat.is_non_executive else None
        trusts = _trusts(day) if seat is not None and seat.role == Seat.Role.CHAIR else {folded(board.name)}
        found = {}
        for person in people:
            reasons = [*_served(served[person.pk], board, seat, rule, day), *_employed(person, board, trusts, day)]
            if reasons:
                found[person.pk] = reasons
        return found

    return check


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
    yield from faults(spells, rule, again, board_id=board.pk, post=seat.role)


def _employed(person: Person, board: Organisation, trusts: set[str], day: dt.date) -> Iterator[str]:
    """SI 1990/2024 regulation 11: no employee of that trust, and as its chair none of any (SI 2014/784)."""
    employers = {folded(post.employer) for post in _held(person.posts.all(), day)}
    if folded(board.name) in employers:
        yield "Is employed by this trust, which disqualifies (SI 1990/2024 regulation 11)"
    elif employers & trusts:
        yield "Is employed by an NHS trust, which disqualifies from a chair’s seat (SI 1990/2024 regulation 11)"


def _held(posts: Iterable[PostHeld], day: dt.date) -> Iterator[PostHeld]:
    return (post for post in posts if post.is_held_on(day))
