"""What people are counted and filtered by: each facet's values as small numbers, the same in both engines."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.db.models import Model, TextChoices

from portal.models import Region
from programmes.models import Scheme
from talent.models import Background, Person, Pool, RoleSought, Sector, Skill, Travel

# A facet's value in one integer: its facet's number above these bits, the value's own number below.
BITS = 24
Labels = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow people: `name` in addresses and answers, `number` in the index (never reused)."""

    name: str
    label: str
    number: int
    labels: Callable[[], Labels]

    def code(self, value: int) -> int:
        return self.number << BITS | value


def _rows(model: type[Model], text: Callable[[Model], str] = str) -> Callable[[], Labels]:
    return lambda: {row.pk: text(row) for row in model._default_manager.all()}


def _choices(choices: type[TextChoices]) -> Callable[[], Labels]:
    return lambda: {number: str(choice.label) for number, choice in enumerate(choices)}


def place_of(choices: type[TextChoices], values: Iterable[str]) -> tuple[int, ...]:
    """The numbers of `values` in a facet made of `choices`; a value that is no longer one is left out."""
    order = _order(choices)
    return tuple(sorted({order[value] for value in values if value in order}))


@cache
def _order(choices: type[TextChoices]) -> Mapping[str, int]:
    return {value: number for number, value in enumerate(choices.values)}


AVAILABILITY = ((Decimal("2.5"), "Up to 2½ days a month"), (Decimal(5), "3 to 5 days"), (Decimal(10), "6 to 10 days"))
MORE_DAYS = "More than 10 days"
BOARD = ((0, "None"), (3, "Under 3 years"), (8, "3 to 8 years"))
MORE_BOARD = "8 years or more"


def availability_of(days: Decimal | None) -> tuple[int, ...]:
    if days is None:
        return ()
    return (sum(days > most for most, _ in AVAILABILITY),)


def board_of(years: float) -> tuple[int, ...]:
    """Which step of BOARD that many years in board-level posts are."""
    if years <= 0:
        return (0,)
    return (1 + sum(years >= least for least, _ in BOARD[1:]),)


def _steps(steps: Iterable[tuple[object, str]], more: str) -> Callable[[], Labels]:
    labels = dict(enumerate([*(label for _, label in steps), more]))
    return lambda: labels


FACETS: tuple[Facet, ...] = (
    Facet("region", "Lives in", 0, _rows(Region)),
    Facet("works_in", "Would serve in", 1, _rows(Region)),
    Facet("travel", "Would travel", 2, lambda: {choice.value: str(choice.label) for choice in Travel}),
    Facet("sector", "Sector", 3, _choices(Sector)),
    Facet("role", "Role sought", 4, _choices(RoleSought)),
    Facet("skill", "Skills", 11, _rows(Skill)),
    Facet("readiness", "Readiness", 5, _choices(Person.Readiness)),
    Facet("background", "Professional background", 6, _choices(Background)),
    Facet("board", "Board experience", 7, _steps(BOARD, MORE_BOARD)),
    Facet("availability", "Availability", 8, _steps(AVAILABILITY, MORE_DAYS)),
    Facet("scheme", "Scheme", 9, _rows(Scheme)),
    Facet("pool", "Talent pool", 10, _rows(Pool)),
)
BY_NAME: Mapping[str, Facet] = {facet.name: facet for facet in FACETS}
