"""Work is counted: which pages are drawn in the next run, after each kind of edit."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.diagnostics import Outcome
from diptych.pipeline import Options, build_site
from diptych.pipeline.pages import Drawing, MadePage, Pages
from tests.conftest import LOOK, make_tree

Run = Callable[..., list[str]]

ABOUT = "content/about/nl.md"
TEXT = "---\ntitle: Over ons\n---\n\nEen tekst.\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run of the program on a small site with these files: the pages that it draws.

    What it makes is compared with what a run without any cache makes.
    """
    make = Pages.make_page
    drawn: list[str] = []

    @functools.wraps(make)
    def counted(pages: Pages, given: Drawing) -> Outcome[MadePage]:
        drawn.append(given.output)
        return make(pages, given)

    def run(**options: object) -> list[str]:
        files = {ABOUT: TEXT, **options.pop("files", {})}  # type: ignore[dict-item]
        tree, wanted = make_tree(files), Options(**options)  # type: ignore[arg-type]
        clean = build_site(tree, wanted, Cache(None))
        cache = Cache(tmp_path / "cache")
        drawn.clear()
        with monkeypatch.context() as patch:
            patch.setattr(Pages, "make_page", counted)
            built = build_site(tree, wanted, cache)
        cache.save()
        assert (built.outputs, built.diagnostics) == (clean.outputs, clean.diagnostics)
        return sorted(drawn)

    return run


def text_of(name: str) -> str:
    """A text of the look of this repository."""
    data = LOOK[name]
    return data.decode() if isinstance(data, bytes) else data


def test_nothing_changed(run: Run) -> None:
    assert len(run()) > 5
    assert run() == []


def test_a_text_changed(run: Run) -> None:
    run()
    assert run(files={ABOUT: TEXT.replace("Een tekst", "Een andere tekst")}) == [
        "nl/hele-site.htm",
        "nl/over-ons/index.html",
    ]


def test_a_title_changed(run: Run) -> None:
    """Other pages show it in their menus, those in Dutch alone, or where they name the page."""
    every = run()
    changed = run(files={ABOUT: TEXT.replace("Over ons", "Wie we zijn")})
    assert "nl/wie-we-zijn/index.html" in changed
    assert {"nl/index.html", "nl/404.html"} & {*changed} or len(changed) < len(every)
    assert run(files={ABOUT: TEXT.replace("Over ons", "Wie we zijn")}) == []


@pytest.mark.parametrize("name", ["templates/base.html", "assets/site.css"])
def test_a_template_or_an_asset_changed(run: Run, name: str) -> None:
    every = run()
    assert run(files={name: text_of(name) + "\n"}) == every


def test_another_address(run: Run) -> None:
    every = run()
    assert run(base_url="https://example.net/below") == every
    assert run(base_url="https://example.net/below") == []


def test_a_page_that_is_wrong_is_reported_again(run: Run) -> None:
    broken = {"templates/base.html": text_of("templates/base.html") + "{{ view.nothing }}"}
    run(files=broken)
    assert run(files=broken) == []  # and the same diagnostics, as `run` compares
