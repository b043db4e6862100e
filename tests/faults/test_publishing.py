"""Publishing under attack: killed at every step, out of disk, without permission, twice at once.

After each the output holds the old tree or the new one, whole; the next build recovers.
"""

from __future__ import annotations

import errno
import importlib
import multiprocessing
import os
import resource
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.bodies import Body
from diptych.disk import OutputRefused, publish, refusal, verify
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
    return tuple(Output(path, Body(data), "content") for path, data in files.items())


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
    """Lets something happen just before the n-th system call of some kinds, in this process."""
    from_step(number, happens, steps, last=number)


def from_step(
    number: int, happens: Callable[[str], None], steps: set[str], last: int = sys.maxsize
) -> None:
    """The same before each call from the n-th to the last one."""
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writing = event == "open" and isinstance(arguments[1], str) and arguments[1][0] in "wx"
        if event in steps or (writing and "open for writing" in steps):
            seen += 1
            if number <= seen <= last:
                happens(event)

    sys.addaudithook(hook)


def killed(_: str) -> None:
    os._exit(KILLED)


@pytest.fixture(params=["exchange", "two renames", "exchange, standby", "two renames, standby"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that was published, where the system can swap two folders and where it cannot; with a
    standby in its cache and without.
    """
    if request.param.startswith("two renames"):
        monkeypatch.setattr(MODULE, "exchange", lambda one, other: False)
    root = write_files(tmp_path / "site", {"content/site.yaml": ""})
    if request.param.endswith("standby"):
        (root / ".cache").mkdir()
    put(OLD, root)
    write_files(root / "public", STRANGERS)
    with_standby(root)
    return root


def put(files: dict[str, bytes], site: Path, *, clean: bool = False) -> bool:
    """Publishes these files; with a standby where the site has a cache."""
    cache = site / ".cache" if (site / ".cache").is_dir() else None
    return publish(outputs(files), site / "public", site, clean=clean, cache=cache).changed


def with_standby(site: Path) -> None:
    """Makes sure that the old files are online, and in a standby where the site has a cache."""
    put(OLD, site)
    if (site / ".cache").is_dir() and not (site / ".cache" / "standby").exists():
        put(NEW, site)
        put(OLD, site)
        assert (site / ".cache" / "standby").is_dir()


def assert_clean(site: Path, when: str = "") -> None:
    """Nothing is left over, neither beside the output nor in a standby: that holds what is online, but
    for what is somebody else's, and no file has two names.
    """
    assert names(site) in (["content", "public"], [".cache", "content", "public"]), when
    standby = site / ".cache" / "standby"
    if standby.exists():
        assert names(standby.parent) == ["standby", "standby.json"], when
        online = tree(site / "public") or {}
        assert tree(standby) == {p: d for p, d in online.items() if p not in STRANGERS}, when
        assert not inodes(site / "public") & inodes(standby), when
    elif standby.parent.exists():
        assert names(standby.parent) in ([], ["standby.json"]), when


def inodes(folder: Path) -> set[int]:
    return {path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def exchanges() -> bool:
    return MODULE.exchange.__name__ == "exchange"


def publish_until_killed(number: int, site: Path) -> int:
    """Publishes NEW in a child, which is killed at a step; the status with which the child ended."""

    def publish() -> None:
        at_step(number, killed, STEPS)
        put(NEW, site)

    return in_a_child(publish)


def test_killed_before_every_system_call(site: Path) -> None:
    """Old or new, whole; between two renames the old one lies beside, and the next build finds it."""
    public = site / "public"
    gaps = 0
    for number in range(1, 400):
        status = publish_until_killed(number, site)
        found = tree(public)
        if found is None and not exchanges():
            gaps += 1
            assert tree(site / ".public.previous") == OLD | STRANGERS
        else:
            assert found in (OLD | STRANGERS, NEW | STRANGERS), f"killed at step {number}"
        put(OLD, site)
        assert tree(public) == OLD | STRANGERS
        assert_clean(site, f"left over from step {number}")
        with_standby(site)
        if status == FINISHED:
            break
        assert status == KILLED
    assert status == FINISHED
    assert number > 20
    assert gaps <= 1


def test_killed_while_a_lost_output_is_published(site: Path) -> None:
    """After each kill there is no output, or the whole new one, with a standby and without."""
    public = site / "public"
    for number in range(1, 400):
        shutil.rmtree(public)
        status = publish_until_killed(number, site)
        assert tree(public) in (None, NEW), f"killed at step {number}"
        put(OLD, site)
        assert tree(public) == OLD
        assert_clean(site, f"left over from step {number}")
        with_standby(site)
        if status == FINISHED:
            break
        assert status == KILLED
    assert status == FINISHED
    assert number > 10


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
            put(NEW, site)
            return SURVIVED if failed else FINISHED

        ends.append(in_a_child(publish_until_failed))
        assert tree(public) == (OLD if ends[-1] == FAILED else NEW) | STRANGERS, f"step {number}"
        put(OLD, site)
        assert_clean(site, f"left over from step {number}")
        with_standby(site)
        if ends[-1] == FINISHED:
            break
    assert ends[-1] == FINISHED
    fails = SURVIVED if (site / ".cache").is_dir() else FAILED  # without a standby, all is written
    assert ends.count(fails) > 10


def test_a_disk_that_stays_full(site: Path) -> None:
    """From any write on, nothing can be written: the old tree or the new one, whole; never half of one."""
    ends = []
    for number in range(1, 100):

        def publish_until_full(number: int = number) -> int:
            full = []

            def fails(event: str) -> None:
                full.append(event)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), event)

            from_step(number, fails, {"os.mkdir", "os.link", "open for writing"})
            put(NEW, site)
            return SURVIVED if full else FINISHED

        ends.append(in_a_child(publish_until_full))
        wanted = OLD if ends[-1] == FAILED else NEW
        assert tree(site / "public") == wanted | STRANGERS, f"step {number}"
        put(OLD, site)
        assert_clean(site, f"left over from step {number}")
        with_standby(site)
        if ends[-1] == FINISHED:
            break
    assert ends[-1] == FINISHED
    assert ends.count(FAILED) > 3


def test_a_file_that_is_cut_short_is_not_published(site: Path) -> None:
    """The kernel refuses to write more than 4 kB to a file, in the middle of a page."""

    def publish_much() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        put(NEW | {"big.html": b"x" * 100_000}, site)

    assert in_a_child(publish_much) == FAILED
    assert tree(site / "public") == OLD | STRANGERS
    assert_clean(site)


def test_a_write_that_lies_is_found_out(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes half of a file and says nothing."""
    whole = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda path, data: whole(path, data[: len(data) // 2]))
    with pytest.raises(OSError, match="was not written whole"):
        put(NEW, site)
    monkeypatch.undo()
    assert tree(site / "public") == OLD | STRANGERS


def test_two_builds_at_once(site: Path) -> None:
    """They take turns: the output is one of the two, whole, and nothing lies beside it."""

    def often(files: dict[str, bytes]) -> None:
        for _ in range(8):
            put(files, site, clean=True)

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
    assert_clean(site)


def test_a_reader_never_finds_a_page_missing(tmp_path: Path) -> None:
    """Where two folders can be swapped in one step, a web server serves every address all the time."""
    root = write_files(tmp_path / "site", {"content/site.yaml": ""})
    publish(outputs(OLD), root / "public", root)

    def publish_often() -> None:
        for files in (NEW, OLD) * 20:
            publish(outputs(files), root / "public", root)

    publisher = multiprocessing.get_context("fork").Process(target=publish_often)
    publisher.start()
    try:
        while publisher.is_alive():
            found = (root / "public" / "index.html").read_bytes()
            assert found in (OLD["index.html"], NEW["index.html"])
    finally:
        publisher.join()
    assert publisher.exitcode == 0


def test_a_manifest_cannot_lead_outside(site: Path) -> None:
    """A published tree is data from outside: nothing that its manifest names is touched beyond it."""
    public = site / "public"
    (site / "precious").write_bytes(b"precious")
    (public / "release.json").write_text('{"made-by": "diptych", "files": {"../precious": "x"}}')
    verify(public)
    for path in OLD:
        (public / path).unlink()
    put(NEW, site)
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
    assert (
        result.err.splitlines()[-1]
        == f"the system refused: this account has no permission ({root})"
    )


def test_a_full_disk_ends_with_3_and_a_sentence(
    tmp_path: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site(tmp_path)

    def write_bytes(path: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path.name)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    result = run("build", root=root)
    assert result.status == 3
    assert result.err.splitlines()[-1].startswith("the system refused: the disk is full (")
    assert not (root / "public").exists()
    assert not (root / ".public.staging").exists()


def test_an_unreadable_source_ends_with_3_and_a_sentence(
    tmp_path: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site(tmp_path)

    def refuse(path: str, mode: str) -> object:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr("diptych.disk.read.open", refuse, raising=False)
    result = run("build", root=root)
    assert result.status == 3
    assert result.err.startswith("the system refused: this account has no permission (")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "the system refused: the disk is full (x)"),
        (errno.EROFS, "the system refused: it can be read and not written (x)"),
        (errno.ENOTTY, f"the system refused: {os.strerror(errno.ENOTTY)} (x)"),  # a rare reason
    ],
)
def test_what_the_system_refuses_is_said_in_words(code: int, said: str) -> None:
    assert str(refusal(OSError(code, os.strerror(code), "x"))) == said
    assert str(refusal(OSError(code, os.strerror(code)))) == said.removesuffix(" (x)")
