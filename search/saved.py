"""Saved searches as they are run: the question again, said in words, with what of it is not there any more."""

import datetime as dt
from dataclasses import dataclass, replace

from django.http import QueryDict

from search.asking import Answer, ask
from search.facets import BY_NAME, Labels
from search.queries import MOST_CLAUSES, Question, Scope
from talent.models import SavedSearch


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked for: "Role sought": "Non-executive director or Chair"."""

    label: str
    text: str


def question_of(saved: SavedSearch) -> Question:
    """Everything must be met: a pool by rule does not fill itself with people who nearly fit."""
    return replace(Question.of_data(saved.question), at_least=MOST_CLAUSES)


def run(saved: SavedSearch, scope: Scope, *, after: tuple[object, ...] | None = None) -> Answer:
    return ask(replace(question_of(saved), after=after), scope)


class Names(dict[str, Labels]):
    """What the values of each facet are called, looked up once however many searches are put into words."""

    def __missing__(self, facet: str) -> Labels:
        self[facet] = labels = BY_NAME[facet].labels() if facet in BY_NAME else {}
        return labels


def parts_of(question: Question, names: Names) -> list[Part]:
    """The question in words; a choice that is not there any more is left to `lost_in`."""
    found = [Part("Words", question.text)] if question.text else []
    for name, values in question.chosen.items():
        named = [names[name][value] for value in values if value in names[name]]
        if named:
            found.append(Part(BY_NAME[name].label, " or ".join(named)))
    for label, tenths in (("Days a month from", question.days_from), ("Days a month to", question.days_to)):
        if tenths is not None:
            found.append(Part(label, f"{tenths / 10:g}"))
    return found


def lost_in(question: Question, names: Names) -> list[str]:
    """The facets of which a chosen value is not there any more: a pool that was closed, a scheme that is gone."""
    chosen = question.chosen.items()
    return [BY_NAME[name].label for name, values in chosen if name in BY_NAME and not set(values) <= names[name].keys()]


def stale_because(saved: SavedSearch, *, at: dt.datetime, names: Names) -> list[str]:
    """Why whoever relies on this search should look at it again; empty when there is no reason."""
    lost = lost_in(question_of(saved), names)
    reasons = [f"“{label}” names something that is not there any more." for label in lost]
    if saved.is_stale(at):
        reasons.append(f"Nobody has looked at it for {(at - saved.opened_at).days} days.")
    return reasons


def as_address(question: Question) -> str:
    """The same question on the search page."""
    asked = QueryDict(mutable=True)
    if question.text:
        asked["q"] = question.text
    for name, values in question.chosen.items():
        asked.setlist(name, [str(value) for value in values])
    for name, tenths in (("days_from", question.days_from), ("days_to", question.days_to)):
        if tenths is not None:
            asked[name] = f"{tenths / 10:g}"
    if question.sort != "best":
        asked["sort"] = question.sort
    return asked.urlencode()
