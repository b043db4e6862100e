"""Publishing with a standby: what changed is written, once in each tree, and nothing else is."""

from __future__ import annotations

import errno
import importlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from diptych.bodies import Body
from diptych.disk import MANIFEST, publish, verify
from diptych.model import Output
from tests.conftest import Ran, write_files, write_site

PAGES = {f"nl/p{number}/index.html": f"page {number}".encode() for number in range(20)}
FIRST = {"index.html": b"first", "nl/away/index.html": b"away", "a/x.css": b"x", **PAGES}
MODULE = importlib.import_module("diptych.disk.standby")


class Site:
    """A folder with a site, its output and its cache."""

    def __init__(self, root: Path) -> None:
        self.root, self.public, self.cache = root, root / "public", root / ".cache"
        self.standby = self.cache / "standby"

    def put(self, files: Mapping[str, bytes], target: Path | None = None) -> bool:
        made = tuple(Output(path, Body(data), "content") for path, data in files.items())
        return publish(made, target or self.public, self.root, cache=self.cache).changed

    def assert_level(self, files: Mapping[str, bytes]) -> None:
        """Both trees hold these files, each by itself and as old in one as in the other."""
        online, standby = files_in(self.public), files_in(self.standby)
        assert files_of(online) == files_of(standby) == files
        assert {path: at.stat().st_mtime_ns for path, at in online.items()} == {
            path: at.stat().st_mtime_ns for path, at in standby.items()
        }
        assert {at.stat().st_nlink for at in (*online.values(), *standby.values())} == {1}
        assert folders_in(self.public) == folders_in(self.standby)


def files_in(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }


def files_of(found: Mapping[str, Path]) -> dict[str, bytes]:
    return {path: at.read_bytes() for path, at in found.items() if path != MANIFEST}


def folders_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that has a standby."""
    site = Site(write_files(tmp_path / "site", {"content/site.yaml": ""}))
    site.put({"index.html": b"before"})
    site.put(FIRST)
    site.assert_level(FIRST)
    return site


EVENTS: list[tuple[str, str]] = []
WATCHED = {"os.mkdir": "make", "os.rmdir": "unmake", "os.remove": "remove", "os.link": "link"}


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[1], str) and arguments[1][0] in "wx":
        EVENTS.append(("write", str(arguments[0])))
    elif event in WATCHED:
        EVENTS.append((WATCHED[event], str(arguments[0])))


sys.addaudithook(_note)


@contextmanager
def noted(site: Site) -> Iterator[dict[str, list[str]]]:
    """What is written, removed and made in the two trees: kind -> paths there."""
    found: dict[str, list[str]] = {}
    EVENTS.clear()
    yield found
    for kind, path in EVENTS:
        for top in (site.standby, site.public):
            if path.startswith(f"{top}/"):
                found.setdefault(kind, []).append(path[len(str(top)) + 1 :])
    for each in found.values():
        each.sort()


def twice(*paths: str) -> list[str]:
    """In each of the two trees."""
    return sorted((*paths, *paths))


MANY = {path: data + b"!" for path, data in PAGES.items()}


@pytest.mark.parametrize(
    ("changes", "work"),
    [
        ({"index.html": b"second"}, {"write": ["index.html"], "remove": ["index.html"]}),
        ({"nl/new/index.html": b"new"}, {"write": ["nl/new/index.html"], "make": ["nl/new"]}),
        ({"nl/away/index.html": None}, {"remove": ["nl/away/index.html"], "unmake": ["nl/away"]}),
        (
            {"nl/away/index.html": None, "nl/here/index.html": b"away"},
            {
                "remove": ["nl/away/index.html"],
                "unmake": ["nl/away"],
                "write": ["nl/here/index.html"],
                "make": ["nl/here"],
            },
        ),
        (
            {"index.html": None, "index.html/deep": b"x", "a": b"y", "a/x.css": None},
            {
                "remove": ["a/x.css", "index.html"],
                "unmake": ["a"],
                "write": ["a", "index.html/deep"],
                "make": ["index.html"],
            },
        ),
        (MANY, {"write": [*MANY], "remove": [*MANY]}),
    ],
    ids=["a text", "a page more", "a page less", "another address", "file and folder", "the menu"],
)
def test_the_work_is_that_of_the_change(
    site: Site, changes: Mapping[str, bytes | None], work: Mapping[str, list[str]]
) -> None:
    after = {path: data for path, data in {**FIRST, **changes}.items() if data is not None}
    with noted(site) as found:
        assert site.put(after) is True
    wanted = {"write": [], "remove": [], **work}
    for kind in ("write", "remove"):  # the manifest is as new as the release
        wanted[kind] = [*wanted[kind], MANIFEST]
    assert found == {kind: twice(*paths) for kind, paths in wanted.items()}
    site.assert_level(after)


def test_a_file_with_another_name_is_not_overwritten(site: Site) -> None:
    """Somebody may keep a copy of a tree as hard links."""
    for number, tree in enumerate((site.standby, site.public)):
        (site.root / f"mine{number}").hardlink_to(tree / "index.html")
    for number in range(2):  # so that each tree is the standby once
        second = {**FIRST, "index.html": b"second%d" % number}
        site.put(second)
        site.assert_level(second)
    assert {(site.root / f"mine{number}").read_bytes() for number in range(2)} == {b"first"}


def test_a_shorter_text_leaves_nothing_of_a_longer_one(site: Site) -> None:
    second = {**FIRST, "index.html": b"s"}
    site.put(second)
    site.assert_level(second)


def test_nothing_changed(site: Site) -> None:
    with noted(site) as found:
        assert site.put(FIRST) is False
    assert found == {}
    site.assert_level(FIRST)


def test_back_and_forth(site: Site) -> None:
    second = {**FIRST, "index.html": b"second"}
    for files in (second, FIRST, second, second, FIRST):
        site.put(files)
        site.assert_level(files)


def test_what_is_as_it_was_keeps_its_time(site: Site) -> None:
    """For servers and copies that go by it, across any number of builds."""
    before = {path: at.stat().st_mtime_ns for path, at in files_in(site.public).items()}
    for number in range(3):
        site.put({**FIRST, "index.html": b"x" * number})
        after = {path: at.stat().st_mtime_ns for path, at in files_in(site.public).items()}
        assert {path for path in before if after[path] != before[path]} == {"index.html", MANIFEST}


def test_a_first_tree_is_written_once(tmp_path: Path) -> None:
    """As on a build server, which never builds that folder again."""
    site = Site(write_files(tmp_path / "site", {"content/site.yaml": ""}))
    site.put(FIRST)
    assert not site.standby.exists()
    assert (site.cache / "standby.json").exists()  # with it, the first edit reads no file


def test_a_folder_in_the_place_of_a_standby_that_is_not_made_yet(tmp_path: Path) -> None:
    site = Site(write_files(tmp_path / "site", {"content/site.yaml": ""}))
    site.put({"index.html": b"before"})
    site.standby.mkdir()
    site.put(FIRST)
    site.assert_level(FIRST)


@pytest.mark.parametrize("how", ["another text", "as long and as old", "gone", "a link", "a mode"])
def test_what_was_altered_by_hand_is_put_back(site: Site, how: str) -> None:
    """In the output: never from a file that was altered, and the standby is not spoiled by it."""
    page = site.public / "nl/p3/index.html"
    times = page.stat().st_atime_ns, page.stat().st_mtime_ns
    if how == "another text":
        page.write_bytes(b"hacked for long")
    elif how == "as long and as old":
        page.write_bytes(b"hacked")
        os.utime(page, ns=times)
        os.utime(site.cache / "standby.json", ns=times)  # as young as the record
    elif how == "a mode":
        page.chmod(0o600)
    else:
        page.unlink()
        if how == "a link":
            page.symlink_to(site.root / "content/site.yaml")
    after = {**FIRST, "index.html": b"second"}
    assert site.put(after) is True
    site.assert_level(after)
    assert page.stat().st_mode & 0o777 == 0o644
    assert not page.is_symlink()
    site.put(FIRST)  # the tree in which it was altered is online again
    site.assert_level(FIRST)
    assert page.stat().st_mode & 0o777 == 0o644


def test_what_was_altered_is_put_back_though_nothing_else_changed(site: Site) -> None:
    (site.public / "index.html").write_bytes(b"hacked")
    (site.public / "a/x.css").unlink()
    with noted(site) as found:
        assert site.put(FIRST) is True
    assert found["write"] == ["a/x.css", "index.html"]  # the standby held them as they should be
    site.assert_level(FIRST)


def test_a_change_within_a_tick_of_the_clock_is_seen(site: Site) -> None:
    """As long and as old as the record says, and as young as the record."""
    page, record = site.public / "index.html", site.cache / "standby.json"
    level = json.loads(record.read_text())
    page.write_bytes(b"FIRST")
    found = page.stat()
    times = found.st_atime_ns, found.st_mtime_ns
    level["online"]["index.html"] = [found.st_mtime_ns, 5, found.st_ino, found.st_mode]
    record.write_text(json.dumps(level))
    os.utime(record, ns=times)
    assert site.put(FIRST) is True
    site.assert_level(FIRST)


def test_files_of_others_are_kept_and_are_no_part_of_the_standby(site: Site) -> None:
    write_files(site.public, {"CNAME": "a.example", ".git/HEAD": "ref", "nl/mine/x": "mine"})
    (site.public / ".git/refs").mkdir()
    (site.public / "current").symlink_to("nl")
    for text in (b"second", b"third"):
        after = {**FIRST, "index.html": text}
        site.put(after)
        assert (site.public / "CNAME").read_text() == "a.example"
        assert (site.public / ".git/refs").is_dir()
        assert (site.public / "current").readlink() == Path("nl")
        assert (site.public / "nl/mine/x").read_text() == "mine"
        assert files_of(files_in(site.standby)) == after


def spoil(site: Site) -> None:
    (site.standby / "index.html").write_bytes(b"spoiled")


def add(site: Site) -> None:
    (site.standby / "more.html").write_bytes(b"more")


def add_folder(site: Site) -> None:
    (site.standby / "more").mkdir()


def take_away(site: Site) -> None:
    (site.standby / "nl/p1/index.html").unlink()


def link(site: Site) -> None:
    (site.standby / "nl/p1/index.html").unlink()
    (site.standby / "nl/p1/index.html").symlink_to(site.root / "content/site.yaml")


def link_folder(site: Site) -> None:
    (site.standby / "nl").rename(site.root / "elsewhere")
    (site.standby / "nl").symlink_to(site.root / "elsewhere")


def touch(site: Site) -> None:
    os.utime(site.standby / "index.html", ns=(1, 1))


def no_record(site: Site) -> None:
    (site.cache / "standby.json").unlink()


def no_tree(site: Site) -> None:
    (site.standby).rename(site.root / "elsewhere")


def a_file(site: Site) -> None:
    no_tree(site)
    site.standby.write_text("a file")


def a_link(site: Site) -> None:
    no_tree(site)
    site.standby.symlink_to(site.root / "elsewhere")


def another_record(text: str) -> Callable[[Site], None]:
    def write(site: Site) -> None:
        (site.cache / "standby.json").write_text(text)

    return write


@pytest.mark.parametrize(
    "damage",
    [
        *(
            spoil,
            add,
            add_folder,
            take_away,
            link,
            link_folder,
            touch,
            no_record,
            no_tree,
            a_file,
            a_link,
        ),
        *map(another_record, ("", "[]", "{}", "not json", '{"target": 1}', "\u0000")),
    ],
)
def test_a_standby_that_is_not_what_it_was_is_begun_anew(
    site: Site, damage: Callable[[Site], None]
) -> None:
    damage(site)
    after = {**FIRST, "index.html": b"second"}
    assert site.put(after) is True
    assert files_of(files_in(site.public)) == after
    assert verify(site.public) == ()
    site.put(FIRST)
    site.assert_level(FIRST)
    assert (site.root / "content/site.yaml").read_text() == ""


def test_what_was_taken_down_is_nowhere(site: Site) -> None:
    after = {path: data for path, data in FIRST.items() if path != "nl/away/index.html"}
    site.put(after)
    found = [path for path in site.root.rglob("*") if path.is_file()]
    assert not [path for path in found if b"away" in path.read_bytes()]


def test_another_output_takes_the_standby_over(site: Site) -> None:
    for text in (b"second", b"third"):
        site.put({**FIRST, "index.html": text}, site.root / "out")
        site.put({**FIRST, "index.html": text})
        site.assert_level({**FIRST, "index.html": text})
    assert verify(site.root / "out") == ()


def test_a_clean_build_has_none(site: Site) -> None:
    made = tuple(Output(path, Body(data), "content") for path, data in FIRST.items())
    publish(made, site.public, site.root, clean=True, cache=site.cache)
    assert not site.standby.exists()
    assert files_of(files_in(site.public)) == FIRST


def test_a_cache_on_another_disk_has_none(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "_is_beside", lambda folder, target: False)
    assert site.put({**FIRST, "index.html": b"second"}) is True
    monkeypatch.undo()
    assert (site.public / "index.html").read_bytes() == b"second"
    site.put(FIRST)  # the standby of before is of no use any more
    site.assert_level(FIRST)


def of_another_machine(site: Site) -> None:
    """Every file of the standby has another inode."""
    site.standby.rename(site.root / "old")
    shutil.copytree(site.root / "old", site.standby)
    shutil.rmtree(site.root / "old")


def altered(site: Site) -> None:
    (site.standby / "index.html").write_bytes(b"spoiled")


def as_long(site: Site) -> None:
    of_another_machine(site)
    (site.standby / "index.html").write_bytes(b"FIRST")


def with_another_name(site: Site) -> None:
    """A file of the standby has a second name outside, and an edit there would change the output."""
    (site.standby / "index.html").unlink()
    (site.root / "mine").write_bytes(FIRST["index.html"])
    (site.standby / "index.html").hardlink_to(site.root / "mine")


@pytest.mark.parametrize(
    ("state", "written"),
    [
        (lambda site: None, []),
        (of_another_machine, []),
        (lambda site: site.standby.chmod(0o700), []),
        (altered, ["index.html"]),
        (as_long, ["index.html"]),
        (with_another_name, ["index.html"]),
        (take_away, ["nl/p1/index.html"]),
        (link, ["nl/p1/index.html"]),
        (link_folder, [path for path in FIRST if path.startswith("nl/")]),
        (add, []),
        (no_record, [*FIRST, MANIFEST]),
        (no_tree, [*FIRST, MANIFEST]),
        (a_link, [*FIRST, MANIFEST]),
        (another_record("[]"), [*FIRST, MANIFEST]),
    ],
)
def test_a_lost_output_is_the_standby_again(
    site: Site, state: Callable[[Site], None], written: list[str]
) -> None:
    """Only what the standby lacks is written."""
    state(site)
    shutil.rmtree(site.public)
    staged = f"{site.root}/.public.staging/"
    EVENTS.clear()
    assert site.put(FIRST) is True
    ours = [
        path.removeprefix(f"{site.standby}/").removeprefix(staged)
        for kind, path in EVENTS
        if kind == "write" and path.startswith((f"{site.standby}/", staged))
    ]
    assert sorted(ours) == sorted(written)
    assert verify(site.public) == ()
    assert files_of(files_in(site.public)) == FIRST
    assert {path.stat().st_nlink for path in files_in(site.public).values()} == {1}
    assert site.public.stat().st_mode & 0o777 == 0o755
    assert not site.standby.exists()
    assert (site.root / "content/site.yaml").read_text() == ""
    site.put({**FIRST, "index.html": b"second"})
    site.assert_level({**FIRST, "index.html": b"second"})


def test_a_lost_output_of_another_release_is_the_standby_brought_up_to_date(site: Site) -> None:
    shutil.rmtree(site.public)
    after = {path: data for path, data in FIRST.items() if "away" not in path} | {"new": b"new"}
    with noted(site) as found:
        assert site.put(after) is True
    assert found["write"] == sorted(["new", MANIFEST])
    assert files_of(files_in(site.public)) == after
    assert verify(site.public) == ()


def test_a_lost_output_is_written_where_the_standby_cannot_be_changed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = []

    def refuse(top: str, *_: object) -> None:
        refused.append(top)
        raise OSError(errno.ENOSPC, "full", top)

    shutil.rmtree(site.public)
    monkeypatch.setattr(sys.modules["diptych.disk.publish"], "bring_up_to_date", refuse)
    assert site.put(FIRST) is True
    assert refused == [str(site.standby)]
    assert files_of(files_in(site.public)) == FIRST
    assert verify(site.public) == ()


def test_which_disk_a_folder_is_on(tmp_path: Path) -> None:
    assert MODULE._is_beside(tmp_path / "cache", tmp_path / "public")
    assert not MODULE._is_beside(Path("/proc/cache"), tmp_path / "public")
    (tmp_path / "file").touch()
    assert not MODULE._is_beside(tmp_path / "file", tmp_path / "public")
    memory = Path("/dev/shm")
    if memory.is_dir() and memory.stat().st_dev != tmp_path.stat().st_dev:
        assert not MODULE._is_beside(memory, tmp_path / "public")


def test_a_cache_that_cannot_be_written_has_none(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(MODULE.Standby, "begin", refused)
    assert site.put({**FIRST, "index.html": b"second"}) is True
    assert (site.public / "index.html").read_bytes() == b"second"
    assert not site.standby.exists()


def test_a_build_uses_it(tmp_path: Path, run: Callable[..., Ran]) -> None:
    root = write_site(tmp_path)
    page = root / "content/about/nl.md"
    run("build", root=root, own_cache=True)
    for text in ("Een.", "Twee.", "Drie."):
        page.write_text(page.read_text() + f"\n{text}\n")
        assert run("build", root=root, own_cache=True).status == 0
        online, standby = files_in(root / "public"), files_in(root / ".cache/standby")
        assert files_of(online) == files_of(standby)
    assert run("build", "--clean", root=root, own_cache=True).status == 0
    assert not (root / ".cache/standby").exists()
