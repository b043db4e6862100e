"""Fetches the CMS for the forms in the browser into `vendor/` (or another folder): `make admin`.

npm fetches the package, from the registry of its own configuration. A file is kept only if its SHA-256
is the one that `diptych.outputs.forms.page` names; the licences are kept beside the files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from diptych.cli.terminal import DONE, ENVIRONMENT, Terminal, message_language
from diptych.diagnostics import say
from diptych.i18n import translator
from diptych.outputs.forms.page import PACKAGE, VENDORED

LICENCES = (
    "LICENSE.txt",
    "npm/assets/source-sans-3.LICENSE.txt",
    "npm/assets/material-symbols-outlined.LICENSE.txt",
)


def fetch(target: Path) -> int:
    """Fetches the files, and says which; returns the exit status: 0 if every file is in its place."""
    terminal = Terminal(translator(message_language(None, os.environ)))
    npm = shutil.which("npm")
    if npm is None:
        terminal.tell(
            say(
                "npm is missing: install it, or put these files of {package} into {folder} yourself",
                package=PACKAGE,
                folder=f"{target}/",
            )
        )
        for each in VENDORED:
            terminal.show(f"{each.name}: {each.source}, SHA-256 {each.digest}\n")
        return ENVIRONMENT
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, check=False)
        archives = list(Path(folder).glob("*.tgz"))
        if packed.returncode or len(archives) != 1:
            terminal.tell(say("npm could not fetch {package}", package=PACKAGE))
            return ENVIRONMENT
        return keep(archives[0], target, terminal)


def keep(archive: Path, folder: Path, terminal: Terminal) -> int:
    """Writes the files that are needed, out of the package and into the folder: all of them or none."""
    with tarfile.open(archive) as package:
        files = {each.name: _member(package, each.source) for each in VENDORED}
        texts = {Path(name).name: _member(package, name) for name in LICENCES}
    wrong = [
        each for each in VENDORED if hashlib.sha256(files[each.name]).hexdigest() != each.digest
    ]
    for each in wrong:
        terminal.tell(
            say(
                "{file} of {package} is not the file that is known; nothing was kept",
                file=each.source,
                package=PACKAGE,
            )
        )
    if wrong:
        return ENVIRONMENT
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in {**files, **texts}.items():
        (folder / name).write_bytes(data)
        terminal.show(f"{folder / name}\n")
    return DONE


def _member(package: tarfile.TarFile, name: str) -> bytes:
    """A file of the package; empty if it is not there."""
    try:
        found = package.extractfile(f"package/{name}")
    except KeyError:
        return b""
    return found.read() if found else b""
