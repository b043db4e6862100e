"""docs/moving.md: each of its commands is called, in order; its table names every kind."""

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

GUIDE = (ROOT / "docs/moving.md").read_text(encoding="utf-8")
CALLS = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]


def test_every_command_of_the_guide_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    laid(tmp_path / "old-site", FILES)
    laid(tmp_path / "old-wordpress", {"export.xml": export(polylang)})
    laid(tmp_path / "old-wordpress", {"wp-content/uploads/2024/01/huis.png": picture()})
    laid(tmp_path, {"export.xml": export(polylang)})
    monkeypatch.chdir(tmp_path)
    assert len(CALLS) > 8
    for call in CALLS:
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


def test_the_guide_names_every_kind() -> None:
    assert re.findall(r"^\| `([a-z]+)` \|", GUIDE, re.MULTILINE) == list(KINDS)
