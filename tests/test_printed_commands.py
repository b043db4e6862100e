"""Every command that is printed can be pasted: labels and names that begin with a hyphen, too."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html

from diptych.cli.commandline import parser_of
from diptych.cli.program import GENERAL, Program, program_elsewhere, program_here
from diptych.cli.terminal import Terminal
from diptych.diagnostics import command, say
from diptych.i18n import TOOL_LANGUAGES, translator
from tests.conftest import ROOT, Ran, write_files, write_site

Run = Callable[..., Ran]

PAGE = """\
---
title: {title}
description: {word} description
---

{word} above the first heading.

- {word} first
- second

> {word} said.

## {word} {{#who}}

{word} below it.

| {word} | b |
| ------ | - |
| 1      | 2 |

## {word} two {{#-hyphen}}

{word} below a hyphen.

## {word} three {{#--two}}

{word} below two hyphens.

## {word} four {{#-.list}}

{word} below what looks like a label.
"""
FAQ = "---\ntitle: {0}\nlayout: faq\n---\n\n{0} first.\n\n## {0}? {{#-why}}\n\n{0}, so.\n"
TIMED = "---\ntitle: {}\nlayout: timeline\n---\n"
EVENT = """\
- id: vote
  date: 2022-03-18
  topics: [law]
  title: {{nl: {0}, fr: Vote}}
  text: {{nl: {0} tekst., fr: Texte du vote.}}
"""


def pages(dutch: str) -> dict[str, str]:
    """A page of every kind with a unit of every kind; only its Dutch words change."""
    return {
        "content/about/nl.md": PAGE.format(title=dutch, word=dutch),
        "content/about/fr.md": PAGE.format(title="Titre", word="Mots"),
        "content/faq/nl.md": FAQ.format(f"{dutch} faq"),
        "content/faq/fr.md": FAQ.format("Mots"),
        "content/time/nl.md": TIMED.format(f"{dutch} tijd"),
        "content/time/fr.md": TIMED.format("Temps"),
        "content/time/timeline.yaml": EVENT.format(dutch),
    }


KEYS = ("about", "faq", "time")


@pytest.fixture
def lagging(tmp_path: Path, run: Run) -> Path:
    """A site in which every Dutch unit changed since it was confirmed."""
    root = write_site(tmp_path / "site", pages("Vroeger"))
    for key in KEYS:
        assert run("confirm", key, root=root).status == 0
    return write_files(root, pages("Vandaag"))


def changes(root: Path, run: Run) -> list[tuple[str, str]]:
    found = json.loads(run("status", "--format", "json", root=root).out)
    return [(each["page"], each["label"]) for each in found["changes"]]


def commands_in(text: str) -> Iterator[list[str]]:
    """The words of every command that is printed in a text, without the program."""
    program = re.escape(GENERAL.name)
    for line in re.findall(rf"{program} ([^`\n]+)", text):
        yield shlex.split(line.partition(" · ")[0])  # the other language of the same sentence


def test_the_site_has_labels_of_every_kind_that_begin_with_a_hyphen(
    lagging: Path, run: Run
) -> None:
    labels = {label for _, label in changes(lagging, run)}
    kinds = {label.split(".")[-2] for label in labels}
    assert {"title", "description", "paragraph", "list", "quote", "heading", "table"} <= kinds
    assert {"answer", "event-title", "event-text"} <= kinds
    assert {"-.title.1", "-.paragraph.1", "-hyphen.heading.1", "--two.heading.1"} <= labels


@pytest.mark.parametrize("equals", [False, True])
def test_every_label_of_status_is_one_that_confirm_takes(
    equals: bool, lagging: Path, run: Run
) -> None:
    waiting = changes(lagging, run)
    for key, label in waiting:
        words = [f"--block={label}"] if equals else ["--block", label]
        result = run("confirm", key, "fr", *words, root=lagging)
        assert (result.status, "1 part confirmed" in result.err) == (0, True), (label, result.err)
    assert waiting
    assert changes(lagging, run) == []


def test_every_label_in_the_table_of_status_is_one_that_confirm_takes(
    lagging: Path, run: Run
) -> None:
    labels = re.findall(
        r"content/(\w+)/\S+: Français: (\S+) lags behind", run("status", root=lagging).out
    )
    assert sorted(labels) == sorted(changes(lagging, run))
    for key, label in labels:
        assert run("confirm", key, "fr", "--block", label, root=lagging).status == 0


def test_every_label_of_the_two_columns_is_one_that_confirm_takes(
    lagging: Path, run: Run, tmp_path: Path
) -> None:
    assert run("status", "--html", tmp_path / "both.html", root=lagging).status == 0
    page = html.parse(str(tmp_path / "both.html")).getroot()
    for section in page.findall(".//section"):
        for row in section.iterfind(".//tr[@data-label]"):
            words = ("confirm", section.get("id"), "fr", "--block", row.get("data-label"))
            assert run(*words, root=lagging).status == 0, words
    assert changes(lagging, run) == []


@pytest.mark.parametrize(
    ("language", "call"),
    [
        ("nl", ("check",)),
        ("fr", ("check", "--format", "github")),
        ("file", ("check",)),
        ("en", ("status", "--format", "sarif")),
    ],
)
def test_every_tip_can_be_pasted(
    language: str, call: tuple[str, ...], lagging: Path, run: Run
) -> None:
    told = run("--message-language", language, *call, root=lagging).out
    pasted = [words for words in commands_in(told.replace('"\n', "\n")) if "--block" in words]
    assert {(words[1], words[-1]) for words in pasted} == set(changes(lagging, run))
    for words in pasted:
        assert run(*words, root=lagging).status == 0, words
    assert changes(lagging, run) == []


def test_what_a_review_says_can_be_pasted(lagging: Path, tmp_path: Path, run: Run) -> None:
    locks = [f"content/{key}/translations.lock" for key in KEYS]
    known = {path: (lagging / path).read_bytes() for path in locks}
    before = write_site(tmp_path / "before", {**pages("Vroeger"), **known})
    french = PAGE.format(title="Autre titre", word="Autrement")
    write_files(lagging, {"content/about/fr.md": french})
    told = run("review", "--against", before, root=lagging).out
    pasted = list(commands_in(told.replace("\\", "")))  # as Markdown shows it
    assert ["confirm", "about"] in pasted
    assert any("-.paragraph.1" in words for words in pasted)
    for words in pasted:
        assert run(*words, root=lagging).status == 0, words
    assert changes(lagging, run) == []


# --- a name may begin with a hyphen, an option is still an option


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        (("confirm", "-x", "fr"), "key", "-x"),
        (("confirm", "--block", "a", "-x"), "key", "-x"),
        (("confirm", "--block", "-.list.1", "k", "fr"), "block", "-.list.1"),
        (("confirm", "k", "--block", "-.list.1", "fr"), "block", "-.list.1"),
        (("confirm", "k", "--block", "-.list.1", "fr"), "language", "fr"),
        (("confirm", "k", "fr", "--block=-.list.1"), "block", "-.list.1"),
        (("confirm", "--", "--x"), "key", "--x"),
        (("confirm", "k", "--block", "--x.list.1"), "block", "--x.list.1"),
        (("confirm", "k", "--block", ""), "block", ""),
        (("confirm", "k", "--block", "-"), "block", "-"),
        (("confirm", "k", "--block", "-h.list.1"), "block", "-h.list.1"),
        (("new", "k", "--in", "-above"), "parent", "-above"),
        (("new", "--in", "above", "-k"), "key", "-k"),
        (("explain", "-check"), "check", "-check"),
        (("import", "-back.po", "--dry-run"), "file", Path("-back.po")),
        (("verify", "-folder"), "folder", Path("-folder")),
        (("fix", "a.md", "--check", "-b.md"), "files", [Path("a.md"), Path("-b.md")]),
        (("build", "--output", "-out"), "output", Path("-out")),
        (("status", "--html", "-both.html"), "html", Path("-both.html")),
        (("export", "fr", "--output", "-out.po"), "output", Path("-out.po")),
        (("review", "--against", "-before"), "against", Path("-before")),
        (("--root", "-site", "check"), "root", Path("-site")),
        (("check", "--root", "-site", "--strict"), "root", Path("-site")),
    ],
)
def test_a_hyphen_at_the_beginning(words: tuple[str, ...], name: str, value: object) -> None:
    options = parser_of(ROOT, Terminal(str)).parse_args(words)
    assert getattr(options, name) == value


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("build", "--output", "--clean"), "--output: a value must follow"),
        (("build", "--output", "--claen"), "--output: a value must follow"),
        (("confirm", "k", "--block"), "--block: a value must follow"),
        (("confirm", "k", "--block", "--root"), "--block: a value must follow"),
        (("confirm", "k", "--blok", "x"), "this is not understood: --blok"),
        (("check", "-s"), "this is not understood: -s"),
        (
            ("confirm", "--block", "-.list.1"),
            "name one page; or every page: python build.py confirm --all",
        ),
        (("serve", "--port", "-x"), "--port: `-x` is not a whole number"),
    ],
)
def test_a_wrong_call_is_still_told(
    words: tuple[str, ...], complaint: str, run: Run, tmp_path: Path
) -> None:
    result = run(*words, root=write_site(tmp_path))
    assert (result.status, complaint in result.err) == (2, True), result.err


# --- the form that works on this computer


CONFIRM = command("confirm", "faq", "fr", "--block", "-.paragraph.1")


def here(*call: str, given: int = 1, windows: bool = False, found: str | None = None) -> str:
    folder = r"C:\my site" if windows else "/my site"
    program = program_here(
        call, call[len(call) - given :], Path(folder), lambda _: found, windows=windows
    )
    return program.write(CONFIRM)


@pytest.mark.parametrize(
    ("call", "program"),
    [
        (("python", "build.py", "check"), "python build.py"),
        ((".venv/bin/python", "build.py", "check"), ".venv/bin/python build.py"),
        (("/my site/.venv/bin/python", "build.py", "check"), ".venv/bin/python build.py"),
        (("python3", "/other/s i/build.py", "check"), "python3 '/other/s i/build.py'"),
        (("python3", "-X", "utf8", "build.py", "check"), "python3 -X utf8 build.py"),
        (("python3", "-m", "diptych", "check"), "python3 -m diptych"),
        (("python3", "-c", "import diptych\nmain()", "check"), "python build.py"),
        (("check",), "python build.py"),
        (("/usr/bin/python3", "/my site/.venv/bin/diptych", "check"), ".venv/bin/diptych"),
        (("/usr/bin/python3", "/my site/diptych", "check"), "'/my site/diptych'"),
        (("/usr/bin/python3", "/usr/bin/diptych", "check"), "diptych"),
    ],
)
def test_the_program_as_it_was_called(call: tuple[str, ...], program: str) -> None:
    expected = f"{program} confirm faq fr --block -.paragraph.1"
    assert here(*call, found="/usr/bin/diptych") == expected


@pytest.mark.parametrize(
    ("call", "program"),
    [
        (("python", "build.py", "check"), "python build.py"),
        ((r".venv\Scripts\python", "build.py", "check"), r".venv\Scripts\python build.py"),
        (
            (r"C:\my site\.venv\Scripts\python.exe", "build.py", "check"),
            r".venv\Scripts\python.exe build.py",
        ),
        (("python", r"C:\a & b\build.py", "check"), r'python "C:\a & b\build.py"'),
        ((r"C:\py\python.exe", r"c:\py\Scripts\diptych.exe", "check"), "diptych"),
        (
            (r"C:\py\python.exe", r"C:\my site\.venv\Scripts\diptych.exe", "check"),
            r".venv\Scripts\diptych.exe",
        ),
    ],
)
def test_the_program_as_it_was_called_on_windows(call: tuple[str, ...], program: str) -> None:
    expected = f'{program} confirm faq fr --block "-.paragraph.1"'
    assert here(*call, windows=True, found=r"C:\py\Scripts\diptych.EXE") == expected


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("a b", '"a b"'),
        ("a&b\\", r'"a&b\\"'),
        ('a"b', r'"a\"b"'),
        ("", '""'),
        ("x.list.1", "x.list.1"),
        ("--dry-run", "--dry-run"),
    ],
)
def test_words_are_quoted_for_windows(word: str, quoted: str) -> None:
    assert Program(("d",), windows=True).write(command("new", word)) == f"d new {quoted}"


@pytest.mark.parametrize("word", ["a b", "it's", "-.list.1", "$(x)", "", "é"])
def test_words_are_quoted_for_posix(word: str) -> None:
    written = GENERAL.in_site("my site").write(command("new", word))
    assert shlex.split(written) == ["python", "build.py", "--root", "my site", "new", word]


def test_a_message_is_general_until_somebody_says_how_the_program_is_called() -> None:
    message = say("{severity}: {sentence}", severity="a", sentence=say("b: {c}", c=CONFIRM))
    general = "python build.py confirm faq fr --block -.paragraph.1"
    assert str(message) == f"a: b: {general}"
    write = Program(("diptych",)).write
    for language in TOOL_LANGUAGES:
        assert translator(language)(message).endswith(general)
        assert translator(language, write)(message).endswith(
            ": diptych confirm faq fr --block -.paragraph.1"
        )


# --- as a process


def started(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, str(ROOT / "build.py"), "--root", str(root), *words]
    given = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        call, env=given, cwd=root.parent, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(os.name != "posix", reason="pastes into a POSIX shell")
@pytest.mark.parametrize("language", TOOL_LANGUAGES)
def test_a_printed_line_works_in_the_shell(language: str, tmp_path: Path, run: Run) -> None:
    root = write_site(tmp_path / "my site", pages("Vroeger"))
    for key in KEYS:
        run("confirm", key, root=root)
    write_files(root, {"content/faq/nl.md": FAQ.format("Vandaag")})
    told = started(root, "check", "--message-language", language).stdout
    lines = re.findall(rf"{re.escape(shlex.quote(sys.executable))} .*--block \S+$", told, re.M)
    assert len(lines) == 4, told
    assert f"--root {shlex.quote(str(root))}" in lines[0]
    for line in lines:
        done = subprocess.run(
            ["sh", "-c", line], cwd=root.parent, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (line, done.stderr)
    assert changes(root, run) == []


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_reports_for_programs_are_the_same_wherever_they_are_made(
    form: str, tmp_path: Path
) -> None:
    root = write_site(tmp_path / "site", pages("Vroeger"))
    told = started(root, "check", "--format", form).stdout
    assert GENERAL.name in told
    assert sys.executable not in told
    assert str(root) not in told


def test_on_a_server_that_builds_the_form_is_general(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", pages("Vroeger"))
    told = started(root, "check", CI="true")
    assert GENERAL.name in told.stdout
    assert str(ROOT) not in told.stdout


@pytest.mark.parametrize("report", ["text", "json", "github"])
def test_a_log_of_an_installed_program_names_the_installed_command(
    report: str, tmp_path: Path
) -> None:
    """A new site has no build.py."""
    root = write_site(tmp_path / "site", pages("Vroeger"))
    script = tmp_path / "bin" / "diptych"
    script.parent.mkdir()
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom diptych.__main__ import installed\n"
    )
    script.write_text(f"#!{sys.executable}\n{code}sys.exit(installed())\n")
    script.chmod(0o755)
    given = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", "CI": "true"}
    told = subprocess.run(
        [str(script), "check", "--format", report],
        env=given,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "diptych confirm" in told.stdout
    assert GENERAL.name not in told.stdout + told.stderr
    assert str(script) not in told.stdout + told.stderr


@pytest.mark.parametrize(
    ("original", "words"),
    [
        (["python3", "build.py", "check"], ("python", "build.py")),
        (["/site/.venv/bin/python", "/site/.venv/bin/diptych", "check"], ("diptych",)),
        (["python.exe", r"C:\site\.venv\Scripts\diptych.exe", "check"], ("diptych",)),
        (["python3", "-m", "diptych", "check"], ("python", "-m", "diptych")),
        (["python3", "diptych.py", "check"], ("python", "build.py")),
        (["python3", "-c", "import x", "check"], ("python", "build.py")),
        (["check"], ("python", "build.py")),
    ],
)
def test_the_command_for_a_reader_elsewhere(original: list[str], words: tuple[str, ...]) -> None:
    assert program_elsewhere(original, ["check"]).words == words
