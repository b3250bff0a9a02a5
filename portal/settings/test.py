"""The test suite: as production where behaviour is concerned, quick where only time is."""

from portal.database import database_settings
from portal.settings.base import *  # noqa: F403
from portal.settings.base import STORAGES, VAR_DIR

DEMONSTRATION = True
# A cluster apart from the demonstration's, and one that may be lost in a crash: it holds nothing worth keeping.
DATABASES = {"default": database_settings(folder=VAR_DIR / "test-postgresql", durable=False)}
# Between tests on real connections the tables are emptied, ledgers too (portal/ledger.py).
_OPTIONS = DATABASES["default"].get("OPTIONS", {})
DATABASES["default"]["OPTIONS"] = {**_OPTIONS, "options": f"{_OPTIONS.get('options', '')} -c portal.may_truncate=yes"}
SECRET_KEY = "tests-only-not-a-secret-0123456789-0123456789-0123"  # noqa: S105
EQUALITY_KEYS = ["dGVzdHMtb25seS1ub3QtYS1zZWNyZXQtMDEyMzQ1Njc="]
ALLOWED_HOSTS = ["testserver", "localhost"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "test-private", "base_url": None},
    },
}
