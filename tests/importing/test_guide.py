"""The guides to moving in, in three languages: each of their commands is called, in order; their tables name
every kind, and what becomes what, alike.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from diptych.cli import main
from diptych.importing import KINDS
from tests.conftest import ROOT
from tests.importing.moving import laid, picture
from tests.importing.test_hugo import FILES
from tests.importing.test_readers import export, polylang

GUIDES = ("docs/moving.md", "docs/nl/verhuizen.md", "docs/fr/demenager.md")


def text_of(guide: str) -> str:
    return (ROOT / guide).read_text(encoding="utf-8")


def calls_in(guide: str) -> list[str]:
    return [
        line
        for block in re.findall(r"^```sh\n(.*?)^```", text_of(guide), re.DOTALL | re.MULTILINE)
        for line in block.splitlines()
    ]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_of_the_guide_works(
    guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    laid(tmp_path / "old-site", FILES)
    laid(tmp_path / "old-wordpress", {"export.xml": export(polylang)})
    laid(tmp_path / "old-wordpress", {"wp-content/uploads/2024/01/huis.png": picture()})
    laid(tmp_path, {"export.xml": export(polylang)})
    monkeypatch.chdir(tmp_path)
    calls = calls_in(guide)
    assert len(calls) > 8
    for call in calls:
        program, *words = shlex.split(call.partition(" >")[0])
        if program == "mkdir":
            Path(words[0]).mkdir()
            continue
        assert program == "diptych"
        assert main(words, root=tmp_path) == 0, (call, capsys.readouterr())
        capsys.readouterr()
    assert (tmp_path / "new-site/content/over/nl.md").is_file()
    assert (tmp_path / "new-site/content/over-ons/huis.png").is_file()
    assert (tmp_path / "new-site/public/nl/over/index.html").is_file()
    assert (tmp_path / "new-site/content/addresses.lock").is_file()


@pytest.mark.parametrize("guide", GUIDES)
def test_the_guide_names_every_kind(guide: str) -> None:
    assert re.findall(r"^\| `([a-z]+)` \|", text_of(guide), re.MULTILINE) == list(KINDS)


@pytest.mark.parametrize("guide", GUIDES[1:])
def test_the_guides_say_the_same_in_each_language(guide: str) -> None:
    """The same commands, rows, headings, and keys in each row."""
    first = text_of(GUIDES[0])
    text = text_of(guide)
    assert calls_in(guide) == calls_in(GUIDES[0])

    def rows(written: str) -> list[set[str]]:
        return [
            set(re.findall(r"`([^`]+)`", row))
            for row in re.findall(r"^\|.*$", written, re.MULTILINE)
        ]

    assert rows(text) == rows(first)
    assert [m.count("#") for m in re.findall(r"^#+", text, re.MULTILINE)] == [
        m.count("#") for m in re.findall(r"^#+", first, re.MULTILINE)
    ]
