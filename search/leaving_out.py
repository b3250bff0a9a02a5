"""Who is left out of a match by its filters, and why, in words fit for them to read."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from search.specification import Filters
from talent.models import Background, Person, PoolMembership, RoleSought, Sector


def reasons_of(people: Sequence[Person], filters: Filters) -> dict[int, list[str]]:
    """Person -> why they are left out; those who are not are not in it. People come through `with_evidence`."""
    found = {person.pk: list(_reasons(person, filters)) for person in people}
    return {person: reasons for person, reasons in found.items() if reasons}


def _reasons(person: Person, filters: Filters) -> Iterator[str]:
    if filters.region_ids:
        regions = {region.pk for region in person.works_in.all()} | ({person.region_id} - {None})
        if not regions:
            yield "Has not said where they live or would serve"
        elif not regions & filters.region_ids:
            yield "Neither lives in the region nor would serve there"
    if filters.days_a_month is not None:
        if person.days_a_month is None:
            yield "Has not said how many days a month they have"
        elif person.days_a_month < filters.days_a_month:
            yield f"Has {_days(person.days_a_month)} days a month; {_days(filters.days_a_month)} are needed"
    if filters.travel_minutes is not None and (person.travel_minutes or 0) < filters.travel_minutes:
        yield "Would not travel so far"
    yield from _stated(person, filters)


def _stated(person: Person, filters: Filters) -> Iterator[str]:
    if filters.sectors and not filters.sectors & set(person.sectors):
        yield f"Has not worked in {_named(Sector, filters.sectors)}"
    if filters.roles and not filters.roles & set(person.roles_sought):
        yield f"Does not look for a role as {_named(RoleSought, filters.roles)}"
    if filters.backgrounds and person.background not in filters.backgrounds:
        yield f"Comes from another profession than {_named(Background, filters.backgrounds)}"
    if filters.readiness and person.readiness not in filters.readiness:
        yield f"Is not {_named(Person.Readiness, filters.readiness)}"
    consents: list[PoolMembership] = person.consents  # type: ignore[attr-defined]
    if filters.pool_ids and not filters.pool_ids & {consent.pool_id for consent in consents}:
        yield "Does not consent to be found through this pool"


def _named(
    choices: type[Sector] | type[RoleSought] | type[Background] | type[Person.Readiness], values: frozenset[str]
) -> str:
    return " or ".join(str(choice.label).lower() for choice in choices if choice.value in values)


def _days(number: Decimal) -> str:
    return f"{number.normalize():f}"
