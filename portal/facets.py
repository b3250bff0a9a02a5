"""What a list can be narrowed by, with how many rows each choice would show."""

from dataclasses import dataclass
from typing import Any

# Of a long facet so many choices are in sight; beside a few more than that, folding would save nothing.
IN_SIGHT, NOT_WORTH_FOLDING = 8, 3


@dataclass(frozen=True, slots=True)
class FacetOption:
    value: Any
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    options: list[FacetOption]

    @property
    def shown(self) -> list[FacetOption]:
        """The fullest choices and all that are chosen, in the facet's own order."""
        if len(self.options) <= IN_SIGHT + NOT_WORTH_FOLDING:
            return self.options
        fullest = sorted(self.options, key=lambda option: (not option.chosen, -option.count))[:IN_SIGHT]
        return [option for option in self.options if option.chosen or option in fullest]

    @property
    def folded(self) -> list[FacetOption]:
        return [option for option in self.options if option not in self.shown]
