#!/bin/sh
# Walks the tour over the whole demonstration in a browser and keeps its pictures for the documents.
# Needed before: make test, which brings the browser.
set -eu
cd "$(dirname "$0")/.."
CASEWARD_PICTURES=docs/pictures CASEWARD_TEST_DATABASE=sqlite \
  .venv/bin/python -m pytest tests/journeys/test_tour.py -q -n 0 "$@"
