"""A marker of a merge, wherever it is planted in whatever text: its file says that and nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diptych.cache import Cache
from diptych.diagnostics import Severity
from diptych.files.text import merge_conflict
from diptych.model import File
from diptych.pipeline import Options, read_site
from tests.conftest import make_tree
from tests.strategies import TEXTS
from tests.test_merging import SITE, WHERE, text_of

MEMO = Cache(None)
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
LONE = st.sampled_from(["<<<<<<< ", ">>>>>>> "]).flatmap(
    lambda sign: st.text(st.characters(categories=["L", "N", "P"]), max_size=9).map(sign.__add__)
)
BLOCKS = st.lists(st.sampled_from(["a", "", "=======", "title: b", "## c", "  d", "'"]), max_size=4)


@st.composite
def conflicts(draw: st.DrawFn) -> list[str]:
    """The lines of a conflict as git writes them, with or without what stood there before."""
    base = ["||||||| base", *draw(BLOCKS)] if draw(st.booleans()) else []
    names = draw(st.sampled_from([(" HEAD", " x"), (" Updated upstream", " Stashed"), ("", "")]))
    ours, theirs = draw(BLOCKS), draw(BLOCKS)
    return [f"<<<<<<<{names[0]}", *ours, *base, "=======", *theirs, f">>>>>>>{names[1]}"]


PLANTED = conflicts() | LONE.map(lambda line: [line])


@settings(max_examples=60)
@given(st.sampled_from(WHERE), st.integers(0, 10_000), PLANTED, LINE_ENDS)
def test_at_any_line_of_any_file_it_is_the_one_thing_said_of_it(
    path: str, line: int, planted: list[str], end: str
) -> None:
    lines = text_of(path).split("\n")
    line %= len(lines) + 1
    text = end.join((*lines[:line], *planted, *lines[line:]))
    tree = make_tree({**SITE, path: text.encode()}, minimal=False)
    found = read_site(tree, Options(), MEMO)
    (problem,) = (each for each in found.diagnostics if each.span.path == path)
    assert (problem.check, problem.severity) == ("merge-conflict", Severity.ERROR)
    assert found.sources[path].position(problem.span.start) == (line + 1, 1)
    others = {each.check for each in found.diagnostics if each.severity is Severity.ERROR}
    assert others == {"merge-conflict"}


@given(TEXTS, PLANTED, TEXTS, LINE_ENDS)
def test_around_any_text(before: str, planted: list[str], after: str, end: str) -> None:
    text = "".join((before, "\n", end.join(planted), "\n", after))
    file = File("content/x/nl.md", text.encode("utf-8", "replace"))
    assert merge_conflict(file) is not None


@given(st.lists(st.sampled_from(["=======", "||||||| a", "a", "> b", "    <<<<<<< c", "<<<<<< d"])))
def test_without_its_first_and_last_marker_nothing_is_one(lines: list[str]) -> None:
    assert merge_conflict(File("content/x/nl.md", "\n".join(lines).encode())) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_a_conflict_or_none(data: bytes) -> None:
    for file in (File("assets/x", data), File("assets/x", b"<<<<<<< " + data)):
        found = merge_conflict(file)
        if found is not None:
            (problem,) = found.diagnostics
            assert 0 <= problem.span.start <= problem.span.end <= len(found.value.text) + 1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("merge")


LINES = st.lists(st.sampled_from(["a", "b", "", "# c", "=======", "- d"]), max_size=8)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(base=LINES, ours=LINES, theirs=LINES, style=st.sampled_from(["--diff3", "--zdiff3", "-q"]))
def test_what_git_cannot_join_is_found_and_what_it_joins_is_not(
    base: list[str], ours: list[str], theirs: list[str], style: str, folder: Path
) -> None:
    for name, lines in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    ran = subprocess.run(
        ["git", "merge-file", "-p", style, "ours", "base", "theirs"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert (merge_conflict(File("content/x/nl.md", ran.stdout)) is not None) == (ran.returncode > 0)
