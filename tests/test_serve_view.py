"""The two columns of a page in the preview: the link to them, and the links into the editor."""

from __future__ import annotations

import asyncio
import gc
import re
import tracemalloc
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import ClassVar
from unittest.mock import patch
from urllib.parse import quote

import pytest
from lxml import html
from tornado.httpclient import HTTPResponse
from tornado.testing import AsyncHTTPTestCase
from tornado.web import Application

from diptych.cache import Cache, Watch
from diptych.diagnostics import Message
from diptych.disk import TreeReader, read_tree
from diptych.i18n import translator
from diptych.pipeline import Options, build_site
from diptych.preview import Preview
from diptych.preview.overlay import editor_link, overlay
from diptych.preview.server import application, is_host, is_origin
from diptych.preview.shown import Shown, advance, find, not_found, preview_page
from tests.conftest import MINIMAL, Ran, make_tree, write_files, write_site

PAGE = "/nl/over-ons/"
SIDE = "/__preview/side/about"
WITHOUT = "/__preview/without/nl/about"


@pytest.fixture(autouse=True)
def no_loop() -> Iterator[None]:
    """Playwright's loop, which waits in the same thread between tests in a browser, is no hindrance."""
    held = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(held)


@pytest.fixture(scope="class")
def held(
    request: pytest.FixtureRequest, cache: Cache, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The session's cache and a folder for each site, for a class in the style of unittest."""
    request.cls.cache = cache
    request.cls.folders = tmp_path_factory


@pytest.mark.usefixtures("held")
class TestTheTwoColumns(AsyncHTTPTestCase):
    cache: ClassVar[Cache]
    folders: ClassVar[pytest.TempPathFactory]

    def get_app(self) -> Application:
        self.root = write_site(self.folders.mktemp("site"), MINIMAL)
        self.said: list[Message] = []
        self.preview = Preview(self.root, self.cache, str, self.said.append)
        self.preview.rebuild(self.get_http_port())
        return application(self.preview)

    def page(self, path: str) -> html.HtmlElement:
        response = self.get(path)
        assert response.code == 200, response.body
        return html.document_fromstring(response.body.decode())

    def columns(self, path: str) -> list[str]:
        """The keys of the pages that are shown in two columns."""
        return [section.get("id") for section in self.page(path).xpath("//section[table]")]

    def get(self, path: str, **headers: str) -> HTTPResponse:
        return self.fetch(path, headers=headers, follow_redirects=False)

    def change(self, path: str, text: str) -> None:
        write_files(self.root, {path: text})
        self.preview.rebuild(self.get_http_port())

    def bar(self, path: str) -> html.HtmlElement:
        return self.page(path).get_element_by_id("diptych-bar")

    def ways(self, path: str) -> dict[str, str]:
        """What the bar leads to, by what it says."""
        return {a.text: a.get("href") for a in self.bar(path).xpath(".//ul[@class='ways']//a")}

    def states(self, path: str) -> list[tuple[str, str, str]]:
        """Each language in the bar, where it leads, and how the page stands in it."""
        items = self.bar(path).xpath(".//ul[@class='states']/li")
        return [(item[0].text, item[0].get("href"), item[1].text) for item in items]

    def test_a_page_of_the_preview_tells_how_it_stands_and_where_one_can_go(self) -> None:
        assert self.states(PAGE) == [
            ("Nederlands", PAGE, "unconfirmed, 4 parts"),
            ("Français", "/fr/a-propos/", "unconfirmed, 4 parts"),
        ]
        assert self.bar(PAGE).xpath("string(.//a[@aria-current='page'])") == "Nederlands"
        assert self.ways(PAGE) == {
            "edit this page": f"vscode://file{quote(str(self.root.resolve() / 'content/about/nl.md'))}:1:1",
            "languages side by side": SIDE,
            "view without Nederlands": WITHOUT,
        }
        assert (
            self.bar(PAGE).xpath(".//*[@tabindex]") == []
        )  # plain links: every keyboard reaches them

    def test_the_bar_stands_last_and_outside_of_the_layout(self) -> None:
        root = self.page(PAGE)
        assert root.find("body")[-1].get("id") == "diptych-preview"
        (address,) = (
            each for each in root.xpath("//link[@rel='stylesheet']/@href") if "__preview" in each
        )
        style = self.get(address).body.decode()
        rule = re.search(r"#diptych-preview \{([^}]*)\}", style)
        assert rule
        assert "position: fixed" in rule[1]
        assert re.search(r"@media print \{\s*#diptych-preview \{ display: none; \}", style)

    def drawn(self) -> list[str]:
        """The chapters that were drawn since this was last asked."""
        self.addCleanup(setattr, self.cache, "watch", self.cache.watch)
        slots: list[str] = []

        class Chapters(Watch):
            def begun(self, stage: str) -> None:
                if stage == "make_chapter":
                    slots.append(stage)

        self.cache.watch = Chapters()
        return slots

    def test_the_file_with_the_whole_site_is_drawn_when_one_asks_for_it(self) -> None:
        slots = self.drawn()
        text = "---\ntitle: Over ons\n---\n\nEen nieuwe zin.\n\n## Wie we zijn {#who}\n\nWij.\n"
        self.change("content/about/nl.md", text)
        assert not [each for each in self.preview.shown.diagnostics if each.check == "dead-link"]
        assert "nl/hele-site.htm" not in self.preview.shown.outputs
        assert slots == []
        (link,) = self.page(PAGE).xpath("//footer//a[@download]/@href")
        first = self.get(link)
        assert first.code == 200
        assert first.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "Een nieuwe zin." in first.body.decode()
        assert slots
        del slots[:]
        assert self.get(link).body == first.body
        self.change("content/about/nl.md", text.replace("nieuwe", "nieuwere"))
        assert slots == []
        assert "Een nieuwere zin." in self.get(link).body.decode()
        assert slots == ["make_chapter"]

    def test_the_file_with_the_whole_site_is_the_one_that_a_build_publishes(self) -> None:
        link = "/nl/hele-site.htm"
        options = Options(drafts=True, base_url=f"http://127.0.0.1:{self.get_http_port()}")
        built = build_site(read_tree(self.root).value, options, Cache(None))
        (whole,) = [each.data for each in built.outputs if f"/{each.path}" == link]
        assert self.get(link).body == whole

    def test_a_mistake_in_its_template_is_shown_where_the_file_would_be(self) -> None:
        self.change("templates/partials/chapter.html", "{{ view.page.nothing }}")
        assert not self.preview.shown.failed
        answer = self.get("/nl/hele-site.htm")
        assert answer.code == 404
        assert "template-name" in answer.body.decode()
        self.change("content/about/nl.md", "---\ntitel: X\n---\n")
        assert self.get("/nl/hele-site.htm").code == 404
        assert self.get("/nl/hele-sites.htm").code == 404

    def test_a_page_is_shown_as_if_a_language_lacked_it(self) -> None:
        root = self.page(WITHOUT)
        assert root.get("lang") == "nl-BE"
        assert root.xpath("string(//main//h1)") == "À propos"
        assert "Texte." in root.xpath("string(//main)")
        assert self.ways(WITHOUT) == {"back to the real page": PAGE}
        assert "did not exist in Nederlands" in root.xpath("string(//p[@class='note'])")
        assert "Tekst." in self.page(PAGE).xpath("string(//main)")  # the real one is untouched

    def test_a_page_that_cannot_be_lacking_says_why(self) -> None:
        self.change("content/about/nl.md", "---\ntitle: Over ons\n---\n\n## Nu {#now}\n\nTekst.\n")
        self.change(
            "content/home/nl.md", "---\ntitle: Welkom\nlayout: home\n---\n\n[Nu](page:about#now)\n"
        )
        root = self.page(WITHOUT)
        problems = root.get_element_by_id("diptych-problems")
        assert problems.xpath("string(.//a)") == "content/home/nl.md:6:6"
        assert "Tekst." in root.xpath("string(//main)")

    def test_a_page_in_one_language_is_not_simulated(self) -> None:
        self.change("content/about/team/nl.md", "---\ntitle: Ploeg\n---\n\nWij.\n")
        assert self.states("/fr/a-propos/ploeg/") == [
            ("Nederlands", "/nl/over-ons/ploeg/", "current"),
            ("Français", "/fr/a-propos/ploeg/", "fallback"),
        ]
        assert list(self.ways("/fr/a-propos/ploeg/")) == [
            "edit this page",
            "languages side by side",
        ]
        for address in ("fr/about/team", "nl/nergens", "en/about", "nl/..%2fsite"):
            assert self.get(f"/__preview/without/{address}").code == 404

    def test_the_two_columns_hold_this_page_alone_in_both_languages(self) -> None:
        root = self.page(SIDE)
        assert self.columns(SIDE) == ["about"]
        assert [cell.get("lang") for cell in root.iter("th")] == ["nl-BE", "fr-BE"]
        assert {"Tekst.", "Texte."} <= {pre.text for pre in root.iter("pre")}

    def test_each_text_opens_in_the_editor_at_its_line(self) -> None:
        links = {a.text: a.get("href") for a in self.page(SIDE).xpath("//td//a")}
        path = quote(str(self.root.resolve() / "content/about/fr.md"))
        assert links["content/about/fr.md:5"] == f"vscode://file{path}:5:1"
        assert len(links) == 8  # title, text, heading and text below it, in two languages

    def test_the_two_columns_lead_back_to_the_page_in_each_language(self) -> None:
        links = self.bar(SIDE).iter("a")
        assert [(a.get("href"), a.get("lang"), a.text) for a in links] == [
            (PAGE, "nl-BE", "Nederlands"),
            ("/fr/a-propos/", "fr-BE", "Français"),
        ]

    def test_the_two_columns_are_those_of_the_last_build(self) -> None:
        self.change("content/about/nl.md", "---\ntitle: Over ons\n---\n\nNieuw.\n")
        assert "Nieuw." in {pre.text for pre in self.page(SIDE).iter("pre")}

    def test_they_are_there_also_while_there_is_a_problem(self) -> None:
        self.change("content/about/nl.md", "---\ntitle: Over ons\n---\n\n[Fout](page:nergens).\n")
        root = self.page(SIDE)
        assert "[Fout](page:nergens)." in {pre.text for pre in root.iter("pre")}
        assert root.get_element_by_id("diptych-problems").get("role") == "alert"

    def test_they_stay_when_the_settings_cannot_be_read(self) -> None:
        self.change("content/site.yaml", "base_url: [\n")
        assert self.columns(SIDE) == ["about"]
        assert self.ways(PAGE)["languages side by side"] == SIDE

    def test_the_bar_belongs_to_the_last_good_page_while_there_is_a_problem(self) -> None:
        before = self.states(PAGE)
        text = "---\ntitle: Over ons\n---\n\n[Fout](page:nergens).\n\n## Meer {#more}\n\nMeer.\n"
        self.change("content/about/nl.md", text)
        assert self.preview.shown.failed
        assert self.states(PAGE) == before

    def test_the_bar_belongs_to_the_page_that_was_drawn_before_a_save(self) -> None:
        without = self.preview.without

        def saved_meanwhile(key: str, language: str) -> object:
            found = without(key, language)
            self.change("content/about/nl.md", "---\ntitle: Elders\nslug: elders\n---\n\nTekst.\n")
            return found

        with patch.object(self.preview, "without", saved_meanwhile):
            assert self.ways(WITHOUT) == {"back to the real page": PAGE}
        assert self.ways(WITHOUT) == {"back to the real page": "/nl/elders/"}

    def test_a_nested_page_has_its_two_columns_too(self) -> None:
        self.change("content/about/team/nl.md", "---\ntitle: Ploeg\n---\n\nWij.\n")
        there = self.ways("/nl/over-ons/ploeg/")["languages side by side"]
        assert self.columns(there) == ["about/team"]

    def test_what_is_no_page_has_no_bar_and_no_columns(self) -> None:
        for path in ("/", "/nl/404.html", "/nl/nergens/"):
            assert b"diptych-bar" not in self.get(path).body
        for key in ("nergens", "about/", "..%2fsite.yaml", "%3Cscript%3E"):
            response = self.get(f"/__preview/side/{key}")
            assert response.code == 404
            assert b"<script>" not in response.body

    def test_what_has_its_digest_in_its_address_is_kept_by_the_browser(self) -> None:
        root = self.page(PAGE)
        for address in (
            *root.xpath("//link[@rel='stylesheet']/@href"),
            *root.xpath("//script/@src"),
        ):
            assert self.get(address).headers["Cache-Control"] == "max-age=31536000, immutable"
        assert self.get(PAGE).headers["Cache-Control"] == "no-store"

    def test_a_page_that_an_earlier_preview_left_open_is_not_taken_for_this_ones(self) -> None:
        later = Preview(self.root, self.cache, str, self.said.append)
        later.rebuild(self.get_http_port())
        assert later.shown.epoch > self.preview.shown.epoch > 1

    def test_another_site_cannot_look(self) -> None:
        for path in (SIDE, WITHOUT):
            assert self.get(path, Host="elsewhere.example").code == 403

    def test_another_program_on_this_computer_cannot_look(self) -> None:
        """Only a page of this very port may ask; without an Origin, somebody types the address."""
        own = self.get_http_port()
        for name in ("127.0.0.1", "localhost", "[::1]"):
            assert self.get(SIDE, Host=f"{name}:{own}").code == 200
            assert self.get(SIDE, Host=f"{name}:{own + 1}").code == 403
            here = f"127.0.0.1:{own}"
            assert self.get(SIDE, Host=here, Origin=f"http://{name}:{own}").code == 200
            for origin in (
                f"http://{name}:{own + 1}",
                f"http://{name}",
                "null",
                f"https://{name}:{own}",
            ):
                assert self.get(SIDE, Host=here, Origin=origin).code == 403, origin

    def test_a_browser_shows_the_newest_columns(self) -> None:
        epoch = self.preview.shown.epoch
        self.change("content/about/fr.md", "---\ntitle: À propos\n---\n\nNeuf.\n")
        (script,) = self.page(SIDE).xpath("//script[starts-with(@src, '/__preview/preview.js')]")
        assert int(script.get("data-epoch")) > epoch


def test_a_file_that_goes_away_in_between_is_no_problem(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while a folder is renamed: the sources are read again."""
    preview = Preview(write_site(tmp_path, MINIMAL), cache, str, lambda _: None)
    reads: Iterator[OSError] = iter([FileNotFoundError("gone"), FileNotFoundError("gone")])

    def read(reader: TreeReader, now: int) -> object:
        for error in reads:
            raise error
        return whole(reader, now)

    whole = TreeReader.read
    monkeypatch.setattr(TreeReader, "read", read)
    preview.rebuild(8000)
    assert not preview.shown.failed
    reads = iter([PermissionError(13, "no", "x")])
    preview.rebuild(8000)
    assert [each.check for each in preview.shown.diagnostics] == ["unreadable-file"]
    assert "nl/over-ons/index.html" in preview.shown.outputs  # the last good site stands


def test_a_save_that_the_system_names_is_shown_without_a_look_at_the_other_files(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site(tmp_path, MINIMAL)
    preview = Preview(root, cache, str, lambda _: None)
    preview.rebuild(8000)
    page = root / "content/about/nl.md"
    whole = TreeReader.read
    monkeypatch.delattr(TreeReader, "read")
    page.write_text(page.read_text() + "\nNieuw is dit.\n")
    assert preview.rebuild(8000, {str(page)})
    assert b"Nieuw is dit" in preview.shown.outputs["nl/over-ons/index.html"].read()
    monkeypatch.setattr(TreeReader, "read", whole, raising=False)
    assert not preview.rebuild(8000)  # a look at all files finds nothing more
    page.unlink()
    assert preview.rebuild(8000, {str(page)})
    assert preview.shown.tree.get("content/about/nl.md") is None


def test_the_preview_goes_on_after_a_change_that_the_program_cannot_take(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    preview = Preview(
        write_site(tmp_path, MINIMAL), cache, str, lambda message: said.append(str(message))
    )
    results = iter([RuntimeError("odd"), None])

    def rebuild(port: int, paths: Collection[str]) -> bool:
        error = next(results)
        if error:
            raise error
        said.append("built")
        return False

    monkeypatch.setattr(preview, "rebuild", rebuild)
    monkeypatch.setattr("diptych.preview.preview.notices", lambda *_: iter([(), ()]))
    preview.follow(8000, lambda _: None)
    assert said == ["this change cannot be shown: RuntimeError('odd')", "built"]


@pytest.mark.parametrize(
    ("template", "href"),
    [
        (None, "vscode://file{}:3:7"),
        ("idea://open?file={path}&line={line}", "idea://open?file={}&line=3"),
        (
            "txmt://open?url=file://{path}&line={line}&column={column}",
            "txmt://open?url=file://{}&line=3&column=7",
        ),
        ("odd://{nothing}{", "odd://{nothing}{"),
    ],
)
def test_files_open_in_the_editor_that_is_named(
    tmp_path: Path, template: str | None, href: str
) -> None:
    link = editor_link(tmp_path / "é map", template)
    file = quote((tmp_path / "é map" / "content/a.md").resolve().as_posix())
    assert link("content/a.md", 3, 7) == href.replace("{}", file)


def test_hundreds_of_problems_are_not_all_shown(cache: Cache) -> None:
    broken = build_site(
        make_tree(
            {"content/about/nl.md": "---\ntitle: Over ons\n---\n\n" + "[x](page:nergens)\n\n" * 50}
        ),
        Options(),
        cache,
    )
    shown = advance(Shown(), broken)
    made = overlay(shown.diagnostics, shown.sources, str, lambda *_: "x:", built=False)
    text = html.fromstring(made)
    assert len(text.xpath("//li")) == 20
    assert "50 problems." in text.text_content()
    assert "and 30 more" in text.text_content()


def test_the_problems_say_where_the_page_is(cache: Cache) -> None:
    """A preview that begins with a mistake has no page yet; later the last good one stands above."""
    mistake = {"content/about/nl.md": "---\ntitle: Over ons\n---\n\n[x](page:nergens)\n"}
    broken = build_site(make_tree(mistake), Options(), cache)
    good = build_site(make_tree({}), Options(), cache)
    for before, said in (
        (Shown(), "1 problem. The page appears once it is mended."),
        (advance(Shown(), good), "1 problem. Above is the last good page."),
    ):
        shown = advance(before, broken)
        name, page = find(shown, "/nl/over-ons/") or ("", not_found(shown, "/nl/over-ons/"))
        assert bool(name) == ("Above" in said)
        made = preview_page(page, shown, translator("en"), lambda *_: "x:").decode()
        assert html.fromstring(made).xpath("string(//section[@id='diptych-problems']/h2)") == said


def test_the_published_site_has_no_such_link(cache: Cache) -> None:
    build = build_site(make_tree({}), Options(), cache)
    assert [output.path for output in build.outputs if b"__preview" in output.data] == []


def test_a_preview_that_has_not_built_has_no_columns(cache: Cache) -> None:
    broken = build_site(make_tree({"content/site.yaml": "languages: 3\n"}), Options(), cache)
    assert advance(Shown(), broken).languages is None


@pytest.mark.parametrize(
    ("host", "port", "own"),
    [
        ("localhost:8000", 8000, True),
        ("LOCALHOST:8000", 8000, True),
        ("localhost:8001", 8000, False),
        ("localhost", 8000, False),
        ("localhost", 80, True),
        ("desk-8000.work.example", 8000, True),
        ("desk-8000.work.example:443", 8000, True),
        ("evil.desk-8000.work.example", 8000, False),
        ("desk-8000.work.example.evil.example", 8000, False),
        ("evil.example:8000", 8000, False),
        ("localhost:8000.evil.example", 8000, False),
        ("", 8000, False),
    ],
)
def test_the_names_of_a_preview(host: str, port: int, *, own: bool) -> None:
    allowed = ("desk-8000.work.example",)
    assert is_host(host, port, allowed) == own
    assert is_origin(f"http://{host}", port, allowed) == own
    assert is_origin(f"https://{host}", port, allowed) == (own and "desk" in host)
    assert not is_origin(f"ftp://{host}", port, allowed)
    assert is_host(host, port) == (own and "desk" not in host)


@pytest.mark.parametrize("name", ["*", "a b", "http://x.example", "x.example:8000", "", "x/../y"])
def test_only_a_name_can_be_allowed(tmp_path: Path, run: Callable[..., Ran], name: str) -> None:
    assert run("serve", "--allow-host", name, root=tmp_path).status == 2


# --- what editors leave for a moment

LEFT = (
    *("4913", "5036", "nl.md~", ".nl.md.swp", ".nl.md.swx"),  # vim
    *(".#nl.md", "#nl.md#"),  # Emacs
    *("nl.md___jb_tmp___", "nl.md___jb_old___"),  # JetBrains
    *("nl.md.sb-1a2b3c4d-AbCdEf", ".DS_Store"),  # TextEdit and macOS
    *("~$nl.docx", "Thumbs.db", "nl.md.tmp", "nl.md.bak"),  # Windows
    *(".goutputstream-K1L2M3", ".nl.md.kate-swp", "nl.md.part"),  # GNOME, KDE, browsers
)


@pytest.mark.parametrize("name", LEFT)
@pytest.mark.parametrize("folder", ["content/about", "content", "templates", "assets"])
def test_what_an_editor_leaves_for_a_moment_is_no_change(
    tmp_path: Path, name: str, folder: str
) -> None:
    root = write_files(tmp_path, {"content/about/nl.md": "x", f"{folder}/x.txt": "x"})
    before = read_tree(root)
    write_files(root, {f"{folder}/{name}": "half a te"})
    assert read_tree(root) == before


@pytest.mark.parametrize("name", ["2024", "2024/nl.md", "nl.md", "tmp.md", "swp.jpg", "x#1.pdf"])
def test_what_looks_like_it_is_a_change(tmp_path: Path, name: str) -> None:
    """A folder may have a number for its name."""
    root = write_files(tmp_path, {"content/about/fr.md": "x"})
    before = read_tree(root)
    path = f"content/about/{name}" if "." in name else f"content/about/{name}/nl.md"
    write_files(root, {path: "text"})
    assert read_tree(root) != before
    assert path in [file.path for file in read_tree(root).value.files]


def test_memory_stays_level(tmp_path: Path) -> None:
    """After thirty saves as much as after ten, but for the newest texts; benchmarks/memory saves a
    thousand times. Not counted are Python's table of names (pathlib), which doubles now and then, and
    the measuring.
    """
    root = write_site(tmp_path)
    preview = Preview(root, Cache(root / ".cache"), str, lambda _: None)
    page = root / "content/about/nl.md"
    text = page.read_text()
    others = [tracemalloc.Filter(False, f"*{name}.py") for name in ("pathlib", "tracemalloc")]
    held = []
    tracemalloc.start()
    try:
        for number in range(30):
            page.write_text(text.replace("Tekst.", f"Tekst die {number} keer bewaard is."))
            preview.rebuild(8000)
            if number in (9, 29):
                gc.collect()
                traces = tracemalloc.take_snapshot().filter_traces(others)
                held.append(sum(each.size for each in traces.statistics("filename")))
    finally:
        tracemalloc.stop()
    assert held[1] - held[0] < 20 * 8_000, "bytes a save"
