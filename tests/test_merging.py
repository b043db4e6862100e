"""A merge conflict that git left in a file: one error in words about the merge, and nothing else.

No command confirms, sends out, publishes or rewrites such a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from diptych.diagnostics import Diagnostic
from diptych.pipeline import Build, Options
from tests.conftest import LOOK, MINIMAL, Ran, write_site
from tests.strategies import named

CATALOG = "i18n/fr/LC_MESSAGES/messages.po"
TIMELINE = """\
- id: first
  date: 2020-03-18
  topics: [law]
  title: {nl: Een, fr: Un}
  text: {nl: Eerst., fr: Un texte.}
"""
TERMS = """\
- id: sex-work
  preferred: {nl: sekswerk, fr: travail du sexe}
  avoid: {nl: [prostitutie], fr: [prostitution]}
  reason: {nl: Het is werk., fr: C’est un travail.}
"""
TYPES = """\
page:
  place: {type: text, translate: true}
  chair: {type: reference, to: people}
people:
  id: {type: key, required: true}
  name: {type: text, required: true}
"""
SITE: Mapping[str, str | bytes] = {
    **LOOK,
    **MINIMAL,
    "content/about/nl.md": MINIMAL["content/about/nl.md"] + "\nZie [later](page:time#first).\n",
    "content/about/fr.md": MINIMAL["content/about/fr.md"] + "\nVoir [le début](page:time#first).\n",
    "content/about/translations.lock": "# diptych translations 1: written by `build.py confirm`, one unit a line\n",
    "content/about/drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n</svg>\n',
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    "content/time/timeline.yaml": TIMELINE,
    "content/terms.yaml": TERMS,
    "content/types.yaml": TYPES,
    "content/time/people.yaml": "- id: yumi\n  name: Yumi\n- id: an\n  name: An\n",
    "content/news/nl.md": "---\ntitle: Nieuws\nplace: Gent\nchair: yumi\n---\n\nTekst.\n",
    "content/news/fr.md": "---\ntitle: Nouvelles\nplace: Gand\nchair: yumi\n---\n\nTexte.\n",
    "content/addresses.lock": "/nl/about/ about\n",
    "content/words.txt": "Yumi\n",
    "i18n/messages.pot": 'msgid "a"\nmsgstr ""\n',
}
WHERE = [  # a file of every kind that a site holds, those that only the host reads included
    "content/about/nl.md",
    "content/about/translations.lock",
    "content/about/drawing.svg",
    "content/about/loose.txt",
    "content/site.yaml",
    "content/time/timeline.yaml",
    "content/time/chapters.yaml",
    "content/news/agenda.yaml",
    "content/site.lock",
    "content/terms.lock",
    "content/terms.yaml",
    "content/types.yaml",
    "content/time/people.yaml",
    "content/addresses.lock",
    "content/words.txt",
    "extend.py",
    "assets/app.webmanifest",
    "assets/data.json",
    "assets/letters.txt",
    CATALOG,
    "i18n/messages.pot",
    "templates/base.html",
    "templates/partials/menu.html",
    "templates/notes.txt",
    "assets/site.css",
    "assets/site.js",
    "assets/icon.svg",
    "assets/new.kind",
]
HEAD, PARTED, END = "<<<<<<< HEAD", "=======", ">>>>>>> the branch of An"


def conflict(*ours: str, theirs: tuple[str, ...] = (), end: str = "\n") -> str:
    return end.join((HEAD, *ours, PARTED, *theirs, END)) + end


def text_of(path: str) -> str:
    data = SITE.get(path, "eerste regel\n")
    return data.decode() if isinstance(data, bytes) else data


def twice(path: str) -> str:
    """A file in which its middle lines stand in two versions, as git writes them."""
    lines = text_of(path).split("\n")
    half = len(lines) // 2
    both = (*lines[:half], HEAD, *lines[half : half + 3], PARTED, "anders", END)
    return "\n".join((*both, *lines[half + 3 :]))


def said(build: Build) -> list[tuple[str, str]]:
    return [(each.span.path, each.check) for each in build.diagnostics]


@pytest.fixture
def about(site: Callable[..., Build]) -> Callable[..., list[Diagnostic]]:
    """What is said of a site with some files changed, beyond what is said of it anyway."""
    options = Options(thorough=True)
    usual = set(site(SITE, options=options).diagnostics)

    def look(files: Mapping[str, str | bytes]) -> list[Diagnostic]:
        build = site({**SITE, **files}, options=options)
        return [each for each in build.diagnostics if each not in usual]

    return look


@pytest.mark.parametrize("path", WHERE)
def test_a_conflict_is_the_one_thing_that_is_said(
    path: str, about: Callable[..., list[Diagnostic]]
) -> None:
    text = twice(path)
    (problem,) = about({path: text})
    first = text.split("\n").index(HEAD) + 1
    assert (problem.check, problem.span.path) == ("merge-conflict", path)
    assert text.count("\n", 0, problem.span.start) + 1 == first
    assert f"lines {first}–" in str(problem.message)


@pytest.mark.parametrize("path", WHERE)
def test_so_is_a_marker_that_was_left_alone(
    path: str, about: Callable[..., list[Diagnostic]]
) -> None:
    for marker in (HEAD, END, "<<<<<<<", ">>>>>>>"):
        (problem,) = about({path: f"{text_of(path)}{marker}\n"})
        assert (problem.check, problem.span.path) == ("merge-conflict", path)


@pytest.mark.parametrize("path", WHERE)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: (text + "é\n").encode("latin-1", "replace"),
        lambda text: ("\0" + text).encode(),
    ],
    ids=["Windows line ends", "old Mac line ends", "a byte order mark", "Latin-1", "a NUL"],
)
def test_however_the_file_is_saved(
    path: str, change: Callable[[str], bytes], about: Callable[..., list[Diagnostic]]
) -> None:
    (problem,) = about({path: change(twice(path))})
    assert (problem.check, problem.span.path) == ("merge-conflict", path)


@pytest.mark.parametrize(
    ("text", "lines"),
    named(
        [
            ("one", conflict("a", theirs=("b",)), "1–5"),
            ("a side that took the lines out", conflict("a"), "1–4"),
            ("two", conflict("a") + "c\n" + conflict("b"), "1–4, 6–9"),
            ("without names", "<<<<<<<\na\n=======\nb\n>>>>>>>\n", "1–5"),
            ("at the end of the file", "x\n" + conflict("a").rstrip("\n"), "2–5"),
            ("one and the rest of another", conflict("a") + "b\n" + END + "\n", "1–4, 6"),
            ("a heading's underline in it", conflict("Titel", PARTED), "1–5"),
            ("in a fence", f"```\n{conflict('a')}```\n", "2–5"),
            ("a base", f"{HEAD}\na\n||||||| 1f0c\nb\n=======\nc\n{END}\n", "1–7"),
            ("twelve", conflict("a") * 12, ", ".join(f"{n}–{n + 3}" for n in range(1, 41, 4))),
        ]
    ),
)
def test_every_conflict_of_a_file_is_named_in_one_message(
    text: str, lines: str, about: Callable[..., list[Diagnostic]]
) -> None:
    path = "content/about/nl.md"
    (problem,) = about({path: text})
    assert str(problem.message).removesuffix(", …").endswith(f"stand here: lines {lines}")
    assert ("the text from before" in str(problem.hint)) == ("|||||||" in text)


@pytest.mark.parametrize(
    "text",
    named(
        [
            ("a heading's underline", "Titel\n=======\n"),
            ("an underline with Windows line ends", "Titel\r\n=======\r\n"),
            ("seven bars of a table", "||||||| a\n"),
            ("an indented example", f"    {HEAD}\n    a\n    =======\n    {END}\n"),
            ("a quotation of one", f"> {HEAD}\n"),
            ("six", "<<<<<< HEAD\n"),
            ("eight", ">>>>>>>> a\n"),
            ("in a line", f"Zo begint het: {HEAD}\n"),
            ("with a word at once", "`<<<<<<<HEAD`\n"),
        ]
    ),
)
def test_what_is_no_conflict(text: str, site: Callable[..., Build]) -> None:
    before = MINIMAL["content/about/nl.md"]
    found = site({"content/about/nl.md": before + "\n" + text}, options=Options(thorough=True))
    assert "merge-conflict" not in {check for _, check in said(found)}


def test_a_picture_is_no_text(site: Callable[..., Build]) -> None:
    data = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\n<<<<<<< HEAD\n\xff"
    found = site({"content/about/a.png": data})
    assert "merge-conflict" not in {check for _, check in said(found)}


def test_the_mistakes_of_other_files_are_named_in_the_same_run(
    about: Callable[..., list[Diagnostic]],
) -> None:
    files = {
        "content/about/nl.md": twice("content/about/nl.md"),
        "assets/site.js": twice("assets/site.js"),
        "content/home/fr.md": MINIMAL["content/home/fr.md"].replace("layout", "layuot"),
    }
    assert {(each.span.path, each.check) for each in about(files)} >= {
        ("assets/site.js", "merge-conflict"),
        ("content/about/nl.md", "merge-conflict"),
        ("content/home/fr.md", "unknown-key"),
    }


COMMANDS = (
    ("fix",),
    ("confirm", "about"),
    ("confirm", "about", "fr"),
    ("confirm", "home"),
    ("remember",),
    ("status",),
    ("status", "--format", "json"),
    ("export", "fr"),
    ("messages",),
    ("new", "contact"),
    ("schemas",),
    ("build",),
    ("check",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "path", ["content/about/nl.md", "content/site.yaml", CATALOG, "assets/site.js"]
)
def test_every_command_refuses_and_writes_nothing(
    command: tuple[str, ...], path: str, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = write_site(tmp_path, {**SITE, path: twice(path)})
    before = {each: each.read_bytes() for each in root.rglob("*") if each.is_file()}
    ran = run(*command, root=root)
    assert ran.status == 1
    assert f"{path}:" in ran.out
    assert "two people changed the same lines" in ran.out
    after = {each: each.read_bytes() for each in root.rglob("*") if each.is_file()}
    assert {each: data for each, data in after.items() if ".cache" not in each.parts} == before


@pytest.mark.parametrize(
    "change",
    [
        lambda text: conflict("a") + text,
        lambda text: text.replace('msgstr ""\n', f'msgstr ""\n{HEAD}\n"a"\n{PARTED}\n"b"\n{END}\n'),
        lambda text: text + END + "\n",
    ],
    ids=["at its head", "in a translation", "a marker at its end"],
)
def test_a_translators_file_with_a_conflict_is_not_imported(
    change: Callable[[str], str], tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = write_site(tmp_path / "site")
    file = tmp_path / "fr.po"
    file.write_text(change(run("export", "fr", "--all", root=root).out), encoding="utf-8")
    ran = run("import", file, root=root)
    assert ran.status == 1
    assert ran.out.count("error") == 1
    assert "[merge-conflict]" in ran.out
    assert "nothing was written" in ran.err


def test_a_site_with_a_conflict_takes_no_translation(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = write_site(tmp_path / "site")
    file = tmp_path / "fr.po"
    file.write_text(run("export", "fr", "--all", root=root).out, encoding="utf-8")
    write_site(tmp_path / "site", {"content/about/fr.md": twice("content/about/fr.md")})
    ran = run("import", file, root=root)
    assert ran.status == 1
    assert "[merge-conflict]" in ran.out


def test_the_tools_own_catalogs_are_not_rewritten_either(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = write_site(tmp_path, {"diptych/messages/nl.po": conflict('msgid "a"')})
    ran = run("messages", root=root)
    assert ran.status == 1
    assert "diptych/messages/nl.po:1:1: error: two people" in ran.out
