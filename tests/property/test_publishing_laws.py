"""After any releases, and whatever was done by hand meanwhile, what is online is the last release."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from diptych.bodies import Body
from diptych.disk import MANIFEST, publish, verify
from diptych.model import Output

NAMES = ("a", "b", "index.html", "nl", "x.css")
PATHS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map("/".join)
TEXTS = st.sampled_from([b"", b"one", b"two", b"three"])


def fitting(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Without what lies below another file."""
    above = {path: [path[: at + 1] for at, c in enumerate(path) if c == "/"] for path in files}
    return {
        path: data
        for path, data in files.items()
        if not any(each.rstrip("/") in files for each in above[path])
    }


RELEASES = st.dictionaries(PATHS, TEXTS, max_size=8).map(fitting)
HANDS = st.sampled_from(["nothing", "edit", "delete", "touch", "chmod", "no cache", "no output"])
STEPS = st.lists(
    st.tuples(RELEASES, HANDS, st.sampled_from(["public", ".cache/standby"])), max_size=8
)


def meddle(root: Path, how: str, where: str) -> None:
    """What somebody does by hand to the first file of a tree, or to the whole of it."""
    if how in ("no cache", "no output"):
        shutil.rmtree(root / (".cache" if how == "no cache" else "public"), ignore_errors=True)
        return
    files = sorted(path for path in (root / where).rglob("*") if path.is_file())
    file = next((path for path in files if path.name != MANIFEST), None)
    if file is None:
        return
    if how == "edit":
        file.write_bytes(b"by hand")
    elif how == "delete":
        file.unlink()
    elif how == "touch":
        os.utime(file, ns=(0, 0))
    elif how == "chmod":
        file.chmod(0o600)


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_what_is_online_is_the_last_release(steps: list[tuple[dict[str, bytes], str, str]]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for files, how, where in steps:
            outputs = [Output(path, Body(data), "content") for path, data in files.items()]
            changed = publish(outputs, root / "public", root, cache=root / ".cache").changed
            assert files_in(root / "public") == files
            assert verify(root / "public") == ()
            standby = root / ".cache" / "standby"
            if changed and standby.exists():
                assert files_in(standby) == files
                names = {path.stat().st_ino for path in standby.rglob("*") if path.is_file()}
                assert not names & {path.stat().st_ino for path in (root / "public").rglob("*")}
            meddle(root, how, where)
