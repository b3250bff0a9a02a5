"""The vocabulary that finds people finds pages too: plugged into the ground floor's socket."""

from portal.wording import Unit, knows
from search.analysis import normal, words
from search.vocabulary import current


@knows
def units(query: str) -> list[Unit]:
    """The query's words in order, those that name one concept together with all its forms. One small query."""
    query = normal(query)
    asked = [word for word in words(query) if word is not None and word.term]
    vocabulary, terms = current(), [word.term for word in asked]
    found, start = [], 0
    while start < len(asked):
        length, forms = vocabulary.at(terms, start)
        taken = asked[start : start + max(length, 1)]
        others = (form.text for form in forms if form.terms != tuple(terms[start : start + length]))
        found.append(Unit(query[taken[0].start : taken[-1].end], tuple(dict.fromkeys(others))))
        start += len(taken)
    return found
