#!/bin/sh
# Writes the locks anew: what runs, what tests, what locks, what looks for known faults, what reads
# the workflows. Each holds to the pins of the one before, so that they fit in one environment. Run
# with the oldest Python that we support.
# (-P: our own build.py must not stand in for the library of that name.)
set -eu
cd "$(dirname "$0")/.."

compile() {
    name=$1
    shift
    echo "requirements/$name.txt"
    "$PYTHON" -P -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras \
        --no-header --no-emit-options --output-file "requirements/$name.txt" "$@" pyproject.toml
}

compile run "$@"
compile test --extra test --constraint requirements/run.txt "$@"
compile lock --extra lock --constraint requirements/test.txt "$@"
compile audit --extra audit --constraint requirements/lock.txt "$@"
compile workflows --extra workflows --constraint requirements/audit.txt "$@"
