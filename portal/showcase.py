"""The socket of the public home page: apps plug in what they have to show (their showcase.py)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Section:
    """One stretch of the home page: the template that shows it and what that template reads."""

    template: str
    context: dict[str, Any]


Source = Callable[[HttpRequest, dt.datetime], Section]

_SOURCES: list[tuple[int, Source]] = []


def shows(order: int) -> Callable[[Source], Source]:
    """Registers a function (request, at) -> Section; lower `order` stands higher on the page."""

    def register(source: Source) -> Source:
        _SOURCES.append((order, source))
        return source

    return register


def sections(request: HttpRequest, *, at: dt.datetime) -> list[Section]:
    return [source(request, at) for _, source in sorted(_SOURCES, key=lambda pair: pair[0])]
