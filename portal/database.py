"""Where the database is: DATABASE_URL, or PostgreSQL embedded in the clone's own var/ folder."""

import os
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from portal import embedded


def database_settings(*, folder: Path, durable: bool = True) -> dict[str, Any]:
    """Django's DATABASES["default"]: from DATABASE_URL, else an embedded server kept in `folder`."""
    url = os.environ.get("DATABASE_URL")
    if url:
        return from_url(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": embedded.SUPERUSER,
        "HOST": str(embedded.start(folder, durable=durable)),
        "PORT": str(embedded.PORT),
    }


def from_url(url: str) -> dict[str, Any]:
    """The same from a URL; what its query says (?sslmode=require) is kept."""
    config = environ.Env.db_url_config(url)
    if config.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgres:// because the portal runs on PostgreSQL only."
        )
    return {**config, "OPTIONS": {"connect_timeout": 5, **config.get("OPTIONS", {})}}
