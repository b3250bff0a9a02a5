"""portal/database.py: which database the environment asks for."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.database import database_settings, from_url


def test_a_url_is_taken_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://rosa:s%40lt@database.example.org:5433/portal")

    assert database_settings(folder=tmp_path / "unused") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "portal",
        "USER": "rosa",
        "PASSWORD": "s@lt",
        "HOST": "database.example.org",
        "PORT": 5433,
        "OPTIONS": {"connect_timeout": 5},
    }
    assert list(tmp_path.iterdir()) == []


def test_what_a_url_says_of_encryption_is_kept():
    config = from_url("postgres://rosa@database.example.org/portal?sslmode=verify-full&connect_timeout=9")

    assert config["OPTIONS"] == {"connect_timeout": 9, "sslmode": "verify-full"}


def test_another_engine_is_refused():
    with pytest.raises(ImproperlyConfigured) as refusal:
        from_url("sqlite:///portal.sqlite3")

    assert str(refusal.value) == "DATABASE_URL must begin with postgres:// because the portal runs on PostgreSQL only."
