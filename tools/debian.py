"""Installs packages of the system, if a script may do so: on Debian, as root."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys


def install_packages(*names: str) -> bool:
    """Installs packages with apt-get; False if a script may not do that, or if it fails."""
    if os.geteuid() != 0 or not _is_debian() or shutil.which("apt-get") is None:
        return False
    print(f"apt-get install {' '.join(names)}", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "--yes", "--no-install-recommends", *names)):
        done = subprocess.run(
            ["apt-get", "--quiet=2", *command], env=quiet, stdout=sys.stderr, check=False
        )
        if done.returncode:
            return False
    return True


def _is_debian() -> bool:
    """Debian itself: Ubuntu's package of Chromium is a snap, which needs more than apt-get."""
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False
