"""A published equality table as it is read: only what was kept of it, no vault, no count."""

from dataclasses import dataclass

from talent.disclosure import Cell, Shown, percent_of
from talent.likelihood import Ratio
from talent.models import EqualityTable
from talent.monitoring import COMPARED_WORDS, TITLES


@dataclass(frozen=True, slots=True)
class Reading:
    """One question about one unit."""

    question: str
    title: str
    answers: tuple[str, ...]
    rows: tuple[Shown, ...]
    ratio: Ratio | None

    @property
    def withheld(self) -> bool:
        """Whether no answer of any group is shown, since any would give somebody away."""
        return all(cell.shown is None for row in self.rows for cell in row.cells)

    @property
    def ratio_words(self) -> str:
        """Which two answers the relative likelihood compares."""
        return COMPARED_WORDS[self.question]


def reading(table: EqualityTable) -> Reading:
    facts = table.facts
    rows = tuple(_row(group) for group in facts["groups"])
    ratio = Ratio(**facts["ratio"]) if facts["ratio"] else None
    return Reading(table.question, TITLES[table.question], tuple(facts["answers"]), rows, ratio)


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
