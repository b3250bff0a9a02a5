"""The questions of a scheme as data: parsed from a frozen set, shown or not, and checked. Pure: no query, no form.

Shapes of an answer, by kind:
    short_text, long_text, single_choice   str ("" when empty)
    multiple_choice                        list[str]
    yes_no                                 "yes" | "no" | ""
    date                                   ISO day, "2018-03-08", or ""
    entries                                list[dict[str, answer]], one dict a row, keyed as `fields`
    file                                   not kept with the answers: see talent.Attachment
    declaration                            {"applies": list[str] (statement keys, or ["none"]), "details": str}
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Answers = Mapping[str, Any]


class Kind(StrEnum):
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    YES_NO = "yes_no"
    DATE = "date"
    ENTRIES = "entries"
    FILE = "file"
    DECLARATION = "declaration"


class Topic(StrEnum):
    """What a declaration is about; each goes to different readers (political activity: the panel at interview only)."""

    POLITICAL = "political"
    INTERESTS = "interests"
    DISQUALIFICATION = "disqualification"


NONE_OF_THESE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownIf:
    """The question is shown only when the answer to `question` is, or contains, one of `values`."""

    question: str
    values: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        given = answers.get(self.question)
        found = given if isinstance(given, list) else [given]
        return any(value in self.values for value in found)


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    kind: Kind
    label: str
    hint: str = ""
    required: bool = True
    word_limit: int | None = None
    choices: tuple[Choice, ...] = ()  # for a declaration: its statements
    shown_if: ShownIf | None = None
    identifying: bool = False  # left out of what a reviewer reads in the blind round
    topic: Topic | None = None
    fields: tuple["Question", ...] = ()  # of one row of `entries`
    max_entries: int = 20

    def is_shown(self, answers: Answers) -> bool:
        return self.shown_if is None or self.shown_if.holds(answers)

    def label_of(self, value: str) -> str:
        return next((c.label for c in self.choices if c.value == value), value)


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form."""

    key: str
    title: str
    intro: str
    questions: tuple[Question, ...]

    def shown(self, answers: Answers) -> list[Question]:
        """The questions to ask, given all answers of the application so far."""
        return [q for q in self.questions if q.is_shown(answers)]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rubric that reviewers score from 0 to `max_score`; `weight` is its share, any whole number."""

    key: str
    label: str
    description: str
    weight: int
    max_score: int = 4
    essential: bool = True


@dataclass(frozen=True, slots=True)
class Questions:
    sections: tuple[Section, ...]
    rubric: tuple[Criterion, ...]

    def section(self, key: str) -> Section:
        """Raises KeyError for a section that this version does not have."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def all_questions(self) -> list[Question]:
        return [q for section in self.sections for q in section.questions]


def parse(content: Mapping[str, Any]) -> Questions:
    """A QuestionSet's stored content as questions; raises KeyError or ValueError where it is not well formed."""
    return Questions(
        sections=tuple(
            Section(
                key=s["key"],
                title=s["title"],
                intro=s.get("intro", ""),
                questions=tuple(_question(q) for q in s["questions"]),
            )
            for s in content["sections"]
        ),
        rubric=tuple(Criterion(**c) for c in content.get("rubric", ())),
    )


def _question(raw: Mapping[str, Any]) -> Question:
    condition = raw.get("shown_if")
    return Question(
        key=raw["key"],
        kind=Kind(raw["kind"]),
        label=raw["label"],
        hint=raw.get("hint", ""),
        required=raw.get("required", True),
        word_limit=raw.get("word_limit"),
        choices=tuple(Choice(**c) for c in raw.get("choices", ())),
        shown_if=ShownIf(condition["question"], tuple(condition["values"])) if condition else None,
        identifying=raw.get("identifying", False),
        topic=Topic(raw["topic"]) if raw.get("topic") else None,
        fields=tuple(_question(f) for f in raw.get("fields", ())),
        max_entries=raw.get("max_entries", 20),
    )


def count_words(text: str) -> int:
    """Words as an applicant counts them: runs of anything that is not white space."""
    return len(text.split())


def missing(section: Section, answers: Answers, *, files: frozenset[str] = frozenset()) -> list[Question]:
    """The shown, required questions of `section` that have no answer yet; `files` are keys that hold a file."""
    return [q for q in section.shown(answers) if q.required and not _answered(q, answers, files)]


def _answered(question: Question, answers: Answers, files: frozenset[str]) -> bool:
    if question.kind is Kind.FILE:
        return question.key in files
    given = answers.get(question.key)
    if question.kind is Kind.DECLARATION:
        applies = (given or {}).get("applies", [])
        return bool(applies) and (applies == [NONE_OF_THESE] or bool((given or {}).get("details", "").strip()))
    return bool(given.strip() if isinstance(given, str) else given)


def faults(section: Section, answers: Answers) -> dict[str, str]:
    """What is wrong with what was typed, by question key, in the applicant's words. An empty answer is no fault."""
    found = {q.key: _fault(q, answers.get(q.key)) for q in section.shown(answers)}
    return {key: text for key, text in found.items() if text}


def _fault(question: Question, given: Any) -> str:
    if not given:
        return ""
    match question.kind:
        case Kind.LONG_TEXT | Kind.SHORT_TEXT if question.word_limit:
            over = count_words(given) - question.word_limit
            return f"{question.label} must be {question.word_limit} words or fewer" if over > 0 else ""
        case Kind.SINGLE_CHOICE:
            return "" if given in {c.value for c in question.choices} else "Choose one of the answers offered"
        case Kind.MULTIPLE_CHOICE:
            return "" if set(given) <= {c.value for c in question.choices} else "Choose from the answers offered"
        case Kind.YES_NO:
            return "" if given in ("yes", "no") else "Choose yes or no"
        case Kind.DATE:
            return "" if _is_day(given) else f"{question.label} must be a real date"
        case Kind.ENTRIES:
            return _entries_fault(question, given)
        case Kind.DECLARATION:
            return _declaration_fault(question, given)
    return ""


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def entry_faults(question: Question, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What is wrong in each row of `entries`, by the key of its part; a required part left empty is a fault here."""
    return [{part.key: text for part in question.fields if (text := _part_fault(part, row))} for row in rows]


def _part_fault(part: Question, row: Mapping[str, Any]) -> str:
    given = row.get(part.key)
    if part.required and not given:
        return f"Enter {part.label[:1].lower()}{part.label[1:]}"
    return _fault(part, given)


def _entries_fault(question: Question, rows: list[dict[str, Any]]) -> str:
    if len(rows) > question.max_entries:
        return f"Add no more than {question.max_entries} entries"
    for number, found in enumerate(entry_faults(question, rows), start=1):
        for text in found.values():
            return f"Entry {number}: {text[:1].lower()}{text[1:]}"
    return ""


def _declaration_fault(question: Question, given: Mapping[str, Any]) -> str:
    applies = given.get("applies", [])
    if NONE_OF_THESE in applies and len(applies) > 1:
        return "Choose either the statements that apply to you or none of these"
    if not set(applies) <= {c.value for c in question.choices} | {NONE_OF_THESE}:
        return "Choose from the statements offered"
    if applies and applies != [NONE_OF_THESE] and not given.get("details", "").strip():
        return "Give details of what applies to you"
    return ""
