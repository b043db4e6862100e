"""Publishing: the output is exactly what was made, strangers are left alone, nothing else is touched."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from diptych.bodies import Body
from diptych.disk import MANIFEST, OutputRefused, publish, verify
from diptych.model import Output
from tests.conftest import files_read, write_files

FIRST = {
    "index.html": b"first",
    "nl/index.html": b"nl",
    "nl/oud/index.html": b"oud",
    "a/x.css": b"x",
}
SECOND = {"index.html": b"second", "nl/index.html": b"nl", "fr/index.html": b"fr", "a/x.css": b"x"}


def outputs(files: Mapping[str, bytes]) -> tuple[Output, ...]:
    return tuple(Output(path, Body(data), "content") for path, data in files.items())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the manifest."""
    found = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    return {name: data for name, data in names.items() if name != MANIFEST}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site's folder, whose `public` does not exist yet."""
    write_files(
        tmp_path / "site", {"content/site.yaml": "", "templates/base.html": "", "build.py": ""}
    )
    return tmp_path / "site"


def refusal(target: Path, root: Path, files: Mapping[str, bytes] = FIRST) -> str:
    with pytest.raises(OutputRefused) as refused:
        publish(outputs(files), target, root)
    return str(refused.value.message)


def test_a_first_tree_is_published(root: Path) -> None:
    assert publish(outputs(FIRST), root / "public", root).changed
    assert files_in(root / "public") == FIRST
    assert names(root) == ["build.py", "content", "public", "templates"]


def test_folders_above_the_output_are_made(root: Path) -> None:
    publish(outputs(FIRST), root / "out" / "of" / "here", root)
    assert files_in(root / "out" / "of" / "here") == FIRST


def test_what_was_removed_is_gone(root: Path) -> None:
    publish(outputs(FIRST), root / "public", root)
    assert publish(outputs(SECOND), root / "public", root).changed
    assert files_in(root / "public") == SECOND
    assert not (root / "public" / "nl" / "oud").exists()


def test_the_same_tree_again_writes_nothing(root: Path) -> None:
    public = root / "public"
    publish(outputs(FIRST), public, root)
    before = {
        path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in [public, *public.rglob("*")]
    }
    assert not publish(outputs(FIRST), public, root).changed
    assert before == {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in before}


def test_the_manifest_of_the_output_is_read_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(outputs(FIRST), root / "public", root)
    read = files_read(monkeypatch)
    publish(outputs(SECOND), root / "public", root)
    assert read == [MANIFEST]


def test_clean_writes_every_file_anew(root: Path) -> None:
    publish(outputs(FIRST), root / "public", root)
    before = (root / "public" / "index.html").stat().st_ino
    assert publish(outputs(FIRST), root / "public", root, clean=True).changed
    assert (root / "public" / "index.html").stat().st_ino != before
    assert files_in(root / "public") == FIRST


def test_a_file_that_was_changed_by_hand_is_mended(root: Path) -> None:
    publish(outputs(FIRST), root / "public", root)
    (root / "public" / "index.html").write_bytes(b"hacked")
    (root / "public" / "nl" / "index.html").unlink()
    assert publish(outputs(FIRST), root / "public", root).changed
    assert files_in(root / "public") == FIRST


def test_every_file_can_be_read_by_a_web_server(root: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(outputs(FIRST), root / "public", root)
    finally:
        os.umask(before)
    for path in [root / "public", *(root / "public").rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


@pytest.mark.parametrize("clean", [False, True])
def test_files_of_others_are_kept(root: Path, clean: bool) -> None:
    public = root / "public"
    publish(outputs(FIRST), public, root)
    write_files(public, {"CNAME": "utsopi.be", ".git/HEAD": "ref", "nl/oud/notes.txt": "mine"})
    (public / ".git" / "refs").mkdir()
    (public / "current").symlink_to("nl")
    publish(outputs(SECOND), public, root, clean=clean)
    strangers = {"CNAME": b"utsopi.be", ".git/HEAD": b"ref", "nl/oud/notes.txt": b"mine"}
    assert files_in(public) == SECOND | strangers
    assert (public / ".git" / "refs").is_dir()
    assert (public / "current").readlink() == Path("nl")


@pytest.mark.parametrize(
    ("path", "named"),
    [("fr/index.html", "fr/index.html"), ("fr", "fr"), ("index.html/note", "index.html")],
)
def test_a_stranger_in_the_place_of_a_page_is_not_overwritten(
    root: Path, path: str, named: str
) -> None:
    public = root / "public"
    publish(outputs({"a/x.css": b"x"}), public, root)
    write_files(public, {path: "mine"})
    said = refusal(public, root, SECOND)
    assert said == (
        f"{public / named} was not made by this tool and stands where a page must go; move it away"
    )
    assert files_in(public) == {"a/x.css": b"x", path: b"mine"}


def test_an_empty_folder_is_taken(root: Path) -> None:
    (root / "public").mkdir()
    publish(outputs(FIRST), root / "public", root)
    assert files_in(root / "public") == FIRST


@pytest.mark.parametrize(
    "manifest", [None, "{}", "[]", "not json", '{"made-by": "hugo", "files": {}}']
)
def test_a_folder_of_others_is_refused(root: Path, manifest: str | None) -> None:
    write_files(root / "public", {"thesis.txt": "ten years", MANIFEST: manifest})
    said = refusal(root / "public", root)
    assert said == (
        f"{root / 'public'} is not empty and was not made by this tool; empty it or name another"
    )
    assert (root / "public" / "thesis.txt").read_text() == "ten years"
    assert not (root / "public" / "index.html").exists()


def test_a_file_is_refused(root: Path) -> None:
    (root / "public").write_text("a file")
    assert refusal(root / "public", root) == f"{root / 'public'} is a file, not a folder"
    assert (root / "public").read_text() == "a file"


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_is_refused(root: Path, tmp_path: Path, exists: bool) -> None:
    if exists:
        (tmp_path / "elsewhere").mkdir()
    (root / "public").symlink_to(tmp_path / "elsewhere")
    assert refusal(root / "public", root) == f"{root / 'public'} is a link; name the folder itself"
    assert (root / "public").is_symlink()


@pytest.mark.parametrize(
    "folder", ["", "..", "content", "content/new", "templates", "assets/x", "i18n", ".git", "../.."]
)
def test_the_sources_are_refused(root: Path, folder: str) -> None:
    said = refusal(root / folder, root)
    assert said.endswith(" holds the sources; the site is written elsewhere")
    assert names(root) == ["build.py", "content", "templates"]


def test_the_sources_are_refused_also_through_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "door").symlink_to(root / "content")
    assert "holds the sources" in refusal(tmp_path / "door" / "new", root)
    assert "holds the sources" in refusal(tmp_path / "door", root)


@pytest.mark.parametrize("path", ["../evil", "/etc/evil", "nl/../../evil", "nl//x", "./x", ""])
def test_nothing_is_written_outside_the_output(root: Path, path: str) -> None:
    assert refusal(root / "public", root, {path: b"x"}) == f"{path} leads out of the site"
    assert names(root) == ["build.py", "content", "templates"]


def test_the_manifest_lists_every_file_with_its_digest(root: Path) -> None:
    publish(outputs(FIRST), root / "public", root)
    manifest = json.loads((root / "public" / MANIFEST).read_bytes())
    assert manifest["made-by"] == "diptych"
    assert list(manifest["files"]) == sorted(FIRST)
    assert manifest["files"]["a/x.css"] == (
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    )


def test_a_published_tree_is_what_its_manifest_says(root: Path) -> None:
    publish(outputs(FIRST), root / "public", root)
    assert verify(root / "public") == ()


def test_verify_names_every_difference(root: Path) -> None:
    public = root / "public"
    publish(outputs(FIRST), public, root)
    (public / "index.html").write_bytes(b"hacked")
    (public / "a" / "x.css").unlink()
    (public / "CNAME").write_text("utsopi.be")
    assert [str(each) for each in verify(public)] == [
        "a/x.css is missing",
        "index.html was changed",
        "CNAME is not on the list of what was published",
    ]


def test_verify_needs_a_manifest(root: Path) -> None:
    assert [str(each) for each in verify(root)] == [
        f"{root} has no {MANIFEST}, the list of what was published"
    ]


def test_what_is_as_it_was_is_not_written_again(root: Path) -> None:
    """It keeps its inode and its time; and when all is done, no file has a second name."""
    public = root / "public"
    publish(outputs(FIRST), public, root)
    before = {path: (public / path).stat() for path in FIRST}
    publish(outputs(SECOND), public, root)
    after = {path: (public / path).stat() for path in SECOND}
    same = {"nl/index.html", "a/x.css"}
    assert {
        path for path in FIRST if path in after and before[path].st_ino == after[path].st_ino
    } == same
    assert all(before[path].st_mtime_ns == after[path].st_mtime_ns for path in same)
    assert {status.st_nlink for status in after.values()} == {1}


def test_a_disk_without_second_names_is_written_whole(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    publish(outputs(FIRST), root / "public", root)
    monkeypatch.setattr(os, "link", refused)
    assert publish(outputs(SECOND), root / "public", root).changed
    assert files_in(root / "public") == SECOND


def test_all_is_written_anew_on_request(root: Path) -> None:
    publish(outputs(FIRST), root / "public", root)
    inode = (root / "public/a/x.css").stat().st_ino
    assert publish(outputs(FIRST), root / "public", root, clean=True).changed
    assert (root / "public/a/x.css").stat().st_ino != inode
