"""What authors get wrong: each mistake has a file, a line, a column, a sentence and a fix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from diptych.cache import Cache
from diptych.diagnostics import Severity, render_report
from diptych.disk import publish, read_tree
from diptych.i18n import translator
from diptych.model import File, Tree
from diptych.pipeline import Build, Options, build_site
from tests.conftest import LOOK, Ran, make_tree, write_files, write_site

CASES = Path(__file__).parent / "cases" / "mistakes"
PARITY = {  # what compares languages: has cases of its own, and has much to say of half a text
    "missing-unit",
    "unconfirmed",
    "outdated-translation",
    "uncertain-alignment",
    "untranslated",
    "heading-level-differs",
    "headings-swapped",
    "list-differs",
    "paragraphs-differ",
    "links-differ",
    "facts-differ",
    "wrong-language",
}

_PROBLEM = re.compile(
    r"^(?P<path>[^:\n]+):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning): "
    r"(?P<sentence>.+) \[(?P<check>[a-z0-9-]+)\]$",
    re.MULTILINE,
)


@dataclass
class Case:
    """A site with a mistake, and what is said of it."""

    where: str  # `front-matter.md:12 a duplicate key`
    files: dict[str, str] = field(default_factory=dict)
    output: str = ""


def _cases(path: Path) -> list[Case]:
    """The cases of a file; fences before the first one belong to each of them."""
    cases = [Case("")]
    fence: str | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if fence is None and line.startswith("## "):
            cases.append(Case(f"{path.name}:{number} {line[3:]}", dict(cases[0].files)))
        elif fence is None and line.startswith("```"):
            fence = line[3:]
            cases[-1].files[fence] = ""
        elif line == "```":
            if fence == "output":
                cases[-1].files[fence] += "\n"
            fence = None
        elif fence is not None:
            cases[-1].files[fence] += line + "\n"
    return cases[1:]


def all_cases() -> list[Case]:
    cases = [case for path in sorted(CASES.glob("*.md")) for case in _cases(path)]
    for case in cases:
        case.output = case.files.pop("output", "")
    return cases


def told(report: str) -> str:
    """A report without what the parity of languages adds to it."""
    paragraphs = report.split("\n\n")
    kept = [
        each
        for each in paragraphs
        if not any(f" [{check}]" in each.partition("\n")[0] for check in PARITY)
    ]
    return "\n\n".join(kept)


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file with its inode, the time it was written and its bytes."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_ino,
            path.stat().st_mtime_ns,
            path.read_bytes(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory, cache: Cache) -> Path:
    """A small site on disk that was published when it had no mistake."""
    root = write_site(tmp_path_factory.mktemp("standing"))
    publish(build_site(make_tree({}), Options(), cache).outputs, root / "public", root)
    return root


@contextmanager
def laid_over(root: Path, files: Mapping[str, str]) -> Iterator[None]:
    """The site with some files changed; as it was afterwards."""
    before = {
        name: (root / name).read_bytes() if (root / name).exists() else None for name in files
    }
    write_files(root, files)
    try:
        yield
    finally:
        write_files(root, before)


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.where)
def test_mistake(case: Case, standing: Path, run: Callable[..., Ran]) -> None:
    before = snapshot(standing / "public")
    with laid_over(standing, case.files):
        result = run("build", root=standing)
    assert told(result.out) == case.output
    if ": error: " in case.output:
        assert result.status == 1
        assert snapshot(standing / "public") == before
    else:
        assert result.status == 0


# Twelve kinds of mistakes for a whole site: file, what is there, what comes instead with the
# place that must be named between « and », and the check.
EVENTS = "content/timeline/timeline.yaml"
PLANTED = (
    ("content/privacy/nl.md", "layout: page\n---\n", "«layout: page»\n", "front-matter-unclosed"),
    ("content/mission/nl.md", "slug: missie", "«slugg»: missie", "unknown-key"),
    ("content/mission/fr.md", "slug: mission", "slug: mission\n«slug»: but", "duplicate-key"),
    ("content/faq/nl.md", "layout: faq", "layout: faq\ndraft: «misschien»", "wrong-type"),
    ("content/home/nl.md", "(page:mission)", "(«page:misson»)", "broken-link"),
    ("content/home/fr.md", "(page:mission)", "(«page:mission#who-we-arre»)", "broken-anchor"),
    (EVENTS, "date: 2020-03-13\n", "date: «2020-13-03»\n", "impossible-date"),
    (EVENTS, "- id: media-turn\n", "- id: «press-conference-demands»\n", "duplicate-event"),
    ("content/privacy/de.md", "", "«-»--\ntitle: Datenschutz\n---\n", "unknown-language"),
    ("content/safety/fr.md", "slug: lire-en-securite", "slug: «vie-privee»", "slug-collision"),
    (
        "templates/faq.html",
        "{% block body %}\n",
        "{% block body %}\n«{% if %}»\n",
        "template-syntax",
    ),
    ("i18n/fr/LC_MESSAGES/messages.po", '"Main menu"\n', '"Main menu\n', "catalog-syntax"),
)


def plant(files: dict[str, str], path: str, old: str, new: str) -> tuple[int, int]:
    """Puts a mistake in one of the files; its line and column."""
    text = files.get(path) or LOOK.get(path, b"").decode("utf-8")
    assert old in text, f"{path} no longer says {old!r}"
    at, start = text.find(old) if old else 0, new.find("«")
    put = new.replace("«", "").replace("»", "")
    files[path] = text[:at] + put + text[at + len(old) :] if old else put
    before = text[:at] + new[: max(start, 0)]
    line = before.count("\n") + 1
    return line, len(before) - before.rfind("\n") if start >= 0 else 1


def test_the_first_problem_is_the_cause() -> None:
    """Of forty mistakes of somebody who knows only the guides, each is told first, by the check that
    its title names.
    """
    newcomers = [case for case in all_cases() if case.where.startswith("newcomers.md")]
    assert len(newcomers) >= 40
    for case in newcomers:
        first = _PROBLEM.search(case.output)
        assert first is not None, case.where
        assert f" {first['check']}: " in case.where


def test_twelve_kinds_of_mistakes_in_one_run(
    whole_tree: Tree, whole_build: Build, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    """All are told in one run, each with its place and a way to mend it; nothing is published."""
    files = {
        file.path: file.data.decode("utf-8")
        for file in whole_tree.files
        if file.path.endswith((".md", ".yaml", ".html", ".po"))
    }
    write_files(tmp_path, {file.path: file.data for file in whole_tree.files})
    publish(whole_build.outputs, tmp_path / "public", tmp_path)
    before = snapshot(tmp_path / "public")
    places = [(path, *plant(files, path, old, new), check) for path, old, new, check in PLANTED]
    write_files(tmp_path, files)

    result = run("build", root=tmp_path)

    assert result.status == 1
    assert snapshot(tmp_path / "public") == before
    found = {}
    for paragraph in result.out.split("\n\n"):
        match = _PROBLEM.match(paragraph)
        if match:
            place = (match["path"], int(match["line"]), int(match["column"]), match["check"])
            found[place] = paragraph
    assert [place for place in places if place not in found] == []
    without_help = [place for place in places if "\nhelp: " not in found[place]]
    assert without_help == []
    first_lines = [line for line in result.out.splitlines() if _PROBLEM.match(line)]
    named = [line.split(":")[0] for line in first_lines]
    assert named == sorted(named)


@pytest.mark.parametrize("mistake", PLANTED, ids=lambda mistake: mistake[3])
def test_one_mistake_in_a_whole_site(
    mistake: tuple[str, str, str, str], whole_tree: Tree, cache: Cache
) -> None:
    """Alone, it is the only error that is told, and it has a way to mend it."""
    path, old, new, check = mistake
    file = whole_tree.get(path)
    files = {path: file.data.decode("utf-8") if file else ""}
    place = (path, *plant(files, path, old, new), check)
    kept = tuple(each for each in whole_tree.files if each.path != path)
    tree = Tree((*kept, File(path, files[path].encode())))

    result = build_site(tree, Options(), cache)

    errors = [each for each in result.diagnostics if each.severity is Severity.ERROR]
    told_at = [
        (e.span.path, *result.sources[e.span.path].position(e.span.start), e.check) for e in errors
    ]
    assert told_at == [place]
    assert errors[0].hint is not None or errors[0].edits


def rewrite(path: Path, said: Mapping[str, str]) -> None:
    """Writes into a file of cases what is said now; the difference is there to be read."""
    lines: list[str] = []
    where, fence = "", ""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not fence and line.startswith("## "):
            where = f"{path.name}:{number} {line[3:]}"
        if line == "```" and fence:
            fence = ""
        elif not fence and line.startswith("```"):
            fence = line[3:]
            lines += [line, *said[where].rstrip("\n").split("\n")] if fence == "output" else [line]
            continue
        if fence != "output":
            lines.append(line)
    path.write_text("\n".join(lines), encoding="utf-8")


def main(folder: Path) -> None:
    """`python -m tests.test_mistakes` rewrites what the cases say."""
    root, cache, said = write_site(folder), Cache(None), {}
    for case in all_cases():
        with laid_over(root, case.files):
            read = read_tree(root)
            build = build_site(read.value, Options(), cache, read.diagnostics)
            report = render_report("text", build.diagnostics, build.sources, translator("en"))
        said[case.where] = told(report)
    for path in sorted(CASES.glob("*.md")):
        rewrite(path, said)


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        main(Path(name))
