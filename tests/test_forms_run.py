"""Every form as the git host runs it: the steps of its jobs, from a clean clone, against a bare repository.

Each with what one should type and with what one should not: a quote, a space, a way out of the
folder, a command of a shell. What is wrong is said on the page of the run, and nothing is committed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from diptych.workplace import form
from tests.conftest import ROOT, Ran, write_site
from tests.test_workflows import CHANGE, WORKFLOWS, git, needs_git, read, record, shell

FILES: dict[str, str | bytes | None] = {
    "content/about/nl.md": "---\ntitle: Over ons\n---\n\nTekst.\n\n## Lid worden {#become-member}\n\nKom.\n",
    "content/about/fr.md": "---\ntitle: À propos\n---\n\nTexte.\n\n## Adhérer {#become-member}\n\nVenez.\n\n\n",
    "content/about/half/nl.md": "---\ntitle: Half\n---\n\nAlleen hier.\n",
    "translations/README.md": "x\n",
    ".gitignore": ".cache\n__pycache__\n",
}
STARTED = ("build.py", "diptych", ".venv")  # in the clone, but none of its files


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of a translator: what French lacks, filled in."""
    root = clone_of(tmp_path_factory.mktemp("po"))
    submit(root, "export", {"language": "fr"})
    text = (root / "fr.po").read_text(encoding="utf-8")
    for source, target in (("Half", "À moitié"), ("Alleen hier.", "Seulement ici.")):
        before = f'msgid "{source}"\nmsgstr '
        assert f'{before}""' in text
        text = text.replace(f'{before}""', f'{before}"{target}"')
    return text


def clone_of(folder: Path, files: dict[str, str | bytes | None] | None = None) -> Path:
    """A clean clone of a bare repository that holds a site, and beside it a stand-in for `gh`."""
    bare = folder / "bare.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    made = write_site(folder / "made", {**FILES, **(files or {})})
    shutil.copytree(ROOT / ".github", made / ".github")
    git(made, "init", "-q", "-b", "main")
    git(made, "add", ".")
    git(made, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "first")
    git(made, "push", "-q", str(bare), "main")
    root = folder / "clone"
    subprocess.run(["git", "clone", "-q", str(bare), str(root)], check=True)
    (root / ".git" / "info" / "exclude").write_text("".join(f"/{each}\n" for each in STARTED))
    start(root)
    stand_in = folder / "bin" / "gh"
    stand_in.parent.mkdir()
    stand_in.write_text(f'#!/bin/sh\necho "$@" > {folder}/asked\n')
    stand_in.chmod(0o755)
    return root


def start(root: Path) -> None:
    """What `make` would have installed in the clone."""
    shutil.copy(ROOT / "build.py", root)
    (root / "diptych").symlink_to(ROOT / "diptych")
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)


def step_of(name: str, root: Path) -> dict[str, Any]:
    path = root / CHANGE.relative_to(ROOT)
    (step,) = [each for each in read(path)["jobs"]["run"]["steps"] if each.get("id") == name]
    assert isinstance(step, dict)
    return step


def submit(root: Path, name: str, typed: dict[str, object]) -> bool:
    """The step that runs the command with what was typed; whether it went well."""
    output = root.parent / "output"
    output.write_text("")
    try:
        shell(
            step_of("form", root),
            root,
            COMMAND=name,
            VALUES=json.dumps(typed),
            GITHUB_OUTPUT=str(output),
            GITHUB_STEP_SUMMARY=str(root.parent / "summary.md"),
            LANG="C.UTF-8",
            GITHUB_ACTIONS="true",
        )
    except subprocess.CalledProcessError:
        return False
    return True


def left(root: Path) -> dict[str, str]:
    """What leaves the job that runs the command: a patch, and names."""
    output = root.parent / "output"
    output.write_text("")
    shell(step_of("patch", root), root, GITHUB_OUTPUT=str(output), RUNNER_TEMP=str(root.parent))
    return dict(line.split("=", 1) for line in output.read_text().splitlines())


def page_of_run(root: Path) -> str:
    path = root.parent / "summary.md"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


ABOUT = "content/about"
GOOD: list[tuple[str, dict[str, object], list[str]]] = [
    # form, what is typed, and the files that its commit changes
    ("confirm", {"page": "about"}, [f"{ABOUT}/translations.lock"]),
    ("confirm", {"page": " about ", "language": "fr"}, [f"{ABOUT}/translations.lock"]),
    ("confirm", {"page": "about", "block": "become-member"}, [f"{ABOUT}/translations.lock"]),
    ("confirm", {"page": "about", "block": "-.paragraph"}, [f"{ABOUT}/translations.lock"]),
    (
        "confirm",
        {"page": "", "all": "true"},
        [f"{ABOUT}/translations.lock", "content/home/translations.lock", "content/site.lock"],
    ),
    ("fix", {}, [f"{ABOUT}/fr.md"]),
    ("fix", {"file": f"{ABOUT}/fr.md"}, [f"{ABOUT}/fr.md"]),
    ("new", {"key": "march"}, ["content/march/fr.md", "content/march/nl.md"]),
    (
        "new",
        {"key": "who-we-are", "layout": "faq", "parent": "about"},
        [f"{ABOUT}/who-we-are/fr.md", f"{ABOUT}/who-we-are/nl.md"],
    ),
    ("new", {"key": "about/half", "language": "fr"}, [f"{ABOUT}/half/fr.md"]),
    ("remember", {}, ["content/addresses.lock"]),
    ("export", {"language": "fr"}, []),
    ("export", {"language": "fr", "all": True}, []),
    (
        "import",
        {"file": "translations/fr.po"},
        [f"{ABOUT}/half/fr.md", f"{ABOUT}/half/translations.lock", "translations/fr.po"],
    ),
    ("take-down", {"key": "about/half", "look": True}, []),
    (
        "take-down",
        {"key": "about/half"},
        [f"{ABOUT}/half/nl.md", "content/addresses.lock"],
    ),
    (
        "take-down",
        {"key": "about", "below": "true", "forget": True},
        [
            f"{ABOUT}/fr.md",
            f"{ABOUT}/half/nl.md",
            f"{ABOUT}/nl.md",
            "content/addresses.lock",
            "content/site.yaml",
        ],
    ),
]


@needs_git
@pytest.mark.parametrize(("name", "typed", "files"), GOOD, ids=str)
def test_what_is_typed_well_arrives_on_the_branch(
    name: str, typed: dict[str, object], files: list[str], translated: str, tmp_path: Path
) -> None:
    uploaded = {"translations/fr.po": translated} if name == "import" else {}
    root = clone_of(tmp_path, dict(uploaded))
    assert submit(root, name, typed), page_of_run(root)
    assert "Traceback" not in page_of_run(root)
    change = left(root)
    if name == "export":
        assert "Alleen hier." in (root / "fr.po").read_text(encoding="utf-8")
    if not files:
        assert change == {"patch": "", "gone": ""}
        return
    record(root, change)
    assert git(root, "diff", "--name-only", "HEAD~", "origin/main").split() == files
    assert (tmp_path / "asked").read_text() == "workflow run site.yml --ref main\n"


ODD = (
    "o'brien",
    'a"b',
    "a b",
    "../x",
    "/etc/passwd",
    "$(touch evil)",
    "`touch evil`",
    "a;touch evil",
    "-x",
    "é\u0301",
    "no\nline",
)
FIELDS: dict[str, list[dict[str, object]]] = {  # form -> what is typed, with `{}` for what is odd
    "confirm": [
        {"page": "{}"},
        {"page": "about", "language": "{}"},
        {"page": "about", "block": "{}"},
    ],
    "fix": [{"file": "{}"}],
    "new": [
        {"key": "{}"},
        {"key": "about", "language": "{}"},
        {"key": "march", "layout": "{}"},
        {"key": "march", "parent": "{}"},
    ],
    "export": [{"language": "{}"}],
    "import": [{"file": "{}"}, {"file": "translations/{}.po"}],
    "take-down": [{"key": "{}"}, {"key": "about#{}"}],
}
BAD = [(name, typed) for name, rows in FIELDS.items() for typed in rows]


def filled(typed: dict[str, object], odd: str) -> dict[str, object]:
    return {field: str(text).replace("{}", odd) for field, text in typed.items()}


def is_a_key(name: str, typed: dict[str, object], odd: str) -> bool:
    """A hyphen may begin the key of a page."""
    return (name, typed, odd) == ("new", {"key": "{}"}, "-x")


@needs_git
@pytest.mark.parametrize(("number", "row"), list(enumerate(BAD)), ids=str)
def test_what_is_odd_is_said_on_the_page_of_the_run(
    number: int, row: tuple[str, dict[str, object]], tmp_path: Path
) -> None:
    """By the steps, a value for each field; every value for every field below, in one process."""
    name, typed = row
    odd = ODD[number % len(ODD)]
    root = clone_of(tmp_path)
    assert not submit(root, name, filled(typed, odd))
    said = page_of_run(root)
    assert said.startswith("**Niets geschreven · Rien n’est écrit**\n\n"), said
    assert "Traceback" not in said
    assert "--" not in said.replace(odd, ""), said  # who reads it has a form, and no command line
    assert left(root) == {"patch": "", "gone": ""}
    assert git(root, "status", "--porcelain") == ""
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize(("name", "typed"), BAD, ids=str)
def test_what_is_odd_changes_nothing(
    name: str,
    typed: dict[str, object],
    run: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = write_site(tmp_path / "site", FILES)

    def run_command(root: Path, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        done = run(*words, root=root)
        return subprocess.CompletedProcess(words, done.status, done.out, done.err)

    def there() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    monkeypatch.setattr(form, "run_command", run_command)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.chdir(root)
    before = there()
    for odd in ODD:
        if is_a_key(name, typed, odd):
            continue
        values = filled(typed, odd)
        monkeypatch.setenv("VALUES", json.dumps(values))
        assert form.submit(root, name) in (1, 2), values
        assert there() == before, values


EARLIER = WORKFLOWS[0].parent / "earlier.yml"
ARTIFACTS = [  # run, when, its branch, whether it is of this repository, whether it is still kept
    (11, "2027-03-01T10:00:00Z", "main", True, True),
    (14, "2027-03-04T10:00:00Z", "main", True, True),
    (14, "2027-03-04T11:00:00Z", "main", True, True),  # tried again
    (13, "2027-03-03T10:00:00Z", "main", False, True),  # a proposal from elsewhere
    (12, "2027-03-02T10:00:00Z", "ann-patch-1", True, True),
    (9, "2027-02-01T10:00:00Z", "main", True, False),
]
HOST = """\
#!/bin/sh
case "$1" in
  api) jq --raw-output "$4" {folder}/artifacts.json ;;
  run) mkdir -p "$9" && echo "$3" > {folder}/asked && cp {folder}/artifact.tar "$9" ;;
esac
"""


@needs_git
@pytest.mark.skipif(shutil.which("jq") is None, reason="the host's command filters with jq")
@pytest.mark.parametrize(
    ("typed", "published"),
    [
        ("", "11"),
        ("14", "14"),
        ("11", "11"),
        *((each, "") for each in ("9", "12", "13", "1", *ODD)),
    ],
    ids=ascii,
)
def test_only_a_release_of_this_site_is_published_again(
    typed: str, published: str, tmp_path: Path
) -> None:
    root = clone_of(tmp_path)
    artifacts = [
        {
            "created_at": when,
            "expired": not kept,
            "workflow_run": {
                "id": number,
                "head_branch": branch,
                "repository_id": 1,
                "head_repository_id": 1 if own else 2,
            },
        }
        for number, when, branch, own, kept in ARTIFACTS
    ]
    (tmp_path / "artifacts.json").write_text(json.dumps({"artifacts": artifacts}))
    (tmp_path / "bin" / "gh").write_text(HOST.format(folder=tmp_path))
    subprocess.run(
        ["tar", "-cf", str(tmp_path / "artifact.tar"), "-C", str(root), "content"], check=True
    )
    (step,) = [
        each for each in read(EARLIER)["jobs"]["fetch"]["steps"] if each.get("id") == "release"
    ]
    values = {"GH_TOKEN": "none", "REPOSITORY": "o/r", "RUN": typed, "RUNNER_TEMP": str(tmp_path)}
    if published:
        shell(step, root, **values)
        assert (tmp_path / "asked").read_text().strip() == published
        assert (root / "earlier" / "content" / "about" / "nl.md").is_file()
    else:
        with pytest.raises(subprocess.CalledProcessError) as stopped:
            shell(step, root, **values)
        assert " · " in stopped.value.stdout.decode()  # said in both languages
        assert not (tmp_path / "asked").exists()
    assert not list(tmp_path.rglob("evil"))


RIGHTS: dict[str, dict[str, dict[str, str]]] = {
    # workflow -> job -> what it may; every job that is not named may read the repository, and no more
    "change": {"record": {"contents": "write", "actions": "write"}},
    "earlier": {
        "fetch": {"contents": "read", "actions": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    },
    "site": {
        "address": {"pages": "read"},
        "publish": {"pages": "write", "id-token": "write"},
        "tell": {"issues": "write"},
    },
    # a workflow that calls another hands on what the other's jobs ask for
    **{
        each: {"change": {"contents": "write", "actions": "write"}}
        for each in (*FIELDS, "remember")
    },
}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_job_has_more_rights_than_it_needs(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    found = {
        name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job
    }
    assert found == RIGHTS.get(path.stem, {})
