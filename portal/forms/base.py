"""The base of every form of ours: NHS.UK markup, plain messages, no browser validation of its own."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.forms.models import ModelFormMetaclass
from django.utils.safestring import SafeString

from portal.forms.dates import DateField
from portal.forms.messages import use_plain_messages
from portal.forms.rendering import render_fields


class PortalFormMixin:
    """Put first among the bases of any Django form."""

    use_required_attribute = False  # errors are ours, in our words and our place
    mark_optional: ClassVar[bool] = True
    # "your" in forms that a person fills in about themselves: "Enter your full name".
    article: ClassVar[str] = "the"
    # (field, value) -> names of the fields that appear below that radio or checkbox when it is chosen.
    reveals: ClassVar[Mapping[tuple[str, str], Sequence[str]]] = {}
    # (field, value) of checkboxes that stand against all others, such as "None of these".
    exclusive: ClassVar[frozenset[tuple[str, str]]] = frozenset()
    # field -> value -> one line below that radio or checkbox.
    option_hints: ClassVar[Mapping[str, Mapping[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            use_plain_messages(field, name=name, article=self.article)

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return render_fields(self)

    __str__ = render
    __html__ = render


class PortalForm(PortalFormMixin, forms.Form):
    """A form that writes no row by itself."""


def _formfield(field: models.Field, **kwargs: Any) -> forms.Field | None:
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        kwargs.setdefault("form_class", DateField)
        kwargs.pop("widget", None)
    return field.formfield(**kwargs)


class _PortalModelFormMetaclass(ModelFormMetaclass):
    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = _formfield
        return super().__new__(mcs, name, bases, attrs)


class PortalModelForm(PortalFormMixin, forms.ModelForm, metaclass=_PortalModelFormMetaclass):
    """A form over one row; dates are three boxes."""
