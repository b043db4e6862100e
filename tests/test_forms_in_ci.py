"""On the page of a run, a message names the form that does what a command does; elsewhere the command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.cli.commands import FORMS
from diptych.cli.program import SITE, Program, forms_of, one_form_of
from diptych.diagnostics import command
from tests.conftest import ROOT, Ran, write_site

WRITTEN = [
    (("confirm", "faq"), "Actions > confirm > Run workflow (page: faq)"),
    (("confirm", "faq", "fr"), "Actions > confirm > Run workflow (page: faq, language: fr)"),
    (
        ("confirm", "faq", "--block", "-.paragraph.1"),
        "Actions > confirm > Run workflow (page: faq, block: -.paragraph.1)",
    ),
    (("confirm", "--all", "--yes"), "Actions > confirm > Run workflow (all)"),
    (("remember",), "Actions > remember > Run workflow"),
    (("build", "--clean"), "Actions > site"),
    (("serve",), "Actions > site"),
    (("explain", "vague-link"), "python build.py explain vague-link"),
]


@pytest.mark.parametrize(("words", "expected"), WRITTEN)
def test_a_command_is_written_as_its_form(words: tuple[str, ...], expected: str) -> None:
    assert Program(forms=(*FORMS, SITE)).write(command(*words)) == expected
    assert Program().write(command(*words)).startswith("python build.py ")


AT_GITLAB = [
    (("confirm", "faq"), "(act: confirm, key: faq)"),
    (
        ("confirm", "faq", "fr", "--block", "-.list.1"),
        "(act: confirm, key: faq, language: fr, block: -.list.1)",
    ),
    (("confirm", "--all", "--yes"), "(act: confirm, all)"),
    (("remember",), "(act: remember)"),
    (("new", "march", "--in", "news"), "(act: new, key: march, parent: news)"),
    (("take-down", "faq", "--below"), "(act: take-down, key: faq, below)"),
]


@pytest.mark.parametrize(("words", "expected"), AT_GITLAB)
def test_at_gitlab_a_command_is_written_as_the_one_form(
    words: tuple[str, ...], expected: str
) -> None:
    program = Program(forms=(*FORMS, SITE), one_form=True)
    assert program.write(command(*words)) == f"Build > Pipelines > New pipeline {expected}"
    assert program.write(command("serve")) == "Build > Pipelines"
    header = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8").partition("\n---\n")[0]
    fields = re.findall(r"^    ([a-z]+):$", header, re.MULTILINE)
    for each in expected.strip("()").split(", "):
        assert each.partition(":")[0] in fields


@pytest.mark.parametrize(
    ("pipeline", "expected"),
    [
        ((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"), (*FORMS, SITE)),
        ("pages: {script: make site}\n", ()),
        ("", ()),
    ],
    ids=["ours", "other", "none"],
)
def test_the_one_form_is_named_where_the_pipeline_has_it(
    pipeline: str, expected: tuple[str, ...], tmp_path: Path
) -> None:
    root = write_site(tmp_path, {".gitlab-ci.yml": pipeline} if pipeline else {})
    assert one_form_of(root) == expected
    call = [sys.executable, "-m", "diptych", "--root", str(root), "confirm", "--all"]
    here = {**os.environ, "CI": "true", "GITLAB_CI": "true", "LANG": "C.UTF-8"}
    here.pop("GITHUB_ACTIONS", None)
    done = subprocess.run(call, cwd=ROOT, env=here, capture_output=True, check=True, text=True)
    assert ("New pipeline (act: confirm, all)" in done.stderr) == bool(expected), done.stderr


def test_a_form_is_named_where_the_site_has_it(tmp_path: Path) -> None:
    assert forms_of(ROOT) == (*FORMS, SITE)
    assert forms_of(tmp_path) == ()
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "site.yml").touch()
    assert forms_of(tmp_path) == (SITE,)
    one = Program(forms=(SITE,))
    assert one.write(command("confirm", "faq")) == "python build.py confirm faq"
    assert one.write(command("serve")) == "Actions > site"


def test_annotations_name_the_form_and_data_the_command(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site(tmp_path)
    for name in ("about", "home"):
        run("confirm", name, root=root)
    page = root / "content" / "about" / "nl.md"
    page.write_text(page.read_text().replace("Tekst.", "Andere tekst."))
    here = Program(forms=(*FORMS, SITE))
    monkeypatch.setattr("diptych.cli.program.programs_of", lambda *_: (here, Program()))
    said = run("check", "--format", "github", root=root).out
    assert "Actions > confirm > Run workflow (page: about, language: fr" in said
    assert "build.py confirm" not in said
    data = json.dumps(json.loads(run("check", "--format", "json", root=root).out))
    assert "build.py confirm about fr" in data
    assert "Run workflow" not in data
