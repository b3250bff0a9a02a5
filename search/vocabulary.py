"""What means the same: the concepts that staff keep, as terms, ready to be found in a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max

from search.analysis import phrase
from search.models import Concept


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say a concept: as it is written, and as terms."""

    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every form's terms -> all forms of the concepts it belongs to."""

    by_terms: Mapping[tuple[str, ...], tuple[Form, ...]]
    longest: int

    def at(self, terms: Sequence[str], start: int) -> tuple[int, tuple[Form, ...]]:
        """The longest form that begins at `start`: how many terms it takes, and all its forms; (0, ()) if none."""
        for length in range(min(self.longest, len(terms) - start), 0, -1):
            forms = self.by_terms.get(tuple(terms[start : start + length]))
            if forms:
                return length, forms
        return 0, ()


def gathered(concepts: Sequence[Sequence[str]]) -> Vocabulary:
    """The vocabulary of these concepts, each a list of its forms; a form of two concepts means both."""
    by_terms: dict[tuple[str, ...], dict[tuple[str, ...], Form]] = {}
    for names in concepts:
        forms = [Form(name, terms) for name in names if (terms := phrase(name))]
        for form in forms:
            by_terms.setdefault(form.terms, {}).update({other.terms: other for other in forms})
    return Vocabulary(
        by_terms={terms: tuple(forms.values()) for terms, forms in by_terms.items()},
        longest=max(map(len, by_terms), default=0),
    )


_kept: dict[tuple[object, ...], Vocabulary] = {}


def current() -> Vocabulary:
    """The vocabulary as it stands now: one small query, and the rest only when somebody has changed it."""
    stamp = tuple(Concept.objects.aggregate(n=Count("pk"), last=Max("updated_at"), top=Max("pk")).values())
    if stamp not in _kept:
        _kept.clear()
        _kept[stamp] = gathered([concept.all_forms for concept in Concept.objects.all()])
    return _kept[stamp]
