#!/bin/sh
# Install a list of requirements by hash, then Caseward itself; with uv where it is, else with pip.
set -eu
cd "$(dirname "$0")/.."
echo "Installing $1"
# The machine's own certificates count: an office network often puts one of its own in between.
# Where uv cannot reach what pip can (pip reads the machine's settings), pip takes its place.
with_uv() { VIRTUAL_ENV="$PWD/.venv" .venv/bin/uv pip install --quiet --system-certs "$@"; }
with_pip() { .venv/bin/python -m pip install --quiet "$@"; }
install() {
    if [ -x .venv/bin/uv ] && with_uv "$@"; then return 0; fi
    with_pip "$@"
}
install --require-hashes -r "$1"
install --no-deps --no-build-isolation -e .
