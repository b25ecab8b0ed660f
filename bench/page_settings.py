"""The product's settings for benchmarks of pages: style sheets need not be gathered first."""

from caseward.config.settings import *  # noqa: F403
from caseward.config.settings import MIDDLEWARE, STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MIDDLEWARE = [each for each in MIDDLEWARE if "whitenoise" not in each.lower()]
ALLOWED_HOSTS = ["*"]
