#!/bin/sh
# Pin every dependency of pyproject.toml with its hashes, naming no package index.
set -eu
cd "$(dirname "$0")/.."
compile() {
    output=$1
    shift
    .venv/bin/uv pip compile "$@" --universal --generate-hashes --python-version 3.11 \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" \
        --quiet --output-file "$output"
}
compile requirements.txt pyproject.toml --group build
compile requirements-dev.txt pyproject.toml --group build --group dev --constraint requirements.txt
for tool in uv node postgresql; do
    compile "requirements/$tool.txt" --group "pyproject.toml:$tool"
done
