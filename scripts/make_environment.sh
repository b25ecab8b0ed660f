#!/bin/sh
# Make .venv with the Python given, or say what is missing.
set -eu
cd "$(dirname "$0")/.."
python=$1
if ! command -v "$python" >/dev/null 2>&1; then
    echo "Python was not found (looked for '$python'). Install Python 3.11 or later, or say" >&2
    echo "which to use: make run PYTHON=/path/to/python3" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" --version) is too old: Caseward needs Python 3.11 or later." >&2
    echo "Install it, or say which to use: make run PYTHON=/path/to/python3.11" >&2
    exit 1
fi
[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 && exit 0
if ! "$python" -m venv --clear .venv; then
    echo "Python could not make an environment. On Debian and Ubuntu the package" >&2
    echo "python3-venv is needed: apt-get install python3-venv" >&2
    exit 1
fi
