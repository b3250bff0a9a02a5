"""What a match counts and why: the dated weights of search/data/weights.toml."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "weights.toml"


@dataclass(frozen=True, slots=True)
class Weights:
    """One row of the file, in force from a day on; each weight has its reason."""

    in_force_from: dt.date
    essential: int
    desirable: int
    met: int
    recency: int
    depth: int
    recent_years: int
    forgotten_years: int
    deep_years: int
    beyond: int
    why_essential: str
    why_met: str
    why_recency: str
    why_depth: str
    why_beyond: str

    def lately(self, years_ago: float | None) -> float:
        """0 to 1 for how long ago something ended: 1 while it is recent, 0 once it is forgotten, ½ where unknown."""
        if years_ago is None:
            return 0.5
        span = self.forgotten_years - self.recent_years
        return min(max((self.forgotten_years - years_ago) / span, 0.0), 1.0)

    def long(self, years: float | None) -> float:
        """0 to 1 for how many years something was done; ½ where unknown."""
        return 0.5 if years is None else min(years / self.deep_years, 1.0)


@lru_cache(maxsize=1)
def _every() -> tuple[Weights, ...]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["weights"]
    return tuple(sorted((Weights(**row) for row in rows), key=lambda row: row.in_force_from))


def weights_on(day: dt.date) -> Weights:
    """The weights in force on `day`; before the first row, the first."""
    begun = [row for row in _every() if row.in_force_from <= day]
    return begun[-1] if begun else _every()[0]
