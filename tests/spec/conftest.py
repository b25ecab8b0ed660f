"""The `spec` of a spec test: every engine there is, one after the other."""

import pytest

from tests.spec import engines
from tests.spec.specs import Spec


@pytest.fixture(params=["reference"])
def spec(request: pytest.FixtureRequest) -> Spec:
    """Return an empty example, held against the engine under test."""
    return Spec({"reference": engines.reference}[request.param]())
