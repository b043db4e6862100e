"""Another version of this program: its newest commit, and what it makes of a site."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from diptych.disk.history import git
from diptych.disk.manifest import published
from diptych.values import Value


class Made(Value):
    """The messages and the outputs of another version; no outputs if it fails."""

    said: str
    outputs: Mapping[str, bytes]


def newest_commit(address: str) -> str | None:
    """The newest commit of a repository; None if git cannot reach it."""
    found = git(Path.cwd(), "ls-remote", address, "HEAD")
    return found.split()[0] if found else None


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
        found = published(target) if done.returncode == 0 else {}
        outputs = {path.relative_to(target).as_posix(): data for path, data in found.items()}
        return Made(checked.stdout + (done.stderr if done.returncode else ""), outputs)
