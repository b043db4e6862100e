"""Reading the sources: sorted, in NFC, and nothing from outside the site."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

import pytest

from diptych.diagnostics import Diagnostic
from diptych.disk import TreeReader, read_tree
from diptych.disk.read import _read
from diptych.model import File
from tests.conftest import write_files


def read(root: Path) -> tuple[list[str], list[str]]:
    """The paths that were read, and `path: sentence [check]` of what was wrong."""
    outcome = read_tree(root)
    problems = [f"{d.span.path}: {d.message} [{d.check}]" for d in outcome.diagnostics]
    return [file.path for file in outcome.value.files], problems


LINK = "this is a link or a device, not a file; nothing outside is published [outside-file]"


def test_the_four_folders_are_read_and_no_other(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "content/a/nl.md": "",
            "templates/x.html": "",
            "i18n/x.po": "",
            "assets/x.css": "",
            "README.md": "",
            "diptych/x.py": "",
            "public/index.html": "",
        },
    )
    assert read(tmp_path) == (
        ["assets/x.css", "content/a/nl.md", "i18n/x.po", "templates/x.html"],
        [],
    )


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read(tmp_path / "nowhere") == ([], [])


def test_bytes_come_as_they_are(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/a/nl.md": b"\xff\x00\r\n"})
    assert read_tree(tmp_path).value.files[0].data == b"\xff\x00\r\n"


def test_only_the_readme_of_the_folder_itself_is_no_page(tmp_path: Path) -> None:
    named = ("content/README.md", "content/a/README.md", "content/notes.md", "templates/README.md")
    write_files(tmp_path, dict.fromkeys(named, ""))
    assert read(tmp_path) == (
        ["content/a/README.md", "content/notes.md", "templates/README.md"],
        [],
    )


def test_hidden_files_and_leftovers_are_passed_over(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "content/.DS_Store": "",
            "content/.git/x": "",
            "content/a/nl.md~": "",
            "content/a/.nl.md.swp": "",
            "content/a/nl.md.bak": "",
            "content/a/nl.md.orig": "",
            "content/a/x.tmp": "",
            "content/Thumbs.db": "",
            "content/a/nl.md": "",
        },
    )
    assert read(tmp_path) == (["content/a/nl.md"], [])


@pytest.mark.parametrize(
    "path",
    [
        "assets/.well-known/security.txt",
        "content/.well-known/x",
        "assets/.htaccess",
        "content/about/.htpasswd",
        "assets/.nojekyll",
    ],
)
def test_what_is_hidden_and_for_a_host_is_told(tmp_path: Path, path: str) -> None:
    """Once, also of a folder with several files; who put it there would wait for it in vain."""
    write_files(tmp_path, {path: "x", f"{path.rpartition('/')[0]}/nl.md": "Tekst.\n"})
    outcome = read_tree(tmp_path)
    assert path not in {each.path for each in outcome.value.files}
    (problem,) = outcome.diagnostics
    hidden = "/".join(path.split("/")[: 2 if ".well-known" in path else None])
    assert (problem.check, problem.span.path) == ("file-type", hidden)
    assert "hosting" in str(problem.hint)


def test_a_link_is_told_and_not_followed(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/a/nl.md": "", "secret/passwords.md": ""})
    (tmp_path / "content" / "file.md").symlink_to(tmp_path / "secret" / "passwords.md")
    (tmp_path / "content" / "folder").symlink_to(tmp_path / "secret")
    (tmp_path / "content" / "nowhere").symlink_to(tmp_path / "nowhere")
    paths, problems = read(tmp_path)
    assert paths == ["content/a/nl.md"]
    assert problems == [f"content/{name}: {LINK}" for name in ("file.md", "folder", "nowhere")]


def test_a_whole_folder_that_is_a_link_is_told(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "content").symlink_to(tmp_path / "elsewhere")
    assert read(tmp_path) == ([], [f"content: {LINK}"])


def test_a_pipe_is_told_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    os.mkfifo(tmp_path / "content" / "pipe.md")
    assert read(tmp_path) == ([], [f"content/pipe.md: {LINK}"])


def test_names_come_in_nfc(tmp_path: Path) -> None:
    write_files(tmp_path, {unicodedata.normalize("NFD", "content/a/café.pdf"): ""})
    assert read(tmp_path) == (["content/a/café.pdf"], [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("content/a/Foto.jpg", "content/a/foto.jpg"),
        (unicodedata.normalize("NFD", "content/a/é.pdf"), "content/a/é.pdf"),
    ],
)
def test_names_that_other_computers_cannot_tell_apart(tmp_path: Path, one: str, other: str) -> None:
    write_files(tmp_path, {one: "", other: ""})
    paths, problems = read(tmp_path)
    assert len(paths) == 1
    assert len(problems) == 1
    assert problems[0].endswith("only by capitals or accents [name-twice]")


def test_the_order_of_the_disk_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {f"content/{name}/nl.md": name for name in ("b", "a", "a-b", "a/c", "Z")})
    expected = read_tree(tmp_path)
    scan = os.scandir

    class Backwards:
        def __init__(self, folder: Path) -> None:
            with scan(folder) as entries:
                self.entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None:
            return

    monkeypatch.setattr(os, "scandir", Backwards)
    assert read_tree(tmp_path) == expected


LATER = time.time_ns() + 86_400_000_000_000  # a day from now, when no file of a test is young


def test_only_a_changed_file_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [f"content/{name}/nl.md" for name in "abc"]
    write_files(tmp_path, dict.fromkeys(paths, "one"))
    reader = TreeReader(tmp_path)
    first = reader.read(LATER)
    named: list[str] = []

    def noted(path: str, name: str, problems: list[Diagnostic]) -> File:
        named.append(name)
        return whole(path, name, problems)

    whole = _read
    monkeypatch.setattr("diptych.disk.read._read", noted)
    assert reader.read(LATER) == first
    assert named == []
    write_files(tmp_path, {paths[1]: "other", "content/d/nl.md": "new"})
    (tmp_path / paths[2]).unlink()
    again = reader.read(LATER)
    assert named == [paths[1], "content/d/nl.md"]
    assert again == read_tree(tmp_path)


def test_only_the_named_files_are_looked_at(tmp_path: Path) -> None:
    paths = [f"content/{name}/nl.md" for name in "abc"]
    write_files(tmp_path, dict.fromkeys(paths, "one"))
    reader = TreeReader(tmp_path)
    assert reader.read_changed([str(tmp_path / paths[1])]) is None  # nothing was read yet
    reader.read(LATER)
    write_files(tmp_path, {paths[0]: "not named", paths[1]: "two"})
    outcome = reader.read_changed([str(tmp_path / paths[1])])
    assert outcome is not None
    assert {each.path: each.data for each in outcome.value.files} == {
        paths[0]: b"one",
        paths[1]: b"two",
        paths[2]: b"one",
    }
    assert reader.read(LATER) == read_tree(tmp_path)


@pytest.mark.parametrize("change", ["new", "gone", "folder", "link", "too large"])
def test_the_whole_tree_must_be_read_when_more_than_the_text_of_a_file_changed(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"content/a/nl.md": "one"})
    reader, file = TreeReader(tmp_path), tmp_path / "content/a/nl.md"
    reader.read(LATER)
    if change == "new":
        write_files(tmp_path, {"content/b/nl.md": "new"})
        assert reader.read_changed([str(tmp_path / "content/b/nl.md")]) is None
    elif change == "folder":
        assert reader.read_changed([str(file.parent)]) is None
    elif change == "too large":
        monkeypatch.setattr("diptych.disk.read.MAX_TEXT", 2)
        told = reader.read_changed([str(file)])
        assert told is not None
        assert [each.check for each in told.diagnostics] == ["file-too-large"]
        assert reader.read_changed([str(file)]) is None
    else:
        file.unlink()
        if change == "link":
            file.symlink_to(tmp_path)
            assert reader.read_changed([str(file)]) is None
        else:
            with pytest.raises(FileNotFoundError):
                reader.read_changed([str(file)])


def test_a_file_that_may_change_within_a_tick_of_the_clock_is_read_again(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/a/nl.md": "one"})
    file = tmp_path / "content/a/nl.md"
    reader, state = TreeReader(tmp_path), file.stat()
    reader.read(state.st_mtime_ns + 1)
    file.write_text("two")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert reader.read(LATER).value.files[0].data == b"two"


def test_a_file_that_is_too_large_is_reported_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diptych.disk.read.MAX_TEXT", 2)
    write_files(tmp_path, {"content/a/nl.md": "one"})
    reader = TreeReader(tmp_path)
    assert [each.check for each in reader.read(LATER).diagnostics] == ["file-too-large"]
    assert [each.check for each in reader.read(LATER).diagnostics] == ["file-too-large"]
