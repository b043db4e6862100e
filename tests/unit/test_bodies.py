"""The bytes of finished files are read when somebody asks for them, and are never missing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from diptych import bodies as bodies_module
from diptych.bodies import Body
from diptych.cache import Cache, groups, store
from diptych.cache import cache as cache_module
from diptych.disk import publish, read_tree
from diptych.model import Output, Tree
from diptych.pipeline import Build, Options, build_site
from diptych.preview import Preview
from diptych.preview.server import side_page
from diptych.preview.shown import find, not_found
from diptych.values import unpacked
from tests.conftest import SITE_YAML, make_tree, write_files, write_site
from tests.strategies import named

SMALL = b"x" * 500


class Draws:
    """A stage whose result has two bodies; counts how often it works."""

    __name__ = "draws"

    def __init__(self) -> None:
        self.worked: list[str] = []

    def __call__(self, text: str) -> tuple[Output, ...]:
        self.worked.append(text)
        return tuple(
            Output(f"{text}{number}.txt", Body(f"{number} {text} ".encode() * 1000), "content")
            for number in range(2)
        )


@pytest.fixture
def draws() -> Draws:
    return Draws()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """A list that gets an entry (the stage and the digest) each time bytes are read from a store."""
    found: list[tuple[str, str]] = []
    whole = Cache._bytes_of

    def noted(self: Cache, place: tuple[str, str], digest: str) -> bytes:
        found.append((place[0], digest))
        return whole(self, place, digest)

    monkeypatch.setattr(Cache, "_bytes_of", noted)
    return found


def store_of(folder: Path) -> Path:
    return folder / "results.sqlite"


def drawn(folder: Path | None, draws: Draws, *texts: str) -> tuple[Cache, tuple[Output, ...]]:
    cache = Cache(folder)
    made = [each for text in texts for each in cache.call(draws, text, text)]
    return cache, tuple(made)


def bytes_of(outputs: tuple[Output, ...]) -> dict[str, bytes]:
    return {each.path: each.data for each in outputs}


def expected(*texts: str) -> dict[str, bytes]:
    return bytes_of(tuple(each for text in texts for each in Draws()(text)))


def test_equal_bytes_are_equal_bodies() -> None:
    assert Body(b"a") == Body(b"a") != Body(b"b")
    assert {Body(b"a"), Body(b"a")} == {Body(b"a")}
    assert (Body(b"abc").size, Body(b"abc").read()) == (3, b"abc")
    assert Body(b"a") != b"a"


def test_a_result_is_found_without_its_bytes(
    tmp_path: Path, draws: Draws, reads: list[tuple[str, str]]
) -> None:
    cache, _ = drawn(tmp_path, draws, "a", "b")
    cache.save()
    _, found = drawn(tmp_path, draws, "a", "b")
    assert [each.body.in_memory for each in found] == [False] * 4
    assert [each.body.size for each in found] == [4000] * 4
    assert reads == []
    assert found[0].data == expected("a")["a0.txt"]
    assert reads == [("draws", found[0].body.digest)]
    assert not found[0].body.in_memory  # each time it is read anew
    assert draws.worked == ["a", "b"]


def test_what_was_made_leaves_memory_in_batches(
    tmp_path: Path, draws: Draws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_BATCH", 20_000)
    texts = [f"text {number}" for number in range(20)]
    cache = Cache(tmp_path)
    made: list[Output] = []
    for text in texts:
        made += cache.call(draws, text, text)
        held = sum(each.body.size for each in made if each.body.in_memory)
        assert held <= 20_000
    assert bytes_of(tuple(made)) == expected(*texts)
    cache.save()
    assert not any(each.body.in_memory for each in made)
    assert bytes_of(tuple(made)) == expected(*texts)
    assert draws.worked == texts


def test_a_run_that_is_killed_has_stored_what_it_wrote_early(
    tmp_path: Path, draws: Draws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_BATCH", 100)
    drawn(tmp_path, draws, "a", "b")  # and no `save`
    _, found = drawn(tmp_path, draws, "a", "b")
    assert bytes_of(found) == expected("a", "b")
    assert draws.worked == ["a", "b"]


def test_a_slot_holds_the_bytes_of_its_last_result_alone(tmp_path: Path, draws: Draws) -> None:
    for text in ("a", "b"):
        cache = Cache(tmp_path)
        cache.call(draws, "slot", text)
        cache.save()
    connection = sqlite3.connect(store_of(tmp_path))
    rows = connection.execute("SELECT value FROM bodies")
    stored = {b"".join(unpacked(each, list[bytes])) for (each,) in rows}
    connection.close()
    assert stored == set(expected("b").values())
    assert b"0 a " not in store_of(tmp_path).read_bytes()


def test_what_no_run_asks_for_loses_its_bytes_too(tmp_path: Path, draws: Draws) -> None:
    for texts in (("a", "b"), ("b",)):
        cache, _ = drawn(tmp_path, draws, *texts)
        cache.save()
    assert b"0 a " not in store_of(tmp_path).read_bytes()


def test_a_result_found_by_another_glance_keeps_its_bytes(tmp_path: Path, draws: Draws) -> None:
    """Its record is written again, its bytes are not read for that."""
    for glance in (1, 2, 3):
        cache = Cache(tmp_path)
        found = cache.gather(draws, "slot", {"glance": glance}, lambda: "a")
        cache.save()
        assert bytes_of(found) == expected("a")
    assert draws.worked == ["a"]


@pytest.mark.parametrize("place", ["no folder", "a file in the way", "a full disk"])
def test_without_a_store_they_stay_in_memory(
    place: str, tmp_path: Path, draws: Draws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_BATCH", 100)
    folder: Path | None = tmp_path / "cache"
    tried: list[object] = []
    if place == "no folder":
        folder = None
    elif place == "a file in the way":
        (tmp_path / "cache").write_text("")
    else:

        def full(*given: object) -> bool:
            tried.append(given)
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

        monkeypatch.setattr(store, "_write", full)
    cache, made = drawn(folder, draws, "a", "b", "c")
    cache.save()
    assert all(each.body.in_memory for each in made)
    assert bytes_of(made) == expected("a", "b", "c")
    assert draws.worked == ["a", "b", "c"]
    assert len(tried) <= 2  # early, and by `save`


def deleted(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def bits_turned(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in range(100, len(data), 400):
        data[place] ^= 0x15
    path.write_bytes(data)


def other_bytes(path: Path) -> None:
    store = sqlite3.connect(path)
    store.execute("UPDATE bodies SET value = 'text, and not bytes'")
    store.commit()
    store.close()


def replaced(path: Path) -> None:
    """As by another build, of another state of the sources."""
    cache = Cache(path.parent)
    for slot in ("a", "b"):
        cache.call(Draws(), slot, "other")
    cache.save()


def folder_gone(path: Path) -> None:
    shutil.rmtree(path.parent)


LOSSES: list[tuple[str, Callable[[Path], None]]] = [
    (each.__name__, each)
    for each in (deleted, emptied, zeros, bits_turned, other_bytes, replaced, folder_gone)
]


@pytest.mark.parametrize("loss", named(LOSSES))
@pytest.mark.parametrize("fresh", [True, False], ids=["just made", "found"])
def test_bytes_that_the_store_lost_are_made_again(
    loss: Callable[[Path], None], fresh: bool, tmp_path: Path, draws: Draws
) -> None:
    folder = tmp_path / "cache"
    cache, made = drawn(folder, draws, "a", "b")
    cache.save()
    if not fresh:
        cache, made = drawn(folder, draws, "a", "b")
    loss(store_of(folder))
    assert bytes_of(made) == expected("a", "b")
    cache.save()
    _, again = drawn(folder, draws, "a", "b")
    assert bytes_of(again) == expected("a", "b")


def test_bytes_are_made_again_while_another_build_writes(tmp_path: Path, draws: Draws) -> None:
    cache, made = drawn(tmp_path, draws, "a")
    cache.save()
    other = sqlite3.connect(store_of(tmp_path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert bytes_of(made) == expected("a")
    other.execute("COMMIT")
    other.close()


# A whole site.


def page(title: str, text: str) -> str:
    return f"---\ntitle: {title}\n---\n\n{text}\n"


def tree(first: str = "Een tekst.") -> Tree:
    files = {
        f"content/p{number}/{language}.md": page(f"Titel {number}", f"Tekst {number}.")
        for number in range(6)
        for language in ("nl", "fr")
    }
    return make_tree({**files, "content/p0/nl.md": page("Titel 0", first)})


class Runs:
    """Runs of the program on one folder: each builds the site and publishes it."""

    def __init__(self, folder: Path) -> None:
        self.public = folder / "public"
        self.store = folder / "cache"

    def build(self, tree: Tree) -> Build:
        cache = Cache(self.store)
        build = build_site(tree, Options(), cache)
        cache.save()
        return build

    def publish(self, build: Build) -> None:
        publish(build.outputs, self.public, self.public.parent / "site", cache=self.store)

    def published(self) -> dict[str, bytes]:
        found = (each for each in self.public.rglob("*") if each.is_file())
        return {each.relative_to(self.public).as_posix(): each.read_bytes() for each in found}


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    """A site that was built and published twice, so that there is a second tree too."""
    found = Runs(tmp_path)
    for text in ("Nog geen tekst.", "Een tekst."):
        found.publish(found.build(tree(text)))
    return found


def test_nothing_changed_and_no_bytes_are_read(runs: Runs, reads: list[tuple[str, str]]) -> None:
    build = runs.build(tree())
    runs.publish(build)
    assert reads == []
    pages = [each for each in build.outputs if each.is_page and not each.body.in_memory]
    assert len(pages) > 12


def test_after_a_paragraph_the_bytes_of_no_other_page_are_read(
    runs: Runs, reads: list[tuple[str, str]]
) -> None:
    build = runs.build(tree("Een andere tekst."))
    reads.clear()
    runs.publish(build)
    assert {digest for stage, digest in reads if stage == "make_page"} == {
        each.body.digest
        for each in build.outputs
        if each.path in ("nl/titel-0/index.html", "nl/hele-site.htm")
    }


def test_what_is_online_was_altered_and_only_that_is_read(
    runs: Runs, reads: list[tuple[str, str]]
) -> None:
    page = runs.public / "nl" / "titel-1" / "index.html"
    whole = page.read_bytes()
    page.write_bytes(b"altered")
    build = runs.build(tree())
    reads.clear()
    runs.publish(build)
    (body,) = (each.body for each in build.outputs if each.path == "nl/titel-1/index.html")
    assert {digest for _, digest in reads} == {body.digest}
    assert page.read_bytes() == whole


def test_a_build_from_nothing_holds_few_pages_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_BATCH", 100_000)
    bodies: list[Body] = []
    most = 0
    whole = Cache._hold

    def counted(
        self: Cache, place: tuple[str, str], group: groups.ResultGroup[Any]
    ) -> groups.HeldGroup:
        nonlocal most
        if place[0] == "make_page":
            bodies.extend(each.value.output.body for each in group.results)
        held = whole(self, place, group)
        most = max(most, sum(each.size for each in bodies if each.in_memory))
        return held

    monkeypatch.setattr(Cache, "_hold", counted)
    Runs(tmp_path).build(tree())
    assert sum(each.size for each in bodies) > 500_000
    assert most <= 100_000


@pytest.mark.parametrize("searched", [True, False])
def test_the_text_for_search_is_apart_from_the_page_and_only_of_a_site_with_search(
    searched: bool, tmp_path: Path
) -> None:
    search = page("Zoeken", "Zoek.").replace("---\n\n", "layout: search\n---\n\n")
    files = {f"content/find/{language}.md": search for language in ("nl", "fr")}
    settings = SITE_YAML + ("search: true\n" if searched else "")
    for _ in range(2):
        cache = Cache(tmp_path)
        build = build_site(
            make_tree({**files, "content/site.yaml": settings}), Options(index=False), cache
        )
        made = [
            each.value
            for (stage, _), held in cache._held.items()
            for each in (held.group.results if stage == "make_page" else ())
        ]
        cache.save()
        texts = [each.text for each in made if each.text is not None]
        assert bool(texts) is searched
        assert not any(each.body.in_memory for each in texts)
        assert any("Wij" in each.html for each in build.texts) is searched


@pytest.mark.parametrize("loss", named(LOSSES))
@pytest.mark.parametrize("online", [True, False], ids=["published before", "first"])
def test_a_store_that_is_lost_before_publishing_changes_nothing(
    runs: Runs, loss: Callable[[Path], None], online: bool
) -> None:
    changed = tree("Een andere tekst.")
    build = runs.build(changed)
    if not online:
        shutil.rmtree(runs.public)
    loss(store_of(runs.store))
    runs.publish(build)
    clean = Runs(runs.public.parent / "clean")
    clean.publish(build_site(changed, Options(), Cache(None)))
    assert runs.published() == clean.published()


def test_two_builds_at_once_publish_what_each_was_given(runs: Runs, tmp_path: Path) -> None:
    """The later one replaces in the store what the earlier one has not read yet."""
    one = runs.build(tree("Een andere tekst."))
    other = runs.build(tree("Nog een andere."))
    for build, text in (
        (one, "Een andere tekst."),
        (other, "Nog een andere."),
        (one, "Een andere tekst."),
    ):
        runs.publish(build)
        assert text.encode() in runs.published()["nl/titel-0/index.html"]


def preview_of_stored(root: Path) -> Preview:
    """A preview whose first build found everything in the store."""
    begun = Cache(root / ".cache")
    Preview(root, begun, str, lambda _: None).rebuild(8000)
    begun.save()
    preview = Preview(root, Cache(root / ".cache"), str, lambda _: None)
    preview.rebuild(8000)
    return preview


def build_and_save(root: Path) -> None:
    """Another build of the site, whose results replace those in the store."""
    cache = Cache(root / ".cache")
    build_site(read_tree(root).value, Options(), cache)
    cache.save()


def test_a_preview_shows_pages_that_another_build_replaced(tmp_path: Path) -> None:
    """The pages are made again. If the site now has errors, a replaced page is either shown as it was
    or answered with the not-found page.
    """
    root = write_site(tmp_path, {})
    preview = preview_of_stored(root)
    assert not preview.shown.outputs["nl/over-ons/index.html"].in_memory
    build_and_save(root)
    shown = find(preview.shown, "/nl/over-ons/")
    assert shown is not None
    assert b"http://127.0.0.1:8000" in shown[1]
    write_files(root, {"content/about/nl.md": page("Over ons", "[Weg](/nl/nergens/).")})
    preview.rebuild(8000)
    assert preview.shown.failed
    assert find(preview.shown, "/nl/over-ons/") in (None, shown)
    assert find(preview.shown, "/nl/") is not None
    assert b"</html>" in not_found(preview.shown, "/nl/")


def test_a_preview_compares_languages_that_another_build_replaced(tmp_path: Path) -> None:
    """The comparison of the languages, which the store keeps apart, is made again if another build
    replaced it, also for a site with errors.
    """
    root = write_site(tmp_path, {})
    preview = preview_of_stored(root)
    write_files(root, {"content/about/nl.md": page("Over ons", "Een heel andere tekst.")})
    build_and_save(root)
    two_columns = partial(side_page, key="about", words=str, link=lambda *_: "")
    shown = two_columns(preview.shown.languages)
    assert shown is not None
    assert b"Een heel andere tekst." not in shown
    write_files(root, {"content/about/nl.md": page("Over ons", "[Weg](/nl/nergens/).")})
    preview.rebuild(8000)
    assert preview.shown.failed
    bodies_module._decoded.cache_clear()
    shown = two_columns(preview.shown.languages)
    assert shown is not None
    assert b"/nl/nergens/" in shown
