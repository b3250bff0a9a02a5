"""From a question to a plan: concepts, beginnings of words, misspelt words, and how rare each thing asked for is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Max
from django.db.models.functions import Length

from search.analysis import stem
from search.models import Term
from search.queries import Alternative, Clause, Plan, Question, Scope, clauses_of
from search.vocabulary import Vocabulary, current

# Beginnings stand for at most this many words.
MOST_WORDS = 40
# From these shares of all people on (one in ...), a clause's points count two, three and four times.
RARE = (8, 40, 200)
SHORTEST_MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that nobody has, and the nearest one that somebody has."""

    typed: str
    meant: str


def prepare(
    question: Question, scope: Scope, vocabulary: Vocabulary | None = None
) -> tuple[Plan, tuple[Correction, ...]]:
    """The plan in which everything asked for must be met, and what was taken for misspelt in it."""
    clauses = [_widened(clause) for clause in clauses_of(question.text, vocabulary or current())]
    known = _people_of({term for clause in clauses for way in clause.alternatives for term in way.terms})
    corrections: list[Correction] = []
    clauses = [_corrected(clause, known, corrections) for clause in clauses]
    everyone = Term.objects.aggregate(most=Max("people"))["most"] or 0
    known |= _people_of({stem(correction.meant) for correction in corrections})
    ready = tuple(replace(clause, rarity=_rarity(clause, known, everyone)) for clause in clauses)
    if question.sort == "best" and not any(not clause.excluded for clause in ready):
        question = replace(question, sort="name")
    plan = Plan(question, scope, ready)
    return plan.relaxed(question.at_least or len(plan.wanted)), tuple(corrections)


def _widened(clause: Clause) -> Clause:
    """A beginning such as finan* with the words it stands for: stems are shorter than words."""
    ways = [way for begun in clause.alternatives for way in ((begun, *_begun(begun)) if begun.is_prefix else (begun,))]
    return replace(clause, alternatives=tuple(ways))


def _begun(begun: Alternative) -> Iterable[Alternative]:
    words = Term.objects.filter(word__startswith=begun.terms[0]).order_by("-people", "word")
    stems = dict.fromkeys(words.values_list("stem", flat=True)[:MOST_WORDS])
    return [Alternative((term,), "prefix", begun.text) for term in stems if not term.startswith(begun.terms[0])]


def _people_of(stems: Iterable[str]) -> dict[str, int]:
    rows = Term.objects.filter(stem__in=list(stems)).values_list("stem").annotate(people=Max("people"))
    return dict(rows)


def _corrected(clause: Clause, known: Mapping[str, int], corrections: list[Correction]) -> Clause:
    """The clause with the nearest word added, if its one word stands nowhere."""
    way = clause.alternatives[0]
    if clause.excluded or len(clause.alternatives) > 1 or len(way.terms) > 1 or way.is_prefix or way.how == "phrase":
        return clause
    (term,) = way.terms
    if term in known or len(way.text) < SHORTEST_MISSPELT or _stands_somewhere(term):
        return clause
    meant = nearest(way.text.casefold())
    if not meant:
        return clause
    corrections.append(Correction(clause.text, meant.word))
    return replace(clause, alternatives=(way, Alternative((meant.stem,), "spelling", meant.word)))


# Planned apart: for EXISTS alone the planner expects to meet a word soon, and reads everybody to find it nowhere.
STANDS_SOMEWHERE = """
WITH found AS MATERIALIZED (SELECT FROM search_entry WHERE words @@ plainto_tsquery('simple', %s))
SELECT EXISTS (SELECT FROM found)
"""


def _stands_somewhere(term: str) -> bool:
    """Names are no words of the vocabulary, but they are indexed."""
    with connection.cursor() as cursor:
        cursor.execute(STANDS_SOMEWHERE, [term])
        return bool(cursor.fetchone()[0])


def nearest(word: str) -> Term | None:
    """The known word that takes the fewest slips to come from `word`: one, or two in a long word."""
    slips = 1 if len(word) < 8 else 2
    begins = {word[0], word[1]}
    near = Term.objects.annotate(n=Length("word")).filter(n__gte=len(word) - slips, n__lte=len(word) + slips)
    best: tuple[int, int, str, Term] | None = None
    for begin in sorted(begins):
        for term in near.filter(word__startswith=begin):
            far = distance(word, term.word, most=slips)
            if far <= slips and (best is None or (far, -term.people, term.word) < best[:3]):
                best = (far, -term.people, term.word, term)
    return best[3] if best else None


def distance(one: str, other: str, *, most: int) -> int:
    """Letters to add, drop, change or swap with the next (optimal string alignment); `most` + 1 when it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: Sequence[int] = []
    last: Sequence[int] = range(len(other) + 1)
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


def _rarity(clause: Clause, known: Mapping[str, int], everyone: int) -> int:
    """1 for what many have, up to 4 for what few have; a phrase is as rare as its rarest word."""
    people = max(min(known.get(term, 0) for term in way.terms) for way in clause.alternatives)
    if not people or clause.alternatives[0].is_prefix:
        return 1
    return 1 + sum(everyone >= people * times for times in RARE)
