"""Fetches the CMS for the forms in the browser into vendor/ (or another folder): `make admin`.

The package is fetched with npm, from the registry in npm's configuration. Its files are kept only if
their SHA-256 is the one in diptych/outputs/forms/page.py; the licences are kept beside them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from diptych.outputs.forms.page import FOLDER, PACKAGE, VENDORED  # noqa: E402

LICENCES = (
    "LICENSE.txt",
    "npm/assets/source-sans-3.LICENSE.txt",
    "npm/assets/material-symbols-outlined.LICENSE.txt",
)


def main(target: Path = ROOT / FOLDER) -> int:
    """0 when every file is in its place; 1 with a sentence when one is not."""
    npm = shutil.which("npm")
    if npm is None:
        print(f"npm is missing. Install it, or put these files in {FOLDER}/ yourself:")
        for each in VENDORED:
            print(f"  {each.name}: {each.source} of {PACKAGE}, SHA-256 {each.digest}")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, check=False)
        archives = list(Path(folder).glob("*.tgz"))
        if packed.returncode or len(archives) != 1:
            print(f"npm could not fetch {PACKAGE}")
            return 1
        return keep(archives[0], target)


def keep(archive: Path, folder: Path) -> int:
    """The files that are needed, out of the package and into the folder: all of them or none."""
    with tarfile.open(archive) as package:
        files = {each.name: member(package, each.source) for each in VENDORED}
        texts = {Path(name).name: member(package, name) for name in LICENCES}
    wrong = [
        each for each in VENDORED if hashlib.sha256(files[each.name]).hexdigest() != each.digest
    ]
    for each in wrong:
        print(f"{each.source} of {PACKAGE} is not the file that is known; nothing was kept")
    if wrong:
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in {**files, **texts}.items():
        (folder / name).write_bytes(data)
        print(os.path.relpath(folder / name, ROOT))
    return 0


def member(package: tarfile.TarFile, name: str) -> bytes:
    """A file of the package; empty when it is not there."""
    try:
        found = package.extractfile(f"package/{name}")
    except KeyError:
        return b""
    return found.read() if found else b""


if __name__ == "__main__":
    raise SystemExit(main(*map(Path, sys.argv[1:2])))
