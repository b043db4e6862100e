"""The commands where the system lacks what Windows lacks: no fcntl, no swap of two folders, no second
names, no owner of a file, no rename over what is there, no variable that names a language.

What differs in the form of paths cannot be played here; `tests/test_printed_commands.py` holds that of
printed commands, and a job of the workflow runs the program on Windows itself.
"""

from __future__ import annotations

import builtins
import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from diptych.cli.init import next_steps
from diptych.cli.terminal import language_of_windows, message_language
from diptych.disk import writing
from tests.conftest import ROOT, Ran, write_site

LACKING = {"fcntl", "pwd", "grp", "resource", "termios"}  # modules of Unix alone


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    real_import, real_rename = builtins.__import__, os.rename

    def import_(name: str, *rest: Any, **named: Any) -> Any:
        if name in LACKING:
            raise ModuleNotFoundError(name)
        return real_import(name, *rest, **named)

    def rename(old: Any, new: Any, **named: Any) -> None:
        if os.path.lexists(new):
            raise FileExistsError(f"[WinError 183] {new}")
        real_rename(old, new, **named)

    def library(_name: None, **_named: Any) -> None:
        raise TypeError("argument of type 'NoneType' is not iterable")

    def link(_old: Any, _new: Any) -> None:
        raise OSError("[WinError 1] the disk has no such names")

    monkeypatch.setattr(builtins, "__import__", import_)
    monkeypatch.setattr(os, "rename", rename)
    monkeypatch.setattr(os, "link", link)
    monkeypatch.setattr(ctypes, "CDLL", library)
    for name in ("chown", "fork", "getuid", "geteuid"):
        monkeypatch.delattr(os, name, raising=False)
    return monkeypatch


@pytest.fixture
def site_there(tmp_path: Path) -> Path:
    return write_site(tmp_path / "mijn site", {})


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in (root / "public").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_a_site_is_built_again_and_again_to_the_same_bytes(
    site_there: Path, windows: pytest.MonkeyPatch, run: Callable[..., Ran]
) -> None:
    page = site_there / "content/about/nl.md"
    text = page.read_text("utf-8")
    assert run("build", root=site_there).status == 0
    first = files(site_there)
    page.write_text(text.replace("Tekst.", "Andere tekst."), "utf-8")
    assert run("build", root=site_there).status == 0
    assert files(site_there) != first
    page.write_text(text, "utf-8")
    assert run("build", root=site_there).status == 0
    assert files(site_there) == first
    windows.undo()
    assert "up to date" in run("build", root=site_there).err
    assert not [path for path in site_there.iterdir() if path.name.startswith(".public")]


def test_every_command_that_writes_sources_does(
    site_there: Path, windows: pytest.MonkeyPatch, run: Callable[..., Ran]
) -> None:
    assert windows is not None
    page = site_there / "content/about/nl.md"
    page.write_bytes(
        page.read_bytes().replace(b"Tekst.", b"Tekst \x93zo\x94.").replace(b"\n", b"\r\n")
    )
    page.write_bytes(page.read_bytes().decode("cp1252").encode("utf-8"))
    for command in (
        ("fix",),
        ("confirm", "--all", "--yes"),
        ("confirm", "about"),
        ("remember",),
        ("new", "contact"),
        ("status", "--html", str(site_there / "status.html")),
        ("status", "--html", str(site_there / "status.html")),
        ("export", "fr", "--output", str(site_there / "fr.po")),
        ("import", str(site_there / "fr.po")),
        ("schemas",),
        ("check",),
    ):
        ran = run(*command, root=site_there)
        assert ran.status == 0, (command, ran)
        assert "Traceback" not in ran.err
    assert (site_there / "content/about/translations.lock").is_file()
    assert b"\r\n" in page.read_bytes()  # as Notepad wrote it
    assert not (site_there / ".diptych").exists()


def test_a_new_site_begins(
    tmp_path: Path, windows: pytest.MonkeyPatch, run: Callable[..., Ran]
) -> None:
    assert windows is not None
    ran = run(
        *("init", str(tmp_path / "nieuw"), "--languages", "nl,fr", "--name", "Wij"),
        *("--address", "https://www.example.org", "--host", "github"),
        *("--program", "git+https://example.org/owner/diptych@1a2b3c4"),
        root=tmp_path,
    )
    assert ran.status == 0, ran
    assert run("build", root=tmp_path / "nieuw").status == 0


def test_what_comes_after_init_can_be_pasted() -> None:
    makefile = (
        (ROOT / "diptych/skeleton/site/Makefile").read_text("utf-8").replace("$(IN_WORDS) ", "")
    )
    assert next_steps("mijn site", windows=False)[0] == "cd 'mijn site'"
    folder, _, *steps = next_steps("mijn site", windows=True)
    assert folder == 'cd "mijn site"'
    for step in steps:
        words = (
            step.replace("\\", "/")
            .replace("Scripts", "bin")
            .replace(" pip install", " pip install --quiet")
        )
        assert words in makefile or words.endswith(" serve"), step


def test_two_folders_are_not_swapped_in_one_step_there(
    tmp_path: Path, windows: pytest.MonkeyPatch
) -> None:
    assert windows is not None
    assert writing.exchange(tmp_path, tmp_path) is False
    with writing.locked(tmp_path):
        pass


@pytest.mark.parametrize(
    ("number", "language"),
    [(0x0813, "nl"), (0x0413, "nl"), (0x080C, "fr"), (0x040C, "fr"), (1, "en")],
)
def test_windows_says_itself_which_language_it_speaks(
    number: int, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert language_of_windows() == "" or sys.platform == "win32"
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert message_language(None, {}) == language
    assert message_language(None, {"LANG": "fr_BE.UTF-8"}) == "fr"


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
def test_the_encoding_of_a_console_breaks_no_message(encoding: str, tmp_path: Path) -> None:
    write_site(
        tmp_path, {"content/about/fr.md": "---\ntitle: À propos\nlayout: œuvre\n---\n\nÇa.\n"}
    )
    done = subprocess.run(
        [sys.executable, ROOT / "build.py", "--root", ".", "--message-language", "fr", "check"],
        cwd=tmp_path,
        env={"PYTHONIOENCODING": encoding, "PATH": os.environ["PATH"]},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "œuvre" in done.stdout.decode("utf-8")
    assert b"Traceback" not in done.stderr
