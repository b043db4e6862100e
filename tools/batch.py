"""Runs many commands of one version of the program in one process: for `tools/same.py`.

    python tools/batch.py BUILD_PY < JOBS      in the folder that contains the sites

BUILD_PY is the `build.py` of the version. JOBS is JSON, a list of:

    root      the folder of a site
    files     by path, in base64: files that are written into the site; after the job, the files that
              the site had before are restored
    commands  by the name of a file: the arguments of the command whose output is written to the file
    listed    by the name of a file: a folder below the root, whose files with their SHA-256 are
              written to the file; then the folder is deleted

One process runs all commands: there are hundreds, and most of them take less time than starting Python
and importing the program.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import hashlib
import io
import json
import os
import runpy
import shutil
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn


def main() -> None:
    program = Path(sys.argv[1]).resolve()
    sys.path[0] = str(program.parent)  # instead of the folder of this file
    os._exit = leave  # old versions call it, and the batch must go on
    for job in json.load(sys.stdin):
        run(job, program)
        gc.collect()  # a version may have switched it off


def leave(status: int) -> NoReturn:
    raise SystemExit(status)


def run(job: Mapping[str, Any], program: Path) -> None:
    """Runs one job. Afterwards, the site has the files that it had before."""
    root = Path(job["root"])
    with laid_over(root, {path: base64.b64decode(data) for path, data in job["files"].items()}):
        for name, arguments in job["commands"].items():
            written = Path(name)
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_text(
                output_of(program, ["--root", str(root), *arguments]), encoding="utf-8"
            )
        for name, folder in job["listed"].items():
            Path(name).write_text(listing(root / folder), encoding="utf-8")
            shutil.rmtree(root / folder, ignore_errors=True)


@contextlib.contextmanager
def laid_over(root: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Writes these files into the site; at the end of the `with` block, restores the former files."""
    paths = [root / name for name in files]
    before = [path.read_bytes() if path.exists() else None for path in paths]
    for path, data in zip(paths, files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    try:
        yield
    finally:
        for path, old in zip(paths, before, strict=True):
            if old is not None:
                path.write_bytes(old)
                continue
            path.unlink()
            while not any(path.parent.iterdir()):
                path = path.parent
                path.rmdir()


def output_of(program: Path, arguments: Sequence[str]) -> str:
    """The output of a command, with the traceback if there is one, and its exit status."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    status: object = 0
    sys.argv = [str(program), *arguments]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            runpy.run_path(str(program), run_name="__main__")
        except SystemExit as stop:
            status = stop.code
        except Exception:  # noqa: BLE001  # the next command is run all the same
            traceback.print_exc()
    return f"{text_of(out)}--- on standard error\n{text_of(err)}--- exit status {status or 0}\n"


def text_of(stream: io.TextIOWrapper) -> str:
    """The text in a stream in memory."""
    stream.seek(0)
    return stream.read()


def listing(folder: Path) -> str:
    """Every file below a folder with its SHA-256, a line each."""
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.relative_to(folder)}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


if __name__ == "__main__":
    main()
