#!/bin/sh
# Install the front-end packages by their lock file, then take out of them what pages need.
set -eu
# Node brings its own list of certificates; the machine's are added where it keeps them.
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r /etc/ssl/certs/ca-certificates.crt ]; then
    export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
fi
cd "$(dirname "$0")/.."
echo "Installing the front-end packages"
if ! command -v npm >/dev/null 2>&1; then
    scripts/install_node.sh
    PATH="$PWD/.venv/bin:$PATH"
fi
if ! npm ci --omit=peer --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null; then
    echo "The front-end packages could not be installed (npm said why, above). A connection to" >&2
    echo "a package registry is needed once." >&2
    exit 1
fi
.venv/bin/python scripts/build_frontend.py
