"""The demonstration on one machine: made-up people, mail in the console, second factor relaxed and said so."""

from portal.database import database_settings
from portal.settings.base import *  # noqa: F403
from portal.settings.base import VAR_DIR, env

DEBUG = env.bool("DJANGO_DEBUG", default=False)
DEMONSTRATION = True
DATABASES = {"default": database_settings(folder=VAR_DIR / "postgresql")}
SECRET_KEY = "demonstration-only-not-a-secret-0123456789-0123456789"  # noqa: S105
EQUALITY_KEYS = ["ZGVtb25zdHJhdGlvbi1vbmx5LW5vdC1hLXNlY3JldC0="]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=False)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
# Saves twenty seconds of the first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css", "js", "svg", "json", "map", "txt", "woff", "woff2", "ico", "png"]
