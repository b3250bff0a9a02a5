"""What is true of every installation; what a host may change is an environment variable (docs/deployment.md)."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env("PORTAL_VAR_DIR", default=str(BASE_DIR / "var")))

DEBUG = False
# True only where made-up people may be loaded and shown: the demonstration and the tests.
DEMONSTRATION = False
# True in a real installation only (portal/checks.py keeps the two apart).
PRODUCTION = False

INSTALLED_APPS = [
    "portal",
    "programmes",
    "talent",
    "appointments",
    "search",
    "wagtailnhsukfrontend",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.csp.PolicyByPlaceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.NothingKeptMiddleware",
    "portal.middleware.SecondFactorMiddleware",
    "portal.middleware.CmsDoorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "portal.context.site_facts",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts of failed sign-ins live here: in the database, so that all web processes count together.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"  # deadlines are read by applicants in England
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("PORTAL_STATIC_DIR", default=str(VAR_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.static_storage.StaticStorage"},
    # What applicants and boards upload: outside MEDIA_ROOT, no URL, served by views that ask for permission.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private", "base_url": None},
    },
}
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"

AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # one box, which can be shown; a slip is mended by a reset
ACCOUNT_FORMS = {
    "add_email": "portal.forms.account.AddEmailForm",
    "change_password": "portal.forms.account.ChangePasswordForm",
    "login": "portal.forms.account.LoginForm",
    "reauthenticate": "portal.forms.account.ReauthenticateForm",
    "reset_password": "portal.forms.account.ResetPasswordForm",
    "reset_password_from_key": "portal.forms.account.ResetPasswordKeyForm",
    "set_password": "portal.forms.account.SetPasswordForm",
    "signup": "portal.forms.account.SignupForm",
}
ACCOUNT_ADAPTER = "portal.accounts.AccountAdapter"
ACCOUNT_CHANGE_EMAIL = True  # one address a person; the old one stays until the new one is confirmed
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# In the browser that signed up, confirming signs in and goes on to where sign-up was begun (an application, an
# invitation); in any other browser it only confirms.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
# Close to allauth's own, but written out so that a change of theirs cannot loosen ours. A key is an email address.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/180s/key",
    "page_useful": "60/h/ip",  # a trust may share one address among its staff
}
# How many proxies of our own stand in front: the client's address is read that far from the right of X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "portal.accounts.MFAAdapter"
MFA_TOTP_ISSUER = env("SERVICE_NAME", default="Talent portal")
MFA_FORMS = {
    "activate_totp": "portal.forms.account.ActivateTOTPForm",
    "add_webauthn": "portal.forms.account.AddWebAuthnForm",
    "authenticate": "portal.forms.account.MfaAuthenticateForm",
    "edit_webauthn": "portal.forms.account.EditWebAuthnForm",
    "reauthenticate": "portal.forms.account.MfaReauthenticateForm",
}
# Staff, reviewers and committee members must hold a second factor (portal/middleware.py).
MFA_REQUIRED = True

# What an applicant may upload at most; the limit holds while the file arrives (portal/uploads.py).
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_MB", default=5) * 1024 * 1024
# tcp://localhost:3310 or unix:///run/clamav/clamd.ctl; empty: uploads are not scanned, and staff are told.
CLAMD_URL = env("CLAMD_URL", default="")

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Talent portal <talent@example.org>")

# Where "contact us" leads until editors have put up a page /contact/.
CONTACT_EMAIL = env("CONTACT_EMAIL", default="")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "manifest-src": [SELF],
    },
}

# What Wagtail 8's admin does that our own pages do not; each line was needed when it was tried.
CMS_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],  # date pickers, choosers and repeated rows start from inline scripts
    "img-src": [SELF, "data:", "blob:"],  # an image is shown while it is uploaded
    "frame-src": [SELF],  # the preview stands beside the editor
    "frame-ancestors": [SELF],
}

SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Passwords and addresses are allauth's business, in the CMS too.
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"  # for private pages; Wagtail's own form knows no second factor
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_SITE_NAME = env("SERVICE_NAME", default="Talent portal")
# Who runs it, in plain text: the NHS logo and typeface are licensed to NHS bodies only.
ORGANISATION_NAME = env("ORGANISATION_NAME", default="National improvement body")
WAGTAILADMIN_BASE_URL = env("PORTAL_BASE_URL", default="http://localhost:8000")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "english"}}
# What changes while it waits is read again from the start; and nobody approves their own words by editing on.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# A page that moves leaves a redirect behind (wagtail.contrib.redirects).
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAIL_ENABLE_UPDATE_CHECK = False  # nothing leaves for another host
WAGTAIL_GRAVATAR_PROVIDER_URL = None

# The code under which ORGANISATION_NAME, the national body, stands among the organisations.
PORTAL_BODY_ODS_CODE = env("PORTAL_BODY_ODS_CODE", default="BODY")

PORTAL_BASE_URL = env("PORTAL_BASE_URL", default="http://localhost:8000")

# How long an offer stands after the committee's decision; the letter names the last day.
OFFER_OPEN_DAYS = env.int("OFFER_OPEN_DAYS", default=14)

# How long a member's copy of all that is held about them can be downloaded (talent/own_copy.py).
OWN_COPY_DAYS = env.int("OWN_COPY_DAYS", default=7)
# How long it is known which mail was sent to whom and when; what a mail said is not kept.
MAIL_RECORD_DAYS = env.int("MAIL_RECORD_DAYS", default=730)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # One line per step of every paper, and per request to Elasticsearch, is too much.
    "loggers": {
        "weasyprint.progress": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},
    },
}

# One or more addresses of an Elasticsearch 8 cluster; empty: people are found through PostgreSQL alone.
ELASTICSEARCH_URL = env.list("ELASTICSEARCH_URL", default=[])
# Begins the names of its indexes, so that two installations can share a cluster.
ELASTICSEARCH_PREFIX = env("ELASTICSEARCH_PREFIX", default="talent")
# Seconds a search waits for Elasticsearch before PostgreSQL answers.
ELASTICSEARCH_TIMEOUT = env.float("ELASTICSEARCH_TIMEOUT", default=2.0)

# Reviewers of one application disagree when their totals (of 100) are this far apart (talent/severity.py).
REVIEW_DISAGREEMENT_POINTS = env.float("REVIEW_DISAGREEMENT_POINTS", default=25.0)
