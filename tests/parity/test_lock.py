"""translations.lock: what it looks like, how it is kept whole, and how git merges it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.diagnostics import Source
from diptych.translation import (
    ConfirmedUnit,
    Lock,
    UnitGroup,
    align,
    confirm,
    read_lock,
    write_lock,
)
from diptych.translation.confirmation import match_records
from tests.conftest import ROOT, Ran, write_files, write_site
from tests.parity.makers import page, unit

HEAD = "# diptych translations 1: written by `build.py confirm`, one unit a line"
ONE = "who.paragraph.1 fr:0f1e2d3c4b5a nl:a1b2c3d4e5f6"
TWO = "who.paragraph.2 fr:000000000000 nl:111111111111~"


def lock(*lines: str) -> Source:
    return Source("content/about/translations.lock", "\n".join(lines) + "\n")


def test_a_lock_is_text_one_unit_a_line_sorted_and_set_apart() -> None:
    records = (
        ConfirmedUnit("who.paragraph.2", {"nl": "1" * 12, "fr": "0" * 12}, frozenset({"nl"})),
        ConfirmedUnit("who.paragraph.1", {"nl": "a1b2c3d4e5f6", "fr": "0f1e2d3c4b5a"}),
    )
    text = write_lock(Lock(records))
    assert text == f"{HEAD}\n\n{ONE}\n\n{TWO}\n"
    assert write_lock(Lock(records[::-1])) == text == write_lock(Lock(records * 2))
    read = read_lock(Source("x.lock", text))
    assert read.diagnostics == ()
    assert read.value == Lock(records[::-1])


def test_a_lock_of_nothing_is_its_first_line() -> None:
    assert write_lock(Lock()) == HEAD + "\n"
    assert read_lock(Source("x.lock", HEAD + "\n")).value == Lock()


def test_comments_and_empty_lines_are_passed_over() -> None:
    read = read_lock(lock(HEAD, "# checked by Yumi", "", "", ONE))
    assert [record.label for record in read.value.records] == ["who.paragraph.1"]  # type: ignore[union-attr]


# What can happen to a lock: its lines, the check, and the line on which it is told.
BROKEN = (
    ("a digest cut short", (HEAD, "", ONE[:-1]), "lock-damaged", 3),
    ("a digest that is none", (HEAD, "", ONE.replace("0f1e", "zzzz")), "lock-damaged", 3),
    ("a line without a digest", (HEAD, "", "who.paragraph.1"), "lock-damaged", 3),
    ("words", (HEAD, "", ONE, "", "this is no line"), "lock-damaged", 5),
    ("two lines in one", (HEAD, "", f"{ONE}{TWO}"), "lock-damaged", 3),
    ("no first line", (ONE,), "lock-damaged", 1),
    ("nothing at all", ("",), "lock-damaged", 1),
    ("a newer version", (HEAD.replace(" 1:", " 2:"), "", "in a form of later"), "lock-version", 1),
    ("the rest of a conflict", (HEAD, "", ONE, "=======", TWO), "lock-damaged", 4),
    ("a rest of three parts", (HEAD, "", "||||||| base", ONE), "lock-damaged", 3),
)


@pytest.mark.parametrize(
    ("name", "lines", "check", "line"), BROKEN, ids=lambda value: str(value)[:30]
)
def test_a_lock_that_cannot_be_trusted_is_told_at_its_line_and_stays_as_it_is(
    name: str,
    lines: tuple[str, ...],
    check: str,
    line: int,
    tmp_path: Path,
    run: Callable[..., Ran],
) -> None:
    source = lock(*lines)
    read = read_lock(source)
    assert read.value is None
    (told,) = read.diagnostics
    assert (told.check, source.position(told.span.start)[0]) == (check, line)
    assert told.hint or told.edits

    root = write_site(tmp_path, {source.path: source.text})
    for more in ((), ("nl",), ("--block", "who")):
        refused = run("confirm", "about", *more, root=root)
        assert refused.status == 1
        assert f"{source.path}:{line}:1: error: " in refused.out
        assert f"[{check}]" in refused.out
    assert run("status", root=root).status == 0
    assert run("build", root=root).status == 1
    assert (root / source.path).read_text(encoding="utf-8") == source.text


def test_every_damaged_line_is_told_and_the_texts_are_compared_all_the_same(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = write_site(
        tmp_path,
        {
            "content/about/translations.lock": f"{HEAD}\n\nno\n\n{ONE}\n\nneither\n",
            "content/about/fr.md": "---\ntitle: À propos\n---\n\nTexte de 2015.\n\n## Qui {#who}\n\nNous.\n\nEncore.\n",
        },
    )
    out = run("build", root=root).out
    assert [line.split(":")[1] for line in out.split("\n") if "[lock-damaged]" in line] == [
        "3",
        "7",
    ]
    assert "[facts-differ]" in out
    assert "[missing-unit]" in out
    assert "[outdated-translation]" not in out


def test_a_lock_from_windows_is_read(tmp_path: Path, run: Callable[..., Ran]) -> None:
    root = write_site(tmp_path)
    assert run("confirm", "about", root=root).status == 0
    path = root / "content/about/translations.lock"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "current" in run("status", root=root).out
    assert "lock-" not in run("build", root=root).out


def test_confirming_twice_writes_the_same_bytes(tmp_path: Path, run: Callable[..., Ran]) -> None:
    root = write_site(tmp_path)
    path = root / "content/about/translations.lock"
    assert run("confirm", "about", root=root).status == 0
    written, when = path.read_bytes(), path.stat().st_mtime_ns
    assert run("confirm", "about", root=root).status == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (written, when)
    lines = [line for line in written.decode().split("\n")[1:] if line]
    assert lines == sorted(lines)
    assert written.endswith(b"\n")


def test_a_heading_id_of_any_form_can_be_confirmed() -> None:
    groups = align({"nl": [unit("## Ä", kind="heading", section="ä:b c", fixed="heading ä:b c")]})
    written = write_lock(confirm(groups, [None]))
    assert read_lock(Source("x.lock", written)).value is not None


def groups_of(dutch: list[str], french: list[str]) -> tuple[UnitGroup, ...]:
    return align({"nl": page(*dutch), "fr": page(*french)})


def test_records_follow_their_texts_to_another_section() -> None:
    before = groups_of(["## A {#a}", "Een.", "## B {#b}"], ["## Á {#a}", "Un.", "## B́ {#b}"])
    records = confirm(before, [None] * 3).records
    after = groups_of(["## A {#a}", "## B {#b}", "Een."], ["## Á {#a}", "## B́ {#b}", "Un."])
    assert [record.label for record in match_records(after, records) if record] == [
        "a.heading.1",
        "b.heading.1",
        "a.paragraph.1",
    ]


def test_a_unit_that_changed_everywhere_is_known_by_its_place() -> None:
    records = confirm(groups_of(["Een."], ["Un."]), [None]).records
    found = match_records(groups_of(["Twee."], ["Deux."]), records)
    assert [record.label for record in found if record] == ["-.paragraph.1"]


def test_confirming_one_part_leaves_the_other_lines_as_they_are() -> None:
    before = groups_of(["Een.", "- twee"], ["Un.", "- deux"])
    records = confirm(before, [None, None]).records
    after = groups_of(["Een!", "- twee!"], ["Un!", "- deux!"])
    one = confirm(after, match_records(after, records), None, [0])
    assert [record for record in one.records if record in records] == [records[1]]
    assert len(one.records) == 2


def test_a_language_that_was_not_looked_at_is_not_confirmed() -> None:
    """Nobody confirms a part for a language that has none of it."""
    groups = align({"nl": page("Een."), "fr": page("Un."), "de": []})
    assert confirm(groups, [None], "de") == Lock()


# Merges by git itself.

BEGIN = "---\ntitle: Pagina\n---\n\n"


def paragraphs(language: str, *numbers: int | str) -> str:
    return (
        BEGIN.replace("Pagina", language)
        + "\n\n".join(
            f"Tekst {number} in het {language}, met de nodige woorden." for number in numbers
        )
        + "\n"
    )


def files(nl: tuple[int | str, ...], fr: tuple[int | str, ...]) -> dict[str, str]:
    return {
        "content/about/nl.md": paragraphs("Nederlands", *nl),
        "content/about/fr.md": paragraphs("Français", *fr),
    }


class Repository:
    """A site under git, on which two people work."""

    def __init__(self, root: Path, run: Callable[..., Ran]) -> None:
        self.root = root
        self._run = run

    def git(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["git", "-C", self.root, "-c", "user.name=A", "-c", "user.email=a@example.org", *words],
            capture_output=True,
            check=False,
        )

    def work(self, branch: str, nl: tuple[int | str, ...], fr: tuple[int | str, ...]) -> None:
        """A branch off `main` in which the texts changed and were confirmed."""
        self.git("checkout", "-q", "main")
        self.git("checkout", "-q", "-b", branch)
        write_files(self.root, files(nl, fr))
        assert self._run("confirm", "about", root=self.root).status == 0
        self.commit()

    def commit(self) -> None:
        self.git("add", "-A")
        assert self.git("commit", "-q", "-m", "x").returncode == 0

    def about_is_current(self) -> bool:
        shown = self._run("status", root=self.root).out
        return re.search(r"^about +current +current$", shown, re.MULTILINE) is not None


@pytest.fixture
def repository(tmp_path: Path, run: Callable[..., Ran]) -> Repository:
    """One page of six paragraphs, confirmed."""
    write_site(
        tmp_path,
        {
            "content/home/nl.md": None,
            "content/home/fr.md": None,
            **files((1, 2, 3, 4, 5, 6), (1, 2, 3, 4, 5, 6)),
        },
    )
    made = Repository(tmp_path, run)
    made.git("init", "-q", "-b", "main")
    run("confirm", "about", root=tmp_path)
    made.commit()
    return made


def test_different_units_confirmed_on_two_branches_merge_without_help(
    repository: Repository,
) -> None:
    repository.work("one", (1, "een", 3, 4, 5, 6), (1, "un", 3, 4, 5, 6))
    repository.work("two", (1, 2, 3, 4, "vijf", 6), (1, 2, 3, 4, "cinq", 6))
    assert repository.git("merge", "-q", "one").returncode == 0
    assert repository.about_is_current()


def test_neighbours_confirmed_on_two_branches_merge_without_help(repository: Repository) -> None:
    """Of the lock; the texts themselves lie close together, but in different files."""
    repository.work("one", (1, 2, "drie", 4, 5, 6), (1, 2, 3, 4, 5, 6))
    repository.work("two", (1, 2, 3, 4, 5, 6), (1, 2, 3, "quatre", 5, 6))
    assert repository.git("merge", "-q", "one").returncode == 0
    assert repository.about_is_current()


def test_records_added_side_by_side_merge_by_the_attributes_of_this_repository(
    repository: Repository,
) -> None:
    write_files(repository.root, {".gitattributes": (ROOT / ".gitattributes").read_bytes()})
    repository.commit()
    repository.work("one", ("nul", 1, 2, 3, 4, 5, 6), ("zéro", 1, 2, 3, 4, 5, 6))
    repository.work("two", (1, 2, 3, 4, 5, 6, "acht"), (1, 2, 3, 4, 5, 6, "huit"))
    assert repository.git("merge", "-q", "one").returncode == 0
    assert repository.about_is_current()
    text = (repository.root / "content/about/translations.lock").read_text(encoding="utf-8")
    assert text.count(".paragraph.") == 8


def test_without_those_attributes_the_conflict_is_told_and_mended_by_keeping_every_line(
    repository: Repository, run: Callable[..., Ran]
) -> None:
    repository.work("one", ("nul", 1, 2, 3, 4, 5, 6), ("zéro", 1, 2, 3, 4, 5, 6))
    repository.work("two", (1, 2, 3, 4, 5, 6, "acht"), (1, 2, 3, 4, 5, 6, "huit"))
    path = repository.root / "content/about/translations.lock"
    if repository.git("merge", "-q", "one").returncode == 0:
        pytest.skip("this git merged it by itself")
    told = run("build", root=repository.root)
    assert told.status == 1
    assert "[merge-conflict]" in told.out
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if line[:7] not in ("<<<<<<<", "=======", ">>>>>>>")]
    path.write_text("\n".join(kept), encoding="utf-8")
    assert repository.about_is_current()
