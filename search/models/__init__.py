"""What the roof keeps of its own; the searched rows belong to the floors below."""

from search.models.index import Entry, Index, Pending, Phrase, Term
from search.models.record import SearchMade
from search.models.vocabulary import Concept

__all__ = ["Concept", "Entry", "Index", "Pending", "Phrase", "SearchMade", "Term"]
