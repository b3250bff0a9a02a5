"""The cells of a file of people: each parser gives what a column holds, or says in plain words what is wrong."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.names import folded
from portal.rows_file import day, words

# What a file holds: text of a CSV cell, or whatever JSON has.
Parser = Callable[[Any], Any]
LONGEST_CV = 100_000
REQUIRED_OF_A_POST = ("title", "employer", "started_on")


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post as the file tells it."""

    title: str
    employer: str
    started_on: dt.date
    ended_on: dt.date | None = None
    board_level: bool = False
    description: str = ""


def several(value: Any) -> list[Any]:
    return (
        value
        if isinstance(value, list)
        else [part.strip() for part in text_up_to(20_000)(value).split(";") if part.strip()]
    )


def text_up_to(limit: int) -> Parser:
    up_to = words(limit)

    def parse(value: Any) -> str:
        if isinstance(value, bool | list | dict):
            raise ValueError("is no text")
        text = "" if value is None else str(value)
        if "\0" in text:
            raise ValueError("holds a sign that no text has (NUL)")
        return str(up_to(text))

    return parse


def a_day(value: Any) -> dt.date | None:
    text = text_up_to(40)(value)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return day(text)  # says what is wrong


def email(value: Any) -> str:
    text = text_up_to(254)(value)
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(f"“{text}” is no email address") from None
    return str(text.lower())


def days_a_month(value: Any) -> Decimal:
    text = text_up_to(10)(value)
    try:
        days = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"“{text}” is no number") from None
    if not (days.is_finite() and Decimal("0.5") <= days <= 31 and days == days.quantize(Decimal("0.1"))):
        raise ValueError(f"“{text}” is not between 0.5 and 31, with one decimal at most")
    return days


def yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = text_up_to(20)(value).casefold()
    if text not in ("yes", "no"):
        raise ValueError(f"“{value}” is neither yes nor no")
    return bool(text == "yes")


def labels(choices: Any) -> dict[str, str]:
    return {folded(word): str(value) for value, label in choices.choices for word in (value, label)}


def named(known: Mapping[str, Any], kind: str) -> Parser:
    def parse(value: Any) -> Any:
        text = text_up_to(200)(value)
        if folded(text) not in known:
            raise ValueError(f"“{text}” is no {kind} that is known")
        return known[folded(text)]

    return parse


def each_of(parse: Parser) -> Parser:
    return lambda values: tuple(dict.fromkeys(parse(value) for value in values))


def posts(value: Any, today: dt.date) -> Iterator[PostRow]:
    if isinstance(value, list):
        for number, post in enumerate(value, start=1):
            if not isinstance(post, dict):
                raise ValueError(f"post {number} is no object")
            yield _post(number, {name: "" if cell is None else cell for name, cell in post.items()}, today)
        return
    names = [each.name for each in fields(PostRow)]
    lines = [line for part in text_up_to(LONGEST_CV)(value).split(";;") for line in part.splitlines() if line.strip()]
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("|", len(names) - 1)]
        yield _post(number, dict(zip(names, cells, strict=False)), today)


def _post(number: int, cells: Mapping[str, Any], today: dt.date) -> PostRow:
    parsers = _post_parsers()
    unknown = cells.keys() - parsers.keys()
    if unknown:
        raise ValueError(f"post {number}: {', '.join(sorted(unknown))} is unknown")
    found = {}
    for name, parse in parsers.items():
        if cells.get(name) or name in REQUIRED_OF_A_POST:
            try:
                found[name] = parse(cells.get(name))
            except ValueError as error:
                raise ValueError(f"post {number}, {name}: {error}") from None
    post = PostRow(**found)
    if post.started_on > today:
        raise ValueError(f"post {number}: {post.started_on} is in the future")
    if post.ended_on and post.ended_on < post.started_on:
        raise ValueError(f"post {number}: ended before it began")
    return post


def _post_parsers() -> dict[str, Parser]:
    title, began = text_up_to(200), _part_of_day
    return {
        "title": title,
        "employer": title,
        "started_on": began,
        "ended_on": began,
        "board_level": yes_or_no,
        "description": text_up_to(20_000),
    }


def _part_of_day(value: Any) -> dt.date:
    """2014 and 2014-04 stand for the first day."""
    text = text_up_to(10)(value)
    found = a_day(text + "-01" * (2 - text.count("-")))
    if found is None:
        raise ValueError("is empty")
    return found
