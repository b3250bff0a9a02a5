"""The vocabulary's phrases as words of PostgreSQL's index: it answers for them without reading anybody's text."""

from collections.abc import Iterable, Iterator, Sequence

from search.models import Phrase
from search.vocabulary import current

MARK = "~"  # no word begins so
LONGEST = 200
Terms = tuple[str, ...]


def word_of(terms: Terms) -> str:
    """The phrase as one word of the index."""
    return MARK + " ".join(terms)


class Phrases:
    """Those that are looked for in whoever is written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[Terms, str]]] = {}
        for terms in map(tuple, map(str.split, texts)):
            self._by_first.setdefault(terms[0], []).append((terms, word_of(terms)))

    def held(self, words: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Where in `words` each of them begins."""
        begins = self._by_first
        for place in [place for place, word in enumerate(words) if word in begins]:
            for terms, one in begins[words[place]]:
                if tuple(words[place : place + len(terms)]) == terms:
                    yield place, one


def to_write(version: int) -> Phrases:
    """All that whoever is written with `version` is searched for; notes from which version on a new one is.

    To be called by the index's one writer, before it reads a text.
    """
    texts = (" ".join(terms) for terms in current().by_terms if len(terms) > 1)
    wanted = {text for text in texts if len(text) <= LONGEST}
    known = set(Phrase.objects.values_list("text", flat=True))
    Phrase.objects.bulk_create([Phrase(text=text, since=version) for text in sorted(wanted - known)])
    return Phrases(wanted | known)
