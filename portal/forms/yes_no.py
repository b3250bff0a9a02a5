"""A question answered by yes or no, with neither chosen for the person."""

from typing import Any

from django import forms


def _as_bool(value: object) -> bool:
    return value in (True, "True", "true", "yes", "1")


class YesNoField(forms.TypedChoiceField):
    """Cleans to True, False, or None where it is optional and was left open."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [("yes", "Yes"), ("no", "No")])
        super().__init__(coerce=_as_bool, empty_value=None, **kwargs)
        self.inline = True

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data or None)
