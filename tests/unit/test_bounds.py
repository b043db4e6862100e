"""Time and memory stay bounded, whatever a file holds; and what is beyond a bound has a message."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
import tracemalloc
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.check_growth import growth_of_checks
from diptych.cache import Cache
from diptych.content.terms.vocabulary import Term, Vocabulary
from diptych.diagnostics import Placed, Span, nearest, render_report
from diptych.disk import read_tree
from diptych.disk.read import MAX_FILE, MAX_TEXT
from diptych.glance import MAX_DEPTH
from diptych.i18n import translator
from diptych.pipeline import Build, Options, build_site, read_site
from diptych.translation.units import digest_of
from tests.conftest import ROOT, SITE_YAML, Ran, make_tree, text_of, write_files, write_site


def seconds(action: Callable[[], object]) -> float:
    """The time of the processor that an action takes, also where others work beside it."""
    begin = time.process_time()
    action()
    return time.process_time() - begin


# --- many mistakes


KEYS = {
    "unknown": lambda number: f"unknown{number}: x\n",
    "nearly known": lambda number: f"navigatio{number}: x\n",
    "long": lambda number: f"{'k' * 80}{number}: x\n",
}


@pytest.mark.parametrize("line", KEYS.values(), ids=KEYS)
def test_sixty_thousand_unknown_keys(line: Callable[[int], str]) -> None:
    """The first hundred are told one by one, the others in one sentence."""
    text = SITE_YAML + "".join(line(number) for number in range(60_000))[: 900_000 - 900]
    text = text[: text.rindex("\n") + 1]
    build = None

    def told() -> None:
        nonlocal build
        build = build_site(make_tree({"content/site.yaml": text}), Options(), Cache(None))
        for form in ("text", "sarif"):
            render_report(form, build.diagnostics, build.sources, translator("nl"))

    assert seconds(told) < 15
    assert build is not None
    unknown = [each for each in build.diagnostics if each.check == "unknown-key"]
    assert len(unknown) == 101
    assert "keys that are not known" in str(unknown[-1].message)


def test_a_report_of_many_mistakes_is_linear() -> None:
    """A mistake on every line of one file: ten times as many, at most twenty times the time."""

    def page(count: int) -> dict[str, str | bytes | None]:
        lines = "\n\n".join(f"[woord {number}](page:nergens)" for number in range(count))
        return {"content/about/nl.md": f"---\ntitle: Over ons\n---\n\n{lines}\n"}

    def told(count: int) -> float:
        build = build_site(make_tree(page(count)), Options(), Cache(None))
        assert sum(each.check == "broken-link" for each in build.diagnostics) == count
        return seconds(lambda: render_report("json", build.diagnostics, build.sources))

    told(10)
    assert told(1000) < 20 * max(told(100), 0.02)


def test_the_nearest_word_is_looked_for_among_a_hundred() -> None:
    known = [f"pagina-over-{number}" for number in range(20_000)]
    assert nearest("membresip", [*known, "membership"]) == "membership"
    assert nearest("x" * 300, known) is None
    assert seconds(lambda: nearest("pagina-ovre-7", known)) < 1


# --- large files


LARGE = {
    "content/site.yaml": MAX_TEXT,
    "content/about/nl.md": MAX_TEXT,
    "i18n/nl/LC_MESSAGES/messages.po": MAX_TEXT,
    "assets/own.css": MAX_TEXT,
    "content/about/report.pdf": MAX_FILE,
    "content/about/film.mp4": MAX_FILE,
}


@pytest.mark.parametrize("path", LARGE)
def test_a_large_file_is_refused_before_it_is_read(
    tmp_path: Path, run: Callable[..., Ran], path: str
) -> None:
    """Of a gigabyte; on the disk it takes no place."""
    root = write_site(tmp_path)
    write_files(root, {path: ""})
    os.truncate(root / path, 1_000_000_000)
    tracemalloc.start()
    tree = read_tree(root)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    [problem] = tree.diagnostics
    assert (problem.check, problem.span.path) == ("file-too-large", path)
    result = run("build", root=root)
    assert result.status == 1
    most = f"{LARGE[path] // 1_000_000} MB"
    told = f"this file is too large to be read: 1000 MB, and at most {most} are read"
    assert [line for line in result.out.split("\n") if line.startswith(f"{path}:")] == [
        f"{path}:1:1: error: {told} [file-too-large]"
    ]


@pytest.mark.parametrize("path", ["content/about/nl.md", "content/site.yaml", "content/words.txt"])
def test_a_line_of_ten_megabytes_is_refused_at_once(tmp_path: Path, path: str) -> None:
    root = write_site(tmp_path)
    write_files(root, {path: b"a" * 10_000_000})

    def told() -> None:
        tree = read_tree(root)
        build = build_site(tree.value, Options(), Cache(None), tree.diagnostics)
        assert [e.check for e in build.diagnostics if e.span.path == path] == ["file-too-large"]

    assert seconds(told) < 5


def test_a_translation_that_is_too_large(tmp_path: Path, run: Callable[..., Ran]) -> None:
    root = write_site(tmp_path)
    write_files(root, {"fr.po": ""})
    os.truncate(root / "fr.po", 1_000_000_000)
    result = run("import", root / "fr.po", root=root)
    assert result.status == 1
    assert "[file-too-large]" in result.out


# --- folders and names


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A site with folders in one another, more than one path can name; deleted by a program that can,
    which Python is not.
    """

    def make(levels: int) -> Path:
        root = write_site(tmp_path)
        here = Path.cwd()
        try:
            os.chdir(root / "content")
            for _ in range(levels):
                Path("d").mkdir()
                os.chdir("d")
        finally:
            os.chdir(here)
        return root

    yield make
    subprocess.run(["rm", "-rf", str(tmp_path / "content")], check=True)


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 1000, 1500])
def test_folders_in_one_another(
    deep: Callable[[int], Path], run: Callable[..., Ran], levels: int
) -> None:
    root = deep(levels)
    assert len(read_tree(root).value.files) > 5
    result = run("check", root=root)
    assert result.status == 1
    place = "content" + "/d" * (MAX_DEPTH + 1)
    assert (
        f"{place}:1:1: error: folders lie more than {MAX_DEPTH} levels deep [folder-depth]"
        in result.out
    )


def test_twenty_folders_in_one_another_are_fine(deep: Callable[[int], Path]) -> None:
    assert read_tree(deep(MAX_DEPTH)).diagnostics == ()


@pytest.mark.parametrize(
    "path",
    [
        "assets/con.css",
        "assets/aux.js",
        "assets/lpt1/x.css",
        "content/about/NUL.pdf",
        "content/about/a:b.pdf",
        'content/about/a"b.pdf',
        "content/about/wat?.png",
        "templates/a.html.",
    ],
)
def test_a_name_that_windows_cannot_have_is_told(tmp_path: Path, path: str) -> None:
    root = write_files(
        tmp_path, {path: "x", "assets/console.css": "x", "content/about/a-1.pdf": "x"}
    )
    assert [(each.check, each.span.path) for each in read_tree(root).diagnostics] == [
        ("file-name", path)
    ]


@pytest.mark.parametrize("unseen", ["\n::error::x", "\r", "\x1b[31m", "\u202e", "\u2028", "\u3164"])
@pytest.mark.parametrize("form", ["text", "github"])
def test_a_name_cannot_write_lines_of_its_own(
    tmp_path: Path, run: Callable[..., Ran], unseen: str, form: str
) -> None:
    root = write_site(tmp_path)
    write_files(root, {f"content/about/a{unseen}b.md": "x"})
    result = run("build", "--format", form, root=root)
    assert result.status == 1
    assert "holds an invisible character, such as a line end" in result.out
    assert "file-name" in result.out
    assert unseen not in result.out + result.err
    assert not any(line.startswith("::error::") for line in result.out.split("\n"))


@pytest.mark.parametrize("name", ["con", "nul", "about/aux", "com1", "news/lpt9"])
def test_new_refuses_a_name_that_windows_keeps(
    tmp_path: Path, run: Callable[..., Ran], name: str
) -> None:
    root = write_site(tmp_path, {"content/news/nl.md": "---\ntitle: Nieuws\n---\n"})
    result = run("new", name, root=root)
    assert result.status == 2
    last = name.rpartition("/")[2]
    assert result.err == f"a folder cannot be called `{last}` on every computer\n"
    assert not (root / "content" / name).exists()


# --- dates

YEARS = ["0001", "0001-21", "0999-06~", "9998/9999", "9999", "9999-12-31", "9999-24"]
YEARS += ["9999-12-31T23:59", "0001-01-01/9999-12-31"]


@pytest.mark.parametrize("date", YEARS)
def test_the_first_and_the_last_years(site: Callable[..., Build], date: str) -> None:
    """In pages, JSON, CSV, iCalendar and feeds."""
    from icalendar import Calendar

    event = (
        "- id: een\n  date: {}\n  title: {{nl: Een, fr: Un}}\n  text: {{nl: Tekst., fr: Texte.}}\n"
    )
    page = "---\ntitle: {}\nlayout: timeline\n---\n\nTekst.\n"
    build = site(
        {
            "content/time/nl.md": page.format("Tijd"),
            "content/time/fr.md": page.format("Temps"),
            "content/time/timeline.yaml": event.format(date),
        }
    )
    assert not build.failed
    for form in ("json", "csv"):
        assert date.partition("/")[0] in text_of(build, f"nl/tijd/timeline.{form}")
    calendar = Calendar.from_ical(text_of(build, "nl/tijd/timeline.ics"))
    year = int(date[:4])
    days = re.fullmatch(r"\d{4}-\d\d-\d\d(?:T.*|/.*)?", date)  # a year has no place in a calendar
    assert [entry.start.year for entry in calendar.events] == ([year] if days else [])
    assert f"{year:04}-" in text_of(build, "nl/feed.xml")


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31", "1000-02-28"])
def test_a_dated_page_in_the_first_and_the_last_years(
    site: Callable[..., Build], date: str
) -> None:
    text = "---\ntitle: {}\ndate: {}\n---\n\nTekst.\n"
    files = {
        "content/news/nl.md": "---\ntitle: Nieuws\nlayout: list\n---\n",
        "content/news/fr.md": "---\ntitle: Nouvelles\nlayout: list\n---\n",
        "content/news/a/nl.md": text.format("Eerst", date),
        "content/news/a/fr.md": text.format("Avant", date),
    }
    build = site(files)
    assert not build.failed
    assert f"<updated>{date}T00:00:00Z</updated>" in text_of(build, "nl/feed.xml")


# --- what is the same to a reader


@pytest.mark.parametrize(
    "text", ["Réunion à Gand", "# Été", "- één\n- coördinatie", "naïef | œuvre"]
)
def test_letters_that_a_system_takes_apart_are_the_same_text(text: str) -> None:
    assert digest_of("paragraph", unicodedata.normalize("NFD", text)) == digest_of(
        "paragraph", text
    )


# --- pages that are long


def paragraph(chance: random.Random, number: int) -> str:
    words = " ".join("".join(chance.choice("abcdefghij") for _ in range(6)) for _ in range(8))
    head = f"## Kop {number} {{#k{number}}}\n\n" if number % 10 == 0 else ""
    return f"{head}{words} [woord](page:home), {number} euro.\n\n- {words}"


def long_pages(count: int) -> dict[str, str | bytes | None]:
    """A page in two languages that have nothing in common but their form, and a few parts less."""
    found: dict[str, str | bytes | None] = {}
    for seed, language in enumerate(("nl", "fr")):
        chance = random.Random(seed)
        parts = [paragraph(chance, n) for n in range(count - seed * count // 20)]
        text = "\n\n".join(parts)
        found[f"content/about/{language}.md"] = f"---\ntitle: {language}\n---\n\n{text}\n"
    return found


def test_reading_and_pairing_are_linear() -> None:
    """Ten times the text; twelve times the time is what benchmarks/growth holds on a quiet computer."""

    def read(count: int) -> float:
        tree = make_tree(long_pages(count))
        return seconds(lambda: read_site(tree, Options(thorough=True), Cache(None)))

    read(10)
    assert read(600) < 25 * max(read(60), 0.1)


ONE_PART = {  # lines that become a single part of a page, however many there are
    "table": ("| a | b |\n|---|---|\n", "| 12 | 1960 |\n"),
    "paragraph": ("", "er zijn 12 en 1960 en 3,5 op 12 mei 2020 , en Maps.Me 4 : 5\n"),
    "list": ("", "- een 12 mei\n"),
    "quotation": ("", "> een 12 op 4\n"),
    "links": ("", "zie [dit](page:home) of mail x@example.org\n"),
}


@pytest.mark.parametrize("kind", list(ONE_PART))
def test_reading_and_checking_one_long_part_is_linear(kind: str) -> None:
    """A table of 20,000 rows took longer than a minute: each number looked at all that stood before it."""
    head, line = ONE_PART[kind]

    def read(count: int) -> float:
        text = f"---\ntitle: Over ons\n---\n\n{head}{line * count}"
        tree = make_tree({"content/about/nl.md": text})
        return seconds(lambda: build_site(tree, Options(thorough=True), Cache(None)))

    read(10)
    assert read(3000) < 25 * max(read(300), 0.15)


@pytest.mark.parametrize("form", ["links", "terms", "questions"])
def test_every_check_is_linear(form: str) -> None:
    """Ten times the input: the links of a page looked for their block, and each text at each term, in
    a hundred times the time. `benchmarks/growth` holds every form to twelve on a quiet computer.
    """
    grown = growth_of_checks(form)
    assert len(grown) > 50
    assert {name: times for name, (_, _, times) in grown.items() if times > 25} == {}


def test_each_term_is_looked_for_whatever_stands_before_it() -> None:
    """Words that begin alike, that are short, that have two parts, and in the order of the list."""
    words = ["oudje", "oudjes huis", "oud", "ouderwetse zaak", "zo", "anti-oud"]
    places = [Placed(word, Span("content/terms.yaml", 0, 1)) for word in words]
    terms = tuple(
        Term(id=f"t{number}", span=place.span, preferred={}, reasons={}, avoided={"nl": (place,)})
        for number, place in enumerate(places)
    )
    vocabulary = Vocabulary(terms)
    for number, word in enumerate(words):
        text = f"Hier staat {word} in een zin."
        assert [use.term.id for use in vocabulary.in_language("nl").avoided_in(text)] == [
            f"t{number}"
        ]
    assert vocabulary.in_language("nl").avoided_in("Hier staat niets.") == ()


NUMBERS = {  # figures of any length, where a text, a lock and a returned file have a number
    "a number": "{}",
    "an hour": "om {} uur",
    "a date": "op 12 mei {}",
    "a sum": "voor {} euro",
    "a share": "{} %",
    "an ordinal": "de {}e keer",
    "a half": "{}½ en {} en een half",
    "a range": "van {}-{}",
    "a telephone": "+32 {}",
    "a list": "{}. een punt",
    "a reference": "&#{};",
    "a note": "Tekst[^{}].",
    "other figures": "\u0661{}",
}


@pytest.mark.parametrize("text", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("digits", [30, 4301, 7900])
def test_a_number_of_any_length_is_a_number(
    site: Callable[..., Build], text: str, digits: int
) -> None:
    """Python makes no integer of more than 4300 figures."""
    said = text.replace("{}", "1" * digits, 1).replace("{}", "2")
    other = text.replace("{}", "3" * digits, 1).replace("{}", "4")
    for each in (said, other):
        page = f"---\ntitle: Over ons\n---\n\n{said}\n\n## Wie {{#who}}\n\nWij.\n"
        french = f"---\ntitle: À propos\n---\n\n{each}\n\n## Qui {{#who}}\n\nNous.\n"
        build = site({"content/about/nl.md": page, "content/about/fr.md": french})
        assert build.site is not None


@pytest.mark.parametrize("version", ["1" * 5000, "0" * 5000, "99"])
def test_a_lock_of_any_version_is_told(site: Callable[..., Build], version: str) -> None:
    build = site({"content/about/translations.lock": f"# diptych translations {version}\n"})
    assert [each.span.path for each in build.diagnostics if "lock" in each.check] == [
        "content/about/translations.lock"
    ]


# --- Ctrl+C


@pytest.mark.parametrize("wait", [0.02, 0.06, 0.12, 0.25, 0.5])
@pytest.mark.parametrize(
    "program", [["build.py"], ["-c", "import diptych.__main__ as m; m.installed()"]]
)
def test_ctrl_c_shows_no_stack(tmp_path: Path, program: list[str], wait: float) -> None:
    """Among the imports, while it works and at its end; Python itself needs a moment to begin."""
    root = write_site(tmp_path)
    started = root / "started"
    hook = f"import sys, pathlib; sys.addaudithook(lambda e, a: e == 'import' and a[0] == 'diptych.cli' and pathlib.Path({str(started)!r}).touch())"
    write_files(tmp_path / "hook", {"sitecustomize.py": hook})
    process = subprocess.Popen(
        [sys.executable, *program, "--root", str(root), "build"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{tmp_path / 'hook'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 20
    while not started.exists() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(wait)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in out + err
    assert started.exists()
    assert process.returncode in (0, 3, -signal.SIGINT)
