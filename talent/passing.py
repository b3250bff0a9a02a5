"""How much likelier one group's people came from stage to stage than another's, as far as a table can bear it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from talent.disclosure import Counted, Place, Shown, protected, withheld
from talent.likelihood import Ratio, relative_likelihood


@dataclass(frozen=True, slots=True)
class Step:
    """Two groups of a table by their keys: who could come through, and who did."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Passing:
    """One step and the relative likelihood of coming through it."""

    step: Step
    ratio: Ratio


def with_passings(
    groups: Sequence[Counted], pair: tuple[int, int] | None, steps: Sequence[Step]
) -> tuple[tuple[Shown, ...], tuple[Passing, ...]]:
    """The table as it may be shown, and of which steps the ratio of the two answers at `pair` may stand beside it.

    A ratio rests on exact counts, so those are taken to be known to everybody, together with those of the ratios before
    it in `steps`; one that the table cannot bear is left out.
    """
    shown = protected(groups) or withheld(groups)
    if pair is None:
        return shown, ()
    known: frozenset[Place] = frozenset()
    passings: list[Passing] = []
    for step in steps:
        ratio, rests_on = _ratio(groups, pair, step)
        beside = protected(groups, known=known | rests_on) if ratio else None
        if ratio and beside:
            shown, known = beside, known | rests_on
            passings.append(Passing(step, ratio))
    return shown, tuple(passings)


def _ratio(groups: Sequence[Counted], pair: tuple[int, int], step: Step) -> tuple[Ratio | None, frozenset[Place]]:
    """The ratio of the first answer to the second, and where the counts stand that it rests on."""
    before, after = (next(n for n, group in enumerate(groups) if group.key == key) for key in (step.before, step.after))
    first, second = ((groups[after].counts[one], groups[before].counts[one]) for one in pair)
    places = frozenset((group, answer) for group in (before, after) for answer in pair)
    return relative_likelihood(first=first, second=second), places
