#!/bin/sh
# Regenerates requirements.txt and requirements-test.txt from pyproject.toml.
# Arguments are passed to uv, e.g. --upgrade or --upgrade-package nh3.
set -eu
cd "$(dirname "$0")/.."

if [ ! -x .venv/bin/uv ]; then scripts/setup.sh test; fi

compile() {
    output=$1
    shift
    # --no-config and --no-emit-*: nothing of the machine that makes the lock may end up in it.
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-config --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" \
        --output-file "$output" "$@" pyproject.toml
}

compile requirements.txt "$@"
# The test lock repeats the runtime versions, so that what is tested is what runs.
compile requirements-test.txt --extra test --constraint requirements.txt "$@"
