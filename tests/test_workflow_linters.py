"""What others' programs say of our workflows, and of those that `init` writes: nothing.

They come with `make lint-workflows`, which also runs this file; elsewhere, what is missing skips a test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Ran
from tests.test_init import begin as begin_site

LINTERS = ("actionlint", "check-jsonschema", "shellcheck", "zizmor")


def linter(name: str) -> str:
    """The program of that name, of this environment or of this computer; else the test is skipped."""
    near = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    found = shutil.which(name, path=near)
    if found is None:
        if os.environ.get("REQUIRE_LINTERS"):
            pytest.fail(f"{name} is not there")
        pytest.skip(f"{name} is not there: make lint-workflows")
    return found


def says(name: str, *words: str | Path, root: Path = ROOT) -> str:
    """All that a linter has to say; nothing where it is content."""
    call = [linter(name), *map(str, words)]
    done = subprocess.run(call, check=False, capture_output=True, text=True, cwd=root)
    return done.stdout + done.stderr if done.returncode else ""


@pytest.fixture
def begun(tmp_path: Path, run: Callable[..., Ran]) -> Callable[..., Path]:
    """A site that `init` began for a host."""

    def begin(host: str, languages: str = "nl,fr") -> Path:
        folder = tmp_path / "site"
        assert begin_site(run, folder, languages, host).status == 0
        return folder

    return begin


def workflows(root: Path) -> list[Path]:
    return sorted((root / ".github" / "workflows").glob("*.yml"))


def test_actionlint_finds_nothing() -> None:
    """Nor shellcheck, which it calls for the shell of each step."""
    assert says("actionlint", "-shellcheck", linter("shellcheck"), *workflows(ROOT)) == ""


BEGUN = [("github", "nl,fr"), ("github", "en,de,fr,nl"), ("netlify", "nl,fr"), ("nginx", "de,en")]


@pytest.mark.parametrize(("host", "languages"), BEGUN)
def test_actionlint_finds_nothing_in_what_init_writes(
    host: str, languages: str, begun: Callable[..., Path]
) -> None:
    written = workflows(begun(host, languages))
    assert written
    assert says("actionlint", "-shellcheck", linter("shellcheck"), *written) == ""


def test_zizmor_finds_nothing() -> None:
    assert says("zizmor", "--offline", "--quiet", "--no-progress", ROOT / ".github") == ""


@pytest.mark.parametrize(("host", "languages"), BEGUN)
def test_zizmor_finds_nothing_in_what_init_writes(
    host: str, languages: str, begun: Callable[..., Path]
) -> None:
    folder = begun(host, languages) / ".github"
    assert says("zizmor", "--offline", "--quiet", "--no-progress", folder) == ""


@pytest.mark.parametrize("languages", ["nl,fr", "de,en,fr,nl"])
def test_gitlab_can_read_what_init_writes_for_it(
    languages: str, begun: Callable[..., Path], tmp_path: Path
) -> None:
    """What the form asks for, and the jobs: two documents of one file, each by the schema."""
    text = (begun("gitlab", languages) / ".gitlab-ci.yml").read_text(encoding="utf-8")
    documents = text.split("\n---\n")
    assert len(documents) == 2
    for number, document in enumerate(documents):
        path = tmp_path / f"{number}.yml"
        path.write_text(document, encoding="utf-8")
        assert says("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", path) == ""


@pytest.mark.parametrize(
    "path", [".ci/run", *(f"tools/{each.name}" for each in (ROOT / "tools").glob("*.sh"))]
)
def test_shellcheck_finds_nothing(path: str) -> None:
    assert says("shellcheck", ROOT / path) == ""


def test_shellcheck_finds_nothing_in_what_init_writes(begun: Callable[..., Path]) -> None:
    assert says("shellcheck", begun("nginx") / "publish.sh") == ""


FAULTS = {  # linter -> a workflow that it would not let pass, so that silence means something
    "actionlint": (
        "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo $X'}], needs: b}}\n",
        (),
    ),
    "zizmor": (
        "on: pull_request_target\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ github.head_ref }}'}]}}\n",
        ("--offline", "--quiet", "--no-progress"),
    ),
    "check-jsonschema": ("job: {script: 7}\n", ("--builtin-schema", "vendor.gitlab-ci")),
    "shellcheck": ("#!/bin/sh\nrm $1\n", ()),
}


@pytest.mark.parametrize("name", LINTERS)
def test_a_fault_is_found(name: str, tmp_path: Path) -> None:
    text, words = FAULTS[name]
    path = tmp_path / ".github" / "workflows" / "x.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert says(name, *words, path) != ""
