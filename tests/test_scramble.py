"""The tool that changes all content: what it writes is another site, and one that can be published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from scramble import OWN_TESTS, backwards, page, records, replace_site, scramble

from diptych.cache import Cache
from diptych.diagnostics import Severity
from diptych.disk import read_tree
from diptych.model import Tree
from diptych.pipeline import Build, Options, build_site
from tests.conftest import ROOT, Ran, write_files

CASES: tuple[tuple[Callable[[str], str], str, str], ...] = (
    (backwards, "Wij spreken, zelf.", "jiW nekerps, flez."),
    (backwards, "Lees [onze missie](page:mission#a).", "seeL [ezno eissim](page:mission#a)."),
    (backwards, "## Wie zijn wij? {#who}", "## eiW njiz jiw? {#who}"),
    (backwards, "Mail info@site.example of `code`.", "liaM info@site.example fo `code`."),
    (
        page,
        "---\ntitle: Over\nslug: over\n---\n\nTekst.\n",
        "---\ntitle: revO\nslug: over\n---\n\ntskeT.\n",
    ),
    (
        records,
        '- id: vote\n  title: {nl: "De stem", fr: "La voix"}',
        '- id: vote\n  title: {nl: "eD mets", fr: "aL xiov"}',
    ),
    (
        records,
        "  text:\n    nl: |\n      De wet is er.\n  topics: [law]",
        "  text:\n    nl: |\n      eD tew si re.\n  topics: [law]",
    ),
    (
        records,
        "    - {outlet: Le Matin, date: 2021-06-22}",
        "    - {outlet: eL nitaM, date: 2021-06-22}",
    ),
    (records, "# De wet\n- id: a # of de wet", "# De wet\n- id: a # of de wet"),
)


@pytest.mark.parametrize(("change", "text", "other"), CASES)
def test_words_are_written_backwards_and_nothing_else(
    change: Callable[[str], str], text: str, other: str
) -> None:
    assert change(text) == other


@pytest.fixture(scope="module")
def scrambled(whole_tree: Tree, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example site, all of its content changed."""
    folder = tmp_path_factory.mktemp("scrambled")
    write_files(folder, {file.path: file.data for file in whole_tree.files})
    scramble(folder / "content")
    return folder


def test_it_can_be_published(scrambled: Path, whole_build: Build, cache: Cache) -> None:
    build = build_site(read_tree(scrambled).value, Options(), cache)
    assert [e for e in build.diagnostics if e.severity is Severity.ERROR] == []
    before, after = whole_build.site, build.site
    assert before is not None
    assert after is not None
    keys = {each.key for each in before.pages}
    others = {each.key for each in after.pages}
    assert (len(keys - others), len(others - keys)) == (2, 2)
    (old,), (new,) = before.timelines, after.timelines
    ids = {event.id for event in old.events}
    assert 10 < len(ids - {event.id for event in new.events}) < len(ids)
    assert "entirely-new" in {event.id for event in new.events}


def test_no_sentence_stays(scrambled: Path, whole_tree: Tree) -> None:
    """Every line of text with words enough to be one is another."""
    stayed = []
    for file in whole_tree.files:
        path = scrambled / file.path
        if file.path.endswith((".md", "timeline.yaml")) and path.exists():
            now = set(path.read_text(encoding="utf-8").splitlines())
            lines = file.data.decode().splitlines()
            stayed += [
                line
                for line in lines
                if len(line.split()) > 5 and not line.startswith("#") and line in now
            ]
    assert stayed == []


def test_the_copy_of_another_organisation_is_clean(run: Callable[..., Ran], tmp_path: Path) -> None:
    """Three languages that are all whole, types of its own with a list, a group and references."""
    write_files(tmp_path, dict.fromkeys(("content/site.yaml", "i18n/x.po", *OWN_TESTS), ""))
    replace_site(tmp_path, ROOT / "tests/sites/centre")
    assert not (tmp_path / "i18n/x.po").exists()
    assert not any((tmp_path / name).exists() for name in OWN_TESTS)
    assert run("build", root=tmp_path).status == 0
    assert run("check", "--strict", "--advice", root=tmp_path) == Ran(0, "", "")
    people = (tmp_path / "public/de/wer-hier-arbeitet/index.html").read_text(encoding="utf-8")
    assert "In der Mühle als Leitung" in people
    assert "Musikschule in Lüttich" in people
