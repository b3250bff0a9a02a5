"""What a vacancy, a placement or a challenged trust asks for: criteria, and who is not asked at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Model

from portal.models import Region
from search.criteria import Criterion, read
from search.vocabulary import Vocabulary, current
from talent.models import Background, Person, Pool, RoleSought, Sector

MOST_CRITERIA = 30
# Trusts from this oversight segment on, or with one of these ratings, need somebody who has turned one round.
CHALLENGED_FROM = 3
CHALLENGED_RATINGS = ("inadequate", "requires_improvement", "requires improvement")
CHALLENGED = "Turnaround, special measures or financial recovery"


class SpecificationRefused(Exception):
    """`str()` says what cannot be read, fit for the screen."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Whom the specification leaves out, whatever they bring. Empty: nobody."""

    region_ids: frozenset[int] = frozenset()  # lives there, or would serve there
    sectors: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    backgrounds: frozenset[str] = frozenset()
    readiness: frozenset[str] = frozenset()
    pool_ids: frozenset[int] = frozenset()
    days_a_month: Decimal | None = None
    travel_minutes: int | None = None

    def chosen(self) -> dict[str, tuple[int, ...]]:
        """As an engine's facets, apart from the region (two facets, either of which will do) and the numbers."""
        orders = {
            "sector": (Sector, self.sectors),
            "role": (RoleSought, self.roles),
            "background": (Background, self.backgrounds),
            "readiness": (Person.Readiness, self.readiness),
        }
        found = {
            name: tuple(sorted(list(choices.values).index(value) for value in values))
            for name, (choices, values) in orders.items()
            if values
        }
        return found | ({"pool": tuple(sorted(self.pool_ids))} if self.pool_ids else {})


@dataclass(frozen=True, slots=True)
class Specification:
    """What is asked for, ready to be matched."""

    title: str
    text: str
    criteria: tuple[Criterion, ...]
    filters: Filters = field(default_factory=Filters)
    ignored: tuple[str, ...] = ()  # what was given and means nothing here

    @property
    def essential(self) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.essential)

    @property
    def desirable(self) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if not criterion.essential)


def specified(
    *,
    title: str,
    text: str = "",
    essential: Iterable[str] = (),
    desirable: Iterable[str] = (),
    filters: Filters | None = None,
    ignored: Sequence[str] = (),
    vocabulary: Vocabulary | None = None,
) -> Specification:
    """The specification of these sentences; without any, those of its text count as desirable."""
    known = vocabulary or current()
    must, may = list(dict.fromkeys(_clean(essential))), list(dict.fromkeys(_clean(desirable)))
    if not must and not may:
        may = _clean(text.replace(". ", "\n").splitlines()) or _clean([title])
    if len(must) + len(may) > MOST_CRITERIA:
        raise SpecificationRefused(f"A specification has at most {MOST_CRITERIA} criteria.")
    criteria = [read(each, essential=True, vocabulary=known) for each in must]
    criteria += [read(each, essential=False, vocabulary=known) for each in may if each not in must]
    return Specification(title.strip(), text.strip(), tuple(criteria), filters or Filters(), tuple(ignored))


def _clean(texts: Iterable[str]) -> list[str]:
    return [bare for text in texts if (bare := text.strip(" \t\n\r*•-"))]


def of_data(data: object) -> Specification:
    """The specification in a JSON file: `docs/matching.md` lists what it may hold. Raises SpecificationRefused."""
    if not isinstance(data, dict):
        raise SpecificationRefused("A specification is a JSON object.")
    nested = data.get("filters")
    given = {**{key: value for key, value in data.items() if key != "filters"}, **_mapping(nested)}
    wishes = [*_texts(given, "desirable"), *_texts(given, "skills"), *_challenge(given)]
    return specified(
        title=_text(given, "title"),
        text=_text(given, "text"),
        essential=_texts(given, "essential"),
        desirable=wishes,
        filters=_filters(given),
        ignored=sorted(given.keys() - KNOWN),
    )


FILTERS = ("region", "sector", "role", "background", "readiness", "pool", "days_a_month", "travel_minutes")
PLURALS = {"regions": "region", "sectors": "sector", "roles": "role", "backgrounds": "background", "pools": "pool"}
KNOWN = frozenset({"title", "text", "essential", "desirable", "skills", "segment", "cqc_rating", *FILTERS, *PLURALS})


def _mapping(value: object) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise SpecificationRefused("filters: must be a JSON object.")
    return value


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name) or ""
    if not isinstance(value, str):
        raise SpecificationRefused(f"{name}: must be text.")
    return value.replace("\x00", "")


def _texts(data: Mapping[str, Any], *names: str) -> list[str]:
    found: list[str] = []
    for name in names:
        value = data.get(name)
        for one in [] if value is None else value if isinstance(value, list) else [value]:
            text = one.get("text") or one.get("name") if isinstance(one, dict) else one
            if not isinstance(text, str | int | float) or isinstance(text, bool):
                raise SpecificationRefused(f"{name}: must be a text or a list of texts.")
            found.append(str(text).replace("\x00", ""))
    return found


def _challenge(data: Mapping[str, Any]) -> list[str]:
    """What a trust's segment and rating ask for."""
    segment = _number(data, "segment")
    ratings = [text.strip().casefold() for text in _texts(data, "cqc_rating")]
    challenged = (segment or 0) >= CHALLENGED_FROM or any(rating in CHALLENGED_RATINGS for rating in ratings)
    return [CHALLENGED] if challenged else []


def _number(data: Mapping[str, Any], name: str) -> Decimal | None:
    value = data.get(name)
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise SpecificationRefused(f"{name}: must be a number.")
    return number


def _filters(data: Mapping[str, Any]) -> Filters:
    said = {name: _texts(data, name, *(many for many, one in PLURALS.items() if one == name)) for name in FILTERS[:6]}
    travel = _number(data, "travel_minutes")
    return Filters(
        region_ids=_rows(said["region"], Region, "region", "code"),
        pool_ids=_rows(said["pool"], Pool, "pool", "slug"),
        sectors=_values(said["sector"], Sector, "sector"),
        roles=_values(said["role"], RoleSought, "role"),
        backgrounds=_values(said["background"], Background, "background"),
        readiness=_values(said["readiness"], Person.Readiness, "readiness"),
        days_a_month=_number(data, "days_a_month"),
        travel_minutes=int(travel) if travel is not None else None,
    )


def _rows(asked: Sequence[str], model: type[Model], name: str, short: str) -> frozenset[int]:
    if not asked:
        return frozenset()
    known = {}
    for row in model._default_manager.all():
        known.update({str(row).casefold(): row.pk, str(getattr(row, short)).casefold(): row.pk})
    return frozenset(_known(asked, known, name))


def _values(asked: Sequence[str], choices: Any, name: str) -> frozenset[str]:
    known = {}
    for choice in choices:
        known.update({str(choice.label).casefold(): choice.value, str(choice.value).casefold(): choice.value})
        known[str(choice.value).replace("_", " ").casefold()] = choice.value
    return frozenset(_known(asked, known, name))


def _known(asked: Sequence[str], known: Mapping[str, Any], name: str) -> list[Any]:
    unknown = [text for text in asked if text.strip().casefold() not in known]
    if unknown:
        raise SpecificationRefused(f"{name}: there is no {unknown[0]!r}; known are {', '.join(sorted(known))}.")
    return [known[text.strip().casefold()] for text in asked]
