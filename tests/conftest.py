"""What tests share: a site from a dictionary, and the real site built once a session."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

from diptych.build import Build, Options, build_site
from diptych.cli import commands, main
from diptych.disk import read_tree
from diptych.memo import Memo
from diptych.model import File, Tree

ROOT = Path(__file__).resolve().parent.parent

SITE_YAML = """\
base_url: https://example.org
languages:
  nl: {locale: nl_BE, name: Nederlands, typography: dutch}
  fr: {locale: fr_BE, name: Français, typography: french}
navigation: [about]
organisation:
  short_name: Voorbeeld
  name: {nl: Voorbeeld vzw, fr: Exemple asbl}
  contact: info@example.org
topics:
  law: {nl: Wet, fr: Loi}
exit: {nl: "https://weather.example/nl", fr: "https://weather.example/fr"}
"""

MINIMAL: Mapping[str, str] = {
    "content/site.yaml": SITE_YAML,
    "content/home/nl.md": "---\ntitle: Welkom\nlayout: home\n---\n\nWij spreken.\n",
    "content/home/fr.md": "---\ntitle: Bienvenue\nlayout: home\n---\n\nNous parlons.\n",
    "content/about/nl.md": "---\ntitle: Over ons\n---\n\nTekst.\n\n## Wie {#who}\n\nWij.\n",
    "content/about/fr.md": "---\ntitle: À propos\n---\n\nTexte.\n\n## Qui {#who}\n\nNous.\n",
}


def real_files(*folders: str) -> dict[str, bytes]:
    """Files of this project's own site, for sites that borrow its look."""
    return {
        file.path: file.data
        for file in read_tree(ROOT).value.files
        if file.path.startswith(tuple(folder + "/" for folder in folders))
    }


LOOK = real_files("templates", "assets", "i18n")


def make_tree(files: Mapping[str, str | bytes | None], *, minimal: bool = True) -> Tree:
    """A tree of the given files over the minimal site and the real look; None leaves a file out."""
    merged: dict[str, str | bytes | None] = {**LOOK, **(MINIMAL if minimal else {}), **files}
    return Tree(
        tuple(
            File(path, data.encode() if isinstance(data, str) else data)
            for path, data in sorted(merged.items())
            if data is not None
        )
    )


class HeldMemo(Memo):
    """A memo in memory that keeps compiled templates too: a small site is built in 15 ms."""

    def __init__(self) -> None:
        super().__init__(None)
        self._bytes: dict[tuple[str, str], bytes] = {}

    def read_bytes(self, name: str, key: str) -> bytes | None:
        return self._bytes.get((name, key))

    def write_bytes(self, name: str, key: str, data: bytes) -> None:
        self._bytes[(name, key)] = data


@pytest.fixture(scope="session")
def memo() -> Memo:
    """One memo in memory for the session, so that no text is converted twice."""
    return HeldMemo()


@pytest.fixture
def site(memo: Memo) -> Callable[..., Build]:
    """Builds a site from a dictionary of files laid over the minimal one."""

    def build(
        files: Mapping[str, str | bytes | None] | None = None,
        *,
        minimal: bool = True,
        options: Options | None = None,
    ) -> Build:
        return build_site(make_tree(files or {}, minimal=minimal), options or Options(), memo)

    return build


def write_site(
    root: Path, files: Mapping[str, str | bytes | None] | None = None, *, minimal: bool = True
) -> Path:
    """The same site on disk."""
    whole = make_tree(files or {}, minimal=minimal)
    return write_files(root, {file.path: file.data for file in whole.files})


def write_files(root: Path, files: Mapping[str, str | bytes | None]) -> Path:
    """Files below a folder; one that is None is taken away."""
    for name, data in files.items():
        path = root / name
        if data is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return root


LONG = ("tests/browser/", "tests/property/")
SHARED = ("visits", "previewed")  # fixtures that are made once in the whole session


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], memo: Memo
) -> Callable[..., Ran]:
    """Runs a command in this process, in English, with the memo of the session (or its own)."""

    def command(
        *arguments: str | Path,
        root: Path,
        own_memo: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> Ran:
        capsys.readouterr()
        with monkeypatch.context() as patch:
            for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
                patch.delenv(name, raising=False)
            for name, value in (environment or {}).items():
                patch.setenv(name, value)
            if not own_memo:
                patch.setattr(commands, "Memo", lambda folder: memo)
            status = main([str(argument) for argument in arguments], root=root)
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return command


@pytest.fixture(scope="session")
def real_tree() -> Tree:
    """The sources of this project's own site."""
    return read_tree(ROOT).value


@pytest.fixture(scope="session")
def real_build(real_tree: Tree, memo: Memo) -> Build:
    """This project's own site, built once."""
    return build_site(real_tree, Options(), memo)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Which tests one process runs (`--dist loadgroup`): those of a file, which share what they made.

    Where single tests are long, in a browser and of laws, each goes wherever somebody is free, but for
    those that share what takes longest to make.
    """
    for item in items:
        shared = [name for name in SHARED if name in getattr(item, "fixturenames", ())]
        if shared or not item.nodeid.startswith(LONG):
            item.add_marker(
                pytest.mark.xdist_group(shared[0] if shared else item.nodeid.partition("::")[0])
            )


def pytest_collection_finish() -> None:
    """Thousands of tests wait to be run: nobody need look every few moments whether they still do."""
    gc.collect()
    gc.freeze()


def page_of(build: Build, path: str) -> html.HtmlElement:
    """A page of a build, parsed; `nl/` means its index.html."""
    return html.document_fromstring(
        text_of(build, path + "index.html" if path.endswith("/") else path)
    )


def text_of(build: Build, path: str) -> str:
    """An output as text."""
    return next(output.data.decode("utf-8") for output in build.outputs if output.path == path)
