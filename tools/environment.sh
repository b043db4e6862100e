#!/bin/sh
# Fills .venv from a lock: environment.sh run|test. Looks for a Python that is new enough,
# or takes the one that PYTHON names, and leaves the rest to environment.py.
set -eu
cd "$(dirname "$0")/.."

new_enough() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    new_enough "$PYTHON" && exec "$PYTHON" tools/environment.py "$@"
else
    for python in python3 python3.13 python3.12 python3.11 python3.14 python; do
        new_enough "$python" && exec "$python" tools/environment.py "$@"
    done
fi

cat >&2 <<'END'
Python 3.11 of nieuwer ontbreekt. Installeer het, of wijs het aan: make PYTHON=/pad/naar/python3 …
Il manque Python 3.11 ou plus récent. Installez-le, ou indiquez-le : make PYTHON=/chemin/vers/python3 …
Python 3.11 or newer is missing. Install it, or name it: make PYTHON=/path/to/python3 …
END
exit 1
