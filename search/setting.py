"""What a vacancy says beyond its criteria: the role in its title, and what its text is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.criteria import Criterion, Reading, Thing, read
from search.evidence import find
from search.specification import Specification
from search.stretches import Stretch
from search.vocabulary import Vocabulary, current
from search.wording import keys
from talent.models import Person

MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Setting:
    """`role` is what the title asks for; `about` the words of the text, in keys."""

    role: Criterion | None
    about: frozenset[str]

    def share_met(self, person: Person, there: Sequence[Stretch]) -> float | None:
        """How much of it is met, 0 to 1; None where the vacancy says nothing beyond its criteria."""
        parts = []
        if self.role is not None:
            parts.append(1.0 if _seeks(person, self.role) or find(self.role, there) else 0.0)
        if self.about:
            known = frozenset[str]().union(*(stretch.keys for stretch in there))
            parts.append(len(self.about & known) / len(self.about))
        return sum(parts) / len(parts) if parts else None


def setting_of(specification: Specification, vocabulary: Vocabulary | None = None) -> Setting:
    known = vocabulary or current()
    title = read(specification.title, essential=False, vocabulary=known) if specification.title else None
    roles = [thing for reading in title.readings for thing in reading.hard if thing.is_role] if title else []
    asked = {key for criterion in specification.criteria for key in keys(criterion.text)}
    about = [key for key in dict.fromkeys(keys(specification.text)) if key not in asked]
    return Setting(_role(roles[0]) if roles else None, frozenset(about[:MOST_WORDS]))


def _role(thing: Thing) -> Criterion:
    return Criterion(thing.text, False, (Reading((thing,)),))


def _seeks(person: Person, role: Criterion) -> bool:
    ways = {way for reading in role.readings for thing in reading.hard for way in thing.ways}
    return any(keys(label) in ways for label in person.role_labels)
