"""The chapters of a take-away file are read once, and not with each file that they are in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from diptych.cache import Cache
from diptych.html import LightPage, PageFacts, read_joined, read_page, read_piece
from diptych.model import File, Tree
from diptych.pipeline import Build, Options, build_site, chapters, making
from diptych.values import as_plain, replace


def counted(monkeypatch: pytest.MonkeyPatch, place: Any, name: str) -> list[tuple[Any, Any]]:
    """The arguments and results of the calls of a function, by the name by which a module knows it."""
    calls: list[tuple[Any, Any]] = []
    function: Callable[..., Any] = getattr(place, name)

    def counting(*given: Any) -> Any:
        result = function(*given)
        calls.append((given, result))
        return result

    monkeypatch.setattr(place, name, counting)
    return calls


def build(tree: Tree, cache: Cache) -> Build:
    return build_site(tree, Options(index=False), cache)


def edited(tree: Tree, path: str, text: bytes) -> Tree:
    files = (
        File(each.path, each.data + text) if each.path == path else each for each in tree.files
    )
    return replace(tree, files=tuple(files))


def sorted_facts(facts: PageFacts) -> object:
    plain = as_plain(facts)
    return {
        name: sorted(value) if isinstance(value, list) else value for name, value in plain.items()
    }


def test_a_file_holds_what_its_chapters_and_its_frame_hold(
    whole_tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined = counted(monkeypatch, making, "read_joined")
    assert not build(whole_tree, Cache(None)).failed
    assert len(joined) == 2
    for (page, *_), facts in joined:
        assert facts is not None
        assert len(facts.ids) > 50
        assert sorted_facts(facts) == sorted_facts(read_page(page.whole()))


def test_an_edit_of_a_page_reads_one_chapter_and_no_file(
    whole_tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(None)
    build(whole_tree, cache)
    read = counted(monkeypatch, chapters, "read_piece")
    whole = counted(monkeypatch, making, "read_page")
    path = "content/mission/nl.md"
    after = build(edited(whole_tree, path, b"\n\nNieuw.\n"), cache)
    assert len(read) == 1
    assert not whole
    file = next(each for each in after.outputs if each.path == "nl/hele-site.htm")
    assert b"<p>Nieuw.</p>" in file.data


def test_a_file_of_a_template_of_the_site_is_read_whole(
    whole_tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = File("templates/takeaway.html", b'{% extends "theme/takeaway.html" %}')
    joined = counted(monkeypatch, making, "read_joined")
    build(replace(whole_tree, files=(*whole_tree.files, own)), Cache(None))
    assert not joined


@pytest.mark.parametrize(
    "chapter",
    ["<p title='", "</div>", "<!-- x -->", "<style>a{}</style>", "<iframe></iframe>", "<div>"],
)
def test_a_chapter_that_cannot_be_read_alone_is_read_with_its_file(chapter: str) -> None:
    text = f"<!DOCTYPE html><html lang='nl'><body><main>{chapter}</main></body></html>"
    start = text.index(chapter)
    assert read_piece(chapter) is None
    assert joined_of(text, [(start, start + len(chapter))], [read_piece(chapter)]) is None


def joined_of(
    text: str, places: Sequence[tuple[int, int]], read: Sequence[PageFacts | None]
) -> PageFacts | None:
    return read_joined(LightPage(text, {}), places, read)


def test_a_chapter_that_a_file_does_not_show_is_not_found() -> None:
    texts = [chapters.ChapterText(each, None) for each in ("<p>a</p>", "<p>b</p>")]
    assert chapters.places_of("x<p>a</p><p>b</p>", texts) == [(1, 9), (9, 17)]
    assert chapters.places_of("x<p>b</p><p>a</p>", texts) == []
