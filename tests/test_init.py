"""`init`: a whole site in every set of languages, for every host, without a single problem."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.content.hosts import HOSTS
from diptych.content.skeleton import skeleton_languages
from diptych.languages import LANGUAGES
from tests.conftest import ROOT, Ran

TODAY = "2027-03-10"
PROGRAM = "git+https://example.org/owner/diptych@1a2b3c4d5e6f"
OFFERED = skeleton_languages()
SETS = [",".join(each) for size in (2, 3, 4) for each in itertools.combinations(OFFERED, size)]
Run = Callable[..., Ran]


def begin(
    run: Run, folder: Path, languages: str = "nl,fr", host: str = "github", **more: str
) -> Ran:
    options = {
        "languages": languages,
        "name": "Huis & Tuin",
        "address": "https://www.example.org",
        "host": host,
        "program": PROGRAM,
        "today": TODAY,
        **more,
    }
    flags = [part for name, value in options.items() if value for part in (f"--{name}", value)]
    return run("init", folder, *flags, root=folder)


@pytest.mark.parametrize("languages", SETS)
def test_every_set_of_languages_is_whole(languages: str, run: Run, tmp_path: Path) -> None:
    root = tmp_path / "site"
    assert begin(run, root, languages).status == 0
    strict = run("check", "--strict", "--today", TODAY, root=root)
    assert (strict.status, strict.out) == (0, "")
    assert run("build", "--today", TODAY, root=root).status == 0
    for language in languages.split(","):
        for page in ("index.html", "404.html"):
            assert (root / "public" / language / page).is_file()
        agenda = next((root / "public" / language).glob("*/agenda.ics"))
        assert "BEGIN:VEVENT" in agenda.read_text()
        timeline = next((root / "public" / language).glob("*/timeline.json"))
        assert len(json.loads(timeline.read_text())["events"]) == 3
    pages = (root / "public").rglob("index.html")
    titles = [path.read_text().partition("<title>")[2].partition("<")[0] for path in pages]
    assert len(set(titles)) == len(titles)  # of the homes too
    others = set(LANGUAGES) - set(languages.split(","))
    for path in (root / "content").rglob("*"):
        assert path.name.removesuffix(".md") not in others
        if path.suffix == ".yaml":
            assert not any(f" {each}:" in path.read_text() for each in others), path
    assert "@@" not in "".join(
        path.read_text()
        for path in root.rglob("*")
        if path.is_file() and "public" not in path.parts and ".cache" not in path.parts
    )


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_gets_its_files(host: str, run: Run, tmp_path: Path) -> None:
    root = tmp_path / "site"
    assert begin(run, root, host=host).status == 0
    publishes = {
        "github": ".github/workflows/earlier.yml",
        "gitlab": ".gitlab-ci.yml",
        "netlify": "netlify.toml",
    }
    mine = publishes.get(host) or ("publish.sh" if HOSTS[host].place else "wrangler.toml")
    assert (root / mine).is_file()
    assert host == "github" or "make site" in (root / mine).read_text()
    for other in {*publishes.values(), "publish.sh", "wrangler.toml"} - {mine}:
        assert not (root / other).exists()
    assert (root / ".github/workflows/site.yml").is_file() == (host != "gitlab")
    assert (root / "requirements.txt").read_text() == f"diptych @ {PROGRAM}\n"
    assert (
        json.loads((root / ".devcontainer/devcontainer.json").read_text())["name"] == "Huis & Tuin"
    )
    assert f"hosting: {host}\n" in (root / "content/site.yaml").read_text()
    if host == "cloudflare":  # which asks for all three
        assert tomllib.loads((root / mine).read_text()) == {
            "name": "huis-tuin",
            "compatibility_date": TODAY,
            "pages_build_output_dir": "public",
        }
    readme = (root / "README.md").read_text()
    assert readme.count("Codespaces") == (0 if host == "gitlab" else 2)  # once in each language
    assert "@github" not in readme


def test_countries_decide_the_time_zone_and_the_typography(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "site"
    assert begin(run, root, "fr_CH,de_CH", address="https://example.ch/centre/").status == 0
    settings = (root / "content/site.yaml").read_text()
    assert "time_zone: Europe/Zurich" in settings
    assert "typography: french-thin" in settings
    assert "base_url: https://example.ch/centre\n" in settings
    assert run("check", "--strict", "--today", TODAY, root=root).status == 0


def test_a_name_is_taken_as_it_is(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "site"
    name = 'Huis "de Brug": #1 {#x} ‘Luik’'
    assert begin(run, root, name=name).status == 0
    assert run("check", root=root).status == 0
    assert name in (root / "README.md").read_text()
    assert json.loads((root / ".devcontainer/devcontainer.json").read_text())["name"] == name


@pytest.mark.parametrize(
    ("address", "contact"),
    [
        ("https://www.huis.example/nu", "info@huis.example"),
        ("https://huis.github.io/nu", "info@example.org"),
        ("https://huis.netlify.app", "info@example.org"),
    ],
)
def test_no_address_for_letters_is_made_up_below_the_domain_of_a_host(
    address: str, contact: str, run: Run, tmp_path: Path
) -> None:
    root = tmp_path / "site"
    ran = begin(run, root, address=address)
    assert f"{contact} is made up" in ran.err
    assert f"contact: {contact}\n" in (root / "content/site.yaml").read_text()
    assert f"mailto:{contact}" in (root / "content/contact/fr.md").read_text()


@pytest.mark.parametrize(("languages", "told"), [("nl,fr", 1), ("nl,fr,en", 1), ("en", 0)])
def test_it_is_told_that_one_name_stands_in_every_language(
    languages: str, told: int, run: Run, tmp_path: Path
) -> None:
    root = tmp_path / "site"
    ran = begin(run, root, languages=languages)
    assert ran.err.count("the name is the same in every language: where it differs, ") == told
    settings = root / "content/site.yaml"
    for each in languages.split(","):
        home = root / f"content/home/{each}.md"
        home.write_text(re.sub("(?m)^title: .*", f"title: Huis {each}", home.read_text()))
        text = settings.read_text()
        settings.write_text(re.sub(f"(?m)^    {each}: .*", f"    {each}: Huis {each}", text))
    for key in ("home", "site.yaml"):
        assert run("confirm", key, root=root).status == 0
    assert run("check", "--strict", "--today", TODAY, root=root).out == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"languages": "nl,xx"},
        {"languages": "nl,nl_NL"},
        {"languages": "nl_XX,fr"},
        {"languages": ""},
        {"name": ""},
        {"address": "www.example.org"},
        {"host": ""},
        {"program": "diptych"},
    ],
)
def test_what_is_missing_or_wrong_is_named_and_nothing_is_written(
    wrong: dict[str, str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    ran = begin(run, tmp_path / "site", **wrong)
    assert ran.status == 2
    assert f"--{next(iter(wrong))}: " in ran.err
    assert not (tmp_path / "site").exists()


def test_all_that_is_missing_is_named_at_once(run: Run, tmp_path: Path) -> None:
    said = run("init", "new", "--languages", "nl,xx", root=tmp_path).err
    named = [line.partition(":")[0] for line in said.splitlines() if line.startswith("--")]
    assert named[:4] == ["--languages", "--name", "--address", "--host"]
    assert not (tmp_path / "new").exists()


def test_a_language_without_texts_of_a_new_site_is_not_offered(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LANGUAGES, "xx", LANGUAGES["nl"])
    assert "xx" not in skeleton_languages()
    ran = begin(run, tmp_path / "site", languages="nl,xx")
    assert ran.status == 2
    assert "the texts to begin with are in nl, fr, de, en; write" in ran.err


def test_somebody_at_the_terminal_is_asked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Keyboard:
        answers = iter(["fr,de\n", "Maison\n", "https://example.org\n", "caddy\n"])

        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return next(self.answers)

    monkeypatch.setattr(sys, "stdin", Keyboard())
    root = tmp_path / "site"
    ran = run("init", root, "--program", PROGRAM, root=root)
    assert ran.status == 0
    assert ran.out.count("?") == 4
    assert "hosting: caddy" in (root / "content/site.yaml").read_text()


class Typed:
    """A terminal at which these lines are typed, and then nothing more."""

    def __init__(self, *lines: str) -> None:
        self.lines = iter(lines)

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return next(self.lines, "")


def test_after_a_wrong_answer_the_same_question_comes_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answers before it are kept, and the reason is printed each time."""
    typed = ["\n", "xx\n", "fr,de\n", " \n", "Maison\n", "example.org\n", "https://example.org\n"]
    monkeypatch.setattr(sys, "stdin", Typed(*typed, "nowhere\n", "caddy\n"))
    root = tmp_path / "site"
    ran = run("init", root, "--program", PROGRAM, root=root)
    assert ran.status == 0
    assert ran.out.count("Which languages") == 3
    assert [ran.out.count(each) for each in ("The name", "The address", "Where does")] == [2, 2, 2]
    assert ran.err.count("the texts to begin with are in") == 2
    assert "write the name as it stands on the site\n" in ran.err
    assert "write it whole, from https:// on\n" in ran.err
    assert "the hosts are: github" in ran.err
    assert 'fr: "Maison"' in (root / "content/site.yaml").read_text()


@pytest.mark.parametrize("typed", [[], ["\n"], ["fr,de\n", "Maison"], ["fr,de\n", "\n"]])
def test_who_ends_the_input_ends_the_questions(
    typed: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(*typed))
    root = tmp_path / "site"
    ran = run("init", root, "--program", PROGRAM, root=root)
    assert ran.status == 2
    assert not root.exists()


def test_a_wrong_word_of_the_call_ends_it_at_a_terminal_too(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed("caddy\n"))
    ran = begin(run, tmp_path / "site", host="nowhere")
    assert (ran.status, ran.out) == (2, "")
    assert "--host: " in ran.err


def test_a_folder_that_holds_something_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert begin(run, tmp_path).status == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_fresh_clone_may_be_filled(run: Run, tmp_path: Path) -> None:
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    assert begin(run, tmp_path / "clone").status == 0


def test_the_program_is_named_by_its_checkout(run: Run, tmp_path: Path) -> None:
    ran = begin(run, tmp_path / "site", program="")
    if ran.status == 2:  # an archive without git
        assert "--program" in ran.err
        return
    line = (tmp_path / "site/requirements.txt").read_text()
    assert line.startswith("diptych @ git+")
    assert len(line.rpartition("@")[2].strip()) >= 40


def test_its_own_two_commands_build_and_test_it(run: Run, tmp_path: Path) -> None:
    """`make site` and `make test`, with this program where pip would have put it."""
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    root = tmp_path / "site"
    assert begin(run, root).status == 0
    (root / ".venv/bin").mkdir(parents=True)
    command = root / ".venv/bin/diptych"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} {ROOT / "build.py"} --root . "$@"\n')
    command.chmod(0o755)
    (root / ".venv/stamp").touch()
    for target in ("site", "test"):
        done = subprocess.run(
            [make, target, f"ARGS=--today {TODAY}"], cwd=root, capture_output=True, check=False
        )
        assert done.returncode == 0, done
    assert (root / "public/nl/index.html").is_file()
