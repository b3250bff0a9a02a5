"""A published equality table as it is read: only what was kept of it, no vault, no count."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from talent.disclosure import Cell, Shown, percent_of
from talent.likelihood import Ratio
from talent.models import EqualityTable
from talent.monitoring import COMPARED_WORDS, TITLES
from talent.passing import Step

# Who was appointed of those who were shortlisted: indicator 2 of the Workforce Race Equality Standard.
WRES = Step("shortlisted", "appointed")


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How much likelier the first of two answers' people were to come from one group to another."""

    question: str
    step: Step
    before: str
    after: str
    ratio: Ratio

    @property
    def words(self) -> str:
        """Which two answers are compared."""
        return COMPARED_WORDS[self.question]

    @property
    def way(self) -> str:
        return f"{self.before} to {self.after[:1].lower()}{self.after[1:]}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One question about one unit."""

    question: str
    title: str
    answers: tuple[str, ...]
    rows: tuple[Shown, ...]
    likelihoods: tuple[Likelihood, ...] = ()  # stage by stage, then those that leap over stages

    @property
    def withheld(self) -> bool:
        """Whether no answer of any group is shown, since any would give somebody away."""
        return all(cell.shown is None for row in self.rows for cell in row.cells)


def reading(table: EqualityTable) -> Reading:
    facts = table.facts
    rows = tuple(_row(group) for group in facts["groups"])
    likelihoods = _likelihoods(table.question, rows, _ratios(facts))
    return Reading(table.question, TITLES[table.question], tuple(facts["answers"]), rows, likelihoods)


def _ratios(facts: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """As they are kept now, and the one ratio of tables that were published before each stage had its own."""
    if "ratios" in facts:
        return facts["ratios"]  # type: ignore[no-any-return]
    return [{**asdict(WRES), **facts["ratio"]}] if facts["ratio"] else []


def _likelihoods(question: str, rows: Sequence[Shown], ratios: Sequence[Mapping[str, Any]]) -> tuple[Likelihood, ...]:
    place = {row.key: number for number, row in enumerate(rows)}

    def in_order(one: Likelihood) -> tuple[bool, int]:
        before, after = place[one.step.before], place[one.step.after]
        return after - before > 1, before

    found = (_likelihood(question, {row.key: row.label for row in rows}, kept) for kept in ratios)
    return tuple(sorted(found, key=in_order))


def _likelihood(question: str, labels: Mapping[str, str], kept: Mapping[str, Any]) -> Likelihood:
    step = Step(kept["before"], kept["after"])
    ratio = Ratio(kept["value"], kept["low"], kept["high"])
    return Likelihood(question, step, labels[step.before], labels[step.after], ratio)


def _row(group: dict[str, object]) -> Shown:
    total, cells = group["total"], group["cells"]
    return Shown(
        str(group["key"]),
        str(group["label"]),
        Cell(total, percent_of(total, total)),  # type: ignore[arg-type]
        tuple(Cell(cell, percent_of(cell, total)) for cell in cells),  # type: ignore[attr-defined, arg-type]
    )


def share(row: Shown, answer: int, against: int) -> int | None:
    """How many percent gave `answer` of those who gave either, from the rounded figures; None where one is a star."""
    one, other = row.cells[answer].shown, row.cells[against].shown
    return None if one is None or other is None else percent_of(one, one + other)


# What boards and stages are compared by: the question, the answer and the one against it, by their places.
SHARES = {"women": ("sex", 0, 1), "bme": ("ethnicity", 1, 0), "disabled": ("disability", 0, 1)}
