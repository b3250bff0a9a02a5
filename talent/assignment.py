"""Who reviews what: a balanced plan that skips conflicts and says what it cannot fill. Pure: same input, same plan.

Each application first goes to its least loaded free reviewers; then work is passed along chains of reviewers until
no chain makes the heaviest load lighter, which is the most even sharing there is. Only then is a limit applied.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Pair = tuple[int, int]  # (application, reviewer)


@dataclass(frozen=True, slots=True)
class Assignment:
    application: int
    reviewer: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unfilled:
    application: int
    short_by: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    assignments: tuple[Assignment, ...]
    unfilled: tuple[Unfilled, ...]
    loads: Mapping[int, int]  # reviewer -> reviews in hand when the plan is applied


def plan(
    applications: Iterable[int],
    *,
    reviewers: Mapping[int, int],
    each: int,
    conflicts: Iterable[Pair] = (),
    already: Iterable[Pair] = (),
    limit: int | None = None,
) -> Plan:
    """Gives every application `each` reviewers, counting those it has.

    `reviewers` maps each reviewer to the reviews already in hand; `conflicts` are pairs that may never be made;
    `already` are pairs that stand; `limit` is the most that anybody should have in hand.
    """
    work = _Work(sorted(set(applications)), dict(sorted(reviewers.items())), set(conflicts), set(already))
    work.share(each)
    work.even_out()
    dropped = work.drop_above(limit) if limit is not None else set()
    return Plan(tuple(work.assignments()), tuple(work.unfilled(each, dropped, limit)), dict(work.loads))


class _Work:
    """The plan while it is being made; everything is walked in order of number, so that it comes out the same."""

    def __init__(
        self, applications: list[int], loads: dict[int, int], conflicts: set[Pair], already: set[Pair]
    ) -> None:
        self.applications, self.loads, self.conflicts = applications, loads, conflicts
        self.had = Counter(application for application, _ in already)
        self.given: dict[int, set[int]] = {a: set() for a in applications}
        self.held: dict[int, set[int]] = {r: set() for r in loads}
        self.free = {a: [r for r in loads if (a, r) not in conflicts | already] for a in applications}

    def share(self, each: int) -> None:
        for application in sorted(self.applications, key=lambda a: (len(self.free[a]), a)):
            wanted = each - self.had[application]
            for reviewer in sorted(self.free[application], key=lambda r: (self.loads[r], r))[: max(wanted, 0)]:
                self._give(application, reviewer)

    def even_out(self) -> None:
        while chain := next((c for r in self._heaviest_first() if (c := self._lighter_chain(r))), None):
            for application, giver, taker in chain:
                self._take(application, giver)
                self._give(application, taker)

    def drop_above(self, limit: int) -> set[int]:
        """Takes back what is over the limit, the last applications first; answers which they were."""
        dropped = set()
        for reviewer in self.loads:
            for application in sorted(self.held[reviewer], reverse=True)[: max(self.loads[reviewer] - limit, 0)]:
                self._take(application, reviewer)
                dropped.add(application)
        return dropped

    def _give(self, application: int, reviewer: int) -> None:
        self.given[application].add(reviewer)
        self.held[reviewer].add(application)
        self.loads[reviewer] += 1

    def _take(self, application: int, reviewer: int) -> None:
        self.given[application].remove(reviewer)
        self.held[reviewer].remove(application)
        self.loads[reviewer] -= 1

    def _heaviest_first(self) -> list[int]:
        return sorted(self.loads, key=lambda r: (-self.loads[r], r))

    def _lighter_chain(self, start: int) -> list[tuple[int, int, int]]:
        """The shortest chain of hand-overs from `start` to somebody with at least two reviews fewer; [] if none."""
        came: dict[int, tuple[int, int] | None] = {start: None}
        queue = deque([start])
        while queue:
            giver = queue.popleft()
            if self.loads[giver] + 2 <= self.loads[start]:
                return self._walk_back(came, giver)
            for application in sorted(self.held[giver]):
                for taker in self.free[application]:
                    if taker not in came and taker not in self.given[application]:
                        came[taker] = (application, giver)
                        queue.append(taker)
        return []

    @staticmethod
    def _walk_back(came: dict[int, tuple[int, int] | None], last: int) -> list[tuple[int, int, int]]:
        """The hand-overs from the light end, so that nobody is given the same application twice on the way."""
        chain = []
        while (step := came[last]) is not None:
            application, giver = step
            chain.append((application, giver, last))
            last = giver
        return chain

    def assignments(self) -> list[Assignment]:
        return [Assignment(a, r, self._reason(a, r)) for a in self.applications for r in sorted(self.given[a])]

    def _reason(self, application: int, reviewer: int) -> str:
        barred = sum(1 for r in self.loads if (application, r) in self.conflicts)
        skipped = f"; {barred} left out for a conflict" if barred else ""
        return f"{self.loads[reviewer]} in hand, the most even share{skipped}"

    def unfilled(self, each: int, dropped: set[int], limit: int | None) -> list[Unfilled]:
        found = []
        for application in self.applications:
            has = len(self.given[application]) + self.had[application]
            if has < each:
                why = (
                    f"everybody free of a conflict has {limit} in hand"
                    if application in dropped
                    else f"{len(self.free[application])} free of a conflict, {each} wanted"
                )
                found.append(Unfilled(application, each - has, why))
        return found
