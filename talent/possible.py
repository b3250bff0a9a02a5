"""What else the exact counts of a table could be, for a reader who knows all that is published. Pure.

Groups of people lie within one another (those shortlisted are some of those who applied), and every group's total is
known. Counts that keep to this are flows in a network: from the source through each answer's groups, out at the last
group a person belongs to. Starting from the true counts, a count can be one more or less exactly when a cycle leads
through it in the residual network (Ford and Fulkerson 1956): what is found here is what is possible, no more, no less.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

SOURCE = -1


@dataclass(frozen=True, slots=True)
class Within:
    """A group's counts by answer, the least and most each may be taken for, and the group around it, if any."""

    parent: int | None
    counts: tuple[int, ...]
    limits: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Arc:
    start: int
    end: int
    low: int
    high: int


class Possible:
    """The network of one table. Nodes are numbered: each group's answers, then each group's way out."""

    def __init__(self, groups: Sequence[Within]) -> None:
        self._answers = len(groups[0].counts) if groups else 0
        self._arcs: list[_Arc] = []
        self._flow: list[int] = []
        self._around: dict[int, list[int]] = {}
        for number, group in enumerate(groups):
            for answer, (low, high) in enumerate(group.limits):
                start = SOURCE if group.parent is None else self._node(group.parent, answer)
                self._add(_Arc(start, self._node(number, answer), low, high), group.counts[answer])
        total = sum(sum(group.counts) for group in groups)
        for number, group in enumerate(groups):
            way_out = len(groups) * self._answers + number
            for answer, count in enumerate(group.counts):
                staying = sum(inner.counts[answer] for inner in groups if inner.parent == number)
                self._add(_Arc(self._node(number, answer), way_out, 0, total), count - staying)

    def _node(self, group: int, answer: int) -> int:
        return group * self._answers + answer

    def _add(self, arc: _Arc, flow: int) -> None:
        if not arc.low <= flow <= arc.high:
            raise ValueError("A group inside another cannot be larger than it.")
        for node in (arc.start, arc.end):
            self._around.setdefault(node, []).append(len(self._arcs))
        self._arcs.append(arc)
        self._flow.append(flow)

    def values(self, group: int, answer: int, *, enough: int) -> int:
        """How many values this count could have; it stops counting at `enough`."""
        arc = self._node(group, answer)  # the arcs of counts come first, in the order of their nodes
        found = 1
        for step in (1, -1):
            flow = list(self._flow)
            while found < enough and self._move(flow, arc, step):
                found += 1
        return found

    def _move(self, flow: list[int], number: int, step: int) -> bool:
        """Changes the count by one and balances it elsewhere, if that is possible."""
        arc = self._arcs[number]
        if not arc.low <= flow[number] + step <= arc.high:
            return False
        start, goal = (arc.end, arc.start) if step > 0 else (arc.start, arc.end)
        path = self._path(flow, start, goal, without=number)
        if path is None:
            return False
        flow[number] += step
        for other, change in path:
            flow[other] += change
        return True

    def _path(self, flow: list[int], start: int, goal: int, *, without: int) -> list[tuple[int, int]] | None:
        """Arcs, each with the change it can take, that lead from `start` to `goal`; the shortest such way."""
        came: dict[int, tuple[int, int, int]] = {}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            if node == goal:
                return self._back(came, start, goal)
            for number in self._around[node]:
                arc = self._arcs[number]
                change = 1 if arc.start == node else -1
                after = arc.end if change > 0 else arc.start
                if number == without or after in came or after == start:
                    continue
                if arc.low <= flow[number] + change <= arc.high:
                    came[after] = (node, number, change)
                    waiting.append(after)
        return None

    @staticmethod
    def _back(came: dict[int, tuple[int, int, int]], start: int, goal: int) -> list[tuple[int, int]]:
        path, node = [], goal
        while node != start:
            node, number, change = came[node]
            path.append((number, change))
        return path
