"""What GitHub runs: pinned to a commit, no more rights than it needs, nothing typed in a shell's text."""

from __future__ import annotations

import base64
import datetime
import os
import re
import shutil
import subprocess
import tarfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environment
import pytest
import yaml

from diptych.cli import commands
from diptych.cli.commandline import parser_of
from diptych.cli.terminal import Terminal
from diptych.content.workflows import words_of
from diptych.pipeline import Build
from diptych.workplace import form
from tests.conftest import ROOT, SITE_YAML, Ran, blank_pdf, write_site

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TYPED = re.compile(r"\$\{\{")
ON_WINDOWS = (
    r".venv\Scripts\python -m pip install --require-hashes --only-binary :all:"
    r" -r requirements\run.txt"
)


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # text only


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in read(path)["jobs"].values() for step in job.get("steps", ())]


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


@pytest.mark.parametrize("guide", ["nl/op-je-computer.md", "fr/sur-votre-ordinateur.md"])
def test_the_commands_of_the_guides_for_windows_are_tried_there(guide: str) -> None:
    job = read(TESTS)["jobs"]["windows"]
    ran = [step["run"] for step in job["steps"] if "run" in step]
    text = (ROOT / "docs" / guide).read_text("utf-8")
    begun = re.findall(r"^```bat\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = "".join(begun).splitlines()
    row = re.search(r"^\| Windows \| `(.*?)` \|$", text, re.MULTILINE)
    assert job["runs-on"] == "windows-latest"
    assert row is not None
    assert row[1] in ran
    assert ran[: len(lines)] == lines
    assert len(lines) == 2
    assert all(each.startswith(r".venv\Scripts\python ") for each in ran[1:])


@pytest.mark.parametrize("name", sorted(environment.HOLDS))
def test_libraries_come_as_their_makers_built_them(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of a library runs while it is installed: no source is built, and its digest is known."""
    calls: list[tuple[str, ...]] = []
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / f"{name}.txt").touch()
    (tmp_path / ".venv").mkdir()
    monkeypatch.chdir(tmp_path)

    def pip(*words: str, quiet: bool = False) -> bool:
        calls.append(words)
        return True

    monkeypatch.setattr(environment, "pip", pip)
    monkeypatch.setattr(environment, "_compile", lambda: None)
    assert environment.fill(name) == ""
    (install,) = [each for each in calls if "install" in each]
    assert install[install.index("--only-binary") + 1] == ":all:"
    assert "--require-hashes" in install
    assert install[-2:] == ("-r", f"requirements/{name}.txt")


INSTALLS = re.compile(
    r"\b(?:pip3?|pipx|uv(?: pip)?|poetry|conda|easy_install)\b[^\n]*\b(?:install|sync|add)\b"
)


def test_nothing_is_installed_past_the_environment() -> None:
    """Workflows, make and scripts get libraries by `tools/environment.sh`, through make; on Windows,
    which has neither, by the line of the guides, which takes none whose hash is not in the lock.
    """
    scripts = [*(ROOT / "tools").glob("*.sh"), ROOT / "Makefile", *WORKFLOWS]
    for path in scripts:
        text = path.read_text(encoding="utf-8").replace(f"- run: '{ON_WINDOWS}'\n", "", 1)
        assert INSTALLS.search(text) is None, path.name
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rule = re.search(
        r"^\$\(RUN\) \$\(TEST\) \$\(LOCK\) \$\(AUDIT\) \$\(WORKFLOWS\):[^\n]*\n\t(.*)",
        makefile,
        re.M,
    )
    assert rule is not None
    assert "tools/environment.sh $*" in rule[1]
    shell = (ROOT / "tools" / "environment.sh").read_text(encoding="utf-8")
    assert re.findall(r"exec (.*)", shell) == [
        '"$PYTHON" tools/environment.py "$@"',
        '"$python" tools/environment.py "$@"',
    ]


@pytest.mark.parametrize(
    "line",
    [
        "pip install pelican",
        "python -m pip --quiet install -r requirements/run.txt",
        "uv pip sync requirements/run.txt",
        "pipx install x",
    ],
)
def test_other_ways_to_install_are_found(line: str) -> None:
    assert INSTALLS.search(f"      - run: {line}\n")


FORMS: dict[
    str, list[tuple[dict[str, object], list[str]]]
] = {  # workflow -> what somebody types there, and the words that the command gets
    "confirm": [
        ({"page": "faq"}, ["faq"]),
        ({"page": "faq", "language": "fr"}, ["faq", "fr"]),
        ({"page": "faq", "block": "become-member"}, ["faq", "--block", "become-member"]),
        ({"page": "faq", "block": "-.paragraph.1"}, ["faq", "--block", "-.paragraph.1"]),
        ({"page": "faq", "block": "--two.list.1"}, ["faq", "--block", "--two.list.1"]),
        ({"page": "-page", "block": "$(x) y"}, ["-page", "--block", "$(x) y"]),
        ({"page": "", "all": True}, ["--all", "--yes"]),
        ({"page": "o'brien", "all": False}, ["o'brien"]),
    ],
    "fix": [({}, []), ({"file": "content/a b/nl.md"}, ["content/a b/nl.md"])],
    "new": [
        ({"key": "contact", "layout": "", "parent": ""}, ["contact"]),
        ({"key": "contact", "language": "fr"}, ["contact", "fr"]),
        (
            {"key": 'a"b', "layout": "faq", "parent": "news"},
            ['a"b', "--layout", "faq", "--in", "news"],
        ),
    ],
    "remember": [({}, [])],
    "export": [({"language": "fr"}, ["fr"]), ({"language": "fr", "all": "true"}, ["fr", "--all"])],
    "import": [({"file": "translations/fr.po"}, ["translations/fr.po"])],
    "take-down": [
        ({"key": "timeline#first-march"}, ["timeline#first-march"]),
        (
            {"key": "../x; rm -rf /", "below": True, "forget": True, "look": True},
            ["../x; rm -rf /", "--below", "--forget", "--dry-run"],
        ),
    ],
}
ROWS = [(name, typed, words) for name, rows in FORMS.items() for typed, words in rows]


@pytest.mark.parametrize(("name", "typed", "words"), ROWS)
def test_a_form_hands_on_what_was_typed(
    name: str, typed: dict[str, object], words: list[str]
) -> None:
    assert form.words_of(name, typed) == [name, *words]
    parser_of(ROOT, Terminal(str)).parse_args([name, *words])  # and the command takes it


def test_each_form_asks_for_what_its_command_gets() -> None:
    assert set(commands.FORMS) == set(FORMS)
    for name, fields in commands.FORMS.items():
        workflow = read(ROOT / ".github" / "workflows" / f"{name}.yml")
        dispatch = workflow["on"]["workflow_dispatch"] or {}
        asked = dispatch["inputs"] if dispatch else {}
        assert list(asked) == [field.name for field in fields]
        boxes = {field for field, each in asked.items() if each.get("type") == "boolean"}
        assert boxes == {field.name for field in fields if field.box}
        for field, each in asked.items():
            assert " · " in each["description"]  # in both languages of the editors
            if each.get("type") == "boolean":  # a message names it so: "(page: faq, below)"
                assert each["description"].startswith(f"{field}: ")
        job = workflow["jobs"]["change"]
        assert job["with"]["command"] == name
        assert job["with"]["values"] == "${{ toJSON(inputs) }}"
        assert job["uses"] == "./.github/workflows/change.yml"


def test_the_commit_of_a_removal_does_not_name_what_went() -> None:
    assert (
        "inputs"
        not in read(ROOT / ".github/workflows/take-down.yml")["jobs"]["change"]["with"]["done"]
    )


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


def test_what_a_form_commits_is_built() -> None:
    assert "workflow_dispatch" in read(ROOT / ".github" / "workflows" / "site.yml")["on"]
    assert any("gh workflow run site.yml" in each.get("run", "") for each in steps(CHANGE))


CHANGE = ROOT / ".github" / "workflows" / "change.yml"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A site in a clone of a bare repository, and beside it a `gh` that writes down its words."""
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    root = write_site(
        tmp_path / "clone",
        {
            "content/about/nl.md": "---\ntitle: Over ons\n---\n\nTekst.\n",
            "content/about/fr.md": "---\ntitle: À propos\n---\n\nTexte.\n\n\n\n",
            "content/about/sheet.pdf": blank_pdf(),
            ".gitignore": ".cache\n",
        },
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


def change_of(root: Path) -> dict[str, str]:
    """What leaves the job that runs the program."""
    (step,) = [each for each in read(CHANGE)["jobs"]["run"]["steps"] if each.get("id") == "patch"]
    output = root.parent / "output"
    output.write_text("")
    shell(step, root, GITHUB_OUTPUT=str(output), RUNNER_TEMP=str(root.parent))
    return dict(line.split("=", 1) for line in output.read_text().splitlines())


def record(
    root: Path, change: dict[str, str], done: str = 'a "b" $(c)', path: Path | None = None
) -> None:
    """The job that may write, on a fresh checkout; `path` is the workflow, where it is not ours."""
    git(root, "reset", "-q", "--hard")
    git(root, "clean", "-qfdx")
    (step,) = [each for each in read(path or CHANGE)["jobs"]["record"]["steps"] if "run" in each]
    shell(
        step,
        root,
        PATCH=change["patch"],
        GONE=change["gone"],
        ACTOR="ann",
        BRANCH="main",
        DONE=done,
        GH_TOKEN="none",
        RUNNER_TEMP=str(root.parent),
        GITHUB_STEP_SUMMARY=str(root.parent / "summary.md"),
    )


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")
ABOUT = "content/about"
CHANGED = {  # a call -> the files that its commit changes
    ("confirm", "about"): [f"{ABOUT}/translations.lock"],
    ("fix",): [f"{ABOUT}/fr.md"],
    ("new", "march"): ["content/march/fr.md", "content/march/nl.md"],
    ("new", "home-page", "--in", "about"): [
        f"{ABOUT}/home-page/fr.md",
        f"{ABOUT}/home-page/nl.md",
    ],
    ("remember",): ["content/addresses.lock"],
    ("take-down", "about"): [
        f"{ABOUT}/fr.md",
        f"{ABOUT}/nl.md",
        f"{ABOUT}/sheet.pdf",
        "content/addresses.lock",
        "content/site.yaml",
    ],
}


@needs_git
@pytest.mark.parametrize("call", CHANGED, ids=" ".join)
def test_what_a_form_changes_arrives_on_the_branch(
    call: tuple[str, ...], checkout: Path, run: Callable[..., Ran]
) -> None:
    """The job that may write gets a patch and names from the one that ran the program, nothing else."""
    assert run(*call, root=checkout).status == 0
    record(checkout, change_of(checkout))
    changed = git(checkout, "diff", "--name-only", "HEAD~", "origin/main").split()
    assert changed == CHANGED[call]
    assert git(checkout, "log", "-1", "--format=%an %s").strip() == 'ann a "b" $(c)'
    assert (checkout.parent / "asked").read_text().strip() == "workflow run site.yml --ref main"


@needs_git
def test_where_the_branch_takes_no_commit_the_page_of_the_run_says_what_to_do(
    checkout: Path, run: Callable[..., Ran]
) -> None:
    hook = checkout.parent / "bare.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert run("remember", root=checkout).status == 0
    with pytest.raises(subprocess.CalledProcessError):
        record(checkout, change_of(checkout))
    said = (checkout.parent / "summary.md").read_text()
    assert "kies bij *Use workflow from* een andere branch" in said
    assert "choisissez une autre branche" in said
    assert not (checkout.parent / "asked").exists()


@needs_git
@pytest.mark.parametrize(
    "gone", ["README.md", "content/../x", "../x", ".github/x", "content", "/etc/x"]
)
def test_nothing_outside_of_the_texts_is_deleted(checkout: Path, gone: str) -> None:
    """Also when the branch's own program makes up the list."""
    (checkout / "README.md").write_text("x")
    git(checkout, "add", "README.md")
    git(checkout, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "more")
    names = base64.b64encode(f"{gone}\n".encode()).decode()
    with pytest.raises(subprocess.CalledProcessError):
        record(checkout, {"patch": "", "gone": names})
    assert git(checkout, "log", "--format=%s", "origin/main").split() == ["first"]


@needs_git
def test_nothing_outside_of_the_texts_is_written(checkout: Path) -> None:
    """Also when the branch's own program writes more, or makes up the patch."""
    (checkout / ".github").mkdir()
    (checkout / ".github" / "evil.yml").write_text("on: push\n")
    assert change_of(checkout) == {"patch": "", "gone": ""}
    git(checkout, "add", "--intent-to-add", ".")
    forged = base64.b64encode(git(checkout, "diff").encode()).decode()
    with pytest.raises(subprocess.CalledProcessError):
        record(checkout, {"patch": forged, "gone": ""})
    assert git(checkout, "log", "--format=%s", "origin/main").split() == ["first"]


def test_a_file_of_a_translator_is_taken_from_its_folder_alone() -> None:
    taken = form.UPLOADED.fullmatch
    assert taken("translations/fr.po")
    for path in ("content/x.po", "translations/../build.py", "translations/a/b.po", "/etc/x.po"):
        assert not taken(path)


def test_what_was_said_is_shown_as_it_is() -> None:
    words = words_of(["nl", "fr"])
    said = "".join(form.summary(words, "new", "", "```\n# x `y`", 2))
    assert said == "**Niets geschreven · Rien n’est écrit**\n\n``````text\n```\n# x `y`\n``````\n\n"
    assert "".join(form.summary(words, "take-down", "- [ ] a\n", "", 0)) == "- [ ] a\n"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_job_that_may_write_runs_the_branchs_code(path: Path) -> None:
    for name, job in read(path)["jobs"].items():
        rights = job.get("permissions", {})
        code = [
            each["run"]
            for each in job.get("steps", ())
            if re.search(r"\b(make|python|build\.py)\b", each.get("run", ""))
        ]
        if any(each == "write" for each in rights.values()):
            assert code == [], name
        if code:
            kept = [each for each in job["steps"] if "actions/checkout" in each.get("uses", "")]
            assert all(each["with"]["persist-credentials"] == "false" for each in kept), name


def test_what_is_uploaded_has_been_verified() -> None:
    steps_of_build = read(SITE)["jobs"]["build"]["steps"]
    assert steps_of_build[-2]["run"].startswith("make verify")
    assert steps_of_build[-1]["with"]["path"] == "public"


SITE = ROOT / ".github" / "workflows" / "site.yml"
TESTS = SITE.parent / "tests.yml"  # of this repository alone


def test_a_build_without_errors_is_all_that_publishing_needs() -> None:
    """A test or a check may be red: it holds no text back."""
    jobs = read(SITE)["jobs"]
    assert jobs["publish"]["needs"] == ["address", "build"]
    assert jobs["build"]["needs"] == "address"
    assert "needs" not in jobs["address"]
    assert made(jobs["address"]) == []
    assert made(jobs["build"]) == ["site", "verify"]
    assert "strategy" not in jobs["build"]  # one build, not the slowest or the worst of several
    assert "upload-pages-artifact" in jobs["build"]["steps"][-1]["uses"]


def test_dead_links_are_looked_for_apart() -> None:
    jobs = read(SITE)["jobs"]
    assert jobs["links"]["steps"][-1]["run"].endswith("ARGS=--external")
    assert "github.event.schedule == '17 5 * * 1'" in jobs["links"]["if"]
    assert {"cron": "17 5 * * 1"} in read(SITE)["on"]["schedule"]  # once a week
    assert all("links" not in job.get("needs", ()) for each, job in jobs.items() if each != "tell")


@pytest.mark.parametrize("target", ["test-site", "test", "lint-workflows"])
def test_tests_are_apart_and_wait_for_nothing(target: str) -> None:
    """What publishes is a workflow of its own, which other sites have too."""
    jobs = read(TESTS)["jobs"]
    (job,) = [job for job in jobs.values() if target in made(job)]
    assert made(job) == [target]
    assert all("needs" not in each and "if" not in each for each in jobs.values())
    assert {"push", "pull_request"} <= set(read(TESTS)["on"])


@pytest.mark.parametrize("target", ["check"])
def test_checks_are_jobs_that_no_other_needs(target: str) -> None:
    jobs = read(SITE)["jobs"]
    (name,) = [name for name, job in jobs.items() if target in made(job) and name != "links"]
    assert made(jobs[name]) == [target]
    # the one that tells how all others ended waits for them, whatever they say, and nothing for it
    others = [job for each, job in jobs.items() if each != "tell"]
    assert all(name not in job.get("needs", ()) for job in others)
    assert jobs["tell"]["if"].startswith("always()")
    assert all("tell" not in job.get("needs", ()) for job in jobs.values())
    assert "if" not in jobs[name]


OPENED = ["label create site", "issue create"]
DEAD = "x\n<!-- links -->\n"  # what an issue says that stands open for a dead link
STATES = [  # of the jobs; the issue that is open, and what it says; what gh is asked to do, and says
    ({}, "", "", [], ""),
    ({}, "7", "", ["issue close 7"], ""),
    ({"PUBLISH": "skipped"}, "7", "", ["issue close 7"], ""),  # GitHub Pages is not switched on
    ({"BUILD": "failure", "PUBLISH": "skipped"}, "", "", OPENED, "De site is niet gepubliceerd"),
    (
        {"BUILD": "failure", "CHECK": "failure"},
        "7",
        "",
        ["issue edit 7"],
        "Le site n’est pas publié",
    ),
    ({"PUBLISH": "failure"}, "", "", OPENED, "staat niet online"),
    # a review that is due, a security.txt that expires, a translation that lags: warnings of the check
    ({"CHECK": "failure"}, "", "", OPENED, "een vertaling, een datum, een dode link"),
    ({"CHECK": "failure"}, "7", "", ["issue edit 7"], "une traduction, une date, un lien mort"),
    ({"PUBLISH": "skipped", "CHECK": "cancelled"}, "", "", [], ""),
    ({"BUILD": "cancelled", "CHECK": "cancelled"}, "7", "", [], ""),  # another run says how it is
    ({"LINKS": "failure"}, "", "", OPENED, "un lien vers un autre site est mort"),
    ({"LINKS": "skipped"}, "7", DEAD, ["issue edit 7"], "een link naar een andere site is dood"),
    ({"LINKS": "success"}, "7", DEAD, ["issue close 7"], ""),
    ({"LINKS": "skipped"}, "7", "", ["issue close 7"], ""),
]


@pytest.mark.parametrize(("results", "number", "open_says", "asked", "said"), STATES)
def test_one_issue_tells_what_is_wrong_and_closes_when_all_is_well(
    results: dict[str, str],
    number: str,
    open_says: str,
    asked: list[str],
    said: str,
    tmp_path: Path,
) -> None:
    job = read(SITE)["jobs"]["tell"]
    assert job["permissions"] == {"issues": "write"}
    assert set(job["needs"]) >= {"build", "check", "publish"}
    (step,) = job["steps"]
    stand_in = tmp_path / "bin" / "gh"
    stand_in.parent.mkdir()
    log = tmp_path / "log"
    log.write_text("")
    stand_in.write_text(
        '#!/bin/sh\ncase "$1 $2" in "issue list") echo "$OPEN";; "issue view") echo "$SAYS";;'
        f' *) echo "$@" >> {log};; esac\n'
    )
    stand_in.chmod(0o755)
    values = {
        **dict.fromkeys(("BUILD", "CHECK", "PUBLISH"), "success"),
        "LINKS": "skipped",
        **results,
    }
    (tmp_path / "root").mkdir()
    shell(
        step,
        tmp_path / "root",
        OPEN=number,
        SAYS=open_says,
        GH_TOKEN="none",
        REPOSITORY="o/r",
        RUN="https://example.org/run",
        RUNNER_TEMP=str(tmp_path),
        **values,
    )
    calls = log.read_text().splitlines()
    assert [call.partition(" --")[0] for call in calls] == asked
    if said:
        body = (tmp_path / "body.md").read_text()
        assert "https://example.org/run" in body
        assert "site" in body.lower()
        assert body.count("\n\n**") == 1  # a sentence in each language
        assert said in body
        assert ("<!-- links -->" in body) == ("dood.**" in body)


PREVIEWS = [  # the variable, the number of the pull request, its branch, and where the link leads
    (
        "https://deploy-preview-{number}--a.netlify.app",
        "12",
        "ann-patch-1",
        "https://deploy-preview-12--a.netlify.app",
    ),
    ("https://deploy-preview-{number}--a.netlify.app", "", "ann-patch-1", ""),
    ("https://{branch}.a.pages.dev", "", "Ann/Fix_$(id)", "https://ann-fix---id.a.pages.dev"),
    (
        "https://{branch}.a.pages.dev",
        "7",
        "a-branch-with-a-very-long-name",
        "https://a-branch-with-a-very-long-na.a.pages.dev",
    ),
]


@pytest.mark.parametrize(("variable", "number", "branch", "link"), PREVIEWS)
def test_where_the_host_shows_proposals_the_page_of_the_run_leads_there(
    variable: str, number: str, branch: str, link: str, tmp_path: Path
) -> None:
    (step,) = [each for each in steps(SITE) if each.get("id") == "online"]
    assert step["if"] == "vars.PREVIEW != ''"
    page = tmp_path / "summary.md"
    page.touch()
    (tmp_path / "root").mkdir()
    values = {"PREVIEW": variable, "NUMBER": number, "BRANCH": branch}
    shell(step, tmp_path / "root", GITHUB_STEP_SUMMARY=str(page), **values)
    said = page.read_text()
    assert (f"en ligne]({link})" in said) if link else (said == "")


def test_one_script_runs_all_that_a_newcomer_is_promised() -> None:
    """`make test` comes last, so that pytest's closing line ends the log."""
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    targets = re.findall(r"^section make ([a-z-]+)", text, re.MULTILINE)
    assert targets == ["site", "check", "test-site", "lint-workflows", "test"]


def test_libraries_are_looked_up_every_week_with_no_right_but_to_read() -> None:
    path = ROOT / ".github" / "workflows" / "weekly.yml"
    weekly = read(path)
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", weekly["on"]["schedule"][0]["cron"])
    assert weekly["permissions"] == {"contents": "read"}
    (job,) = weekly["jobs"].values()
    assert "permissions" not in job
    assert made(job) == ["audit"]
    assert "${{" not in path.read_text(encoding="utf-8")


def test_another_site_gets_the_versions_of_the_lock() -> None:
    """It installs the program by its commit, with no lock beside it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9][\w.-]*)==(\S+) ", lock, re.M))
    named = [each.partition(" == ") for each in project["dependencies"]]
    assert {name.lower(): version for name, _, version in named}.items() <= locked.items()


@pytest.mark.parametrize("name", ["run", "test", "lock", "audit", "workflows"])
def test_every_lock_has_hashes_and_is_audited(name: str) -> None:
    """Of every library one version, with the digests of its files."""
    lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pinned = re.findall(
        r"^([a-z0-9][\w.-]*)==\S+ \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", lock, re.M
    )
    assert len(pinned) == len(re.findall(r"^[a-z0-9]", lock, re.M)) > 0
    audit = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\naudit:")[2]
    assert name in audit.partition("\n\n")[0].partition("for lock in")[2].partition(";")[0].split()
    assert "--require-hashes" in audit.partition("\n\n")[0]
