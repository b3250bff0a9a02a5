"""Columns of our own: JSON that PostgreSQL keeps but cannot read, and several choices out of a list."""

import json
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django import forms
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


def vault() -> MultiFernet:
    """The keys of settings.EQUALITY_KEYS: the first encrypts, all of them decrypt, so that a key can be rotated."""
    return MultiFernet([Fernet(key) for key in settings.EQUALITY_KEYS])


class EncryptedJSONField(models.BinaryField):
    """A JSON value, encrypted with the vault's first key. It can be stored and read, never searched."""

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None:
            return None
        return vault().encrypt(json.dumps(value, sort_keys=True).encode())

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(vault().decrypt(bytes(value)))

    def value_to_string(self, obj: Any) -> str:
        raise TypeError("an encrypted column is not serialised")


class ChoiceArrayField(ArrayField):
    """An array of choices, which a form asks for as checkboxes."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        asked = {
            "form_class": forms.TypedMultipleChoiceField,
            "choices": self.base_field.choices,
            "coerce": self.base_field.to_python,
            "widget": forms.CheckboxSelectMultiple,
        }
        return super(ArrayField, self).formfield(**(asked | kwargs))
