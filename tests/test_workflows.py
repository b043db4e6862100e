"""What GitHub runs: pinned to a commit, no more rights than it needs, nothing typed in a shell's text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from diptych.cli.commandline import parser_of
from diptych.cli.terminal import Terminal
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TYPED = re.compile(r"\$\{\{")


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # text only


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


def made(job: dict[str, Any]) -> list[str]:
    """The targets of make that a job runs."""
    return [
        target
        for step in job["steps"]
        for target in re.findall(r"\bmake ([a-z-]+)", step.get("run", ""))
    ]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_and_nothing_is_put_into_a_script(path: Path) -> None:
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"]), step
        assert not TYPED.search(step.get("run", "")), step
    assert read(path)["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in read(path)["on"]


def test_confirm_says_what_the_command_says_and_has_the_site_built() -> None:
    path = ROOT / ".github" / "workflows" / "confirm.yml"
    (step,) = [each for each in steps(path) if "build.py confirm" in each.get("run", "")]
    assert set(step["env"]) == {"PAGE", "LANGUAGE", "BLOCK"}
    options = parser_of(ROOT, Terminal(str)).parse_args(["confirm", "faq", "fr", "--block", "a"])
    assert (options.key, options.language, options.block) == ("faq", "fr", "a")
    assert "workflow_dispatch" in read(ROOT / ".github" / "workflows" / "site.yml")["on"]
    assert any("gh workflow run site.yml" in each.get("run", "") for each in steps(path))


SITE = ROOT / ".github" / "workflows" / "site.yml"


def test_a_build_without_errors_is_all_that_publishing_needs() -> None:
    """A test or a check may be red: it holds no text back."""
    jobs = read(SITE)["jobs"]
    assert jobs["publish"]["needs"] == ["address", "build"]
    assert jobs["build"]["needs"] == "address"
    assert "needs" not in jobs["address"]
    assert made(jobs["address"]) == []
    assert made(jobs["build"]) == ["site"]
    assert "strategy" not in jobs["build"]  # one build, not the slowest or the worst of several
    assert "upload-pages-artifact" in jobs["build"]["steps"][-1]["uses"]


@pytest.mark.parametrize("target", ["check", "test-site", "test"])
def test_tests_and_checks_are_jobs_that_no_other_needs(target: str) -> None:
    jobs = read(SITE)["jobs"]
    (name,) = [name for name, job in jobs.items() if target in made(job)]
    assert made(jobs[name]) == [target]
    assert all(name not in job.get("needs", ()) for job in jobs.values())
    assert "if" not in jobs[name]


def test_one_script_runs_all_that_a_newcomer_is_promised() -> None:
    """`make test` comes last, so that pytest's closing line ends the log."""
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    targets = re.findall(r"^section make ([a-z-]+)", text, re.MULTILINE)
    assert targets == ["site", "check", "test-site", "test"]
