"""Work is counted: what the next run reads, compares, draws, checks and writes after each change."""

from __future__ import annotations

import datetime
import io
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PIL import Image

from diptych.cache import Cache, GroupRequest, SlotRequest, group_of
from diptych.disk import publish
from diptych.model import Output
from diptych.pipeline import Options, build_site
from diptych.translation import confirm, write_lock
from tests.conftest import LOOK, SITE_YAML, make_tree

T = TypeVar("T")
R = TypeVar("R")
Files = Mapping[str, str | bytes | None]
Work = dict[str, set[str]]

KINDS = {  # what the stages do, in the words of this test; a stage that is not here fails it
    "parse_settings": "read",
    "parse_page": "read",
    "read_records": "read",
    "read_catalog": "read",
    "convert_text": "convert",
    "make_image": "picture",
    "admit": "admit",
    "read_style": "read style",
    "read_inline_style": "read style",
    "without_spare_spaces": "read style",
    "judge_colours": "check colours",
    "draw_share": "picture",
    "compare_languages": "compare",
    "check_bundle": "check bundle",
    "diagnose_texts": "check texts",
    "diagnose_interface": "check words",
    "check_page": "check page",
    "check_file": "check file",
    "words_of_page": "check page",
    "make_page": "draw",
    "make_chapter": "chapter",
    "timeline_data": "data",
    "sitemap": "sitemap",
    "make_index": "index",
    "judge_anew": "compare",
    "check_template": "check template",
    "check_blocks": "check blocks",
    "find_shared": "look for shared blocks",
}


class Counting(Cache):
    """Notes each slot for which a stage works."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.work: Work = {}

    def _run(self, stage: Callable[[T], R], slot: str, given: T) -> R:
        self.work.setdefault(KINDS[stage.__name__], set()).add(slot)
        return super()._run(stage, slot, given)

    def _mend(self, request: GroupRequest[T, R], slot: str, given: T, last: R) -> R | None:
        """Notes each page that is mended and not drawn, since only its menu or a chapter changed."""
        found = super()._mend(request, slot, given, last)
        if found is not None:
            self.work.setdefault("mend", set()).add(slot)
        return found


def picture(red: int) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), (red, 9, 9)).save(data, "PNG")
    return data.getvalue()


def page(title: str, text: str, more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n{text}\n"


EVENTS = """\
- id: one
  date: 2020-03-18
  topics: [law]
  title: {nl: Een wet, fr: Une loi}
  text: {nl: Dit kwam., fr: Ceci vint.}
- id: two
  date: 2021-04
  topics: [law]
  title: {nl: Nog een wet, fr: Encore une loi}
  text: {nl: Dat kwam ook., fr: Cela vint aussi.}
"""
TERMS = """\
- id: client
  avoid: {nl: [hoerenloper], fr: [michet]}
  preferred: {nl: klant, fr: client}
  reason: {nl: Dit woord is een oordeel., fr: Ce mot est un jugement.}
"""
SITE: dict[str, str] = {
    "content/site.yaml": SITE_YAML.replace("navigation: [about]", "navigation: [about, time]")
    + "search: true\n",
    "content/home/nl.md": page("Welkom", "Wij spreken.", "layout: home\n"),
    "content/home/fr.md": page("Bienvenue", "Nous parlons.", "layout: home\n"),
    "content/about/nl.md": page("Over ons", "Een tekst.\n\n## Wie {#who}\n\nWij."),
    "content/about/fr.md": page("À propos", "Un texte.\n\n## Qui {#who}\n\nNous."),
    "content/join/nl.md": page("Word lid", "Lid worden mag.\n\n![Een hand](hand.png)"),
    "content/join/fr.md": page("Adhérer", "Chacun·e peut adhérer.\n\n![Une main](hand.png)"),
    "content/time/nl.md": page("Tijdlijn", "Wat er kwam.", "layout: timeline\n"),
    "content/time/fr.md": page("Chronologie", "Ce qui vint.", "layout: timeline\n"),
    "content/time/timeline.yaml": EVENTS,
    "content/find/nl.md": page("Zoeken", "Zoek.", "layout: search\n"),
    "content/find/fr.md": page("Chercher", "Cherchez.", "layout: search\n"),
    "content/terms.yaml": TERMS,
}
NEWS = {  # another page to which pages can link
    "content/news/nl.md": page("Nieuws", "Iets nieuws."),
    "content/news/fr.md": page("Nouvelles", "Du nouveau."),
}
DUTCH = {
    "nl/index.html",
    "nl/over-ons/index.html",
    "nl/word-lid/index.html",
    "nl/tijdlijn/index.html",
    "nl/zoeken/index.html",
}
FRENCH = {
    "fr/index.html",
    "fr/a-propos/index.html",
    "fr/adherer/index.html",
    "fr/chronologie/index.html",
    "fr/chercher/index.html",
}
WHOLE = {"nl/hele-site.htm", "fr/site-entier.htm"}
CATALOGS = {f"i18n/{language}/LC_MESSAGES/messages.po" for language in ("nl", "fr")}
WITHOUT_TEXT = {"nl/404.html", "fr/404.html", "404.html", "index.html"}
TEXTS = {path for path in SITE if path.endswith((".md", ".yaml"))}


class Runs:
    """Runs of the program on one folder, with one store and one published tree."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._inodes = self._published() if (folder / "public").is_dir() else {}

    def run(self, changes: Files | None = None, **options: Any) -> Work:
        """Builds the site with these changes; what was worked for, as nothing but that."""
        files: dict[str, Any] = {**SITE, "content/join/hand.png": picture(200), **(changes or {})}
        tree, wanted = make_tree(files), Options(**options)
        clean = build_site(tree, wanted, Cache(None))
        cache = Counting(self._folder / "cache")
        built = build_site(tree, wanted, cache)
        cache.save()
        assert (built.outputs, built.diagnostics) == (clean.outputs, clean.diagnostics)
        return {**cache.work, **({} if built.failed else self._written(built.outputs))}

    def _written(self, outputs: tuple[Output, ...]) -> Work:
        public = self._folder / "public"
        publish(outputs, public, self._folder)
        before, self._inodes = self._inodes, self._published()
        written = {path for path, inode in self._inodes.items() if before.get(path) != inode}
        return {"write": written} if written else {}

    def _published(self) -> dict[str, int]:
        public = self._folder / "public"
        files = [path for path in public.rglob("*") if path.is_file()]
        return {path.relative_to(public).as_posix(): path.stat().st_ino for path in files}


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store and the tree of a first run, in which everything is done."""
    folder = tmp_path_factory.mktemp("first")
    assert Runs(folder).run().keys() == {*KINDS.values(), "write"} - {"check template"}
    return folder


@pytest.fixture
def runs(built_once: Path, tmp_path: Path) -> Runs:
    """Runs on a site that was built once."""
    shutil.copytree(built_once, tmp_path / "site")
    return Runs(tmp_path / "site")


def edited(path: str, old: str, new: str) -> dict[str, str]:
    data = LOOK.get(path, b"")
    text = SITE.get(path) or (data.decode() if isinstance(data, bytes) else data)
    assert old in text
    return {path: text.replace(old, new)}


def index_of(work: Work) -> set[str]:
    """The files of the search index that were written: their names are Pagefind's."""
    return {path for path in work.get("write", ()) if path.startswith("pagefind/")}


def test_nothing(runs: Runs) -> None:
    assert runs.run() == {}


def test_one_paragraph(runs: Runs) -> None:
    path, output, whole = "content/about/nl.md", "nl/over-ons/index.html", "nl/hele-site.htm"
    work = runs.run(edited(path, "Een tekst.", "Een andere tekst."))
    assert len(index_of(work)) > 2
    assert work == {
        "read": {path},
        "compare": {"about"},
        "check bundle": {"about"},
        "check texts": {path},
        "draw": {output},
        "mend": {whole},  # its other chapters stay as they are
        "chapter": {output},
        "index": {"pagefind"},
        "write": {output, whole, "release.json", *index_of(work)},
    }
    assert runs.run(edited(path, "Een tekst.", "Een andere tekst.")) == {}


def test_a_paragraph_after_a_run_that_rendered_no_page(runs: Runs) -> None:
    """What pages share is still known: their style is not parsed again."""
    lock = {"content/about/translations.lock": write_lock(confirm((), ()))}
    assert runs.run(lock).keys() == {"compare"}
    work = runs.run({**lock, **edited("content/about/nl.md", "Een tekst.", "Een andere tekst.")})
    assert "nl/over-ons/index.html" in work["draw"]
    assert "read style" not in work


def test_a_title(runs: Runs) -> None:
    """Every page of the language shows it in its menu, none of the other language."""
    path = "content/about/nl.md"
    work = runs.run(edited(path, "Over ons", "Wie we zijn"))
    moved = {each.replace("over-ons", "wie-we-zijn") for each in DUTCH}
    assert work["read"] == {path}
    assert work["compare"] == {"about"}
    assert work["mend"] == {"nl/word-lid/index.html"}  # only its menu changed
    assert work["draw"] >= moved - work["mend"]
    assert not work["draw"] & (FRENCH - {"fr/a-propos/index.html"})  # its switch leads elsewhere
    assert work["picture"] == {each for each in work["write"] if "/share." in each}
    assert work["check file"] == {"sitemap.xml"}


def test_a_title_that_no_menu_shows(runs: Runs) -> None:
    """At the foot of its language's pages, in lists, and with an address of its own."""
    work = runs.run(
        edited("content/join/nl.md", "title: Word lid", "title: Doe mee\nslug: word-lid")
    )
    assert work["draw"] >= DUTCH
    assert not work["draw"] & FRENCH


def test_the_menu(runs: Runs) -> None:
    work = runs.run(edited("content/site.yaml", "[about, time]", "[time, about]"))
    assert work["read"] == {"content/site.yaml"}
    # the first page of each language is drawn
    assert work["mend"] == {"nl/word-lid/index.html", "fr/adherer/index.html"}
    assert work["draw"] == (DUTCH | FRENCH | WITHOUT_TEXT | WHOLE) - work["mend"]
    assert work.keys() <= {
        "read",
        "compare",
        "draw",
        "mend",
        "check bundle",
        "check page",
        "check texts",
        "check words",
        "write",
    }
    assert work.get("compare", {"site.yaml"}) == {"site.yaml"}


def test_an_event(runs: Runs) -> None:
    """One text is converted; its page and home draw it, and the files of one language hold it."""
    path = "content/time/timeline.yaml"
    work = runs.run(edited(path, "Dit kwam.", "Dit kwam er van."))
    shown = {"nl/tijdlijn/index.html", "nl/index.html", "index.html"}
    assert work["read"] == {path}
    assert work["convert"] == {f"{path}#one/text/nl"}
    assert work["compare"] == {"time"}
    assert work["check texts"] == {path}
    assert {"nl/tijdlijn/index.html"} <= work["draw"] <= shown
    assert work["mend"] == {"nl/hele-site.htm"}
    assert work["write"] >= {f"nl/tijdlijn/timeline.{form}" for form in ("json", "csv", "ics")}
    assert not {each for each in work["write"] if each.startswith("fr/")}


LINKS = {
    "content/join/nl.md": page(
        "Word lid",
        "Lid worden mag: [wie](page:about#who), [wet](page:time#one), [geld](site:donation_link), "
        "[hand](../about/hand.png), [nieuws](page:news), [elders](https://other.org/).",
    )
}


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (edited("content/about/nl.md", "{#who}", "{#whom}"), "broken-anchor"),
        (edited("content/time/timeline.yaml", "id: one", "id: first"), "broken-anchor"),
        ({"content/news/nl.md": None, "content/news/fr.md": None}, "broken-link"),
        ({"content/about/hand.png": None}, "broken-link"),
        (
            {
                f"content/news/{language}.md": page("N", "Iets.", "publish: 2099-01-01\n")
                for language in ("nl", "fr")
            },
            "unshown-link",
        ),
        (edited("content/site.yaml", "example.org", "other.org"), "literal-address"),
    ],
)
def test_a_link_breaks_by_a_change_elsewhere(change: Files, check: str) -> None:
    """The page with the link did not change, and its bundle is checked again."""
    files: dict[str, Any] = {**SITE, **NEWS, **LINKS, "content/about/hand.png": picture(200)}
    options = Options(today=datetime.date(2026, 1, 1))
    cache = Cache(None)
    before = build_site(make_tree(files), options, cache).diagnostics
    after = build_site(make_tree({**files, **change}), options, cache).diagnostics
    assert check not in {each.check for each in before}
    assert ("content/join/nl.md", check) in {(each.span.path, each.check) for each in after}


def test_a_template(runs: Runs) -> None:
    """Everything is drawn again, and the blocks of the templates are checked once; nothing is read,
    compared or looked over, or written if it is alike.
    """
    work = runs.run(edited("templates/base.html", "<body", "<body  "))
    assert work["draw"] == DUTCH | FRENCH | WITHOUT_TEXT | WHOLE
    assert work["check blocks"] == {"templates"}
    assert work.keys() <= {
        "draw",
        "chapter",
        "check page",
        "write",
        "check blocks",
        "look for shared blocks",
    }


def test_a_term(runs: Runs) -> None:
    """Every text is held against it; no page that does not show it is drawn."""
    path = "content/terms.yaml"
    work = runs.run(edited(path, "[hoerenloper]", "[hoerenloper, hoerenlopers]"))
    assert work["read"] == {path}
    assert work["check texts"] == TEXTS
    assert work["check words"] == CATALOGS
    assert work["check bundle"] == {"whole site"}
    assert work.keys() <= {"read", "compare", "check bundle", "check texts", "check words"}


def test_a_lock(runs: Runs) -> None:
    """Readers see nothing of it until one language lags: then its page has a notice."""
    report = build_site(make_tree(SITE), Options(), Cache(None)).reports["about"]
    lock = {"content/about/translations.lock": write_lock(confirm(report.groups, report.records))}
    assert runs.run(lock) == {"compare": {"about"}}
    assert runs.run(lock) == {}
    edit = edited("content/about/nl.md", "Een tekst.", "Een andere tekst.")
    assert runs.run({**lock, **edit})["draw"] >= {
        "nl/over-ons/index.html",
        "fr/a-propos/index.html",
    }
    assert runs.run(edit)["draw"] == {"fr/a-propos/index.html"}


def test_a_picture(runs: Runs) -> None:
    """It is made again, and the pages on which it stands are drawn."""
    work = runs.run({"content/join/hand.png": picture(100)})
    shown = {"nl/word-lid/index.html", "fr/adherer/index.html"}
    assert work["picture"] == {"content/join/hand.png"}
    assert work["draw"] == shown
    assert work["mend"] == WHOLE
    assert work["chapter"] == shown
    assert work.keys() <= {"picture", "draw", "mend", "chapter", "check page", "index", "write"}


def test_a_string_of_a_catalog(runs: Runs) -> None:
    path = "i18n/nl/LC_MESSAGES/messages.po"
    work = runs.run(edited(path, 'msgstr "Hoofdmenu"', 'msgstr "Menu"'))
    assert work["read"] == {path}
    assert work["draw"] >= DUTCH | {"nl/404.html", "404.html"}
    assert work.keys() <= {"read", "check words", "draw", "chapter", "check page", "data", "write"}


def test_an_asset(runs: Runs) -> None:
    work = runs.run(edited("assets/site.css", "{", "{ "))
    assert work["draw"] == DUTCH | FRENCH | WITHOUT_TEXT | WHOLE
    assert "read style" in work
    assert work.keys() - {"read style"} <= {
        "admit",
        "draw",
        "chapter",
        "check page",
        "check file",
        "write",
    }


def test_another_address(runs: Runs) -> None:
    assert runs.run(base_url="https://example.net/below")["draw"] >= DUTCH | FRENCH
    assert runs.run(base_url="https://example.net/below") == {}


def test_a_page_more(runs: Runs) -> None:
    path = "content/news/nl.md"
    work = runs.run({path: page("Nieuws", "Iets nieuws.")})
    assert work["read"] == {path}
    assert work["compare"] == {"news"}
    assert work["check texts"] == {path}


def test_a_page_that_is_wrong_is_reported_again(runs: Runs) -> None:
    broken = edited("templates/base.html", "<body", "{{ view.nothing }}<body")
    runs.run(broken)
    assert "draw" not in runs.run(broken)  # and the same diagnostics, as `run` compares


def test_checks_and_builds_keep_their_results_beside_each_other(runs: Runs) -> None:
    runs.run(thorough=True)
    assert runs.run() == runs.run(thorough=True) == runs.run() == {}


def test_after_one_paragraph_only_the_groups_of_its_page_are_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No `SlotRequest` is made for the other groups, since a large site has thousands of slots."""
    keys = [f"p{number}" for number in range(60)]
    more = {
        f"content/{key}/{language}.md": page(key, "Tekst.")
        for key in keys
        for language in ("nl", "fr")
    }
    options, cache = Options(index=False, takeaway=False), Cache(None)
    build_site(make_tree({**SITE, **more}), options, cache)
    slots: list[str] = []
    begin = SlotRequest.__init__

    def noted(request: SlotRequest[Any], slot: str, *rest: Any) -> None:
        slots.append(slot)
        begin(request, slot, *rest)

    monkeypatch.setattr(SlotRequest, "__init__", noted)
    more["content/p7/nl.md"] = page("p7", "Andere tekst.")
    build_site(make_tree({**SITE, **more}), options, cache)
    listed = [(slot, match[1]) for slot in slots if (match := re.search(r"\b(p\d+)\b", slot))]
    assert {"content/p7/nl.md", "p7", "nl/p7/index.html"} <= {slot for slot, _ in listed}
    groups = {group_of("p7"), group_of("nl/p7/index.html")}  # of finished pages, by their path
    others = [slot for slot, key in listed if not groups & {group_of(key), group_of(slot)}]
    assert others == []
