"""The manuals say what is true: their examples are built, their tables are held against the code.

After a change in what the tool says or reads, `python -m tests.test_documentation` writes the
messages and the reference tables that the guides show anew; read them before you commit.
"""

from __future__ import annotations

import argparse
import functools
import io
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest
from PIL import Image

from diptych.cache import Cache
from diptych.cli import main
from diptych.cli.commandline import parser_of
from diptych.cli.terminal import Terminal
from diptych.content.hosts import HOSTS
from diptych.content.layouts import LAYOUTS
from diptych.content.page import FRONT_MATTER
from diptych.content.settings import (
    ADMIN,
    LANGUAGE,
    ORGANISATION,
    SECURITY,
    SETTINGS,
    parse_settings,
)
from diptych.content.terms.reading import TERM
from diptych.content.timeline import EVENT, FIGURE, SOURCE
from diptych.diagnostics import (
    Diagnostic,
    Message,
    Severity,
    Source,
    correction_of,
    render_report,
)
from diptych.i18n import format_date, strings_of, translator
from diptych.i18n.edtf import parse_date
from diptych.languages import PROFILES
from diptych.markdown.typography import typeset
from diptych.pipeline import Build, Options, build_site
from diptych.yaml import Record
from tests.conftest import EXAMPLE, ROOT, Ran, make_tree, write_site
from tests.reference_tables import with_references

CONTRACT = ROOT / "docs" / "contract.md"
DESIGN = ROOT / "docs" / "design.md"
GUIDES = {"nl": ROOT / "docs" / "nl" / "redactie.md", "fr": ROOT / "docs" / "fr" / "redaction.md"}
OWN_TYPES = {
    "nl": ROOT / "docs" / "nl" / "eigen-velden.md",
    "fr": ROOT / "docs" / "fr" / "champs.md",
    "en": ROOT / "docs" / "en" / "own-types.md",
}
OWN_SITE = (  # whose examples whoever begins a site makes
    ROOT / "docs" / "en" / "own-site.md",
    ROOT / "docs" / "nl" / "eigen-site.md",
    ROOT / "docs" / "fr" / "votre-site.md",
)
MANUALS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
SHAPES = {
    "front matter": FRONT_MATTER,
    "event": EVENT,
    "figure": FIGURE,
    "source": SOURCE,
    "site.yaml": SETTINGS,
    "language": LANGUAGE,
    "organisation": ORGANISATION,
    "security": SECURITY,
    "admin": ADMIN,
    "term": TERM,
}
TIMELINE = "content/timeline/timeline.yaml"

Site = Callable[..., Build]


@dataclass(frozen=True)
class Fence:
    """A fenced block: the words behind its opening backticks, its text, its line."""

    info: str
    text: str
    line: int


@dataclass(frozen=True)
class Table:
    """A table below a heading: rows of cells, without the head."""

    rows: tuple[tuple[str, ...], ...]


@functools.cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@functools.cache
def fences(path: Path) -> tuple[Fence, ...]:
    found: list[Fence] = []
    opened: tuple[str, int] | None = None
    lines: list[str] = []
    for number, line in enumerate(read(path).split("\n"), start=1):
        if not line.startswith("```"):
            lines.append(line)
        elif opened is None:
            opened, lines = (line[3:], number), []
        else:
            found.append(Fence(opened[0], "".join(each + "\n" for each in lines), opened[1]))
            opened = None
    assert opened is None, f"{path}: a fence is not closed"
    return tuple(found)


def prose(path: Path) -> str:
    """The text without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", read(path), flags=re.MULTILINE | re.DOTALL)


def headings(path: Path) -> list[tuple[int, str]]:
    return [
        (len(marks), text) for marks, text in re.findall(r"^(#+) (.+)$", prose(path), re.MULTILINE)
    ]


def tables(path: Path) -> list[Table]:
    blocks = re.findall(r"(?:^\|.*\n)+", prose(path), re.MULTILINE)
    return [
        Table(
            tuple(
                tuple(cell.strip() for cell in line.strip("|").split("|"))
                for line in block.strip().split("\n")[2:]
            )
        )
        for block in blocks
    ]


def code(cell: str) -> str:
    """What stands between backticks, when a cell holds that and nothing else."""
    match = re.fullmatch(r"`([^`]+)`", cell)
    return match[1] if match else ""


def spaces(text: str) -> str:
    """With plain spaces only: a reader of a table cannot see the others."""
    return re.sub("[\u00a0\u202f]", " ", text)


def blocks(language: str, kind: str) -> list[Fence]:
    """The fences of a guide whose info says `yaml event`, `markdown page`, `yaml site`."""
    return [fence for fence in fences(GUIDES[language]) if fence.info == kind]


def mistakes(language: str) -> list[tuple[str, str, str, int]]:
    """Path, text, the message that the guide shows, and the line, of every mistake."""
    all_fences = fences(GUIDES[language])
    found = []
    for index, fence in enumerate(all_fences):
        if " mistake " in fence.info:
            answer = all_fences[index + 1]
            assert answer.info == "text message", f"line {fence.line}: no message follows"
            found.append((fence.info.split()[2], fence.text, answer.text, fence.line))
    return found


def picture() -> bytes:
    body = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(body, "JPEG")
    return body.getvalue()


def world(language: str) -> dict[str, str | bytes]:
    """The site that the examples of a guide belong to: its settings, and pages to link to."""
    files: dict[str, str | bytes] = {"content/site.yaml": blocks(language, "yaml site")[0].text}
    for key, layout, slugs, heading in (
        ("faq", "faq", ("vragen", "questions"), "become-member"),
        ("mission", "page", ("missie", "mission"), "who"),
        ("timeline", "timeline", ("tijdlijn", "chronologie"), "about"),
    ):
        for name, slug in zip(("nl", "fr"), slugs, strict=True):
            head = f"---\ntitle: {slug.capitalize()}\nslug: {slug}\nlayout: {layout}\n---\n\n"
            files[f"content/{key}/{name}.md"] = f"{head}## {slug} {{#{heading}}}\n\n{slug}.\n"
    files[TIMELINE] = (
        "- id: coalition-grows\n  date: 2021-11-04\n"
        "  title: {nl: De coalitie groeit, fr: La coalition grandit}\n"
        "  text: {nl: Er komen organisaties bij., fr: Des organisations la rejoignent.}\n"
    )
    return files


def about(build: Build, *paths: str) -> list[Diagnostic]:
    """What is wrong at these paths; that nobody compared an example yet is not."""
    return [
        each
        for each in build.diagnostics
        if each.span.path in paths and each.severity is not Severity.INFO
    ]


@pytest.mark.parametrize("language", GUIDES)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_key_stands_in_both_guides(language: str, shape: str) -> None:
    record: Record = SHAPES[shape]
    text = read(GUIDES[language])
    assert [key for key in record.fields if f"`{key}`" not in text] == []


@pytest.mark.parametrize("language", GUIDES)
def test_every_choice_stands_in_both_guides(language: str) -> None:
    text = read(GUIDES[language])
    assert [each for each in (*LAYOUTS, *HOSTS, *PROFILES) if f"`{each}`" not in text] == []


@pytest.mark.parametrize("language", GUIDES)
def test_the_reference_tables_name_the_keys_and_no_others(language: str) -> None:
    """Each key a row of its own, with the truth about whether it is needed."""
    named = {
        tuple(code(row[0]) for row in table.rows): tuple(row[1] for row in table.rows)
        for table in tables(GUIDES[language])
    }
    for record in (FRONT_MATTER, EVENT, SETTINGS):
        needed = named[tuple(record.fields)]
        said = [cell in ("ja", "oui") for cell in needed]
        assert said == [field.required for field in record.fields.values()]


@pytest.mark.parametrize("language", GUIDES)
def test_the_reference_tables_are_made_of_the_declarations(language: str) -> None:
    """`python -m tests.test_documentation` writes them anew, below the comments that name them."""
    text = read(GUIDES[language])
    assert text.count("<!-- reference: ") == 3
    assert with_references(text, language) == text


@pytest.mark.parametrize("language", OWN_TYPES)
def test_the_guide_of_own_types_is_true(language: str, site: Site) -> None:
    """Its declarations, records and template make a site without a mistake, in which all is shown."""
    guide = OWN_TYPES[language]
    assert with_references(read(guide), language) == read(guide)
    files = {fence.info.split()[1]: fence.text for fence in fences(guide)}
    for layout in ("page", "team"):
        for key, title in (("nl", "Over ons"), ("fr", "À propos")):
            head = f"title: {title}\nlayout: {layout}\nplace: Gent\naudience: [press]"
            files[f"content/about/{key}.md"] = f"---\n{head}\n---\n"
        build = site(files)
        checks = {each.check for each in build.diagnostics}
        assert not checks - {"unconfirmed", "unused-message"}, build.diagnostics
        (page,) = (each for each in build.outputs if each.path == "fr/a-propos/index.html")
        assert all(word in page.data.decode() for word in ("président", "juin 2019", "Gand"))
        assert 'id="jan"' in page.data.decode()
        assert layout == "team" or "Presse" in page.data.decode()
    levels = [level for level, _ in headings(OWN_TYPES["nl"])]
    assert [level for level, _ in headings(guide)] == levels


def test_both_guides_are_built_alike() -> None:
    nl, fr = GUIDES["nl"], GUIDES["fr"]
    assert [level for level, _ in headings(nl)] == [level for level, _ in headings(fr)]
    assert [len(table.rows) for table in tables(nl)] == [len(table.rows) for table in tables(fr)]
    kinds = [[re.sub(r"\w\w\.md$", "", fence.info) for fence in fences(path)] for path in (nl, fr)]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("language", GUIDES)
def test_complete_settings_are_read_without_a_word(language: str, site: Site) -> None:
    assert about(site(world(language)), "content/site.yaml") == []


@pytest.mark.parametrize("language", GUIDES)
def test_complete_events_are_read_without_a_word(language: str, site: Site) -> None:
    events = [fence.text for fence in blocks(language, "yaml event")]
    assert events
    files = world(language)
    build = site({**files, TIMELINE: "\n".join([str(files[TIMELINE]), *events])})
    assert about(build, TIMELINE) == []
    assert not build.failed


def test_complete_pages_are_the_two_languages_of_one_page(site: Site) -> None:
    pairs = list(zip(blocks("nl", "markdown page"), blocks("fr", "markdown page"), strict=True))
    assert pairs
    for nl, fr in pairs:
        paths = {"content/example/nl.md": nl.text, "content/example/fr.md": fr.text}
        build = site({**world("nl"), **paths})
        assert about(build, *paths) == []
        assert not build.failed


def answers(language: str, site: Site) -> Iterator[str]:
    """What the tool says of each mistake; the other language of a page makes the same mistake."""
    other = "fr" if language == "nl" else "nl"
    for mine, theirs in zip(mistakes(language), mistakes(other), strict=True):
        path, text, _, _ = mine
        build = site({**world(language), theirs[0]: theirs[1], path: text})
        said = render_report("text", about(build, path), build.sources, translator(language))
        yield said.strip("\n") + "\n"


@pytest.mark.parametrize("language", GUIDES)
def test_mistakes_are_answered_as_the_guide_shows(language: str, site: Site) -> None:
    shown = [(line, answer) for _, _, answer, line in mistakes(language)]
    lines = [line for line, _ in shown]
    assert shown
    assert list(zip(lines, answers(language, site), strict=True)) == shown


@pytest.mark.parametrize("language", GUIDES)
def test_the_corrected_lines_mend_the_mistakes(language: str, site: Site) -> None:
    """What a message gives to paste, pasted in the place of the line that it shows."""
    for path, text, _, _ in mistakes(language):
        files = {**world(language), path: text}
        build = site(files)
        problems = about(build, path)
        corrections = {each: correction_of(each, build.sources) for each in problems}
        lines = text.split("\n")
        for correction in corrections.values():
            if correction is not None and correction.path == path:
                lines[correction.first - 1 : correction.last] = [correction.text]
        mended = site({**files, path: "\n".join(lines)})
        left = {each.check for each in about(mended, path)}
        assert not left & {each.check for each, made in corrections.items() if made is not None}


def _rows(language: str) -> Iterator[tuple[str, str, str]]:
    """Wrong, right and check, from the table of mistakes; no check where the tool is silent."""
    for table in tables(GUIDES[language]):
        if all(len(row) == 4 for row in table.rows):
            yield from ((code(row[0]), code(row[1]), code(row[3])) for row in table.rows)


def _with_line(line: str, language: str) -> dict[str, str | bytes]:
    """A site in which this line stands where it belongs: in an event, in front matter, in a text."""
    files = world(language)
    if line.startswith(("date:", "topics:")):
        key = line.partition(":")[0]
        fields = {"date": "date: 2024-01-01", "topics": "topics: [parliament]"} | {key: line}
        files[TIMELINE] = (
            f"- id: example\n  {fields['date']}\n  {fields['topics']}\n"
            "  title: {nl: Een stap, fr: Un pas}\n  text: {nl: Gezet., fr: Franchi.}\n"
        )
        return files
    front = bool(re.match(r"\w+: ", line))
    title = "" if line.startswith("title:") else "title: Example\n"
    head = title + (line + "\n" if front else "") + "only: an example\n"
    files[f"content/example/{language}.md"] = f"---\n{head}---\n\n{'Text.' if front else line}\n"
    files["content/example/march.jpg"] = picture()
    return files


@pytest.mark.parametrize("language", GUIDES)
def test_the_table_of_mistakes(language: str, site: Site) -> None:
    rows = list(_rows(language))
    assert len(rows) >= 5
    paths = (TIMELINE, f"content/example/{language}.md")
    for wrong, right, check in rows:
        # where no front matter can be read, nor can `only`
        found = {e.check for e in about(site(_with_line(wrong, language)), *paths)}
        assert (wrong, found - {"missing-translation"}) == (wrong, {check} - {""})
        left = {e.check for e in about(site(_with_line(right, language)), *paths)}
        assert (right, left) == (right, set())


@pytest.mark.parametrize("language", GUIDES)
def test_dates_read_as_the_guide_says(language: str, site: Site) -> None:
    build = site()
    assert build.site is not None
    speaks = build.site.settings.language(language)
    gettext = strings_of(build.site.catalogs[language], speaks.locale).gettext
    rows = [
        row
        for table in tables(GUIDES[language])
        for row in table.rows
        if re.match(r"\d{4}", code(row[0]))
    ]
    assert len(rows) >= 6
    for row in rows:
        date = parse_date(code(row[0]))
        assert not isinstance(date, Message), row
        assert spaces(format_date(date, speaks.locale, gettext)) == spaces(row[1])


@pytest.mark.parametrize(("language", "profile"), [("nl", "dutch"), ("fr", "french")])
def test_signs_are_set_as_the_guide_says(language: str, profile: str) -> None:
    rows = [
        row
        for table in tables(GUIDES[language])
        if all(len(row) == 2 and re.search("[‘’“«…]", row[1]) for row in table.rows)
        for row in table.rows
        if code(row[0])
    ]
    assert len(rows) >= 4
    for row in rows:
        assert spaces(typeset(code(row[0]), profile)) == spaces(row[1])


@pytest.mark.parametrize("language", GUIDES)
def test_guides_are_short_enough_to_read(language: str) -> None:
    """Without the reference tables, which nobody reads from top to bottom."""
    text = re.sub(r"(?<=-->\n)(\|.*\n)+", "", read(GUIDES[language]))
    assert len(text.splitlines()) <= 306


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its parser; the whole program under an empty name."""
    parser = parser_of(ROOT, Terminal(str))
    yield "", parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def test_every_command_and_option_stands_in_a_manual() -> None:
    text = "\n".join(read(path) for path in MANUALS)
    missing = []
    for name, parser in commands():
        if name and not re.search(rf"`{name}\b|build\.py {name}\b", text):
            missing.append(name)
        for action in parser._actions:
            option = next((each for each in action.option_strings if each.startswith("--")), None)
            if option and option != "--help" and not re.search(rf"{option}(?![\w-])", text):
                missing.append(f"{name} {option}".strip())
    assert missing == []


def test_manuals_name_no_command_or_option_that_is_not_there() -> None:
    names = {name for name, _ in commands()}
    known = {o for _, parser in commands() for a in parser._actions for o in a.option_strings}
    wrong = []
    for path in MANUALS:
        for call in re.findall(r"build\.py((?: +[^\s`|)]+)+)", read(path)):
            words = call.split()
            if not words[0].startswith("-") and words[0].isalpha() and words[0] not in names:
                wrong.append(f"{path.name}: {words[0]}")
            options = (word.partition("=")[0] for word in words if word.startswith("--"))
            wrong += [f"{path.name}: {option}" for option in options if option not in known]
    assert wrong == []


CALL = re.compile(r"(?:(?<=[`\s/])diptych|build\.py)(?P<words>(?: +[^\s`|)]+)+)")
CALLED = sorted(
    [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "diptych/skeleton").rglob("*.md")]
)


def wrong_calls(text: str) -> list[str]:
    """The calls in code spans and in blocks whose command, or an option of it, does not exist."""
    parsers = dict(commands())
    everywhere = {o for action in parsers[""]._actions for o in action.option_strings}
    wrong = []
    for each in re.findall(r"`[^`\n]+`|^(?:\S*python|diptych)\b.*$", text, re.MULTILINE):
        for call in CALL.finditer(each):
            words = call["words"].split()
            options = [word.partition("=")[0].strip("[]") for word in words if "--" in word]
            name = next((word for word in words if word in parsers), "")
            known = everywhere | {o for a in parsers[name]._actions for o in a.option_strings}
            wrong += [option for option in options if option not in known]
            if not name and words[0].isalpha() and words[0].islower():
                wrong.append(words[0])
    return wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("`diptych new a --layout b`", []),
        ("Then `python build.py --root DIR check --strict`.", []),
        ("```sh\ndiptych confirm --all --yes\n```", []),
        ("`diptych bild`", ["bild"]),
        ("```sh\n.venv/bin/python build.py new a --strict\n```", ["--strict"]),
        ("`diptych check [--hard]`", ["--hard"]),
    ],
)
def test_a_call_that_does_not_exist_is_found(text: str, wrong: list[str]) -> None:
    assert wrong_calls(text) == wrong


@pytest.mark.parametrize("path", CALLED, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_call_that_is_written_exists(path: Path) -> None:
    assert wrong_calls(read(path)) == []


HELP = {"nl": ROOT / "docs" / "nl" / "hulp.md", "fr": ROOT / "docs" / "fr" / "aides.md"}


def test_both_pages_of_help_are_built_alike() -> None:
    nl, fr = HELP["nl"], HELP["fr"]
    assert [level for level, _ in headings(nl)] == [level for level, _ in headings(fr)]
    named = [
        re.findall(
            r"`(?:\.venv/bin/python )?(build\.py [^`]+|make [a-z]+|[a-z_]+\.yaml)`", read(path)
        )
        for path in (nl, fr)
    ]
    assert named[0] == named[1]
    assert len(tables(nl)[0].rows) == len(tables(fr)[0].rows)


def test_pages_begin_as_the_manuals_say(run: Callable[..., Ran], tmp_path: Path) -> None:
    """Every `new` of the tables, one after the other, then the check of it all."""
    root = write_site(tmp_path)
    calls = [code(row[0]).split()[1:] for row in tables(HELP["nl"])[0].rows]
    assert len(calls) >= 5
    for call in calls:
        assert run(*call, root=root).status == 0, call
    assert (root / "content/news/open-day/fr.md").read_text("utf-8").count("\ndate: ") == 1
    assert (root / "content/chronicle/timeline.yaml").is_file()
    assert run("check", "--strict", "--drafts", root=root).status == 0


@pytest.mark.parametrize("language", HELP)
def test_the_setting_for_forms_is_read(language: str) -> None:
    line = re.search(r"`(admin: \{.*?\})`", read(HELP[language]))
    assert line
    source = Source("content/site.yaml", f"{blocks(language, 'yaml site')[0].text}{line[1]}\n")
    outcome = parse_settings(source)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert set(outcome.value.admin) == {"repository"}


def test_make_has_the_targets_that_manuals_name() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    named = {
        (path.name, target)
        for path in MANUALS
        for target in re.findall(r"`(?:make|\$ make) ([a-z][a-z-]*)", read(path))
    }
    assert named
    assert {each for each in named if each[1] not in targets} == set()


def test_every_library_has_its_reason() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    names = [re.split(r"[^\w.-]", each)[0].lower() for each in project["dependencies"]]
    rows = tables(DESIGN)[0].rows
    listed = {name.lower() for row in rows for name in row[0].split(", ")}
    assert set(names) == listed
    assert all(row[1] for row in rows)


def test_the_readme_is_short_and_shows_the_result() -> None:
    text = read(ROOT / "README.md")
    assert len(text.splitlines()) <= 150
    pictures = re.findall(r"!\[[^\]]{20,}\]\(([^)]+)\)", text)  # each says in words what it shows
    assert pictures
    assert [each for each in pictures if (ROOT / each).stat().st_size > 120_000] == []
    list_of_commands = text.partition("whose commands are ")[2].partition(".\n")[0]
    assert re.findall(r"`([\w-]+)`", list_of_commands) == [name for name, _ in commands() if name]
    named = re.findall(r"\]\(([^)#]+)", text)
    for path in ("docs/contract.md", "docs/design.md", "CONTRIBUTING.md", "LICENSE", "SECURITY.md"):
        assert path in named


def test_paths_in_manuals_exist() -> None:
    """Every path of the house in backticks; `<language>`, `…` and `*` stand for any name."""
    places = r"(?:diptych|tests|templates|i18n|assets|tools|docs|requirements|content|schemas|\.vscode|\.github|\.ci)"
    missing = []
    for path in MANUALS:
        for named in re.findall(rf"`({places}/[^`\s]*)`", prose(path)):
            pattern = re.sub(r"<[^>]*>|…", "*", named).rstrip("/")
            written = {
                *GUIDES.values(),
                *HELP.values(),
                *OWN_SITE,
                ROOT / "docs/moving.md",
                ROOT / "docs/nl/verhuizen.md",
                ROOT / "docs/fr/demenager.md",
            }  # whose examples an editor makes
            example = path in written and named.startswith("content/")
            example |= path in OWN_TYPES.values() and named.startswith(("content/", "templates/"))
            own = named.startswith(("templates/", "assets/", "i18n/"))  # the theme has the same
            place = ROOT / "diptych" / "theme" if own else ROOT
            place = EXAMPLE if named.startswith("content/") else place  # laid out like this site
            if not example and not any(place.glob(pattern)):
                missing.append(f"{path.name}: {named}")
    assert missing == []


def test_the_plan_of_the_house_names_every_room() -> None:
    rooms = {
        path.name.removesuffix(".py")
        for path in (ROOT / "diptych").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    plan = fences(ROOT / "CONTRIBUTING.md")[0].text
    assert {room for room in rooms - {"__init__"} if not re.search(rf"\b{room}\b", plan)} == set()


class Walk:
    """The steps of one walk through the code, in the guide for programmers."""

    def __init__(self, title: str) -> None:
        text = prose(ROOT / "CONTRIBUTING.md").partition(f"### {title}\n")[2].partition("\n## ")[0]
        self.text = text.partition("\n### ")[0]
        self.steps = "".join(re.findall(r"^\d+\. (?:.+\n)(?:   .+\n)*", self.text, re.MULTILINE))

    def files(self, text: str) -> set[str]:
        """The files of the program that a part of the walk names."""
        return set(re.findall(r"`(build\.py|diptych/\S+\.(?:py|html|po))`", text))

    @property
    def parts(self) -> set[str]:
        """The files that do a part of a step."""
        return self.files("".join(re.findall(r"\([^()]*\)", self.steps)))

    @property
    def functions(self) -> list[tuple[str, str]]:
        """The functions that the steps name, each with its module."""
        return re.findall(r"`(diptych/\S+\.py)`, `(\w+)`", self.steps)


def entered(arguments: list[str], root: Path) -> list[tuple[str, str]]:
    """The functions that a command runs, each with its module, in the order of their first calls."""
    found: dict[tuple[str, str], None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            found[frame.f_code.co_filename, frame.f_code.co_name] = None

    sys.setprofile(note)
    try:
        main(arguments, root=root)
    finally:
        sys.setprofile(None)
    return [(path.removeprefix(f"{ROOT}/"), name) for path, name in found]


@pytest.mark.parametrize("title", ["A page", "An event", "A mistake"])
def test_a_walk_is_the_way_that_a_build_goes(title: str, tmp_path: Path) -> None:
    """A build runs code of every module that the walk names, and calls its functions in the order of
    the walk.
    """
    files: dict[str, str | bytes] = {}
    if title == "An event":
        files[TIMELINE] = (
            "- id: begin\n  date: 2021-11-04\n  title: {nl: Begin, fr: Début}\n"
            "  text: {nl: Het begint., fr: Cela commence.}\n"
        )
        for name in ("nl", "fr"):
            files[f"content/timeline/{name}.md"] = "---\ntitle: T\nlayout: timeline\n---\n\nT.\n"
    if title == "A mistake":
        files["content/about/nl.md"] = "---\ntitel: Over ons\n---\n\nTekst.\n"
    walk = Walk(title)
    named = {path for path in walk.files(walk.steps) if path.startswith("diptych/")}
    modules = {path for path in named if path.endswith(".py")}
    assert len(modules) >= 7
    assert [path for path in named if not (ROOT / path).is_file()] == []
    ran = entered(["--message-language", "nl", "build"], write_site(tmp_path, files))
    assert modules - {path for path, _ in ran} == set()
    assert [each for each in ran if each in walk.functions] == walk.functions


def test_the_walks_count_their_files() -> None:
    page, event, mistake = map(Walk, ("A page", "An event", "A mistake"))
    own = event.files(event.steps) - page.files(page.steps)
    left = {"diptych/content/page.py", "diptych/theme/templates/page.html"}
    every = (page.files(page.steps) | own) - left
    parts = (page.parts | event.parts) & every
    of_page = page.files(page.steps)
    assert (
        f"({len(of_page - page.parts)} files hand it on, {len(page.parts)} do a part: {len(of_page)})"
    ) in page.text
    assert f"{len(own)} files of its own" in event.text
    assert (
        f"(so {len(every - parts)} files hand it on, {len(parts)} do a part: {len(every)})"
    ) in " ".join(event.text.split())
    assert f"({len(mistake.files(mistake.steps))} files)" in mistake.text


def anchor(heading: str) -> str:
    """The id that git hosts give to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("path", MANUALS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_manuals_lead_somewhere(path: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", prose(path))
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        place = (path.parent / name).resolve() if name else path
        found = place.exists()
        if found and fragment:
            found = fragment in {anchor(title) for _, title in headings(place)}
        if not found:
            dead.append(target)
    assert dead == []


def write_answers() -> None:
    """Writes messages and tables into the guides, in the place of those that stand there."""
    cache = Cache(None)

    def site(files: dict[str, str | bytes]) -> Build:
        return build_site(make_tree(files), Options(), cache)

    for language, path in GUIDES.items():
        opening = "```text message\n"
        before, *rest = read(path).split(opening)
        said = zip(answers(language, site), rest, strict=True)
        text = before + "".join(
            opening + answer + re.sub(r"\A.*?(?=^```$)", "", part, flags=re.DOTALL | re.MULTILINE)
            for answer, part in said
        )
        text = with_references(text, language)
        path.write_text(text, encoding="utf-8", newline="\n")
    for language, path in OWN_TYPES.items():
        made = with_references(read(path), language)
        path.write_text(made, encoding="utf-8", newline="\n")
    text = with_references(read(CONTRACT), "en")
    CONTRACT.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_answers()
