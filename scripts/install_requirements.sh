#!/bin/sh
# Install a list of requirements by hash, then Caseward itself; with uv where it is, else with pip.
set -eu
cd "$(dirname "$0")/.."
echo "Installing $1"
if [ -x .venv/bin/uv ]; then
    install() { VIRTUAL_ENV="$PWD/.venv" .venv/bin/uv pip install --quiet "$@"; }
else
    install() { .venv/bin/python -m pip install --quiet "$@"; }
fi
install --require-hashes -r "$1"
install --no-deps --no-build-isolation -e .
