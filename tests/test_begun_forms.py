"""A new organisation's forms: written by `init` from the templates of ours, and run as the git host does."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import workflows as ours
import yaml

from diptych.cli.commands import FORMS
from diptych.content.hosts import HOSTS
from diptych.content.workflows import filled, words_by_language
from tests.conftest import ROOT, Ran
from tests.test_forms_run import BAD, ODD, RIGHTS, is_a_key, left, page_of_run, submit
from tests.test_forms_run import filled as typed_in
from tests.test_init import begin
from tests.test_workflows import git, needs_git, read, record, shell

LANGUAGES = ("nl", "fr", "de", "en")
Begun = Callable[..., Path]
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not there")


def test_our_workflows_are_those_that_everybody_gets() -> None:
    """After a change of a template: python tools/workflows.py."""
    written = ours.written()
    assert len(written) == 11
    for path, text in written.items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, path
    own = {path.name for path in (ROOT / ".github" / "workflows").iterdir()}
    assert (ROOT / ".gitlab-ci.yml").is_file()
    assert own - {Path(each).name for each in written} == {"tests.yml", "weekly.yml"}


@pytest.mark.parametrize(
    ("template", "languages", "host", "expected"),
    [
        ('x: "@@page@@ (@@A@@)"\n', ("nl", "de"), "github", 'x: "Pagina · Seite (a)"\n'),
        ('x: "@@page@@"\n', ("fr", "en"), "github", 'x: "Page"\n'),  # written alike: once
        ("  @@digits@@\n", ("nl", "fr"), "", "  alleen cijfers\n\n  seulement des chiffres\n"),
        ("run @@EACH@@\n", ("nl", "it", "de"), "", "run nl\nrun de\n"),
        ("run @@EACH@@\n", ("it",), "", "run en\n"),
        ("@if github@\na\n@else@\nb\n@end@\nc\n", (), "github", "a\nc\n"),
        ("@if github nginx@\na\n@else@\nb\n@end@\nc\n", (), "netlify", "b\nc\n"),
        ("@@steps open-me beside@@\n", ("en",), "", "1. OPEN-ME\n2. languages.html\n"),
        (
            " @@steps digits@@\n",
            ("nl", "fr"),
            "",
            " 1. alleen cijfers\n\n <!-- -->\n\n 1. seulement des chiffres\n",
        ),
        ("@@START@@\n", ("nl", "fr"), "", "OPEN-MIJ-OUVREZ-MOI.html\n"),
        ('"@@page@@ @@UNKNOWN@@"\n', ("ar",), "", '"Page @@UNKNOWN@@"\n'),
    ],
)
def test_a_template_is_filled_for_a_site(
    template: str, languages: tuple[str, ...], host: str, expected: str
) -> None:
    assert filled(template, languages, host, {"A": "a"}) == expected


def test_every_language_has_every_word_and_none_acts_in_a_shell() -> None:
    words = words_by_language(LANGUAGES)
    assert tuple(words) == LANGUAGES
    for language in LANGUAGES:
        assert words[language].keys() == words["nl"].keys(), language
        for name, text in words[language].items():
            plain = text.replace("($ARTIFACT)", "").replace("`pages`", "")
            assert not set(plain) & set('"`$\\\n'), (language, name)
    assert not [
        each for each in words["fr"].values() if re.search(r"(?<!\u00a0)[:;?!](?=[ *]|$)", each)
    ]


@pytest.fixture
def begun(run: Callable[..., Ran], tmp_path: Path) -> Begun:
    """A clean clone of a bare repository with a site that `init` began, and the program where pip would
    have put it; beside it a stand-in for `gh`.
    """

    def make(host: str = "github", languages: str = "de,fr") -> Path:
        bare, made, root = (tmp_path / each for each in ("bare.git", "made", "clone"))
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
        assert begin(run, made, languages, host, today="").status == 0
        about = made / "content" / "about" / f"{languages.rpartition(',')[2]}.md"
        about.write_text(about.read_text() + "\nUne phrase de plus.\n\n\n\n")
        (made / "translations").mkdir()
        (made / "translations" / "README.md").write_text("x\n")
        git(made, "init", "-q", "-b", "main")
        git(made, "add", ".")
        git(made, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "first")
        git(made, "push", "-q", str(bare), "main")
        subprocess.run(["git", "clone", "-q", str(bare), str(root)], check=True)
        install(root)
        stand_in = tmp_path / "bin" / "gh"
        stand_in.parent.mkdir()
        stand_in.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\n')
        stand_in.chmod(0o755)
        return root

    return make


def install(root: Path) -> None:
    """What `make environment` would do, without the network."""
    programs = root / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, words in (("python", '"$@"'), ("diptych", '-m diptych "$@"')):
        (programs / name).write_text(
            f"#!/bin/sh\nPYTHONPATH={ROOT}:{ROOT}/tools exec {sys.executable} {words}\n"
        )
        (programs / name).chmod(0o755)
    (root / ".venv" / "stamp").touch()


@needs_git
@pytest.mark.parametrize(
    ("host", "languages"), [*zip(HOSTS, itertools.cycle(["nl,fr", "en,nl,de", "fr,de"]))]
)
def test_a_new_site_gets_the_same_forms_in_its_languages(
    host: str, languages: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = tmp_path / "site"
    assert begin(run, root, languages, host).status == 0
    files = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in [root / ".gitlab-ci.yml", *root.glob(".github/**/*")]
        if path.is_file()
    }
    if host == "gitlab":
        assert list(files) == [".gitlab-ci.yml"]
        (header, _) = yaml.safe_load_all(files[".gitlab-ci.yml"])
        assert set(header["spec"]["inputs"]["act"]["options"]) == {*FORMS, "site", "earlier"}
    else:
        names = {Path(each).stem for each in files if each.endswith(".yml")} - {"zizmor"}
        assert names == {*FORMS, "change", "site", *({"earlier"} if host == "github" else ())}
        assert "@your-organisation/developers" in files[".github/CODEOWNERS"]
        site = files[".github/workflows/site.yml"]
        assert ("deploy-pages" in site) == (host == "github")
    text = "\n".join(files.values())
    assert "@@" not in text
    assert "@if" not in text
    keys = languages.split(",")
    words = words_by_language(LANGUAGES)
    for name in ("entry", "forget", "look", "every-page", "only-part"):
        shown = " · ".join(words[key][name] for key in keys)
        assert shown in text, name
        assert not [k for k in {*LANGUAGES} - {*keys} if words[k][name] in text], name


GOOD: list[tuple[str, dict[str, object], list[str]]] = [
    ("confirm", {"page": "about"}, ["content/about/translations.lock"]),
    ("confirm", {"all": True}, ["content/about/translations.lock"]),
    ("fix", {"file": "content/about/fr.md"}, ["content/about/fr.md"]),
    ("new", {"key": "concerts"}, ["content/concerts/de.md", "content/concerts/fr.md"]),
    ("export", {"language": "fr", "all": "true"}, []),
    ("take-down", {"key": "timeline#house", "look": True}, []),
    ("take-down", {"key": "timeline#house"}, ["content/timeline/timeline.yaml"]),
    ("take-down", {"key": "contact"}, ["content/contact/de.md", "content/contact/fr.md"]),
]


@needs_git
@pytest.mark.parametrize(("number", "row"), list(enumerate(GOOD)), ids=str)
def test_what_is_typed_well_arrives_on_the_branch(
    number: int, row: tuple[str, dict[str, object], list[str]], begun: Begun, tmp_path: Path
) -> None:
    name, typed, files = row
    root = begun(("github", "netlify")[number % 2])
    assert submit(root, name, typed), page_of_run(root)
    change = left(root)
    if name == "export":
        assert "msgid" in (root / "fr.po").read_text(encoding="utf-8")
    if not files:
        assert change == {"patch": "", "gone": ""}
        return
    record(root, change, path=root / ".github" / "workflows" / "change.yml")
    changed = git(root, "diff", "--name-only", "HEAD~", "origin/main").split()
    assert [each for each in files if each not in changed] == []
    assert all(each.startswith("content/") for each in changed)
    assert (tmp_path / "asked").read_text() == "workflow run site.yml --ref main\n"


@needs_git
@pytest.mark.parametrize(("number", "row"), list(enumerate(BAD)), ids=str)
def test_what_is_odd_is_said_in_the_languages_of_the_site(
    number: int, row: tuple[str, dict[str, object]], begun: Begun, tmp_path: Path
) -> None:
    name, typed = row
    odd = ODD[(number + 3) % len(ODD)]
    if is_a_key(name, typed, odd):
        odd = "../x"
    root = begun()
    assert not submit(root, name, typed_in(typed, odd))
    said = page_of_run(root)
    assert said.startswith("**Nichts geschrieben · Rien n’est écrit**\n\n"), said
    assert "Traceback" not in said
    assert left(root) == {"patch": "", "gone": ""}
    assert git(root, "status", "--porcelain") == ""
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize(("host", "languages"), [("github", "nl,fr"), ("netlify", "de,en")])
def test_no_job_of_theirs_has_more_rights_than_ours(
    host: str, languages: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    root = tmp_path / "site"
    assert begin(run, root, languages, host).status == 0
    for path in sorted((root / ".github" / "workflows").iterdir()):
        workflow = read(path)
        jobs = workflow["jobs"]
        rights = {name: each for name, each in RIGHTS.get(path.stem, {}).items() if name in jobs}
        found = {name: job["permissions"] for name, job in jobs.items() if "permissions" in job}
        assert (workflow["permissions"], found) == ({"contents": "read"}, rights), path.name
        for step in (step for job in jobs.values() for step in job.get("steps", ())):
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step.get("uses", f"a@{'0' * 40}"))
            assert "${{" not in step.get("run", "")


TOLD = [  # how the jobs ended, the issue that is open and what it says; what is asked, and said in French
    ({"BUILD": "failure"}, "", "", "issue create", "Le site n’est pas publié."),
    ({"CHECK": "failure"}, "7", "", "issue edit 7", "une traduction, une date, un lien mort"),
    ({"LINKS": "failure"}, "", "", "issue create", "un lien vers un autre site est mort"),
    ({"LINKS": "skipped"}, "7", "<!-- links -->", "issue edit 7", "est mort"),
    ({}, "7", "", "issue close 7", ""),
]


@pytest.mark.parametrize("host", ["github", "netlify"])
@pytest.mark.parametrize(("results", "number", "open_says", "asked", "said"), TOLD)
def test_the_one_issue_speaks_the_languages_of_the_site(
    host: str,
    results: dict[str, str],
    number: str,
    open_says: str,
    asked: str,
    said: str,
    run: Callable[..., Ran],
    tmp_path: Path,
) -> None:
    root = tmp_path / "site"
    assert begin(run, root, "de,fr", host).status == 0
    (step,) = read(root / ".github" / "workflows" / "site.yml")["jobs"]["tell"]["steps"]
    given = {name: value for name, value in step["env"].items() if "${{" not in value}
    ended = dict.fromkeys(("BUILD", "CHECK", "LINKS", "PUBLISH"), "success")
    stand_in = tmp_path / "bin" / "gh"
    stand_in.parent.mkdir()
    stand_in.write_text(
        '#!/bin/sh\ncase "$1 $2" in "issue list") echo "$OPEN";; "issue view") echo "$SAYS";;'
        f' *) echo "$@" >> {tmp_path}/log;; esac\n'
    )
    stand_in.chmod(0o755)
    shell(
        step,
        root,
        **{**ended, **given, **results},
        OPEN=number,
        SAYS=open_says,
        GH_TOKEN="none",
        REPOSITORY="o/r",
        RUN="https://host/run",
        RUNNER_TEMP=str(tmp_path),
    )
    log = (tmp_path / "log").read_text()
    assert asked in log
    if said:
        body = (tmp_path / "body.md").read_text(encoding="utf-8")
        assert body.startswith("**Die Website ist ")
        assert said in body
        assert body.rstrip().endswith(
            "[Was gemeldet wird, und wo · Ce qui est signalé, et où](https://host/run)"
        )
        assert body.count("**Die Website ist") == 1
    else:
        assert "Alles ist wieder in Ordnung. · Tout est de nouveau en ordre." in log


# GitLab: one form for all acts. What follows stands in for it, as far as a pipeline is made of a form.


class Refused(Exception):
    """GitLab makes no pipeline of what was typed."""


def pipeline(root: Path, typed: dict[str, object]) -> dict[str, Any]:
    """The jobs for what was typed, with every value put into the text of the file before it is read:
    the harshest way in which GitLab ever did it.
    """
    header, jobs = (root / ".gitlab-ci.yml").read_text(encoding="utf-8").split("\n---\n")
    asked = yaml.safe_load(header)["spec"]["inputs"]
    assert typed.keys() <= asked.keys()
    values = {}
    for name, each in asked.items():
        value = typed.get(name, each["default"])
        if each.get("type") == "boolean":
            fits = isinstance(value, bool)
        else:
            pattern = each.get("regex", "^.*$")
            assert pattern[0] + pattern[-1] == "^$"  # GitLab asks for it
            fits = re.fullmatch(pattern[1:-1], str(value), re.ASCII) is not None
        if not fits or ("options" in each and value not in each["options"]):
            raise Refused(name)
        values[name] = str(value).lower() if isinstance(value, bool) else str(value)
    text = re.sub(r"\$\[\[ inputs\.([a-z]+) \]\]", lambda found: values[found[1]], jobs)
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def do(
    root: Path, jobs: dict[str, Any], name: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Runs the script of a job, as a runner does: each line by bash, and stops at the first failure."""
    script = "\n".join(jobs[name]["script"])
    values = {
        "PATH": f"{root.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(root.parent),
        "LANG": "C.UTF-8",
        "CI": "true",
        "CI_COMMIT_BRANCH": "main",
        "CI_REPOSITORY_URL": str(root.parent / "bare.git"),
        "GITLAB_USER_NAME": "Ann O'Brien",
        "GITLAB_USER_EMAIL": "ann@example.org",
        **jobs["variables"],
        **jobs[name].get("variables", {}),
        **more,
    }
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=root,
        env=values,
        capture_output=True,
        check=False,
        text=True,
    )


def as_one(typed: dict[str, object]) -> dict[str, object]:
    """What GitHub's forms call `page` is `key` in the one form of GitLab."""
    named = {"page": "key"}
    return {
        named.get(name, name): value == "true" or value
        if isinstance(value, bool) or value == "true"
        else value
        for name, value in typed.items()
    }


@needs_git
@needs_make
@pytest.mark.parametrize(
    ("name", "typed", "files"),
    [*GOOD, ("confirm", {"page": "about", "block": "who"}, GOOD[0][2])],
    ids=str,
)
def test_the_form_of_gitlab_commits_to_the_branch(
    name: str, typed: dict[str, object], files: list[str], begun: Begun
) -> None:
    root = begun("gitlab")
    jobs = pipeline(root, {"act": name, **as_one(typed)})
    done = do(root, jobs, "form")
    assert done.returncode == 0, done.stderr + done.stdout
    git(root, "fetch", "-q", "origin")
    if not files:
        assert git(root, "log", "--format=%s", "origin/main").split() == ["first"]
        return
    changed = git(root, "diff", "--name-only", "origin/main~", "origin/main").split()
    assert [each for each in files if each not in changed] == []
    assert all(each.startswith("content/") for each in changed)
    assert git(root, "log", "-1", "--format=%an %s", "origin/main").strip() == f"Ann O'Brien {name}"


@needs_git
@needs_make
def test_gitlab_takes_in_what_a_translator_sent(begun: Begun) -> None:
    root = begun("gitlab")
    assert do(root, pipeline(root, {"act": "export", "language": "de"}), "form").returncode == 0
    text = (root / "de.po").read_text(encoding="utf-8")
    source = 'msgid "Une phrase de plus."\nmsgstr '
    assert f'{source}""' in text
    (root / "translations" / "de.po").write_text(
        text.replace(f'{source}""', f'{source}"Noch ein Satz."')
    )
    git(root, "add", "translations")
    git(root, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "uploaded")
    (root / "de.po").unlink()
    done = do(root, pipeline(root, {"act": "import", "file": "translations/de.po"}), "form")
    assert done.returncode == 0, done.stderr + done.stdout
    git(root, "fetch", "-q", "origin")
    assert "Noch ein Satz." in git(root, "show", "origin/main:content/about/de.md")
    assert "de.po" not in git(root, "ls-tree", "-r", "--name-only", "origin/main")


@needs_git
@needs_make
@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_makes_no_commit_on_gitlab(odd: str, begun: Begun, tmp_path: Path) -> None:
    """GitLab refuses it at the form, or the program does; nothing of it acts."""
    root = begun("gitlab")
    for name, typed in BAD:
        if is_a_key(name, typed, odd):
            continue
        given = as_one(typed_in(typed, odd))
        try:
            jobs = pipeline(root, {"act": name, **given})
        except Refused:
            continue
        assert set(jobs) == set(pipeline(root, {"act": "site"}))  # no job was put in
        if name != "take-down":  # the others are held by the forms of GitHub, with the same program
            continue
        done = do(root, jobs, "form")
        assert done.returncode != 0, given
        assert "Nichts geschrieben" not in done.stderr
        assert "Traceback" not in done.stderr
    assert (
        git(root, "ls-remote", "origin", "main").split()[0]
        == git(root, "rev-parse", "HEAD").strip()
    )
    assert not list(tmp_path.rglob("evil"))


@needs_git
@needs_make
def test_gitlab_publishes_what_was_committed_and_an_earlier_release(
    begun: Begun, tmp_path: Path
) -> None:
    """The job `pages`: the newest commit; or a release as it was, unless it shows what was taken down."""
    root = begun("gitlab")
    site = pipeline(root, {})
    assert do(root, site, "pages").returncode == 0
    shutil.copytree(root / "public", tmp_path / "kept" / "public")
    with zipfile.ZipFile(tmp_path / "artifact.zip", "w") as artifact:
        for path in sorted((tmp_path / "kept").rglob("*")):
            artifact.write(path, path.relative_to(tmp_path / "kept"))
    curl = tmp_path / "bin" / "curl"
    curl.write_text(
        f'#!/bin/sh\nfor each in "$@"; do last=$each; done\necho "$last" > {tmp_path}/asked\n'
        f"cp {tmp_path}/artifact.zip earlier.zip\n"
    )
    curl.chmod(0o755)
    host = {"CI_JOB_TOKEN": "t", "CI_API_V4_URL": "https://host/api/v4", "CI_PROJECT_ID": "1"}
    earlier = pipeline(root, {"act": "earlier", "job": "7"})
    assert do(root, earlier, "pages", **host).returncode == 0
    assert (
        tmp_path / "asked"
    ).read_text().strip() == "https://host/api/v4/projects/1/jobs/7/artifacts"
    assert (root / "public" / "de" / "index.html").is_file()

    assert do(root, pipeline(root, {"act": "take-down", "key": "contact"}), "form").returncode == 0
    assert do(root, site, "pages").returncode == 0  # with the commit of the form
    assert not list((root / "public").glob("*/kontakt/index.html")) or "lost" in (
        root / "public/de/kontakt/index.html"
    ).read_text(encoding="utf-8")
    refused = do(root, earlier, "pages", **host)
    assert refused.returncode != 0
    assert "hier wurde inzwischen etwas entfernt · quelque chose a été retiré ici" in refused.stderr


def proposed(root: Path) -> Iterator[str]:
    """A sentence that changes, as a commit on a branch."""
    about = root / "content" / "about" / "de.md"
    about.write_text(about.read_text() + "\nNoch ein Satz.\n")
    git(root, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qam", "more")
    yield from ("de", "fr")


@needs_git
@needs_make
def test_gitlab_has_the_proposal_to_look_at(begun: Begun) -> None:
    root = begun("gitlab")
    languages = list(proposed(root))
    done = do(root, pipeline(root, {}), "preview", CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")
    assert done.returncode == 0, done.stderr
    text = (root / "proposal" / "BITTE-OEFFNEN-OUVREZ-MOI.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in text
    assert all(f'<p lang="{each}">' in text for each in languages)
    assert 'src="before/de/' in text
    assert 'src="after/de/' in text
    assert (root / "proposal" / "langues.html").is_file()


@needs_git
@needs_make
def test_github_has_the_proposal_to_look_at(begun: Begun, tmp_path: Path) -> None:
    """The steps of the job `preview` that run something, with their summary."""
    root = begun("netlify", "en,nl")
    subprocess.run(
        ["git", "clone", "-q", str(tmp_path / "bare.git"), str(root / "before")], check=True
    )
    about = root / "content" / "about" / "en.md"
    about.write_text(about.read_text() + "\nOne sentence more.\n")
    steps = read(root / ".github" / "workflows" / "site.yml")["jobs"]["preview"]["steps"]
    summary = tmp_path / "summary.md"
    for step in steps:
        if "run" in step and "if" not in step:
            values = {"RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(summary)}
            env = {
                **os.environ,
                **values,
                "ARTIFACT": "https://host/site.zip",
                "GITHUB_ACTIONS": "true",
            }
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=root,
                env=env,
                capture_output=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr.decode()
    said = summary.read_text(encoding="utf-8")
    assert said.startswith(
        "## Look at the site · Bekijk de site\n\n1. Click on [**site**](https://host/site.zip)"
    )
    assert "3. Dubbelklik in de map op **OPEN-ME-OPEN-MIJ.html**" in said
    assert (tmp_path / "site" / "OPEN-ME-OPEN-MIJ.html").is_file()
    assert (tmp_path / "site" / "languages.html").is_file()
