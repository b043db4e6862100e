"""`why`, `--timings` and what is said of a run that takes long."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.cli.stopwatch import STAGES, Stopwatch
from diptych.cli.terminal import Terminal
from diptych.cli.why import _NAMES, _STAGES
from diptych.i18n import translator
from diptych.importing import STEPS
from tests.conftest import Ran, write_site
from tests.unit.test_cached_values import CACHED

Run = Callable[..., Ran]
ABOUT = "---\ntitle: Over ons\n---\n\nEen {} tekst.\n"


@pytest.fixture
def root(tmp_path: Path, run: Run) -> Path:
    """A site that was built twice, with another text the second time."""
    root = tmp_path / "site"
    for word in ("korte", "lange"):
        write_site(root, {"content/about/nl.md": ABOUT.format(word)})
        run("build", root=root, own_cache=True)
    return root


@pytest.mark.parametrize(
    "path",
    ["public/nl/over-ons/index.html", "nl/over-ons/index.html", "nl/over-ons/", "/nl/over-ons"],
)
def test_from_what_a_page_was_made_and_why_again(path: str, root: Path, run: Run) -> None:
    said = run("why", path, root=root, own_cache=True)
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "nl/over-ons/index.html was made from:"
    assert lines[1] == "  content/about/nl.md"
    assert "  the templates" in lines
    assert lines[-2:] == ["it was made again since these had changed:", "  content/about/nl.md"]


def test_every_input_is_a_file_or_has_its_words(root: Path) -> None:
    cache = Cache(root / ".cache")
    outputs = [path.relative_to(root / "public").as_posix() for path in root.glob("public/**/*.*")]
    slots = [(stage, slot) for stage in _STAGES for slot in outputs]
    made = [inputs for place in slots if (inputs := cache.made_of(*place))]
    names = {name.rpartition(": ")[2] for inputs, _ in made for name in inputs}
    assert len(names) > 8
    assert {each for each in names if "/" not in each} <= _NAMES.keys()


def test_what_was_not_made_again_says_so_by_saying_nothing(root: Path, run: Run) -> None:
    said = run("why", "fr/a-propos/", root=root, own_cache=True)
    assert "  content/about/fr.md" in said.out
    assert "changed" not in said.out


def test_the_choice_at_the_root_names_the_home_pages(root: Path, run: Run) -> None:
    said = run("why", "index.html", root=root, own_cache=True)
    assert "  nl/: content/home/nl.md" in said.out
    assert "  fr/: content/home/fr.md" in said.out


def test_what_no_stage_keeps_is_made_in_every_build(root: Path, run: Run) -> None:
    said = run("why", "sitemap.xml", root=root, own_cache=True)
    assert (said.status, said.out) == (0, "")
    assert said.err.startswith("sitemap.xml is made in every build")


def test_what_is_not_published_has_a_neighbour(root: Path, run: Run) -> None:
    said = run("why", "nl/over-onz/", root=root, own_cache=True)
    assert said.status == 2
    assert said.err.endswith("did you mean `nl/over-ons/index.html`?\n")


def test_where_the_time_went(root: Path, run: Run) -> None:
    said = run("build", "--clean", "--timings", root=root, own_cache=True)
    rows = [line for line in said.err.splitlines() if " s  " in line]
    assert any("pages read: 4" in each for each in rows)
    assert rows[-1].endswith("together")
    *_, published = said.err.removesuffix("\n".join(rows) + "\n").splitlines()
    assert published.endswith(f"files published in {root / 'public'}")  # the table comes after it
    spent = [float(each.split()[0]) for each in rows]
    assert spent[-1] == pytest.approx(sum(spent[:-1]), abs=0.02)
    assert spent[:-2] == sorted(spent[:-2], reverse=True)


def test_timings_are_of_a_run_and_never_of_a_glance(root: Path, run: Run) -> None:
    for _ in range(2):
        assert "together" in run("build", "--timings", root=root, own_cache=True).err


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("page", ["Tekst.", "[x](page:nowhere)"])
def test_timings_are_the_last_that_is_said(command: str, page: str, root: Path, run: Run) -> None:
    write_site(root, {"content/about/nl.md": ABOUT.format(page)})
    said = run(command, "--timings", root=root, own_cache=True)
    assert said.status == (1 if "nowhere" in page else 0)
    assert said.err.splitlines()[-1].endswith("together")
    assert said.err.count("together") == 1


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_run_with_timings_leaves_the_record_of_a_run_without(
    command: str, root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(root, {"content/about/nl.md": ABOUT.format("nieuwe")})
    said = run(command, "--timings", root=root, own_cache=True)
    with monkeypatch.context() as patched:
        patched.setattr(
            sys.modules["diptych.cli.main"], "_run", lambda *_: pytest.fail("it ran again")
        )
        again = run(command, root=root, own_cache=True)
    assert again.status == said.status == 0
    assert "together" not in again.err
    assert "together" in run(command, "--timings", root=root, own_cache=True).err


def test_every_stage_has_its_words() -> None:
    assert {each.__name__ for each in CACHED} | {*STEPS} == STAGES.keys()


def watched(terminal: bool, ci: str, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Two stages, each of which works twice, in so many seconds each time."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    monkeypatch.setenv("CI", ci)
    now = [0.0]
    watch = Stopwatch(Terminal(translator("en")), lambda: now[0])
    for stage in ("parse_page", "parse_page", "make_page", "make_page"):
        watch.begun(stage)
        now[0] += seconds
        watch.ended(stage)
    watch.finish()


def test_a_line_on_a_terminal_says_what_goes_on_and_goes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    watched(True, "", monkeypatch, 0.7)
    shown = capsys.readouterr().err.split("\r\x1b[K")
    assert shown == ["", "pages read: 2", "pages made: 1", "pages made: 2", ""]


def test_a_build_server_gets_a_line_a_stage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    watched(False, "true", monkeypatch, 0.7)
    assert capsys.readouterr().err == "pages read: 2\npages made: 2\n"


def test_a_line_on_a_terminal_says_how_much_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the store holds counts as done: of ten pages two were there already."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    now = [0.0]
    watch = Stopwatch(Terminal(translator("en")), lambda: now[0])
    watch.expected("make_page", 10)
    for made in (False, False, *[True] * 8):
        watch.asked("make_page", 1)
        if made:
            watch.begun("make_page")
            now[0] += 3
            watch.ended("make_page")
    shown = capsys.readouterr().err.split("\r\x1b[K")
    assert shown[1] == "pages made: 3 of 10, 7 s left"
    assert shown[-2:] == ["pages made: 9 of 10, 2 s left", "pages made: 10 of 10"]


def test_a_stage_that_others_interrupt_has_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stage is counted in one line, also if another stage runs in between."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    monkeypatch.setenv("CI", "true")
    now = [0.0]
    watch = Stopwatch(Terminal(translator("en")), lambda: now[0])
    watch.expected("make_page", 3)
    watch.expected("make_chapter", 2)
    for stage in ("make_page", "make_chapter", "make_page", "make_chapter", "make_page"):
        watch.asked(stage, 1)
        watch.begun(stage)
        now[0] += 2
        watch.ended(stage)
    watch.finish()
    assert capsys.readouterr().err == "chapters of the whole site made: 2\npages made: 3\n"


@pytest.mark.parametrize(
    ("terminal", "ci", "seconds"), [(True, "", 0.1), (False, "true", 0.1), (False, "", 9)]
)
def test_nothing_is_said_of_what_is_quick_or_to_nobody(
    terminal: bool,
    ci: str,
    seconds: float,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    watched(terminal, ci, monkeypatch, seconds)
    assert capsys.readouterr().err == ""
