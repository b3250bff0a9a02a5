"""One section of a scheme's questions as a form: always bound to what is stored, checked as far as is asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.utils import ErrorDict

from portal.forms import DateField, PortalForm, WordLimitField, YesNoField
from portal.forms.rendering import first_input_id
from programmes.questions import NONE_OF_THESE, Answers, Kind, Question, Section, entry_faults, faults, missing
from talent.forms.reading import Posted, as_data, details_name, read
from talent.models import Attachment

# WCAG 1.3.5: the browser may fill in what a person types about themselves everywhere.
AUTOCOMPLETE = {"full_name": "name", "phone": "tel", "email": "email", "postcode": "postal-code"}
NONE_LABEL = "None of these"


class Check(StrEnum):
    """How far a form says what is wrong with it."""

    NOTHING = "nothing"
    TYPED = "typed"  # what was typed, not what is still missing
    ALL = "all"


def fields_of(question: Question) -> dict[str, forms.Field]:
    """The form fields that ask one question, by name."""
    common: dict[str, Any] = {"label": question.label, "help_text": question.hint, "required": question.required}
    choices = [(choice.value, choice.label) for choice in question.choices]
    match question.kind:
        case Kind.LONG_TEXT:
            return {question.key: _long_text(question, common)}
        case Kind.SINGLE_CHOICE:
            return {question.key: forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)}
        case Kind.MULTIPLE_CHOICE:
            many = forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
            return {question.key: many}
        case Kind.YES_NO:
            return {question.key: YesNoField(**common)}
        case Kind.DATE:
            return {question.key: DateField(**common)}
        case Kind.FILE:
            return {question.key: forms.FileField(**common)}
        case Kind.DECLARATION:
            return _declaration(question, choices, common)
        case Kind.ENTRIES:
            return {}
    return {question.key: _short_text(question, common)}


def _long_text(question: Question, common: dict[str, Any]) -> forms.Field:
    if question.word_limit:
        return WordLimitField(max_words=question.word_limit, strip=False, **common)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 8}), strip=False, **common)


def _short_text(question: Question, common: dict[str, Any]) -> forms.Field:
    if question.word_limit and not question.hint:
        common["help_text"] = f"Up to {question.word_limit} words."
    attrs = {"autocomplete": AUTOCOMPLETE[question.key]} if question.key in AUTOCOMPLETE else {}
    return forms.CharField(widget=forms.TextInput(attrs=attrs), strip=False, **common)


def _declaration(question: Question, choices: list[tuple[str, str]], common: dict[str, Any]) -> dict[str, forms.Field]:
    whole = [*choices, (NONE_OF_THESE, NONE_LABEL)]
    return {
        question.key: forms.MultipleChoiceField(choices=whole, widget=forms.CheckboxSelectMultiple, **common),
        details_name(question): forms.CharField(
            label="Give details of what applies to you",
            help_text="What, when and with whom. A few lines are enough.",
            widget=forms.Textarea(attrs={"rows": 4}),
            strip=False,
        ),
    }


class AnswersForm(PortalForm):
    """Some questions with their stored answers; what is wrong is handed in, worked out by programmes.questions."""

    article = "your"
    questions: tuple[Question, ...] = ()

    def __init__(self, values: Mapping[str, Any], *, wrong: Mapping[str, str], prefix: str | None = None) -> None:
        self.wrong = wrong
        super().__init__(as_data(self.questions, values, prefix=f"{prefix}-" if prefix else ""), prefix=prefix)

    def full_clean(self) -> None:
        """Marks what is wrong. Nothing is cleaned: answers are stored as typed."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, Any] = {}
        for key, text in self.wrong.items():
            self._say(key, text)

    def _say(self, key: str, text: str) -> None:
        """In the field's own words where it has some: they say which box of a date, how many words too many."""
        bound = self[key]
        try:
            if not isinstance(bound.field, forms.FileField):
                bound.field.clean(bound.data)
        except ValidationError as error:
            self.add_error(key, error)
        else:
            self.add_error(self._named(key, text), text)

    def _named(self, key: str, text: str) -> str:
        return f"{key}-details" if text.startswith("Give details") else key


def form_class(questions: Sequence[Question]) -> type[AnswersForm]:
    names: dict[str, Any] = {name: made for question in questions for name, made in fields_of(question).items()}
    exclusive = frozenset((q.key, NONE_OF_THESE) for q in questions if q.kind is Kind.DECLARATION)
    return type("SectionAnswersForm", (AnswersForm,), {**names, "questions": tuple(questions), "exclusive": exclusive})


@dataclass(frozen=True, slots=True)
class Block:
    """What stands together on the page: one question, or one row of entries, with when it is to be answered."""

    question: Question
    bounds: list[BoundField]
    rows: list[AnswersForm] = field(default_factory=list)
    blank_row: AnswersForm | None = None  # what a script copies to add a row
    files: list[Attachment] = field(default_factory=list)
    when: str = ""  # read by those without JavaScript
    decider: str = ""
    values: str = ""
    is_on: bool = True


class SectionForm:
    """One page of the form: its fields, its rows and all that is wrong with them."""

    def __init__(
        self,
        section: Section,
        values: Mapping[str, Any],
        *,
        answers: Answers,
        files: Sequence[Attachment] = (),
        check: Check = Check.NOTHING,
        file_errors: Mapping[str, str] | None = None,
        extra_row: str = "",
    ) -> None:
        self.section, self.values, self.files, self.check = section, values, files, check
        self.answers = {**answers, **values}
        self.extra_row = extra_row
        self.asked = askable(section, self.answers)
        wrong = self._wrong() | dict(file_errors or {})
        self.form = form_class(self.asked)(values, wrong={k: t for k, t in wrong.items() if k in self._plain()})
        self.rows = {q.key: self._rows(q) for q in self.asked if q.kind is Kind.ENTRIES}

    def _plain(self) -> set[str]:
        return {q.key for q in self.asked if q.kind is not Kind.ENTRIES}

    def _wrong(self) -> dict[str, str]:
        if self.check is Check.NOTHING:
            return {}
        found = faults(self.section, self.answers)
        if self.check is Check.ALL:
            files = frozenset(attachment.question_key for attachment in self.files)
            for question in missing(self.section, self.answers, files=files):
                found.setdefault(question.key, self._missing_text(question))
        return found

    def _missing_text(self, question: Question) -> str:
        given = self.answers.get(question.key) or {}
        if question.kind is Kind.FILE:
            return f"Choose a file: {question.label[:1].lower() + question.label[1:]}"
        if question.kind is Kind.DECLARATION and not given.get("applies"):
            return "Choose what applies to you, or none of these"
        return f"Answer “{question.label}”"

    def _rows(self, question: Question) -> list[AnswersForm]:
        rows = list(self.values.get(question.key) or [])
        wrong = entry_faults(question, rows) if self.check is not Check.NOTHING else [{} for _ in rows]
        if not rows or self.extra_row == question.key:
            rows.append({})
            first_and_asked = self.check is Check.ALL and len(rows) == 1 and question.required
            wrong.append(entry_faults(question, [{}])[0] if first_and_asked else {})
        made = form_class(question.fields)
        pairs = enumerate(zip(rows, wrong, strict=True))
        return [made(row, wrong=w, prefix=f"{question.key}-{n}") for n, (row, w) in pairs]

    @property
    def is_multipart(self) -> bool:
        return any(q.kind is Kind.FILE for q in self.asked)

    @property
    def has_errors(self) -> bool:
        return bool(self.lines())

    def lines(self) -> list[tuple[str, str]]:
        """Every error with the id of the input it is about, in the order of the page."""
        return [line for block in self.blocks() for line in _lines_of(block)]

    def blocks(self) -> Iterator[Block]:
        for question in self.asked:
            when, decider, values = self._condition(question)
            yield Block(
                question,
                [self.form[question.key]] if question.key in self.form.fields else [],
                rows=self.rows.get(question.key, []),
                blank_row=self._blank(question),
                files=[a for a in self.files if a.question_key == question.key],
                when=when,
                decider=decider,
                values=values,
                is_on=question.is_shown(self.answers),
            )
            if question.kind is Kind.DECLARATION:
                yield self._details(question)

    def _blank(self, question: Question) -> AnswersForm | None:
        if question.kind is not Kind.ENTRIES:
            return None
        return form_class(question.fields)({}, wrong={}, prefix=f"{question.key}-__n__")

    def _condition(self, question: Question) -> tuple[str, str, str]:
        rule = question.shown_if
        if rule is None:
            return "", "", ""
        decider = next((q for q in self.section.questions if q.key == rule.question), None)
        if decider is None:
            return "", "", ""
        labels = {"yes": "Yes", "no": "No"}
        chosen = " or ".join(f"“{labels.get(v) or decider.label_of(v)}”" for v in rule.values)
        return f"Answer this if you chose {chosen} above.", rule.question, " ".join(rule.values)

    def _details(self, question: Question) -> Block:
        applies = (self.values.get(question.key) or {}).get("applies", [])
        return Block(
            question,
            [self.form[details_name(question)]],
            when="Fill this in if one of the statements above applies to you.",
            decider=question.key,
            values=" ".join(choice.value for choice in question.choices),
            is_on=bool(set(applies) - {NONE_OF_THESE}),
        )


def _lines_of(block: Block) -> Iterator[tuple[str, str]]:
    for bound in block.bounds:
        yield from ((message, first_input_id(bound)) for message in bound.errors)
    for number, row in enumerate(block.rows, start=1):
        for bound in row:
            yield from ((f"Entry {number}: {message}", first_input_id(bound)) for message in bound.errors)


def askable(section: Section, answers: Answers) -> list[Question]:
    """What the page shows: a question whose condition stands on the same page is there, and scripts show or hide it."""
    here = {question.key for question in section.questions}
    return [q for q in section.questions if q.is_shown(answers) or (q.shown_if and q.shown_if.question in here)]


def read_section(section: Section, data: Posted, *, stored: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    """What was posted for one section; answers to questions that were not on the page stay as they were."""
    asked = [q for q in askable(section, {**answers, **stored}) if q.kind is not Kind.FILE]
    return {**stored, **{question.key: read(question, data) for question in asked}}
