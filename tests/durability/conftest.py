"""What every proof of durability is given."""

import pytest

from tests import settings


@pytest.fixture
def own_store() -> str:
    """The database that this proof keeps a store of its own in, apart from the tests' database."""
    return "postgresql" if settings.IS_POSTGRESQL else "sqlite"
