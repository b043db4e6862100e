"""Publishing under attack: killed at every step, out of disk, without permission, twice at once.

After each the output holds the old tree or the new one, whole; the next build recovers.
"""

from __future__ import annotations

import errno
import importlib
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.disk import OutputRefused, publish, verify
from diptych.model import Output
from tests.conftest import Ran, write_files, write_site

MODULE = importlib.import_module("diptych.disk.publish")
FINISHED, KILLED, FAILED, SURVIVED = 0, 9, 3, 4
STEPS = {
    "open",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.chmod",
    "os.listdir",
    "os.scandir",
    "shutil.rmtree",
    "shutil.copystat",
    "ctypes.dlopen",
    "ctypes.dlsym",
    "fcntl.flock",
}
WRITES = {"os.mkdir", "os.rename", "os.chmod", "os.remove", "os.rmdir"}

OLD = {"index.html": b"old" * 9, "nl/weg/index.html": b"weg"}
NEW = {"index.html": b"new" * 9, "fr/index.html": b"fr"}
STRANGERS = {".git/HEAD": b"ref: main"}


def outputs(files: dict[str, bytes]) -> tuple[Output, ...]:
    return tuple(Output(path, data, "content") for path, data in files.items())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def tree(public: Path) -> dict[str, bytes] | None:
    """Every file but the manifest; None when there is no tree."""
    if not public.exists():
        return None
    found = {
        p.relative_to(public).as_posix(): p.read_bytes() for p in public.rglob("*") if p.is_file()
    }
    found.pop("release.json", None)
    return found


def in_a_child(action: Callable[[], int | None]) -> int:
    """Runs an action in a forked process; how that one ended."""
    child = os.fork()
    if child == 0:
        status = FAILED
        try:
            status = action() or FINISHED
        except (OSError, OutputRefused):
            pass
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def at_step(number: int, happens: Callable[[str], None], steps: set[str]) -> None:
    """Lets something happen just before the n-th system call of some kinds, in this process for ever."""
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writing = event == "open" and isinstance(arguments[1], str) and arguments[1][0] in "wx"
        if event in steps or (writing and "open for writing" in steps):
            seen += 1
            if seen == number:
                happens(event)

    sys.addaudithook(hook)


def killed(_: str) -> None:
    os._exit(KILLED)


@pytest.fixture(params=["exchange", "two renames"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that was published once, where the system can swap two folders and where it cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(MODULE, "exchange", lambda one, other: False)
    root = write_files(tmp_path / "site", {"content/site.yaml": ""})
    publish(outputs(OLD), root / "public", root)
    write_files(root / "public", STRANGERS)
    return root


def exchanges() -> bool:
    return MODULE.exchange.__name__ == "exchange"


def test_killed_before_every_system_call(site: Path) -> None:
    """Old or new, whole; between two renames the old one lies beside, and the next build finds it."""
    public = site / "public"
    gaps = 0
    for number in range(1, 400):

        def publish_until_killed(number: int = number) -> None:
            at_step(number, killed, STEPS)
            publish(outputs(NEW), public, site)

        status = in_a_child(publish_until_killed)
        found = tree(public)
        if found is None and not exchanges():
            gaps += 1
            assert tree(site / ".public.previous") == OLD | STRANGERS
        else:
            assert found in (OLD | STRANGERS, NEW | STRANGERS), f"killed at step {number}"
        publish(outputs(OLD), public, site)
        assert tree(public) == OLD | STRANGERS
        assert names(site) == ["content", "public"], f"left over from step {number}"
        if status == FINISHED:
            break
        assert status == KILLED
    assert status == FINISHED
    assert number > 20
    assert gaps <= 1


def test_every_write_can_fail(site: Path) -> None:
    """A full disk, a missing permission, a broken disk: refused with the old tree, or overcome."""
    public = site / "public"

    ends = []
    for number in range(1, 100):

        def publish_until_failed(number: int = number) -> int:
            failed = []

            def fails(event: str) -> None:
                failed.append(event)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), event)

            at_step(number, fails, WRITES | {"open for writing"})
            publish(outputs(NEW), public, site)
            return SURVIVED if failed else FINISHED

        ends.append(in_a_child(publish_until_failed))
        assert tree(public) == (OLD if ends[-1] == FAILED else NEW) | STRANGERS, f"step {number}"
        publish(outputs(OLD), public, site)
        assert names(site) == ["content", "public"], f"left over from step {number}"
        if ends[-1] == FINISHED:
            break
    assert ends[-1] == FINISHED
    assert ends.count(FAILED) > 10


def test_a_file_that_is_cut_short_is_not_published(site: Path) -> None:
    """The kernel refuses to write more than 4 kB to a file, in the middle of a page."""

    def publish_much() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        publish(outputs(NEW | {"big.html": b"x" * 100_000}), site / "public", site)

    assert in_a_child(publish_much) == FAILED
    assert tree(site / "public") == OLD | STRANGERS
    assert names(site) == ["content", "public"]


def test_a_write_that_lies_is_found_out(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes half of a file and says nothing."""
    whole = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda path, data: whole(path, data[: len(data) // 2]))
    with pytest.raises(OSError, match="was not written whole"):
        publish(outputs(NEW), site / "public", site)
    monkeypatch.undo()
    assert tree(site / "public") == OLD | STRANGERS


def test_two_builds_at_once(site: Path) -> None:
    """They take turns: the output is one of the two, whole, and nothing lies beside it."""

    def often(files: dict[str, bytes]) -> None:
        for _ in range(8):
            publish(outputs(files), site / "public", site, clean=True)

    children = []
    for files in (OLD, NEW):
        child = os.fork()
        if child == 0:
            status = FAILED
            try:
                often(files)
                status = FINISHED
            finally:
                os._exit(status)
        children.append(child)
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert ends == [FINISHED, FINISHED]
    assert tree(site / "public") in (OLD | STRANGERS, NEW | STRANGERS)
    assert names(site) == ["content", "public"]


def test_a_reader_never_finds_a_page_missing(tmp_path: Path) -> None:
    """Where two folders can be swapped in one step, a web server serves every address all the time."""
    root = write_files(tmp_path / "site", {"content/site.yaml": ""})
    publish(outputs(OLD), root / "public", root)
    stop = root / "stop"
    child = os.fork()
    if child == 0:
        try:
            while not stop.exists():
                for files in (NEW, OLD):
                    publish(outputs(files), root / "public", root)
        finally:
            os._exit(0)
    try:
        end = time.monotonic() + 0.4
        while time.monotonic() < end:
            assert (root / "public" / "index.html").read_bytes() in (
                OLD["index.html"],
                NEW["index.html"],
            )
    finally:
        stop.touch()
        os.waitpid(child, 0)


def test_a_manifest_cannot_lead_outside(site: Path) -> None:
    """A published tree is data from outside: nothing that its manifest names is touched beyond it."""
    public = site / "public"
    (site / "precious").write_bytes(b"precious")
    (public / "release.json").write_text('{"made-by": "diptych", "files": {"../precious": "x"}}')
    verify(public)
    for path in OLD:
        (public / path).unlink()
    publish(outputs(NEW), public, site)
    assert (site / "precious").read_bytes() == b"precious"


def test_no_permission_ends_with_3_and_a_sentence(
    tmp_path: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site(tmp_path)

    def mkdir(path: Path, *arguments: object, **options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    result = run("build", root=root)
    assert result.status == 3
    assert result.err.splitlines()[-1] == f"the system refused: Permission denied ({root})"


def test_a_full_disk_ends_with_3_and_a_sentence(
    tmp_path: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site(tmp_path)

    def write_bytes(path: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path.name)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    result = run("build", root=root)
    assert result.status == 3
    assert result.err.splitlines()[-1].startswith("the system refused: No space left on device (")
    assert not (root / "public").exists()
    assert not (root / ".public.staging").exists()


def test_an_unreadable_source_ends_with_3_and_a_sentence(
    tmp_path: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site(tmp_path)

    def read_bytes(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path.name)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    result = run("build", root=root)
    assert result.status == 3
    assert result.err.startswith("the system refused: Permission denied (")
