"""The mistakes that editors make: what is said of each in every language, and that its fix mends it.

Each case of `cases/mistakes/planted/` is a few files of its own, laid over a small site, and over
a whole one all at once. `python -m tests.test_planted` writes what is said now.
"""

from __future__ import annotations

import functools
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jsonschema
import pytest
from PIL import Image

from diptych.cache import Cache
from diptych.diagnostics import (
    Diagnostic,
    Severity,
    applied,
    correction_of,
    render_report,
    sort_by_place,
)
from diptych.fix import mend
from diptych.i18n import TOOL_LANGUAGES, TOOL_LOCALES, translator
from diptych.model import File, Tree
from diptych.pipeline import Options, Reading, read_site
from tests.conftest import MINIMAL, SITE_YAML

CASES = Path(__file__).parent / "cases" / "mistakes" / "planted"
SCHEMAS = Path(__file__).parent / "schemas"
SITE = SITE_YAML.replace("topics:\n", "topics:\n  parliament: {nl: Parlement, fr: Parlement}\n")
WITHOUT_FIX = {  # what nobody can know but who wrote it
    "a day that does not exist",
    "an hour where a day belongs",
    "the same key twice",
    "a title that says nothing",
    "draft that is neither true nor false",
    "a list where a text belongs",
    "yes or no where a reason belongs",
    "an id given twice",
    "a script in a text",
    "a file that is not there",
    "a language that the site does not have",
    "a Word document",
    "two versions of the same lines",
    "two versions and what stood there before, twice",
    "a line that a merge left behind",
    "a photo of a telephone under another name",
    "a page that lies in no folder",
    "a page in a language that the site does not have",
    "a folder with capitals and a space",
}


@dataclass
class Case:
    """A mistake in files of its own, and what is said of it by language."""

    where: str
    files: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.where.partition(" ")[2]

    def laid(self) -> dict[str, str | bytes | None]:
        """The files; a picture is a real one."""
        return {
            path: picture() if path.endswith(".png") else text for path, text in self.files.items()
        }


@functools.cache
def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(data, "PNG")
    return data.getvalue()


def cases_of(path: Path) -> Iterator[Case]:
    case, fence, name = Case(""), "", ""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not fence and line.startswith("## "):
            if case.where:
                yield case
            case = Case(f"{path.name}:{number} {line[3:]}")
        elif opening := re.match(r"(`{3,})(.+)$", line) if not fence else None:
            fence, name = opening[1], opening[2]
            (case.said if name in TOOL_LANGUAGES else case.files)[name] = ""
        elif fence and line == fence:
            fence = ""
        elif fence:
            (case.said if name in TOOL_LANGUAGES else case.files)[name] += line + "\n"
    yield case


ALL = [case for path in sorted(CASES.glob("*.md")) for case in cases_of(path)]


def read(case: Case, cache: Cache, changed: Mapping[str, str] | None = None) -> Reading:
    """The small site with a case in it, read: nothing of these mistakes waits for the templates."""
    files = {**MINIMAL, "content/site.yaml": SITE, **case.laid(), **(changed or {})}
    tree = Tree(
        tuple(
            File(path, data if isinstance(data, bytes) else str(data).encode())
            for path, data in sorted(files.items())
        )
    )
    return read_site(tree, Options(), cache)


def about(build: Reading, files: Mapping[str, object]) -> list[Diagnostic]:
    """Errors and warnings in these files; most cases have a page in one language on purpose."""
    return [
        each
        for each in sort_by_place(build.diagnostics)
        if each.span.path in files
        and each.severity is not Severity.INFO
        and not (each.check == "missing-translation" and each.span.path.endswith(".md"))
    ]


def said_of(case: Case, build: Reading, language: str) -> str:
    problems = about(build, case.files)
    return render_report("text", problems, build.sources, translator(language)).rstrip("\n") + "\n"


def test_there_are_more_than_sixty_of_them() -> None:
    assert len(ALL) >= 60
    assert len({case.name for case in ALL}) == len(ALL)
    assert {case.name for case in ALL} >= WITHOUT_FIX


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.where)
def test_one_mistake_is_one_message_in_every_language(case: Case, cache: Cache) -> None:
    build = read(case, cache)
    assert len(about(build, case.files)) == 1
    assert {language: said_of(case, build, language) for language in TOOL_LANGUAGES} == case.said


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.where)
def test_the_fix_that_is_given_mends_it(case: Case, cache: Cache) -> None:
    build = read(case, cache)
    (problem,) = about(build, case.files)
    correction = correction_of(problem, build.sources)
    assert (correction is None) == (case.name in WITHOUT_FIX)
    assert correction is not None or problem.hint is not None
    if correction is not None:
        text = applied(correction.edits, build.sources[correction.path])
        if any("…" in each.text for each in correction.edits):  # what the author fills in
            text = text.replace("…", "2020-03-13" if "date: …" in text else "page:home")
        assert about(read(case, cache, {correction.path: text}), case.files) == []


def placed(problems: list[Diagnostic], read: Reading) -> list[tuple[str, int, str]]:
    return sorted(
        (
            each.span.path,
            read.sources[each.span.path].position(each.span.start)[0]
            if each.span.path in read.sources
            else 1,
            each.check,
        )
        for each in problems
    )


def over(tree: Tree) -> Tree:
    """The tree with every mistake in it."""
    files = {path: data for case in ALL for path, data in case.laid().items()}
    return tree.with_files(
        {
            path: data if isinstance(data, bytes) else str(data).encode()
            for path, data in files.items()
        },
    )


def test_all_of_them_in_a_whole_site_are_named_in_one_run(whole_tree: Tree, cache: Cache) -> None:
    """Each once, and nothing beside them: the site itself has no mistake."""
    tree = over(whole_tree)
    whole = read_site(tree, Options(), cache)
    expected = []
    for case in ALL:
        alone = read(case, cache)
        expected += placed(about(alone, case.files), alone)
    assert placed(about(whole, {each.path: None for each in tree.files}), whole) == sorted(expected)


@pytest.mark.parametrize(
    ("path", "old", "new", "check"),
    [
        ("content/timeline/timeline.yaml", "\n  date:", "\n\tdate:", "yaml-syntax"),
        ("content/faq/fr.md", "\nlayout: faq\n---\n", "\nlayout: faq\n", "front-matter-unclosed"),
        ("content/faq/nl.md", "\nlayout: faq", "\nlayuot: faq", "unknown-key"),
        ("content/home/nl.md", "title: ", "title: Welkom: ", "yaml-syntax"),
        ("content/faq/nl.md", "\n\n## ", "\n\n<div>\n\n## ", "unclosed-html"),
    ],
)
def test_what_a_mistake_hides_is_not_held_against_anything(
    path: str, old: str, new: str, check: str, whole_tree: Tree, cache: Cache
) -> None:
    """Half a page has links that lead nowhere and texts without counterpart: nobody need read it."""
    file = whole_tree.get(path)
    assert file is not None
    text = file.data.decode()
    assert old in text
    tree = whole_tree.with_files({path: text.replace(old, new, 1).encode()})
    found = read_site(tree, Options(), cache)
    assert [each.check for each in about(found, {each.path: None for each in tree.files})] == [
        check
    ]


def test_sarif_of_all_of_them_is_valid(cache: Cache) -> None:
    """Against the schema of the standard itself (OASIS, 2.1.0-rtm.5), fixes with it."""
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    standard = jsonschema.Draft4Validator(schema)
    fixes = 0
    for case in ALL:
        found = read(case, cache)
        report = render_report("sarif", about(found, case.files), found.sources, translator("nl"))
        document = json.loads(report)
        assert [each.message for each in standard.iter_errors(document)] == []
        fixes += sum("fixes" in each for each in document["runs"][0]["results"])
    assert fixes == len(ALL) - len(WITHOUT_FIX)


def test_edits_of_json_and_sarif_make_the_lines_that_are_shown(cache: Cache) -> None:
    for case in ALL:
        found = read(case, cache)
        problems = about(found, case.files)
        (shown,) = json.loads(render_report("json", problems, found.sources))["diagnostics"]
        (run,) = json.loads(render_report("sarif", problems, found.sources))["runs"]
        changes = [
            change
            for fix in run["results"][0].get("fixes", ())
            for change in fix["artifactChanges"]
        ]
        assert [
            each["insertedContent"]["text"] for change in changes for each in change["replacements"]
        ] == [each["text"] for each in shown["edits"]]
        assert bool(shown["fix"]) == bool(shown["edits"])
        for edit in shown["edits"]:
            assert edit["text"].strip() in shown["fix"]


def test_fix_mends_what_is_certain_in_all_of_them(cache: Cache) -> None:
    small = Tree(
        tuple(
            File(path, data.encode())
            for path, data in sorted({**MINIMAL, "content/site.yaml": SITE}.items())
        )
    )
    tree = over(small)
    before = read_site(tree, Options(), cache)
    mended = mend(tree, cache)
    after = read_site(tree.with_files(mended.files), Options(), cache)
    assert [each for each in after.diagnostics if each.certain] == []
    assert {each.span.path for each in before.diagnostics if each.certain} == mended.files.keys()
    assert mended.count == len(mended.files)


def test_fix_finds_nothing_to_do_in_a_whole_site(whole_tree: Tree, cache: Cache) -> None:
    assert mend(whole_tree, cache).files == {}


def write(path: Path, cache: Cache) -> None:
    """Writes below each case what is said of it now."""
    found = {case.where: case for case in cases_of(path)}
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    heads = [int(where.split(":")[1].split()[0]) for where in found]
    ends = [*(head - 1 for head in heads[1:]), len(lines)]
    parts = ["\n".join(lines[: heads[0] - 1])]
    for case, head, end in zip(found.values(), heads, ends, strict=True):
        part = re.split(r"\n`{3,}en\n", "\n".join(lines[head - 1 : end]))[0].rstrip("\n")
        build = read(case, cache)
        for language in ("en", *TOOL_LOCALES):
            said = said_of(case, build, language)
            fence = "````" if "```" in said else "```"
            part += f"\n\n{fence}{language}\n{said}{fence}"
        parts.append(part + "\n")
    path.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    for each in sorted(CASES.glob("*.md")):
        write(each, Cache(None))
