"""Between a posted form and stored answers, both ways, losing nothing: what cannot be understood is kept as typed."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from portal.forms import DateField, DateWidget
from programmes.questions import Kind, Question

Posted = MultiValueDict
_DATES = DateWidget()


def details_name(question: Question) -> str:
    return f"{question.key}-details"


def read(question: Question, data: Posted, *, prefix: str = "") -> Any:
    """One answer in its stored shape (programmes/questions.py) out of what was posted."""
    name = f"{prefix}{question.key}"
    match question.kind:
        case Kind.MULTIPLE_CHOICE:
            return list(data.getlist(name))
        case Kind.DATE:
            return _read_date(data, name)
        case Kind.ENTRIES:
            return read_rows(question, data)
        case Kind.DECLARATION:
            details = _text(data.get(f"{prefix}{details_name(question)}"))
            return {"applies": list(data.getlist(name)), "details": details}
    return _text(data.get(name))


def _text(typed: Any) -> str:
    # A NUL is nothing anybody typed, and PostgreSQL keeps none.
    return str(typed or "").replace("\r\n", "\n").replace("\x00", "")


def _read_date(data: Posted, name: str) -> str:
    """An ISO day, or the three boxes as typed with slashes between where they are no day."""
    typed = _DATES.value_from_datadict(data, None, name)
    if not typed:
        return ""
    try:
        day = DateField(required=False).clean(typed)
    except ValidationError:
        return _text("/".join(typed) if isinstance(typed, tuple) else typed)
    return day.isoformat()


def read_rows(question: Question, data: Posted) -> list[dict[str, Any]]:
    """The rows in the order of their numbers; a row in which nothing was typed is no row."""
    pattern = re.compile(rf"^{re.escape(question.key)}-(\d{{1,4}})-")
    numbers = sorted({int(found[1]) for name in data if (found := pattern.match(name))})
    rows = [
        {part.key: read(part, data, prefix=f"{question.key}-{number}-") for part in question.fields}
        for number in numbers[: question.max_entries * 2]
    ]
    return [row for row in rows if any(row.values())]


def as_data(questions: list[Question] | tuple[Question, ...], values: Mapping[str, Any], *, prefix: str = "") -> Posted:
    """Stored answers as a browser would post them: the reverse of read()."""
    data = MultiValueDict()
    for question in questions:
        for name, given in _posted(question, values.get(question.key), prefix):
            data.setlist(name, given)
    return data


def _posted(question: Question, given: Any, prefix: str) -> list[tuple[str, list[str]]]:
    name = f"{prefix}{question.key}"
    match question.kind:
        case Kind.MULTIPLE_CHOICE:
            return [(name, list(given or []))]
        case Kind.DECLARATION:
            given = given or {}
            details = f"{prefix}{details_name(question)}"
            return [(name, given.get("applies", [])), (details, [given.get("details", "")])]
        case Kind.DATE if given and "/" in given:
            parts = [*given.split("/"), "", ""][:3]
            return [(f"{name}_{part}", [text]) for part, text in zip(("day", "month", "year"), parts, strict=True)]
        case Kind.ENTRIES | Kind.FILE:
            return []
    return [(name, [given or ""])]
