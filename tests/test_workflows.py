"""What GitHub runs: pinned to a commit, no more rights than it needs, nothing typed in a shell's text."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from diptych.cli.commandline import parser_of
from diptych.cli.terminal import Terminal
from diptych.pipeline import Build
from tests.conftest import ROOT, SITE_YAML, Ran, write_site

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


TYPED_FORMS = [
    ("faq", "", "", ["faq"]),
    ("faq", "fr", "", ["faq", "fr"]),
    ("faq", "fr", "become-member", ["faq", "fr", "--block", "become-member"]),
    ("faq", "fr", "-.paragraph.1", ["faq", "fr", "--block", "-.paragraph.1"]),
    ("faq", "", "--two.list.1", ["faq", "--block", "--two.list.1"]),
    ("-page", "fr", "$(x) y", ["-page", "fr", "--block", "$(x) y"]),
]


@pytest.mark.skipif(os.name != "posix", reason="GitHub runs it in a POSIX shell")
@pytest.mark.parametrize(("page", "language", "block", "words"), TYPED_FORMS)
def test_confirm_hands_on_what_was_typed_in_its_form(
    page: str, language: str, block: str, words: list[str]
) -> None:
    """The line of the workflow, run by a shell with a program that says its arguments."""
    path = ROOT / ".github" / "workflows" / "confirm.yml"
    (line,) = [each["run"] for each in steps(path) if "build.py confirm" in each.get("run", "")]
    shown = line.replace(".venv/bin/python build.py", r"printf '%s\0'")
    typed = {"PAGE": page, "LANGUAGE": language, "BLOCK": block}
    done = subprocess.run(["sh", "-c", shown], env=typed, capture_output=True, check=True)
    command, *given = done.stdout.decode().split("\0")[:-1]
    assert (command, given) == ("confirm", words)
    options = parser_of(ROOT, Terminal(str)).parse_args([command, *given])
    assert (options.key, options.language or "", options.block or "") == (page, language, block)


def test_hidden_files_are_in_what_goes_to_github_pages(site: Callable[..., Build]) -> None:
    """Among them is /.well-known/security.txt. The action leaves them out unless it is asked."""
    path = ROOT / ".github" / "workflows" / "site.yml"
    (upload,) = [step for step in steps(path) if "upload-pages-artifact" in step.get("uses", "")]
    assert upload["with"]["include-hidden-files"] == "true"
    expiring = SITE_YAML + "security: {expires: 2027-10-31}\n"
    build = site({"content/site.yaml": expiring})
    assert ".well-known/security.txt" in {output.path for output in build.outputs}


@pytest.mark.skipif(shutil.which("tar") is None, reason="the action packs with tar")
@pytest.mark.parametrize(("asked", "packed"), [("true", True), ("false", False)])
def test_the_upload_packs_what_is_hidden(
    asked: str, packed: bool, run: Callable[..., Ran], tmp_path: Path
) -> None:
    """With the command of actions/upload-pages-artifact 5.0.0 (action.yml, Linux)."""
    expiring = SITE_YAML + f"security: {{expires: {datetime.date.max.isoformat()}}}\n"
    root = write_site(tmp_path / "site", {"content/site.yaml": expiring})
    assert run("build", root=root).status == 0
    hidden = [] if asked == "true" else ["--exclude=.[^/]*"]
    call = ["tar", "--dereference", "--hard-dereference", "--directory", str(root / "public")]
    call += ["-cf", str(tmp_path / "artifact.tar"), "--exclude=.git", "--exclude=.github"]
    subprocess.run([*call, *hidden, "."], check=True)
    with tarfile.open(tmp_path / "artifact.tar") as artifact:
        names = artifact.getnames()
    assert ("./.well-known/security.txt" in names) == packed
    assert "./nl/index.html" in names


def test_confirm_says_what_the_command_says_and_has_the_site_built() -> None:
    path = ROOT / ".github" / "workflows" / "confirm.yml"
    (step,) = [each for each in steps(path) if "build.py confirm" in each.get("run", "")]
    assert set(step["env"]) == {"PAGE", "LANGUAGE", "BLOCK"}
    assert "workflow_dispatch" in read(ROOT / ".github" / "workflows" / "site.yml")["on"]
    assert any("gh workflow run site.yml" in each.get("run", "") for each in steps(path))


CONFIRM = ROOT / ".github" / "workflows" / "confirm.yml"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A site in a clone of a bare repository, and beside it a `gh` that writes down its words."""
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    root = write_site(
        tmp_path / "clone", {"content/about/nl.md": "---\ntitle: Over ons\n---\n\nTekst.\n"}
    )
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "first")
    git(root, "remote", "add", "origin", str(bare))
    git(root, "push", "-qu", "origin", "main")
    stand_in = tmp_path / "bin" / "gh"
    stand_in.parent.mkdir()
    stand_in.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\n')
    stand_in.chmod(0o755)
    return root


def shell(step: dict[str, Any], root: Path, **values: str) -> None:
    """Runs a step as GitHub does: bash, and stops at the first command that fails."""
    path = f"{root.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=root,
        env={"PATH": path, "HOME": str(root.parent), **values},
        check=True,
        capture_output=True,
    )


def patch_of(root: Path) -> str:
    (step,) = [
        each for each in read(CONFIRM)["jobs"]["compare"]["steps"] if each.get("id") == "patch"
    ]
    output = root.parent / "output"
    output.write_text("")
    shell(step, root, GITHUB_OUTPUT=str(output))
    return output.read_text().strip().removeprefix("patch=")


def record(root: Path, patch: str) -> None:
    (step,) = [each for each in read(CONFIRM)["jobs"]["record"]["steps"] if "run" in each]
    shell(step, root, PATCH=patch, ACTOR="ann", BRANCH="main", PAGE='a "b" $(c)')


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")
def test_what_was_confirmed_arrives_on_the_branch(checkout: Path, run: Callable[..., Ran]) -> None:
    """The job that may write gets a patch from the one that ran the program, and nothing else."""
    assert run("confirm", "about", root=checkout).status == 0
    patch = patch_of(checkout)
    git(checkout, "reset", "-q", "--hard")
    git(checkout, "clean", "-qfdx")
    record(checkout, patch)
    changed = git(checkout, "diff", "--name-only", "HEAD~", "origin/main").split()
    assert changed == ["content/about/translations.lock"]
    assert git(checkout, "log", "-1", "--format=%an %s").strip() == 'ann Confirmed: a "b" $(c)'
    assert (checkout.parent / "asked").read_text().strip() == "workflow run site.yml --ref main"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")
def test_nothing_but_locks_comes_through(checkout: Path) -> None:
    """Also when the branch's own program writes more, or makes up the patch."""
    other = checkout / "content" / "about" / "fr.md"
    other.write_text("---\ntitle: Piraté\n---\n")
    assert patch_of(checkout) == ""
    git(checkout, "add", "--intent-to-add", ".")
    forged = subprocess.run(
        ["base64"], check=True, input=git(checkout, "diff").encode(), capture_output=True
    )
    git(checkout, "reset", "-q", "--hard")
    git(checkout, "clean", "-qfdx")
    with pytest.raises(subprocess.CalledProcessError):
        record(checkout, forged.stdout.decode())
    assert git(checkout, "log", "--format=%s", "origin/main").split() == ["first"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_job_that_may_write_runs_the_branchs_code(path: Path) -> None:
    for name, job in read(path)["jobs"].items():
        rights = job.get("permissions", {})
        code = [
            each["run"]
            for each in job["steps"]
            if re.search(r"\b(make|python|build\.py)\b", each.get("run", ""))
        ]
        if any(each == "write" for each in rights.values()):
            assert code == [], name
        if code:
            kept = [each for each in job["steps"] if "actions/checkout" in each.get("uses", "")]
            assert all(each["with"]["persist-credentials"] == "false" for each in kept), name


def test_what_is_uploaded_has_been_verified() -> None:
    steps_of_build = read(SITE)["jobs"]["build"]["steps"]
    assert "build.py verify" in steps_of_build[-2]["run"]
    assert steps_of_build[-1]["with"]["path"] == "public"


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
