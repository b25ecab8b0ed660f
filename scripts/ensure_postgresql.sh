#!/bin/sh
# Make sure PostgreSQL's programs are here, and write their folder to .stamps/postgresql-path.
# Fails, saying what to install, rather than letting the database tests be skipped.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .stamps

keep() {
    if [ -x "$1/initdb" ] && [ -x "$1/postgres" ] && [ -x "$1/pg_ctl" ]; then
        printf '%s\n' "$1" >.stamps/postgresql-path
        exit 0
    fi
}
keep_newest_installed() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do keep "$folder"; done
    if command -v pg_config >/dev/null 2>&1; then keep "$(pg_config --bindir)"; fi
}

if [ -n "${TEST_DATABASE_URL:-}" ]; then
    : >.stamps/postgresql-path
    exit 0
fi
keep_newest_installed
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing PostgreSQL"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql; then
        keep_newest_installed
    fi >/dev/null
fi
echo "Bringing PostgreSQL from a wheel"
if .venv/bin/python -m pip install --quiet --require-hashes -r requirements/postgresql.txt; then
    folder=$(find .venv/lib -type d -path '*/pginstall/bin' | head -n 1)
    if [ -n "$folder" ]; then keep "$PWD/$folder"; fi
fi
cat >&2 <<'SAY'
PostgreSQL cannot be had, so the store cannot be tested on it.
Install it (Debian and Ubuntu: apt-get install postgresql), or set TEST_DATABASE_URL to a server on
which databases may be made, like postgresql://user:password@localhost:5432/postgres
SAY
exit 1
