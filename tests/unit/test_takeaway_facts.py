"""The chapters of a take-away file are read once, and not with each file that they are in."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

from diptych.cache import Cache
from diptych.html import LightPage, PageFacts, ends_with_tag, read_page, read_piece, read_without
from diptych.model import File, Tree
from diptych.pipeline import Build, Options, build_site, chapters, making, pages
from diptych.values import as_plain, replace


def counted(monkeypatch: pytest.MonkeyPatch, place: Any, name: str) -> list[tuple[Any, Any]]:
    """The arguments and results of the calls of a function, by the name by which a module knows it."""
    calls: list[tuple[Any, Any]] = []
    function: Callable[..., Any] = getattr(place, name)

    @functools.wraps(function)
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
    made = counted(monkeypatch, making.PageMaker, "make_page")
    assert not build(whole_tree, Cache(None)).failed
    files = [outcome.value for _, outcome in made if outcome.value.chapters]
    assert len(files) == 2
    for file in files:
        assert len(file.ids) > 50
        assert sorted_facts(file.facts) == sorted_facts(read_page(file.output.data))
        found = file.chapters.get().chapters
        texts = [file.output.data[each.start : each.end].decode() for each in found]
        assert [read_piece(text) for text in texts] == [each.facts for each in found]


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


MISSION, HOME = "content/mission/nl.md", "content/home/nl.md"
CHANGED = {  # path -> what is added to it
    "a paragraph": {MISSION: "\n\nNieuw – één.\n"},
    "a heading with a link and a note": {
        MISSION: "\n\n## Nieuw {#new}\n\n[Hier](page:home)[^a]\n\n[^a]: Een noot.\n"
    },
    "two pages": {MISSION: "\n\nNieuw.\n", HOME: "\n\nOok nieuw.\n"},
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED.keys())
def test_a_file_with_a_new_chapter_is_as_one_that_is_made_anew(
    whole_tree: Tree, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    cache, after = Cache(None), whole_tree
    build(whole_tree, cache)
    for path, text in change.items():
        after = edited(after, path, text.encode())
    mended = counted(monkeypatch, pages, "mend_page")
    made = counted(monkeypatch, making.PageMaker, "make_page")
    build(after, cache)
    assert "nl/hele-site.htm" not in {outcome.value.output.path for _, outcome in made}
    made.clear()
    build(after, Cache(None))
    files = {outcome.value.output.path: outcome for _, outcome in made}
    found = [outcome for _, outcome in mended if outcome is not None and outcome.value.chapters]
    assert [outcome.value.output.path for outcome in found] == ["nl/hele-site.htm"]
    assert found == [files["nl/hele-site.htm"]]


@pytest.mark.parametrize("text", ["\n\n\u05e9\u05dc\u05d5\u05dd\n", "\n\n<b>Vet\n"])
def test_a_file_whose_new_chapter_concerns_the_whole_is_made_anew(
    whole_tree: Tree, text: str
) -> None:
    """Its text is written from right to left, or it has a tag without an end."""
    cache, after = Cache(None), edited(whole_tree, MISSION, text.encode())
    build(whole_tree, cache)
    assert build(after, cache) == build(after, Cache(None))


def test_a_file_whose_list_changes_is_made_anew(
    whole_tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(None)
    build(whole_tree, cache)
    files = (
        File(each.path, each.data.replace(b"title: ", b"title: Ook ", 1))
        if each.path == MISSION
        else each
        for each in whole_tree.files
    )
    after = replace(whole_tree, files=tuple(files))
    made = counted(monkeypatch, making.PageMaker, "make_page")
    outputs = build(after, cache).outputs
    assert "nl/hele-site.htm" in {outcome.value.output.path for _, outcome in made}
    assert outputs == build(after, Cache(None)).outputs


def test_a_file_of_a_template_of_the_site_is_read_whole(
    whole_tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = File("templates/takeaway.html", b'{% extends "theme/takeaway.html" %}')
    without = counted(monkeypatch, making, "read_without")
    tree, cache = replace(whole_tree, files=(*whole_tree.files, own)), Cache(None)
    build(tree, cache)
    assert not without
    mended = counted(monkeypatch, pages, "mend_page")
    build(edited(tree, MISSION, b"\n\nNieuw.\n"), cache)
    assert {outcome for _, outcome in mended} == {None}


@pytest.mark.parametrize(
    "chapter",
    ["<p title='", "</div>", "<!-- x -->", "<style>a{}</style>", "<iframe></iframe>", "<div>"],
)
def test_what_a_chapter_holds_that_cannot_be_read_alone(chapter: str) -> None:
    assert read_piece(chapter) is None


def test_a_chapter_that_cannot_be_read_alone_is_read_with_its_file(
    whole_tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chapters, "read_piece", lambda _: None)
    made = counted(monkeypatch, making.PageMaker, "make_page")
    build(whole_tree, Cache(None))
    files = [each.value for _, each in made if each.value.output.path.endswith(".htm")]
    assert [each.chapters for each in files] == [None, None]
    assert [each.facts for each in files] == [read_page(each.output.data) for each in files]


@pytest.mark.parametrize(
    ("before", "is_read"), [("<main>", True), ("<main> ", True), ("<title>", False), ("a", False)]
)
def test_a_chapter_stands_behind_a_tag(before: str, is_read: bool) -> None:
    text = f"<!DOCTYPE html><html lang='nl'><body>{before}<p>b</p></main></body></html>"
    start = text.index("<p>")
    found = read_without(LightPage(text, {}), [(start, start + len("<p>b</p>"))])
    assert ends_with_tag(f"<html>{before}") is is_read
    assert (found is not None) is is_read


def test_a_chapter_that_a_file_does_not_show_is_not_found() -> None:
    texts = [chapters.ChapterText(each, None) for each in ("<p>a</p>", "<p>b</p>")]
    assert chapters.places_of("x<p>a</p><p>b</p>", texts) == [(1, 9), (9, 17)]
    assert chapters.places_of("x<p>b</p><p>a</p>", texts) == []
