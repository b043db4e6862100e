"""A site in Arabic and French: the direction of every page and passage, and a style without left and right."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html as parser
from pypdf import PdfReader

from diptych.cache import Cache
from diptych.disk import read_tree
from diptych.i18n import direction_of, with_directions
from diptych.pipeline import Build, Options, build_site
from tests.browser.host import serving
from tests.conftest import EXAMPLE, ROOT, make_tree

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SITE = EXAMPLE.parent / "right-to-left"
STYLES = sorted((ROOT / "diptych/theme/assets").glob("*.css"))


@pytest.fixture(scope="module")
def built(cache: Cache) -> Build:
    files = {each.path: each.data for each in read_tree(SITE).value.files}
    return build_site(make_tree(files, minimal=False), Options(thorough=True), cache)


@pytest.fixture(scope="module")
def pages(built: Build) -> Mapping[str, parser.HtmlElement]:
    return {
        each.path: parser.fromstring(each.data.decode())
        for each in built.outputs
        if each.path.endswith((".html", ".htm"))
    }


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("he-IL", "rtl"),
        ("fa", "rtl"),
        ("ur-PK", "rtl"),
        ("nl-BE", "ltr"),
        ("fr", "ltr"),
        ("zh-Hant-TW", "ltr"),
        ("mul", "ltr"),
        ("x", "ltr"),
        ("", "ltr"),
    ],
)
def test_the_direction_of_a_language(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction


def test_directions_stand_beside_languages_and_nowhere_else() -> None:
    plain = '<html lang="nl-BE"><a lang="fr" hreflang="ar">x</a></html>'
    assert with_directions(plain) == plain  # hreflang says where a link leads
    mixed = '<html lang="nl"><p\n lang="ar" class="a">س <i lang="fr">x</i></p><b lang="he" dir="auto">ש</b>'
    assert with_directions(mixed) == (
        '<html lang="nl" dir="ltr"><p\n lang="ar" dir="rtl" class="a">س <i lang="fr" dir="ltr">x</i></p>'
        '<b lang="he" dir="auto">ש</b>'
    )
    assert with_directions(with_directions(mixed)) == with_directions(mixed)


def test_the_site_is_without_a_problem(built: Build) -> None:
    assert [str(each.message) for each in built.diagnostics if each.check != "host-lacks"] == []


def test_the_extent_of_a_timeline_has_the_commas_of_its_language(
    pages: Mapping[str, parser.HtmlElement],
) -> None:
    found = {
        path: line.text_content()
        for path, page in pages.items()
        for line in page.xpath("//p[@class='extent']")
    }
    arabic = {line for path, line in found.items() if path.startswith("ar/")}
    french = {line for path, line in found.items() if path.startswith("fr/")}
    assert [(line.count("، "), line.count(", ")) for line in arabic] == [(2, 0)] * len(arabic)
    assert [(line.count("، "), line.count(", ")) for line in french] == [(0, 2)] * len(french)
    assert arabic
    assert french


def test_a_feed_says_the_direction_of_its_texts(built: Build) -> None:
    feeds = {
        each.path: each.data.decode() for each in built.outputs if each.path.endswith("feed.xml")
    }
    arabic, french = feeds["ar/feed.xml"], feeds["fr/feed.xml"]
    assert arabic.count('&lt;div lang="ar-EG" dir="rtl"&gt;') == arabic.count("<content") > 0
    assert "dir=" not in french  # which has no word of Arabic


def test_every_page_and_every_passage_has_its_direction(
    pages: Mapping[str, parser.HtmlElement],
) -> None:
    assert len(pages) >= 14
    for path, page in pages.items():
        if path.startswith(("ar/", "fr/")):
            wanted = "rtl" if path.startswith("ar/") else "ltr"
            assert page.get("dir", "ltr") == wanted, path
        directed = page.xpath("//*[@dir]")
        for element in page.xpath("//*[@lang]") if directed else ():
            assert element.get("dir") == direction_of(element.get("lang")), path
        if path.startswith("ar/"):
            assert page.xpath("//body//*[@lang='fr-BE' or @lang='fr'][@dir='ltr']"), path


def test_a_passage_in_the_other_script_is_isolated(pages: Mapping[str, parser.HtmlElement]) -> None:
    for path, page in pages.items():
        if path.startswith("fr/qui"):
            (name,) = page.xpath("//span[@lang='ar']")
            assert name.get("dir") == "rtl"
        if path.startswith("ar/") and path.endswith(".htm"):
            assert page.xpath("//span[@lang='fr'][@dir='ltr']")


def test_a_site_from_left_to_right_has_no_directions(whole_build: Build) -> None:
    for each in whole_build.outputs:
        if each.path.endswith((".html", ".htm")):
            assert b" dir=" not in each.data


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_the_style_knows_beginning_and_end_not_left_and_right(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"[\w-]*(?:margin|padding|border|inset)-(?:left|right)[\w-]*", text) == []
    assert re.findall(r"(?<![-\w])(?:left|right)\s*:", text) == []
    assert re.findall(r"text-align:\s*(?:left|right)|float:", text) == []
    for name, value in re.findall(r"(?<![\w-])(inset|margin|padding):\s*([^;}]+)", text):
        parts = re.findall(r"[^\s()]+(?:\([^()]*\))?|\([^()]*\)", value)
        assert len(parts) < 4 or parts[1] == parts[3], f"{name}: {value}"


@pytest.mark.browser
def test_it_reads_from_the_right_in_a_browser(built: Build, chromium: Browser) -> None:
    files = {each.path: each.data for each in built.outputs}
    history = next(
        path for path in files if path.startswith("ar/tr") and path.endswith("index.html")
    )
    page = chromium.new_page()
    try:
        with serving(files) as origin:
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(f"{origin}/{history.removesuffix('index.html')}")
                found = page.evaluate(
                    """() => {
                      const left = each => document.querySelector(each).getBoundingClientRect().left;
                      const years = [...document.querySelectorAll('.overview-year')].map(
                        each => each.getBoundingClientRect().left);
                      return {exit: left('.exit'), sign: left('.sign'), years,
                        wide: document.documentElement.scrollWidth - innerWidth};
                    }"""
                )
                assert found["exit"] < width / 2 < found["sign"]
                assert found["years"] == sorted(found["years"], reverse=True)
                assert found["wide"] <= 0
    finally:
        page.close()


@pytest.mark.browser
def test_what_is_copied_from_a_printed_page_has_its_words_in_order(
    built: Build, chromium: Browser
) -> None:
    """Spaces of another font than the letters make a run of each word, from left to right.

    Paragraphs with Latin letters, figures or links are left out: pypdf puts the runs of a line in
    the order of the eye, in any page.
    """
    files = {each.path: each.data for each in built.outputs}
    page, held = chromium.new_page(), 0
    try:
        with serving(files) as origin:
            for path in files:
                if not path.startswith("ar/") or not path.endswith("index.html"):
                    continue
                page.goto(f"{origin}/{path.removesuffix('index.html')}")
                pieces = page.evaluate(
                    """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, dt)")]
                    .filter((each) => !each.closest(".unseen, .no-print, .breadcrumb, svg, nav")
                        && !each.querySelector("*")).map((each) => each.textContent.trim())"""
                )
                paper = letters_of(printed_text(page.pdf(prefer_css_page_size=True)))
                for piece in pieces:
                    if " " in piece and not re.search("[0-9A-Za-z]", piece):
                        assert letters_of(piece) in paper, f"{path}: {piece}"
                        held += 1
    finally:
        page.close()
    assert held > 10


def printed_text(paper: bytes) -> str:
    return "".join(each.extract_text() for each in PdfReader(io.BytesIO(paper)).pages)


def letters_of(text: str) -> str:
    """The letters in the order of reading, without their shapes within a word."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text))


def test_the_choice_of_language_has_a_title_without_the_comma_of_one(
    pages: Mapping[str, parser.HtmlElement],
) -> None:
    title = pages["index.html"].findtext(".//title")
    assert title == "Dar – العربية · Français"
    assert not set(title) & {",", "،", "、", ";", "؛"}
