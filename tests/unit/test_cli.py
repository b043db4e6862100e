"""The command: exit statuses, options, what goes to which stream, in which language."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

import diptych
from diptych.cli.commandline import parser_of
from diptych.cli.commands import COMMANDS
from diptych.cli.terminal import Terminal
from diptych.content.layouts import LAYOUTS
from diptych.disk.git import checkout_of, commit_of
from diptych.i18n import TOOL_LANGUAGES, TOOL_LOCALES
from tests.conftest import ROOT, Ran, write_files, write_site

Run = Callable[..., Ran]

BROKEN = {"content/about/nl.md": "---\ntitle: Over ons\n---\n\nLees [dit](page:abuot).\n"}
KEYS = ("about", "home", "site.yaml")  # what a lock follows
WARNED = {"content/news/nl.md": "---\ntitle: Nieuws\n---\n\nTekst.\n"}
SENTENCE = "content/about/nl.md:5:12: error: there is no page with the key `abuot` [broken-link]"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


@pytest.fixture
def broken(root: Path) -> Path:
    return write_files(root, BROKEN)


@pytest.fixture
def warned(root: Path) -> Path:
    return write_files(root, WARNED)


# build


def test_a_build_publishes_and_ends_with_0(root: Path, run: Run) -> None:
    result = run("build", root=root)
    assert result.status == 0
    count = sum(path.is_file() for path in (root / "public").rglob("*")) - 1
    assert result.err.splitlines()[-1] == f"{count} files published in {root / 'public'}"
    again = run("build", root=root)
    assert again.status == 0
    assert again.err.splitlines()[-1] == f"{root / 'public'} is already up to date ({count} files)"


def test_without_a_command_it_builds(root: Path, run: Run) -> None:
    assert run(root=root).status == 0
    assert (root / "public" / "nl" / "index.html").is_file()


def test_options_of_build_need_no_command(root: Path, tmp_path: Path, run: Run) -> None:
    assert run("--output", tmp_path / "out", root=root).status == 0
    assert (tmp_path / "out" / "index.html").is_file()
    assert not (root / "public").exists()


def test_an_error_ends_with_1_and_nothing_is_published(broken: Path, run: Run) -> None:
    result = run("build", root=broken)
    assert result.status == 1
    assert SENTENCE in result.out
    assert result.err.splitlines()[-1] == "nothing was published; the site that stands is untouched"
    assert not (broken / "public").exists()


def test_a_warning_ends_with_0_and_is_published(warned: Path, run: Run) -> None:
    result = run("build", root=warned)
    assert result.status == 0
    assert "content/news/nl.md:2:8: warning: this page has no French version" in result.out
    assert (warned / "public" / "fr" / "nieuws" / "index.html").is_file()


def test_problems_go_to_standard_output_and_the_rest_to_standard_error(
    broken: Path, run: Run
) -> None:
    result = run("build", root=broken)
    assert "nothing was published" not in result.out
    assert "broken-link" not in result.err
    assert re.search(r"^1 error, \d+ warnings?, \d+ notes?$", result.err, re.MULTILINE)


def test_root_names_another_site(root: Path, tmp_path: Path, run: Run) -> None:
    assert run("--root", root, "build", root=tmp_path).status == 0
    assert (root / "public" / "index.html").is_file()
    assert run(f"--root={root}", root=tmp_path).status == 0


def test_a_folder_that_holds_no_site(tmp_path: Path, run: Run) -> None:
    result = run("build", root=tmp_path / "nowhere")
    assert result.status == 1
    assert result.out.startswith(
        "content/site.yaml:1:1: error: there is no content/site.yaml, so this folder holds no site"
    )
    assert list(tmp_path.iterdir()) == []


def test_base_url(root: Path, run: Run) -> None:
    assert run("build", "--base-url", "https://preview.example/pr-7/", root=root).status == 0
    text = (root / "public" / "nl" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://preview.example/pr-7/nl/">' in text
    assert 'href="/pr-7/nl/over-ons/"' in text


def test_drafts(root: Path, run: Run) -> None:
    write_files(root, {"content/news/nl.md": "---\ntitle: Nieuws\ndraft: true\n---\n"})
    assert run("build", root=root).status == 0
    assert not (root / "public" / "nl" / "nieuws").exists()
    assert run("build", "--drafts", root=root).status == 0
    assert (root / "public" / "nl" / "nieuws" / "index.html").is_file()
    assert run("build", root=root).status == 0
    assert not (root / "public" / "nl" / "nieuws").exists()


def test_clean_forgets_and_writes_everything_anew(root: Path, run: Run) -> None:
    assert run("build", root=root, own_cache=True).status == 0
    stale = root / ".cache" / "stale"
    stale.write_text("old")
    inode = (root / "public" / "index.html").stat().st_ino
    write_files(root / "public", {"CNAME": "utsopi.be"})
    result = run("build", "--clean", root=root, own_cache=True)
    assert result.status == 0
    assert " files published in " in result.err
    assert not stale.exists()
    assert (root / "public" / "index.html").stat().st_ino != inode
    assert (root / "public" / "CNAME").read_text() == "utsopi.be"


def test_a_folder_of_others_is_refused_with_3(root: Path, tmp_path: Path, run: Run) -> None:
    write_files(tmp_path / "thesis", {"chapter.txt": "ten years"})
    result = run("build", "--output", tmp_path / "thesis", root=root)
    assert result.status == 3
    assert result.err.splitlines()[-1] == (
        f"{tmp_path / 'thesis'} is not empty and was not made by this tool; empty it or name another"
    )


# check


@pytest.fixture
def quiet(root: Path, run: Run) -> Path:
    """A site in which nothing is wrong, and both languages were compared."""
    assert [run("confirm", key, root=root).status for key in KEYS] == [0, 0, 0]
    return root


def test_check_publishes_nothing(root: Path, run: Run) -> None:
    result = run("check", root=root)
    assert result.status == 0
    assert result.err.splitlines()[-1] == "nothing is in the way of publishing"
    assert not (root / "public").exists()


def test_check_says_nothing_where_nothing_is_wrong(quiet: Path, run: Run) -> None:
    assert run("check", root=quiet) == run("check", "--strict", root=quiet) == Ran(0, "", "")


def test_only_who_waits_at_a_terminal_is_told_that_all_is_well(
    quiet: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    for arguments in ((), ("--strict",), ("--format", "github")):
        result = run("check", *arguments, root=quiet)
        assert (result.out, result.err) == ("", "no problems found\n")
    spoken = run("check", "--message-language", "nl", root=quiet)
    assert spoken.err == "geen problemen gevonden\n"


def test_a_form_of_no_problems_is_a_whole_document(quiet: Path, run: Run) -> None:
    assert json.loads(run("check", "--format", "json", root=quiet).out)["diagnostics"] == []
    (sarif,) = json.loads(run("check", "--format", "sarif", root=quiet).out)["runs"]
    assert sarif["results"] == []


def test_warnings_do_not_keep_a_site_from_being_published(root: Path, run: Run) -> None:
    result = run("check", root=write_files(root, WARNED))
    assert result.status == 0
    assert result.err.splitlines()[-1] == "nothing is in the way of publishing"


def test_what_was_left_open_on_purpose_is_no_news(root: Path, run: Run) -> None:
    awaited = (
        "---\ntitle: Over ons\n---\n\n![Vier mensen](a.jpg){.optional}\n\n## Wie {#who}\n\nWij.\n"
    )
    write_files(
        root,
        {
            "content/about/nl.md": awaited,
            "content/about/fr.md": awaited.replace("Over ons", "À propos")
            .replace("Vier mensen", "Quatre personnes")
            .replace("Wie", "Qui")
            .replace("Wij", "Nous"),
        },
    )
    assert [run("confirm", key, root=root).status for key in KEYS] == [0, 0, 0]
    for form in ("text", "github"):
        assert run("check", "--strict", "--format", form, root=root) == Ran(0, "", "")
    assert "awaited-image" not in run("build", root=root).out
    shown = run("check", "--advice", root=root)
    assert shown.out.count(" [awaited-image]\n") == 2
    assert shown.err == "0 errors, 0 warnings, 2 notes\nnothing is in the way of publishing\n"


def test_check_ends_with_1_on_an_error(broken: Path, run: Run) -> None:
    result = run("check", root=broken)
    assert result.status == 1
    assert SENTENCE in result.out


def test_strict_ends_with_1_on_a_missing_page(root: Path, run: Run) -> None:
    assert run("check", root=write_files(root, WARNED)).status == 0
    strict = run("check", "--strict", root=root)
    assert strict.status == 1
    assert " [missing-translation]" in strict.out


def test_strict_ends_with_1_on_a_missing_event(root: Path, run: Run) -> None:
    write_files(
        root,
        {
            "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
            "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
            "content/time/timeline.yaml": "- id: a\n  date: 2020\n  title: {nl: Een}\n  text: {nl: Een.}\n",
        },
    )
    assert run("check", root=root).status == 0
    strict = run("check", "--strict", root=root)
    assert strict.status == 1
    assert "“a” has no title + text in French [missing-translation]" in strict.out


def test_check_judges_templates_that_no_page_uses(root: Path, run: Run) -> None:
    write_files(root, {"templates/unused.html": "{% if %}"})
    result = run("check", root=root)
    assert result.status == 1
    assert "templates/unused.html:1:1: error:" in result.out


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("templates/page.html", b"\xff{{ _('x') }}"),
        ("i18n/nl/LC_MESSAGES/messages.po", b"\xffmsgid"),
        ("templates/page.html", b"{% block"),
        ("i18n/fr/LC_MESSAGES/messages.po", b'msgid "x'),
    ],
)
@pytest.mark.parametrize("command", ["check", "messages"])
def test_unreadable_files_are_told_and_never_lost(
    root: Path, run: Run, command: str, path: str, data: bytes
) -> None:
    """Neither command may crash on them, and `messages` may not write a catalog that it misread."""
    write_files(root, {path: data})
    before = {each: each.read_bytes() for each in (root / "i18n").rglob("*.po")}
    result = run(command, root=root)
    assert result.status == 1
    assert f"{path}:1:1: error: " in result.out
    assert "unused-message" not in result.out
    assert {each: each.read_bytes() for each in before} == before


@pytest.mark.parametrize(
    ("msgid", "msgstr", "place"),
    [
        ("around %(date)s", "rond %(dat)s", "5:14"),
        ("around %(date)s", "rond %(date)", "5:14"),
        ("%(date)s at %(time)s", "%(date)s, 100 %, %(time)s", "5:23"),
        ("not online yet; until then, write to %(contact)s", "schrijf %s", "5:17"),
        ("Leave quickly", "Snel <b>weg</b>", "5:14"),
        ("Main menu", "Menu\0", "5:13"),
        ("Main menu", "Menu\x1b[2J", "5:13"),
        ("Main menu", "Menu\u202e", "5:13"),
    ],
)
@pytest.mark.parametrize("command", ["build", "check", "messages"])
def test_a_damaged_translation_is_an_error_with_its_line(
    root: Path, run: Run, command: str, msgid: str, msgstr: str, place: str
) -> None:
    path = "i18n/nl/LC_MESSAGES/messages.po"
    event = "- {id: a, date: 2022-03-18T01:35~, title: {nl: A, fr: A}, text: {nl: A., fr: A.}}\n"
    catalog = f'msgid ""\nmsgstr ""\n\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n'
    write_files(
        root,
        {
            path: catalog,
            "content/time/nl.md": "---\ntitle: Tijd\nlayout: timeline\n---\n",
            "content/time/fr.md": "---\ntitle: Temps\nlayout: timeline\n---\n",
            "content/time/timeline.yaml": event,
            "content/more/nl.md": "---\ntitle: Meer\n---\n\n[Lid](site:membership_form)\n",
            "content/more/fr.md": "---\ntitle: Plus\n---\n\n[Membre](site:membership_form)\n",
        },
    )
    result = run(command, root=root)
    assert result.status == 1
    errors = [line for line in result.out.splitlines() if ": error: " in line]
    assert [line.partition(": error: ")[0] for line in errors] == [f"{path}:{place}"]
    assert (root / path).read_text(encoding="utf-8") == catalog
    assert not (root / "public").exists()


@pytest.mark.parametrize(
    "text", ["{{ _('Read <b>on</b>') }}", "{% trans %}A&nbsp;b{% endtrans %}", '{{ _("</p>") }}']
)
def test_check_finds_html_in_the_text_of_a_template(root: Path, run: Run, text: str) -> None:
    page = (root / "templates" / "page.html").read_text(encoding="utf-8")
    line = page[: page.index("{% block body %}")].count("\n") + 1
    written = page.replace("{% block body %}", "{% block body %}" + text)
    write_files(root, {"templates/page.html": written})
    result = run("check", root=root)
    assert result.status == 1
    assert (
        f"templates/page.html:{line}:1: error: a text of the interface holds no HTML" in result.out
    )


# formats


def test_text(broken: Path, run: Run) -> None:
    paragraph = next(
        each for each in run("build", root=broken).out.split("\n\n") if SENTENCE in each
    )
    assert paragraph == (
        f"{SENTENCE}\n"
        "    5 | Lees [dit](page:abuot).\n"
        "      |            ^^^^^^^^^^\n"
        "help: did you mean `page:about`?\n"
        "help: write this:\n"
        "    Lees [dit](page:about)."
    )


@pytest.mark.parametrize("command", ["build", "check"])
def test_json(broken: Path, run: Run, command: str) -> None:
    result = run(command, "--format", "json", root=broken)
    assert result.status == 1
    document = json.loads(result.out)
    assert document["version"] == 1
    assert [each for each in document["diagnostics"] if each["severity"] == "error"] == [
        {
            "check": "broken-link",
            "severity": "error",
            "path": "content/about/nl.md",
            "line": 5,
            "column": 12,
            "end_line": 5,
            "end_column": 22,
            "message": "there is no page with the key `abuot`",
            "hint": "did you mean `page:about`?",
            "fix": "Lees [dit](page:about).",
            "edits": [
                {"line": 5, "column": 12, "end_line": 5, "end_column": 22, "text": "page:about"}
            ],
            "elsewhere": [],
        }
    ]


def test_json_is_json_also_when_nothing_is_wrong(root: Path, run: Run) -> None:
    document = json.loads(run("build", "--format=json", root=root).out)
    assert [each for each in document["diagnostics"] if each["severity"] != "info"] == []


def test_github(broken: Path, run: Run) -> None:
    lines = run("build", "--format", "github", root=broken).out.splitlines()
    assert (
        "::error file=content/about/nl.md,line=5,endLine=5,col=12,title=broken-link::there is no page "
        "with the key `abuot`%0Adid you mean `page:about`?%0ALees [dit](page:about)."
    ) in lines
    assert [line for line in lines if not re.match(r"::(error|warning|notice) file=", line)] == []


def test_sarif(broken: Path, run: Run) -> None:
    document = json.loads(run("build", "--format", "sarif", root=broken).out)
    assert document["version"] == "2.1.0"
    (found,) = document["runs"]
    error = next(each for each in found["results"] if each["level"] == "error")
    assert error["ruleId"] == "broken-link"
    assert error["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "content/about/nl.md"},
        "region": {"startLine": 5, "startColumn": 12, "endLine": 5, "endColumn": 22},
    }
    assert {each["ruleId"] for each in found["results"]} == {
        rule["id"] for rule in found["tool"]["driver"]["rules"]
    }


# wrong calls


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld"],
        ["build", "--nope"],
        ["--nope"],
        ["build", "extra"],
        ["check", "--output", "x"],
        ["build", "--format", "xml"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["build", "--base-url", "example.org"],
        ["build", "--base-url", "https://"],
        ["build", "--base-url", "https://a b"],
        ["build", "--base-url"],
        ["--root"],
        ["--root", ".", " x"],
        ["--message-language", "it"],
        ["--message-language"],
        ["new"],
        ["serve", "--port", "eighty"],
        ["build", "--stric"],
        ["--", "build"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2(root: Path, run: Run, arguments: list[str]) -> None:
    result = run(*arguments, root=root)
    assert (result.status, result.out) == (2, "")
    assert "usage: python build.py" in result.err
    assert "Traceback" not in result.err
    assert not (root / "public").exists()


def test_a_misspelt_command_names_the_nearest(root: Path, run: Run) -> None:
    assert run("biuld", root=root).err.endswith("no command `biuld`; did you mean `build`?\n")
    assert "the commands are: build, check" in run("xyz", root=root).err


def test_root_and_language_stand_before_or_behind_the_command(root: Path, run: Run) -> None:
    before = run("--root", root, "--message-language", "nl", "explain", "nope", root=root / "no")
    behind = run("explain", "nope", "--message-language=nl", "--root", root, root=root / "no")
    assert before == behind
    assert "er is geen controle `nope`" in behind.err
    assert run("check", "--root", root, root=root / "no").status == 0
    assert run("check", root=root / "no").status == 1


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_cannot_be_ends_with_2(root: Path, run: Run, port: str) -> None:
    result = run("serve", "--port", port, root=root)
    assert (result.status, result.err) == (2, f"there is no port {port}; ports go up to 65535\n")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["build", "--help"], ["check", "-h"]])
def test_help_ends_with_0(root: Path, run: Run, arguments: list[str]) -> None:
    result = run(*arguments, root=root)
    assert result.status == 0
    assert result.out.startswith("usage: python build.py")
    assert not (root / "public").exists()


@pytest.mark.parametrize("command", [each.name for each in COMMANDS])
def test_the_place_of_a_value_is_in_the_language_of_the_help(
    root: Path, run: Run, command: str
) -> None:
    """`SLEUTEL` and not `KEY`; what is the same word in both languages stays."""
    english = run(command, "--help", root=root).out
    places = set(re.findall(r"\b[A-Z]{3,}\b", english))
    places -= {"UTF", "HTML", "CI", "PDF", "PO", "JSON", "SARIF", "YAML", "HOST", "DIR"}
    for language, same in (("nl", set[str]()), ("fr", {"DATE", "PORT"})):
        own = run("--message-language", language, command, "--help", root=root).out
        assert not (places - same) & set(re.findall(r"\b[A-Z]{3,}\b", own))


def test_the_version_stands_alone(root: Path, run: Run) -> None:
    for arguments in (
        ["--version"],
        ["--root", "nowhere", "--version"],
        ["--message-language=nl", "--version"],
    ):
        result = run(*arguments, root=root)
        assert (result.status, result.err) == (0, "")
        assert re.fullmatch(
            rf"diptych {re.escape(diptych.VERSION)}( \([0-9a-f]{{40}}\))?\n", result.out
        )
    assert not (root / "public").exists()
    assert run("check", "--version", root=root).status == 2


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "version" in project["project"]["dynamic"]
    found = runpy.run_path(str(ROOT / project["tool"]["hatch"]["version"]["path"]))
    assert found["VERSION"] == diptych.VERSION


def test_the_commit_is_that_of_the_program_and_not_of_a_site(tmp_path: Path) -> None:
    def git(*words: str) -> str:
        who = ("-c", "user.name=x", "-c", "user.email=x@x.example")
        done = subprocess.run(
            ["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    checkout, installed = tmp_path / "diptych", tmp_path / ".venv/lib/diptych"
    for each in (checkout, installed):
        each.mkdir(parents=True)
        (each / "__init__.py").write_text("")
        assert commit_of(each) is None
    git("init", "-q")
    assert commit_of(checkout) is None  # nothing is committed yet
    git("add", "diptych")
    git("commit", "-q", "-m", "one")
    git("remote", "add", "origin", "https://example.org/owner/diptych")
    head = git("rev-parse", "HEAD")
    assert commit_of(checkout) == head
    assert checkout_of(checkout) == f"git+https://example.org/owner/diptych@{head}"
    assert commit_of(installed) is None
    assert checkout_of(installed) is None


def test_help_names_every_command(root: Path, run: Run) -> None:
    text = run("--help", root=root).out
    commands = ["build", "check", "serve", "new", "messages", "verify"]
    assert [name for name in commands if not re.search(rf"^    {name}\b", text, re.MULTILINE)] == []


# the language of messages


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        ([], {}),
        ([], {"LC_ALL": "C", "LANG": "nl_BE.UTF-8"}),
        ([], {"LANG": "it_IT.UTF-8"}),
        (["--message-language", "en"], {"LANG": "nl_BE.UTF-8"}),
    ],
)
def test_it_speaks_english_when_nothing_else_is_asked(
    broken: Path, run: Run, arguments: list[str], environment: dict[str, str]
) -> None:
    result = run(*arguments, "build", root=broken, environment=environment)
    assert (result.status, SENTENCE in result.out) == (1, True)


@pytest.mark.parametrize("language", TOOL_LOCALES)
@pytest.mark.parametrize("how", ["option", "LC_ALL", "LC_MESSAGES", "LANG"])
def test_it_speaks_the_language_of_whoever_calls(
    broken: Path, run: Run, language: str, how: str
) -> None:
    environment = {} if how == "option" else {how: f"{language}_BE.UTF-8"}
    arguments = ["--message-language", language] if how == "option" else []
    result = run(*arguments, "build", root=broken, environment=environment)
    assert result.status == 1
    assert "content/about/nl.md:5:12: " in result.out
    assert "there is no page" not in result.out
    assert "help: " not in result.out
    assert "nothing was published" not in result.err


# new


PAGE = """\
---
title: … contact
description: …
layout: page
draft: true
---

…

## … {#part-1}

…
"""


def test_new_begins_a_page_in_every_language(root: Path, run: Run) -> None:
    result = run("new", "contact", root=root)
    assert result.status == 0
    for language in ("nl", "fr"):
        text = (root / "content" / "contact" / f"{language}.md").read_text(encoding="utf-8")
        assert text == PAGE
    assert run("build", root=root).status == 0
    assert not (root / "public" / "nl" / "contact").exists()
    assert run("build", "--drafts", root=root).status == 0
    assert (root / "public" / "nl" / "contact" / "index.html").is_file()


def test_new_says_what_to_do_next_in_the_editors_language(root: Path, run: Run) -> None:
    write_files(root, {"schemas/timeline.schema.json": "{}"})
    told = run(
        "--message-language", "nl", "new", "chronicle", "--layout", "timeline", root=root
    ).err
    assert told.splitlines() == [
        "content/chronicle/nl.md staat klaar om in te vullen",
        "content/chronicle/fr.md staat klaar om in te vullen",
        "content/chronicle/timeline.yaml staat klaar om in te vullen",
        "vervang elke `…`, in elke taal; `python build.py serve` toont intussen de kladversie en zegt wat er nog moet komen",
        "kopieer de gebeurtenis in `timeline.yaml` voor elke volgende, in de volgorde van hun datums",
        "andere pagina’s verwijzen ernaar met `page:chronicle`",
        "hoort ze in het menu, zet dan `chronicle` bij `navigation` in content/site.yaml",
        "haal de regel `draft: true` weg wanneer de pagina gepubliceerd mag worden",
        "als de talen hetzelfde zeggen: python build.py confirm chronicle",
    ]
    events = (root / "content/chronicle/timeline.yaml").read_text("utf-8")
    assert events.startswith(
        "# yaml-language-server: $schema=../../schemas/timeline.schema.json\n- id: first-event\n"
    )


@pytest.mark.parametrize("schema", [True, False])
def test_new_makes_the_events_of_an_agenda(root: Path, run: Run, *, schema: bool) -> None:
    """With words for each `…` the page is complete, and shows its event."""
    if schema:
        write_files(root, {"schemas/agenda.schema.json": "{}"})
    told = run("new", "events", "--layout", "agenda", root=root).err.splitlines()
    assert "content/events/agenda.yaml is ready to be filled in" in told
    assert any(each.startswith("copy the event in `agenda.yaml`") for each in told)
    events = root / "content/events/agenda.yaml"
    head, _, rest = events.read_text("utf-8").partition("- id: first-event\n")
    named = "# yaml-language-server: $schema=../../schemas/agenda.schema.json\n"
    assert head == (named if schema else "")
    assert rest.startswith("  dates: [")
    write_files(
        root, {"content/events/agenda.yaml": events.read_text("utf-8").replace("…", "Feest")}
    )
    for language in ("nl", "fr"):
        path = root / f"content/events/{language}.md"
        text = path.read_text("utf-8").replace("draft: true\n", "").replace("…", "Agenda")
        write_files(root, {f"content/events/{language}.md": text})
    built = run("build", root=root)
    assert built.status == 0, built.out
    assert "Feest" in (root / "public/nl/agenda-events/index.html").read_text("utf-8")


def test_new_tells_where_the_words_of_a_glossary_are_written(root: Path, run: Run) -> None:
    """The line of the message can be pasted; once words replace each `…`, the page is complete."""
    told = run("new", "words", "--layout", "glossary", root=root).err.splitlines()
    (line,) = (each.partition(" too: ")[2] for each in told if "content/terms.yaml" in each)
    assert line == "- {id: word-1, preferred: {nl: …, fr: …}, reason: {nl: …, fr: …}}"
    written = line.replace("…", "werk", 1).replace("…", "travail", 1).replace("…", "Zo.")
    write_files(root, {"content/terms.yaml": f"{written}\n"})
    for language in ("nl", "fr"):
        write_files(
            root,
            {
                f"content/words/{language}.md": f"---\ntitle: Woord {language}\nlayout: glossary\n---\n"
            },
        )
    checked = run("build", root=root)
    assert checked.status == 0, checked.out
    assert "werk" in (root / "public/nl/woord-nl/index.html").read_text("utf-8")
    told = run("new", "more-words", "--layout", "glossary", root=root).err.splitlines()
    assert not any("terms.yaml" in each for each in told)


def test_new_tells_which_line_gives_a_field_to_search_in(root: Path, run: Run) -> None:
    told = run("new", "find", "--layout", "search", root=root).err.splitlines()
    (line,) = (each.rpartition("content/site.yaml: ")[2] for each in told if "to search in" in each)
    assert line == "search: true"
    settings = root / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8") + f"\n{line}\n", "utf-8")
    again = run("new", "find-more", "--layout", "search", root=root)
    assert again.status == 0
    assert "to search in" not in again.err


@pytest.mark.parametrize(
    "layout", [each for each in LAYOUTS if each not in ("glossary", "search", "home")]
)
def test_new_tells_of_words_and_search_only_where_they_are_shown(
    root: Path, run: Run, layout: str
) -> None:
    told = run("new", "fresh", "--layout", layout, root=root).err
    assert "terms.yaml" not in told
    assert "to search in" not in told


def test_new_pages_fail_nothing_and_say_what_is_left(root: Path, run: Run) -> None:
    """As drafts a note at every `…`; published without a word changed, warnings and no error;
    written, nothing.
    """
    terms = "- id: work\n  preferred: {nl: werk, fr: travail}\n  reason: {nl: Zo., fr: Ainsi.}\n"
    write_files(root, {"content/terms.yaml": terms})  # which a glossary shows
    for layout in LAYOUTS:
        status = run("new", f"fresh-{layout}", "--layout", layout, root=root).status
        assert status == (2 if layout == "home" else 0)  # there is one
    # placeholders in the event of a timeline, and in that of an agenda, which also has a place
    events = 4 + 6
    # title, description and text; headings with theirs
    places = 7 * 6 + 2 * 2 * 2 + events
    for options in ((), ("--drafts",)):
        left = run("check", "--strict", "--format", "json", *options, root=root)
        assert left.status == 0, left.out
        assert left.out.count('"unwritten"') == places
    files = list((root / "content").glob("fresh-*/*"))
    for file in files:
        file.write_text(file.read_text("utf-8").replace("draft: true\n", ""), "utf-8")
    left = run("check", "--format", "json", root=root)
    assert (left.status, left.out.count('"unwritten"')) == (0, places)
    assert "warning: this still has to be written" in run("check", root=root).out
    for file in files:
        text = re.sub(
            r"(?m)(?<=: )…$|^(\s*)…$|(?<=# )…", r"\1Nous sommes là.", file.read_text("utf-8")
        )
        file.write_text(text.replace("… fresh", "Nouveau"), "utf-8")
    assert "[unwritten]" not in run("check", root=root).out


def test_new_keeps_what_is_there(root: Path, run: Run) -> None:
    write_files(root, {"content/contact/nl.md": "---\ntitle: Schrijf ons\n---\n"})
    result = run("new", "content/contact/", root=root)
    assert result.status == 0
    assert "content/contact/nl.md was there already and stays as it is" in result.err
    assert (root / "content/contact/nl.md").read_text() == "---\ntitle: Schrijf ons\n---\n"
    assert (root / "content/contact/fr.md").is_file()


@pytest.mark.parametrize("call", [("about/our-team",), ("our-team", "--in", "about")])
def test_new_below_another_page(root: Path, run: Run, call: tuple[str, ...]) -> None:
    result = run("new", *call, root=root)
    assert result.status == 0
    text = (root / "content/about/our-team/nl.md").read_text("utf-8")
    assert "title: … our team\n" in text
    assert "date:" not in text
    assert "navigation" not in result.err


def test_news_below_a_list_has_a_date(root: Path, run: Run) -> None:
    run("new", "news", "--layout", "list", root=root)
    assert run("new", "open-day", "--in", "news", root=root).status == 0
    text = (root / "content/news/open-day/fr.md").read_text("utf-8")
    assert re.search(r"(?m)^date: \d{4}-\d\d-\d\d$", text)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("about",), "there is a page `about` already, in content/about/; choose another key\n"),
        (("team", "--in", "abuot"), "there is no page `abuot`; did you mean `about`?\n"),
        (("abuot/team",), "there is no page `abuot`; did you mean `about`?\n"),
        (("team", "--in", "news"), "there is no page `news`; the pages are: about, home\n"),
        (("start", "--layout", "home"), "the site has its front page already, in content/home/\n"),
    ],
)
def test_new_refuses_what_would_go_wrong(
    root: Path, run: Run, call: tuple[str, ...], told: str
) -> None:
    before = sorted(root.rglob("*"))
    result = run("new", *call, root=root)
    assert (result.status, result.err) == (2, told)
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize(
    "key", ["../evil", "Contact", "a//b", "a b", "café", "/", "a/../../b", "-", "a_b"]
)
def test_new_takes_only_keys(root: Path, run: Run, key: str) -> None:
    before = sorted(root.rglob("*"))
    result = run("new", key, root=root)
    assert result.status == 2
    assert sorted(root.rglob("*")) == before


# messages


def test_messages_twice_changes_nothing_more(root: Path, run: Run) -> None:
    assert run("messages", root=root).status == 0
    first = {path: path.read_bytes() for path in (root / "i18n").rglob("*") if path.is_file()}
    second = run("messages", root=root)
    assert second.status == 0
    assert {
        path: path.read_bytes() for path in (root / "i18n").rglob("*") if path.is_file()
    } == first
    assert all(line.endswith(": nothing new") for line in second.err.splitlines())
    assert list(root.rglob("*.mo")) == []


def test_messages_keeps_translations_and_adds_new_strings(root: Path, run: Run) -> None:
    page = (root / "templates" / "page.html").read_text(encoding="utf-8")
    write_files(
        root,
        {
            "templates/page.html": page.replace(
                "{% block body %}", "{% block body %}{{ _('Quite new') }}"
            )
        },
    )
    assert " [missing-message]" in run("check", root=root).out
    assert run("messages", root=root).status == 0
    for language, kept in (("nl", "Deze pagina bestaat niet"), ("fr", "Cette page n’existe pas")):
        text = (root / "i18n" / language / "LC_MESSAGES" / "messages.po").read_text(
            encoding="utf-8"
        )
        assert 'msgid "Quite new"\nmsgstr ""\n' in text
        assert kept in text
    assert 'msgid "Quite new"' in (root / "i18n" / "messages.pot").read_text(encoding="utf-8")


def test_messages_makes_the_catalog_of_a_new_language(root: Path, run: Run) -> None:
    yaml = (root / "content/site.yaml").read_text(encoding="utf-8")
    italian = "  it: {locale: it_IT, name: Italiano, typography: plain}\nnavigation"
    write_files(root, {"content/site.yaml": yaml.replace("navigation", italian)})
    assert "missing-catalog" in run("check", root=root).out
    assert run("messages", root=root).status == 0
    text = (root / "i18n/it/LC_MESSAGES/messages.po").read_text(encoding="utf-8")
    assert 'msgid "Main menu"\nmsgstr ""\n' in text
    assert "missing-catalog" not in run("check", root=root).out


# verify


def test_verify(root: Path, run: Run) -> None:
    assert run("build", root=root).status == 0
    good = run("verify", root=root)
    assert (good.status, good.out) == (0, "")
    assert good.err == f"{root / 'public'} is still as it was published\n"
    (root / "public" / "nl" / "index.html").write_text("hacked")
    bad = run("verify", root / "public", root=root)
    assert (bad.status, bad.err) == (1, "nl/index.html was changed\n")
    assert run("verify", root / "content", root=root).status == 1


# as a process


def test_as_a_command_from_anywhere_in_a_bare_environment(root: Path, tmp_path: Path) -> None:
    """`python build.py` finds its own site; an ASCII terminal breaks nothing."""
    write_files(root, WARNED)
    call = [sys.executable, str(ROOT / "build.py"), "--root", str(root), "build"]
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PATH": os.environ["PATH"]}
    done = subprocess.run(call, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "this page has no Français version" in done.stdout.decode("utf-8")
    assert (root / "public" / "index.html").is_file()


@pytest.mark.parametrize("words", [(), ("check",), ("--help",)])
def test_without_its_libraries_it_says_how_to_install_them(words: tuple[str, ...]) -> None:
    """As with `python build.py` on a fresh machine: -S leaves out all that was installed."""
    call = [sys.executable, "-S", str(ROOT / "build.py"), *words]
    done = subprocess.run(call, env={"PATH": os.environ["PATH"]}, capture_output=True, check=False)
    said = done.stderr.decode("utf-8")
    assert (done.returncode, "Traceback" in said) == (3, False), said
    assert " is not installed here. First, once: " in said
    assert " is hier niet geïnstalleerd. " in said


@pytest.mark.parametrize(("argument", "status"), [("--help", 0), ("bulid", 2)])
def test_a_command_has_said_everything_when_it_leaves(argument: str, status: int) -> None:
    call = [sys.executable, str(ROOT / "build.py"), argument]
    buffered = {"PYTHONUNBUFFERED": "", "PATH": os.environ["PATH"], "CI": "true"}
    done = subprocess.run(call, env=buffered, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert "usage: python build.py" in (done.stderr if status else done.stdout)


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a disk that is always full"
)
def test_what_could_not_be_said_is_not_done() -> None:
    call = [sys.executable, str(ROOT / "build.py"), "--help"]
    buffered = {"PYTHONUNBUFFERED": "", "PATH": os.environ["PATH"]}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(call, env=buffered, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (3, b"")


@pytest.mark.skipif(os.name != "posix", reason="written for a POSIX shell")
@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>&- 2>&-"])
def test_a_command_works_with_nobody_to_speak_to(root: Path, closed: str) -> None:
    """As a scheduler may start it."""
    write_files(root, WARNED)
    call = ["sh", "-c", f'exec "$0" "$@" {closed}', sys.executable, str(ROOT / "build.py")]
    done = subprocess.run([*call, "--root", str(root), "build"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert (root / "public" / "index.html").is_file()


def test_a_pipe_that_closes_is_no_crash(broken: Path) -> None:
    call = [sys.executable, str(ROOT / "build.py"), "--root", str(broken), "build"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        error = process.stderr.read().decode("utf-8")
    assert "Traceback" not in error
    assert "Exception ignored" not in error


def test_an_interruption_is_no_crash(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("diptych.cli.build.read_tree", interrupted)
    assert run("build", root=root).status == 3


def test_each_problem_in_the_language_of_its_file(root: Path, run: Run) -> None:
    for language in ("nl", "fr"):
        page = root / f"content/about/{language}.md"
        page.write_text(page.read_text("utf-8") + "\n[x](page:abuot)\n", encoding="utf-8")
    (root / "content/site.yaml").write_text(
        (root / "content/site.yaml").read_text("utf-8") + "colour: red\n", encoding="utf-8"
    )
    told = {}
    for language in ("nl", "fr", "file"):
        out = run("--message-language", language, "check", "--format", "github", root=root).out
        told[language] = {
            line.split(",")[0]: line.rpartition("::")[2]
            for line in out.splitlines()
            if "title=broken-link" in line or "title=unknown-key" in line
        }
    dutch, french, both = (
        f"::error file=content/{name}" for name in ("about/nl.md", "about/fr.md", "site.yaml")
    )
    assert told["file"][dutch] == told["nl"][dutch] != told["fr"][dutch]
    assert told["file"][french] == told["fr"][french]
    message, *_ = told["file"][both].split("%0A")
    assert message == " · ".join(told[each][both].split("%0A")[0] for each in ("nl", "fr"))


def test_a_layout_that_is_not_there_yet_is_a_template_to_write(root: Path, run: Run) -> None:
    told = run("new", "people", "--layout", "team", root=root)
    assert told.status == 2
    assert told.err.startswith("there is no layout `team`; there are: page, ")
    assert told.err.endswith("; templates/team.html would make it one\n")
    write_files(root, {"templates/team.html": '{% extends "article.html" %}'})
    assert run("new", "people", "--layout", "team", root=root).status == 0


@pytest.mark.parametrize(
    ("languages", "spoken"),
    [
        (("nl", "fr", "en"), ("nl", "fr", "en")),
        (("it", "fr"), ("fr",)),
        (("it", "de"), ("de",)),
        (("de", "en"), ("de", "en")),
        (("it", "en"), ("en",)),
        (("it", "rm"), ("en",)),
    ],
)
def test_messages_of_files_are_in_no_other_language_than_those_of_the_site(
    tmp_path: Path, run: Run, languages: tuple[str, ...], spoken: tuple[str, ...]
) -> None:
    """What is about a file of a language is in that language if the program speaks it; what is about
    another file, and the last line, in each of those that it speaks.
    """
    where = "BE" if "nl" in languages else "CH"
    lines = "".join(
        f"  {each}: {{locale: {each}_{where}, name: {each}, typography: plain}}\n"
        for each in languages
    )
    names = ", ".join(f"{each}: We" for each in languages)
    files = {
        "content/site.yaml": f"base_url: https://example.org\nlanguages:\n{lines}"
        f"organisation: {{short_name: We, name: {{{names}}}}}\ncolour: red\n",
        **{f"content/home/{each}.md": "---\ntitel: x\n---\n" for each in languages},
    }
    site = write_site(tmp_path, files)
    call = ("check", "--format", "github")
    told: dict[str, dict[str, list[str]]] = {}
    for language in (*TOOL_LANGUAGES, "file"):
        out = run("--message-language", language, *call, root=site).out
        told[language] = {}
        for line in out.splitlines():
            if "title=unknown-key" in line:
                path = line.partition("=")[2].partition(",")[0]
                told[language][path] = line.rpartition("::")[2].split("%0A")[:1]
    paths = ("content/site.yaml", *(f"content/home/{each}.md" for each in languages))
    assert all(set(each) == set(paths) for each in told.values())
    for path in paths:
        own = path.rpartition("/")[2].removesuffix(".md")
        expected = (own,) if own in spoken else spoken
        assert told["file"][path] == [" · ".join(told[each][path][0] for each in expected)]
    counts = [run("--message-language", each, "check", root=site).err for each in spoken]
    last = run("--message-language", "file", "check", root=site).err
    assert last == " · ".join(each.removesuffix("\n") for each in counts) + "\n"


def test_settings_that_cannot_be_read_are_told_in_every_language_of_the_program(
    root: Path, run: Run
) -> None:
    (root / "content/site.yaml").write_text("languages: [\n", encoding="utf-8")
    said = {
        each: run("--message-language", each, "check", root=root).err for each in TOOL_LANGUAGES
    }
    last = run("--message-language", "file", "check", root=root).err
    assert last == " · ".join(each.removesuffix("\n") for each in said.values()) + "\n"


def test_every_command_has_its_room() -> None:
    parser = parser_of(ROOT, Terminal(str))
    (choices,) = [each.choices for each in parser._actions if isinstance(each.choices, dict)]
    assert choices
    for name, each in choices.items():
        module = import_module(f"diptych.cli.{each.get_default('run')}")
        assert callable(module.run), name
