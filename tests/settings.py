"""The product's settings, in a home of their own, with the little that a test run changes.

CASEWARD_TEST_DATABASE chooses the database: `sqlite` (the default) or `postgresql`. The test ids
are the same on both.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The first process keeps one scratch folder for the run and removes it; its helpers work inside.
# The type checker loads these settings too, and ends without tidying: it has one folder for good.
if "pytest" not in sys.modules:
    os.environ.setdefault("CASEWARD_TEST_SCRATCH", str(ROOT / ".mypy_cache"))
if "CASEWARD_TEST_SCRATCH" not in os.environ:
    os.environ["CASEWARD_TEST_SCRATCH"] = tempfile.mkdtemp(prefix="caseward-tests-")
    atexit.register(shutil.rmtree, os.environ["CASEWARD_TEST_SCRATCH"], ignore_errors=True)
_run = Path(os.environ["CASEWARD_TEST_SCRATCH"])
_run.mkdir(exist_ok=True)
_scratch = Path(tempfile.mkdtemp(dir=_run)) if "pytest" in sys.modules else _run / "settings"
os.environ["CASEWARD_HOME"] = str(_scratch / "home")
os.environ["CASEWARD_DEMONSTRATION"] = "yes"
IS_POSTGRESQL = os.environ.get("CASEWARD_TEST_DATABASE", "sqlite") == "postgresql"
# One server for the whole run: the first process starts it, and its helpers inherit its folder.
# (Not inside this scratch folder: the server runs as a user who may not look into it.)
if IS_POSTGRESQL and "CASEWARD_TEST_SERVER" not in os.environ:
    os.environ["CASEWARD_TEST_SERVER"] = tempfile.mkdtemp(prefix="caseward-server-")
TEST_SERVER = Path(os.environ.get("CASEWARD_TEST_SERVER", "."))
# The browser's library runs a loop of its own in the thread that tests use the database in.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
if IS_POSTGRESQL:
    os.environ["CASEWARD_DATABASE"] = os.environ.get(
        "TEST_DATABASE_URL", f"postgresql://postgres@/caseward?host={TEST_SERVER}"
    )
else:
    os.environ.pop("CASEWARD_DATABASE", None)

from caseward.config.settings import *  # noqa: E402, F403 -- the home must be named first
from caseward.config.settings import DATABASES, STORAGES  # noqa: E402

# Hashed names need a collected folder, which the live server does not have.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if not IS_POSTGRESQL:
    for _alias, _database in DATABASES.items():
        # A file, as in the product: an in-memory database has no log, no lock and no second reader.
        _database["TEST"] = {"NAME": str(_scratch / f"{_alias}.sqlite3")}
