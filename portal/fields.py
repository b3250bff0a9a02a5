"""Columns that PostgreSQL keeps but cannot read: JSON encrypted at rest."""

import json
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
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
