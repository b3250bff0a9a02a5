"""A date in three boxes, with errors that say which box is wrong."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Typed = tuple[str, str, str]


class DateWidget(forms.Widget):
    """Posts `name_day`, `name_month` and `name_year`; its value is the three as typed, or a date."""

    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed | dt.date | None:
        typed = tuple(str(data.get(f"{name}_{part}", "")).strip() for part in PARTS)
        # A whole value under the plain name, as scripts and saved answers send it.
        return typed if any(typed) else data.get(name) or None  # type: ignore[return-value]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else id_

    def parts_of(self, value: Any) -> dict[str, str]:
        if isinstance(value, str):
            value = _parsed(value) or (value, "", "")
        if isinstance(value, dt.date):
            value = (str(value.day), str(value.month), str(value.year))
        return dict(zip(PARTS, value or ("", "", ""), strict=True))


def _parsed(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _number(part: str, typed: str) -> int | None:
    """The number in one box; a month may be a name ("March", "mar")."""
    if typed.isdecimal():
        return int(typed)
    if part == "month" and typed[:3].lower() in _MONTHS:
        return _MONTHS.index(typed[:3].lower()) + 1
    return None


class DateField(forms.Field):
    """Cleans to a date. `not_before` and `not_after` are included in what is allowed."""

    widget = DateWidget
    default_error_messages = {
        "required": "Enter a date",
        "incomplete": "%(name)s must include a %(missing)s",
        "invalid": "%(name)s must be a real date",
        "year": "Year must include 4 numbers",
        "not_before": "%(name)s must be the same as or after %(limit)s",
        "not_after": "%(name)s must be the same as or before %(limit)s",
    }

    def __init__(
        self,
        *,
        not_before: dt.date | None = None,
        not_after: dt.date | None = None,
        input_formats: object = None,
        **kwargs: Any,
    ) -> None:
        self.not_before, self.not_after = not_before, not_after
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, str):
            value = _parsed(value) or (value, "", "")
        if value is None or isinstance(value, dt.date):
            return value.date() if isinstance(value, dt.datetime) else value
        missing = [part for part, typed in zip(PARTS, value, strict=True) if not typed]
        if missing:
            raise self.error("incomplete", missing, missing=" and ".join(missing))
        if not (value[2].isdecimal() and len(value[2]) == 4):
            raise self.error("year", ["year"])
        return self._real_date(value)

    def _real_date(self, typed: Typed) -> dt.date:
        numbers = {part: _number(part, text) for part, text in zip(PARTS, typed, strict=True)}
        wrong = [part for part, number in numbers.items() if number is None]
        if not wrong and not 1 <= numbers["month"] <= 12:  # type: ignore[operator]
            wrong = ["month"]
        if wrong:
            raise self.error("invalid", wrong)
        try:
            return dt.date(numbers["year"], numbers["month"], numbers["day"])  # type: ignore[arg-type]
        except ValueError:
            raise self.error("invalid", list(PARTS)) from None

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.not_before and value < self.not_before:
            raise self.error("not_before", list(PARTS), limit=_long(self.not_before))
        if self.not_after and value > self.not_after:
            raise self.error("not_after", list(PARTS), limit=_long(self.not_after))

    def error(self, code: str, parts: list[str], **words: str) -> ValidationError:
        """An error that knows which boxes are wrong (`params["parts"]`)."""
        params = {"name": str(self.label or "The date"), "parts": tuple(parts), **words}
        return ValidationError(self.error_messages[code], code=code, params=params)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def _long(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
