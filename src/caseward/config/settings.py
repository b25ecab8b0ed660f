"""Django's settings for every installation; what differs between two comes from the environment."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from caseward.config import databases, home, sqlite_library

sqlite_library.use_carried_library()

# --- where this installation keeps things -------------------------------------------------------
PACKAGE = Path(__file__).resolve().parent.parent
CASEWARD_HOME = home.find_home()
# The store says it too, for good: this says only how to serve (loopback, plain http, no sender).
CASEWARD_DEMONSTRATION = home.is_demonstration(CASEWARD_HOME)
# Where signed heads are copied to, beside `heads` in the home: places that whoever runs the database
# cannot write to.
CASEWARD_HEADS = tuple(
    Path(folder) for folder in os.environ.get("CASEWARD_HEADS", "").split(os.pathsep) if folder
)
CASEWARD_DRAFT_DAYS = home.whole_days(
    "CASEWARD_DRAFT_DAYS", os.environ.get("CASEWARD_DRAFT_DAYS"), otherwise=30
)
SECRET_KEY = home.secret_key(CASEWARD_HOME, demonstration=CASEWARD_DEMONSTRATION)
DEBUG = False

# What `caseward serve` binds to; a demonstration store refuses anything but this machine itself.
CASEWARD_BIND = os.environ.get("CASEWARD_BIND", "127.0.0.1")
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = (
    LOOPBACK
    if CASEWARD_DEMONSTRATION
    else [name for name in os.environ.get("CASEWARD_HOSTS", "").split(",") if name]
)
CSRF_TRUSTED_ORIGINS = (
    [] if CASEWARD_DEMONSTRATION else [f"https://{name}" for name in ALLOWED_HOSTS]
)

# --- what it is made of -------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "caseward.record.people",
    "caseward.record.ledger",
    "caseward.record.access",
    "caseward.work.tasks",
    "caseward.work.worklists",
    "caseward.work.drafts",
    "caseward.work.imports",
    "caseward.interfaces.govuk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before the next, which would read a form to its end.
    "caseward.interfaces.web.sizes.SizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "caseward.interfaces.web.looking.LookingMiddleware",
]

ROOT_URLCONF = "caseward.config.urls"
WSGI_APPLICATION = "caseward.config.wsgi.application"
AUTH_USER_MODEL = "access.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Never ATOMIC_REQUESTS: on SQLite every page would take the one write lock.
DATABASES: dict[str, dict[str, Any]] = databases.read_databases(CASEWARD_HOME)
DATABASE_ROUTERS = ["caseward.config.databases.ReadLogRouter"]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Each journey keeps its own pages; two may both have an `index`, so none is an app.
        "DIRS": sorted(str(path) for path in PACKAGE.glob("interfaces/web/*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "caseward.interfaces.govuk.rendering.GovukRenderer"

# --- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# --- files served -------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = CASEWARD_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "caseward.config.static_files.NamedByContent"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- what a browser may do with a page ----------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A demonstration is served over plain http on this machine alone; everything else over https.
SECURE_SSL_REDIRECT = not CASEWARD_DEMONSTRATION
SECURE_HSTS_SECONDS = 0 if CASEWARD_DEMONSTRATION else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not CASEWARD_DEMONSTRATION
# Whether browsers are told for good belongs to whoever owns the whole domain name.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if os.environ.get("CASEWARD_BEHIND_PROXY") == "yes"
    else None
)
SESSION_COOKIE_SECURE = not CASEWARD_DEMONSTRATION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "caseward.interfaces.web.errors.views.form_expired"
CSRF_COOKIE_SECURE = not CASEWARD_DEMONSTRATION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- what is written down while it runs ---------------------------------------------------------
# Ids and counts only: never a name, never free text (style: Errors).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
