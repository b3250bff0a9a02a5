"""Any bound field of any Django form -> NHS.UK markup. The templates are in templates/components/forms/."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.widgets import ChoiceWidget, Input
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from portal.forms.dates import PARTS, DateWidget
from portal.forms.words import WordLimitTextarea

# The first that fits decides.
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (DateWidget, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (Input, "input"),
)
_INPUT_TYPES: tuple[tuple[type[forms.Widget], dict[str, str]], ...] = (
    (forms.NumberInput, {"type": "text", "inputmode": "numeric"}),
    (forms.EmailInput, {"type": "email", "spellcheck": "false", "autocapitalize": "none"}),
    (forms.DateTimeInput, {"type": "datetime-local"}),
    (forms.DateInput, {"type": "date"}),
    (forms.TimeInput, {"type": "time"}),
)


# A box as long as its answer, where the form does not say otherwise.
_SHORT = (forms.NumberInput, forms.TimeInput)


@dataclass(frozen=True, slots=True)
class Option:
    """One radio, checkbox or line of a list."""

    id: str
    value: str
    label: Any
    checked: bool
    hint: str = ""
    inside: str = ""
    is_exclusive: bool = False

    @property
    def hint_id(self) -> str:
        return f"{self.id}-hint" if self.hint else ""


def kind_of(bound: BoundField) -> str:
    widget = bound.field.widget
    return next((kind for cls, kind in _KINDS if isinstance(widget, cls)), "other")


def first_input_id(bound: BoundField) -> str:
    """Where the error summary's link leads: the first input that is wrong, or the first of the field."""
    kind = kind_of(bound)
    if kind in ("radios", "checkboxes"):
        return f"{bound.auto_id}_0"
    if kind == "date":
        return f"{bound.auto_id}_{_wrong_parts(bound)[0]}"
    return bound.id_for_label or bound.auto_id


def _wrong_parts(bound: BoundField) -> list[str]:
    wrong = {part for e in bound.errors.as_data() for part in (e.params or {}).get("parts", ())}
    return [part for part in PARTS if part in wrong] or list(PARTS)


def render_fields(form: forms.BaseForm, names: Iterable[str] | None = None) -> SafeString:
    """All fields in order; those that another field reveals are rendered inside it."""
    inside = {name for revealed in getattr(form, "reveals", {}).values() for name in revealed}
    wanted = list(names) if names is not None else [name for name in form.fields if name not in inside]
    return mark_safe("\n".join(render_field(form[name]) for name in wanted))  # noqa: S308 (rendered templates)


def render_field(bound: BoundField, *, size: str = "", heading: bool = False, classes: str = "") -> SafeString:
    """One field with its label, hint and error. `size` is s, m, l or xl; `heading` makes the label the page's h1."""
    kind = kind_of(bound)
    if kind == "hidden":
        return bound.as_hidden() if not isinstance(bound.field.widget, forms.MultipleHiddenInput) else bound.as_widget()
    size = size or getattr(bound.field, "size", "")  # a form of many alike questions sets its own
    context = _context(bound, kind) | {"size": size, "heading": heading, "classes": classes}
    return render_to_string(f"components/forms/{kind}.html", context)


def _context(bound: BoundField, kind: str) -> dict[str, Any]:
    field, id_ = bound.field, bound.auto_id
    hint_id = f"{id_}-hint" if bound.help_text else ""
    error_id = f"{id_}-error" if bound.errors else ""
    info_id = f"{id_}-info" if isinstance(field.widget, WordLimitTextarea) else ""
    own = field.widget.attrs.get("aria-describedby", "")
    context = {
        "id": id_,
        "name": bound.html_name,
        "label": bound.label,
        "optional": _says_optional(bound, kind),
        "hint": bound.help_text,
        "hint_id": hint_id,
        "errors": list(bound.errors),
        "error_id": error_id,
        "info_id": info_id,
        "described_by": " ".join(filter(None, [info_id, hint_id, error_id, own])),
        "disabled": field.disabled,
        "attrs": _attrs(bound),
    }
    return context | _VALUES.get(kind, _plain_value)(bound)


def _says_optional(bound: BoundField, kind: str) -> bool:
    asked = getattr(bound.form, "mark_optional", False) and kind != "checkbox"
    return bool(asked and not bound.field.required and not bound.field.disabled)


def _attrs(bound: BoundField) -> list[tuple[str, Any]]:
    """The widget's own attributes (autocomplete, rows, data-...) as the template writes them."""
    widget = bound.field.widget
    typed = next((extra for cls, extra in _INPUT_TYPES if isinstance(widget, cls)), None)
    attrs: dict[str, Any] = {}
    if isinstance(widget, Input):
        attrs = dict(typed or {"type": widget.input_type})
    attrs |= widget.attrs
    # Refused by us, with the text kept, rather than cut off by the browser without a word.
    for name in ("aria-describedby", "class", "maxlength", "minlength", "required", "min", "max", "step"):
        attrs.pop(name, None)
    return [(name, value) for name, value in attrs.items() if value is not None and value is not False]


def _plain_value(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    value = bound.value()
    if isinstance(widget, forms.DateInput | forms.DateTimeInput | forms.TimeInput) and hasattr(value, "isoformat"):
        shown: Any = value.isoformat()[:16] if isinstance(widget, forms.DateTimeInput) else value.isoformat()
    else:
        shown = widget.format_value(value) if hasattr(widget, "format_value") else value
    return {
        "value": "" if shown is None else shown,
        "class_attr": widget.attrs.get("class", "nhsuk-input--width-10" if isinstance(widget, _SHORT) else ""),
        "max_words": getattr(widget, "max_words", None),
        "bound": bound,
    }


def _checkbox_value(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    value = bound.value()
    return {"checked": widget.check_test(value), "value": "on" if isinstance(value, bool | None) else value}


def _password_value(bound: BoundField) -> dict[str, Any]:
    return {"value": "", "class_attr": bound.field.widget.attrs.get("class", "")}


def _file_value(bound: BoundField) -> dict[str, Any]:
    stored = bound.initial
    return {"stored_name": getattr(stored, "name", "").rsplit("/", 1)[-1] if stored else ""}


def _date_value(bound: BoundField) -> dict[str, Any]:
    typed = bound.field.widget.parts_of(bound.value())
    wrong = _wrong_parts(bound) if bound.errors else []
    autocomplete = bound.field.widget.attrs.get("autocomplete", "")
    return {
        "parts": [
            {
                "name": part,
                "value": typed[part],
                "wrong": part in wrong,
                "width": 4 if part == "year" else 2,
                "autocomplete": f"bday-{part}" if autocomplete == "bday" else "",
            }
            for part in PARTS
        ]
    }


def _options_value(bound: BoundField) -> dict[str, Any]:
    return {"options": list(_options(bound)), "inline": getattr(bound.field, "inline", False)}


def _options(bound: BoundField) -> Iterator[Option]:
    widget, form, id_ = bound.field.widget, bound.form, bound.auto_id
    hints = getattr(form, "option_hints", {}).get(bound.name, {})
    reveals = getattr(form, "reveals", {})
    for data in widget.options(bound.html_name, _as_list(widget, bound.value())):
        value = str(data["value"])
        if value == "" and bound.field.required:
            continue
        inside = reveals.get((bound.name, value), ())
        yield Option(
            id=f"{id_}_{data['index']}",
            value=value,
            label=data["label"],
            checked=data["selected"],
            hint=hints.get(value, ""),
            inside=render_fields(form, inside) if inside else "",
            is_exclusive=(bound.name, value) in getattr(form, "exclusive", ()),
        )


def _as_list(widget: ChoiceWidget, value: Any) -> list[str]:
    return widget.format_value(value)


def _select_value(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    groups = widget.optgroups(bound.html_name, _as_list(widget, bound.value()))
    return {
        "groups": [(label, options) for label, options, _ in groups],
        "multiple": getattr(widget, "allow_multiple_selected", False),
        "class_attr": widget.attrs.get("class", ""),
    }


_VALUES = {
    "checkbox": _checkbox_value,
    "checkboxes": _options_value,
    "date": _date_value,
    "file": _file_value,
    "password": _password_value,
    "radios": _options_value,
    "select": _select_value,
}
