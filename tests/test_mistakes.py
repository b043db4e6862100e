"""What authors get wrong: each mistake has a file, a line, a column, a sentence and a fix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from diptych.build import Options, build_site
from diptych.disk import publish
from diptych.memo import Memo
from tests.conftest import Ran, make_tree, write_files, write_site

CASES = Path(__file__).parent / "cases" / "mistakes"
PARITY = {  # what compares languages: has cases of its own, and has much to say of half a text
    "missing-unit", "unconfirmed", "outdated-translation", "uncertain-alignment", "untranslated",
    "heading-level-differs", "headings-swapped", "list-differs", "paragraphs-differ",
    "wrong-language",
}  # fmt: skip

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


def read_cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.md")):
        yield from _cases(path)


def _cases(path: Path) -> Iterator[Case]:
    case: Case | None = None
    fence: str | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if fence is None and line.startswith("## "):
            if case is not None:
                yield case
            case = Case(f"{path.name}:{number} {line[3:]}")
        elif fence is None and line.startswith("```") and case is not None:
            fence = line[3:]
            case.files[fence] = ""
        elif line == "```":
            if fence == "output" and case is not None:
                case.files[fence] += "\n"
            fence = None
        elif fence is not None and case is not None:
            case.files[fence] += line + "\n"
    if case is not None:
        yield case


def all_cases() -> list[Case]:
    cases = list(read_cases())
    for case in cases:
        case.output = case.files.pop("output", "")
    return cases


def told(report: str) -> str:
    """A report without what the parity of languages adds to it."""
    paragraphs = report.split("\n\n")
    kept = [
        each for each in paragraphs
        if not any(f" [{check}]" in each.partition("\n")[0] for check in PARITY)
    ]  # fmt: skip
    return "\n\n".join(kept)


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file with its inode, the time it was written and its bytes."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()
        )
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory, memo: Memo) -> Path:
    """A small site on disk that was published when it had no mistake."""
    root = write_site(tmp_path_factory.mktemp("standing"))
    publish(build_site(make_tree({}), Options(), memo).outputs, root / "public", root)
    return root


@contextmanager
def laid_over(root: Path, files: Mapping[str, str]) -> Iterator[None]:
    """The site with some files changed; as it was afterwards."""
    before = {name: (root / name).read_bytes() if (root / name).exists() else None for name in files}
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


# Twelve kinds of mistakes, planted in the real site: file, text, what it becomes (the place of the
# mistake between «»), check, and the help that must follow.
TIMELINE = "content/timeline/timeline.yaml"
PLANTED = (
    ("content/faq/nl.md", "layout: faq\n---\n", "«layout: faq»\n", "front-matter-unclosed"),
    ("content/mission/nl.md", "slug: missie\n", "«slugg»: missie\n", "unknown-key"),
    ("content/mission/fr.md", "slug: mission\n", "slug: mission\n«slug»: notre-mission\n", "duplicate-key"),
    ("content/safety/nl.md", "layout: page\n", "layout: page\ndraft: «misschien»\n", "wrong-type"),
    ("content/home/nl.md", "(page:mission)", "(«page:misson»)", "broken-link"),
    ("content/home/fr.md", "(page:mission)", "(«page:mission#who-we-arre»)", "broken-anchor"),
    (TIMELINE, "date: 2020-03-13\n", "date: «2020-13-03»\n", "impossible-date"),
    (TIMELINE, "date: 2019-05\n", "date: 2019-05\n", ""),
    ("content/privacy/de.md", "", "«-»--\ntitle: Datenschutz\n---\n", "unknown-language"),
    ("content/safety/fr.md", "slug: lire-en-securite\n", "slug: «vie-privee»\n", "slug-collision"),
    ("templates/page.html", "{% block main %}\n", "{% block main %}\n«{% if %}»\n", "template-syntax"),
    ("i18n/fr/LC_MESSAGES/messages.po", "\nmsgid \"Main menu\"\n", "\n«msgid \"Main menu»\n", "catalog-syntax"),
)
