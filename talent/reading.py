"""An application's answers as somebody reads them: staff whole, reviewers redacted, never more than is theirs. Pure."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.words import long_date
from programmes.questions import Kind, Question, Questions, Topic
from talent.redaction import Hidden, Piece, is_for_reviewers, pieces, without_words

Line = tuple[Piece, ...]
Cut = Callable[[str], Line]


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what was answered: lines of text, or rows of (label, line)."""

    label: str
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[tuple[str, Line], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    answers: tuple[Answer, ...]


def for_staff(questions: Questions, answers: Mapping[str, Any], *, at_interview: bool) -> list[Part]:
    """Everything but files, which stand apart; political activity from the interview on only."""

    def shown(question: Question) -> bool:
        return question.kind is not Kind.FILE and (at_interview or question.topic is not Topic.POLITICAL)

    return _parts(questions, answers, shown, _as_written)


def _as_written(text: str) -> Line:
    return (Piece(text),) if text else ()


def for_reviewer(questions: Questions, answers: Mapping[str, Any], hidden: Hidden) -> list[Part]:
    """The blind round: no identifying question, and every hidden word taken out of what is left."""
    return _parts(questions, answers, is_for_reviewers, lambda text: without_words(pieces(text, hidden)))


def for_preview(questions: Questions, answers: Mapping[str, Any], hidden: Hidden) -> list[Part]:
    """What the reviewer will read, with the hidden words still in their pieces: for the team."""
    return _parts(questions, answers, is_for_reviewers, lambda text: pieces(text, hidden))


def _parts(questions: Questions, answers: Mapping[str, Any], shown: Callable[[Question], bool], cut: Cut) -> list[Part]:
    parts = []
    for section in questions.sections:
        found = tuple(_answer(q, answers.get(q.key), shown, cut) for q in section.shown(answers) if shown(q))
        if found:
            parts.append(Part(section.title, found))
    return parts


def _answer(question: Question, given: Any, shown: Callable[[Question], bool], cut: Cut) -> Answer:
    if question.kind is Kind.ENTRIES:
        rows = tuple(
            tuple((part.label, _joined(part, row.get(part.key), cut)) for part in question.fields if shown(part))
            for row in given or ()
        )
        return Answer(question.label, rows=rows)
    return Answer(question.label, tuple(cut(text) for text in _texts(question, given) if text))


def _joined(question: Question, given: Any, cut: Cut) -> Line:
    return cut(", ".join(text for text in _texts(question, given) if text))


def _texts(question: Question, given: Any) -> list[str]:
    match question.kind:
        case Kind.SINGLE_CHOICE:
            return [question.label_of(given or "")]
        case Kind.MULTIPLE_CHOICE:
            return [question.label_of(value) for value in given or ()]
        case Kind.YES_NO:
            return [{"yes": "Yes", "no": "No"}.get(given or "", "")]
        case Kind.DATE:
            return [_day(given or "")]
        case Kind.DECLARATION:
            given = given or {}
            stated = ["None of these" if v == "none" else question.label_of(v) for v in given.get("applies", ())]
            return [*stated, given.get("details", "")]
    return [str(given or "")]


def _day(text: str) -> str:
    try:
        return long_date(dt.date.fromisoformat(text))
    except ValueError:
        return text
