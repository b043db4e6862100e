"""Prints the path of a Chromium for the browser tests; installs one where that can be done.

The variable CHROMIUM may name a browser; else the usual names and places are tried, then
Playwright's own download. A browser that does not start is skipped, such as a command that only tells
the user to install a package. The headless shell is tried first: it is the same engine without windows,
takes a third less processor time, and is the browser that Playwright itself prefers.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from debian import install_packages

NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
MAC = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
DOWNLOADS = (".cache/ms-playwright", "Library/Caches/ms-playwright")  # of Playwright, at home
IN_DOWNLOAD = (
    "chromium_headless_shell-*/chrome-*/*headless[-_]shell",
    "chromium-*/chrome-*/chrome",
    "chromium-*/chrome-*/*.app/Contents/MacOS/*",
)
PACKAGES = ("chromium-headless-shell", "fonts-dejavu-core", "fonts-liberation")  # of Debian

NOT_THERE = """\
Er is geen Chromium gevonden voor de tests in de browser. Installeer Chromium of Chrome, of voer dit uit:
Aucun Chromium pour les tests dans le navigateur. Installez Chromium ou Chrome, ou lancez :
No Chromium was found for the tests in the browser. Install Chromium or Chrome, or run:
    .venv/bin/python -m playwright install chromium"""

NOT_WORKING = """\
CHROMIUM={path}: dat start niet. / cela ne démarre pas. / that does not start."""


def candidates() -> Iterator[Path]:
    """Where a Chromium may be, the likeliest first."""
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield from (folder / app for app in MAC)
    for folder in (Path.home() / each for each in DOWNLOADS):
        for pattern in IN_DOWNLOAD:
            yield from sorted(folder.glob(pattern), reverse=True)


def starts(path: Path) -> bool:
    """Whether this is a browser that runs here."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find() -> Path | None:
    """The first Chromium that starts."""
    return next((path for path in candidates() if starts(path)), None)


def main() -> int:
    """Prints the path; 1 with a sentence when there is none."""
    if named := os.environ.get("CHROMIUM"):
        if not starts(Path(named)):
            print(NOT_WORKING.format(path=named), file=sys.stderr)
            return 1
        print(named)
        return 0
    path = find()
    if path is None and install_packages(*PACKAGES):
        path = find()
    if path is None:
        print(NOT_THERE, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
