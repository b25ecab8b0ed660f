"""What every test runs under: strictness, a clock that stands still, and the database asked for."""

pytest_plugins = ["tests.strictness", "tests.databases", "tests.flushing"]
