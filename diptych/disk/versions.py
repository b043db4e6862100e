"""Versions of this program: the version and origin of the running program, and the result of
another version for a site.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import diptych
from diptych.disk.git import checkout_of, commit_of
from diptych.disk.manifest import published
from diptych.values import Value


class Made(Value):
    """The messages and the outputs of another version; no outputs if it fails."""

    printed: str
    outputs: Mapping[str, bytes]


def for_pip(address: str) -> str:
    """The address of a repository, `git+…`, with a host: `git+file:///srv/x` gets `localhost`.

    Up to 24.0, pip calls a requirement without a host invalid; Python 3.11 brings such a pip.
    """
    return re.sub(r"^git\+file:///(?![A-Za-z]:)", "git+file://localhost/", address)


# Libraries come as their makers built them: no code of theirs runs while they are installed. The program
# itself is named by the address of its repository, so that pip builds it from there all the same.
INSTALL = ("-m", "pip", "install", "--quiet", "--no-input", "--only-binary", ":all:")


@contextmanager
def version(requirement: str) -> Iterator[str | None]:
    """The command of a version, installed for a moment beside this one; None if pip fails."""
    import subprocess  # here, as below, since no build needs it
    import tempfile

    with tempfile.TemporaryDirectory(prefix="diptych-") as folder:
        python, command = programs(Path(folder), windows=os.name == "nt")
        steps = (
            [sys.executable, "-m", "venv", folder],
            [str(python), *INSTALL, requirement],
        )
        works = all(subprocess.run(each, check=False).returncode == 0 for each in steps)
        yield str(command) if works else None


def programs(environment: Path, *, windows: bool) -> tuple[Path, Path]:
    """Python and this program in a virtual environment, by the conventions of the system."""
    folder, ending = ("Scripts", ".exe") if windows else ("bin", "")
    return environment / folder / f"python{ending}", environment / folder / f"diptych{ending}"


def made_by(command: str, root: Path, day: str) -> Made:
    """The result of a version (its command) for a site on a day; the site's own `public/` stays
    unchanged.
    """
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory(prefix="diptych-") as folder:
        target = Path(folder).resolve() / "public"
        common = ["--root", str(root), "--today", day]
        checked = subprocess.run(
            [command, "check", "--strict", *common],
            capture_output=True,
            check=False,
            encoding="utf-8",  # in which this program speaks on every system
        )
        build = [command, "build", "--output", str(target), *common]
        done = subprocess.run(build, capture_output=True, check=False, encoding="utf-8")
        outputs = published(target) if done.returncode == 0 else {}
        return Made(checked.stdout + (done.stderr if done.returncode else ""), outputs)


def version_line() -> str:
    """The version of this program, with its commit if known, as users name it in bug reports."""
    commit = _installation().get("vcs_info", {}).get("commit_id") or commit_of(_package())
    return f"diptych {diptych.VERSION} ({commit})" if commit else f"diptych {diptych.VERSION}"


def own_address() -> str:
    """The repository with its commit, as pip reads it: of this program's installation, else of its
    checkout; "" if both are unknown.
    """
    known = _installation()
    commit = known.get("vcs_info", {}).get("commit_id")
    return f"git+{known['url']}@{commit}" if commit else checkout_of(_package()) or ""


def _installation() -> Mapping[str, Any]:
    """The address from which pip installed this program (PEP 610, `direct_url.json`); empty if the
    program runs from a checkout, even if it is also installed.
    """
    from importlib import metadata  # other calls need none of it, and it takes 30 ms

    try:
        found = metadata.distribution("diptych")
    except metadata.PackageNotFoundError:
        return {}
    if Path(str(found.locate_file("diptych"))).resolve() != _package():
        return {}
    text = found.read_text("direct_url.json")
    return json.loads(text) if text else {}


def _package() -> Path:
    return Path(diptych.__file__).resolve().parent
