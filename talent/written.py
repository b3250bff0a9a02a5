"""An application as it reads: each section's shown questions with the answers in words. Pure: no query."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.words import long_date
from programmes.questions import NONE_OF_THESE, Kind, Question, Questions
from talent.models import Attachment

_YES_NO = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer: text, or a list of things chosen, or entries each with lines of their own."""

    question: Question
    text: str = ""
    items: list[str] = field(default_factory=list)
    entries: list[list["Line"]] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.items or self.entries or self.files)


@dataclass(frozen=True, slots=True)
class WrittenSection:
    key: str
    title: str
    lines: list[Line]


def written(questions: Questions, answers: Mapping[str, Any], files: Iterable[Attachment] = ()) -> list[WrittenSection]:
    """Every section in order; a question that was not to be answered is left out."""
    held = list(files)
    return [
        WrittenSection(
            section.key, section.title, [line_of(q, answers.get(q.key), held) for q in section.shown(answers)]
        )
        for section in questions.sections
    ]


def line_of(question: Question, given: Any, files: Iterable[Attachment] = ()) -> Line:
    match question.kind:
        case Kind.FILE:
            return Line(question, files=[a for a in files if a.question_key == question.key])
        case Kind.MULTIPLE_CHOICE:
            return Line(question, items=[question.label_of(value) for value in given or []])
        case Kind.SINGLE_CHOICE:
            return Line(question, text=question.label_of(given or ""))
        case Kind.YES_NO:
            return Line(question, text=_YES_NO.get(given, given or ""))
        case Kind.DATE:
            return Line(question, text=_day(given or ""))
        case Kind.ENTRIES:
            rows = [[line_of(part, row.get(part.key)) for part in question.fields] for row in given or []]
            return Line(question, entries=rows)
        case Kind.DECLARATION:
            return _declared(question, given or {})
    return Line(question, text=given or "")


def _day(given: str) -> str:
    try:
        return long_date(dt.date.fromisoformat(given))
    except ValueError:
        return given


def _declared(question: Question, given: Mapping[str, Any]) -> Line:
    applies = given.get("applies", [])
    if applies == [NONE_OF_THESE]:
        return Line(question, text="None of these")
    return Line(question, text=given.get("details", ""), items=[question.label_of(value) for value in applies])
