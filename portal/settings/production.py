"""A real installation: secrets from the environment, all traffic encrypted, the second factor never relaxed."""

from portal.database import from_url
from portal.settings.base import *  # noqa: F403
from portal.settings.base import env

PRODUCTION = True
SECRET_KEY = env("DJANGO_SECRET_KEY")
# The former keys, while sessions and links signed with them run out.
SECRET_KEY_FALLBACKS = env.list("DJANGO_SECRET_KEY_FALLBACKS", default=[])
# The first encrypts; all of them decrypt (docs/deployment.md has the rotation).
EQUALITY_KEYS = env.list("EQUALITY_KEYS")
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS")
PORTAL_BASE_URL = WAGTAILADMIN_BASE_URL = env("PORTAL_BASE_URL")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# No embedded server here: a real database has its own machine, backups and keeper.
DATABASES = {
    "default": {
        **from_url(env("DATABASE_URL")),
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }
}

vars().update(env.email_url("EMAIL_URL"))
SERVER_EMAIL = env("DEFAULT_FROM_EMAIL")
DEFAULT_FROM_EMAIL = SERVER_EMAIL

# gunicorn speaks plain HTTP, so a proxy that ends TLS always stands in front and sets these headers itself.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
