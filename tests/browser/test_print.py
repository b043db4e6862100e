"""On paper: all of the text, none of the machinery, and no more sheets than one hands out."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable

import paper
import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from diptych.files.pdf import clean_pdf
from diptych.model import File
from tests.browser.conftest import Served
from tests.browser.visits import Visits
from tests.conftest import launch

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]

MOST = {"timeline": 12, "mission": 2, "home": 2, "faq": 4, "history": 3, "privacy": 3, "safety": 3}

# Every piece of text that stands in a box of its own.
PARAGRAPHS = """() => [...document.querySelectorAll(
    "main :is(h1, h2, h3, h4, p, li, dt, dd, td, th, figcaption, time)")]
    .filter((each) => !each.closest(".no-print, .unseen, .years, .filter, .breadcrumb, svg, .skip")
        && ![...each.children].some((child) => /^(P|UL|OL|DL|TABLE|ARTICLE|DIV|H\\d)$/.test(child.tagName)))
    .map((each) => each.innerText).filter((text) => text.trim())"""

# Every text of which a part stands beyond the edge of the sheet; what only voices say does not count.
CUT_OFF = """(width) => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const cut = [], range = document.createRange();
    while (walker.nextNode()) {
        range.selectNodeContents(walker.currentNode);
        const boxes = [...range.getClientRects()].filter((box) => box.width > 1);
        if (boxes.some((box) => box.left < -1 || box.right > width + 1)
            && !walker.currentNode.parentElement.closest(".unseen")) {
            cut.push(walker.currentNode.data.trim().slice(0, 40));
        }
    }
    return cut.filter((text) => text);
}"""


def letters(text: str) -> str:
    """Without spaces, hyphens, ligatures and printed addresses: what a reader reads."""
    plain = unicodedata.normalize("NFKC", re.sub(r"<(https?:|mailto:)[^>]*>", "", text))
    return re.sub(r"[\s\u00ad\u2060\u2010-]+", "", plain)


def printed(page: Page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_page_is_on_its_sheets(tab: Tabs, served: Served, language: str) -> None:
    """All of its text, on no more of them than one hands out."""
    page = tab(color_scheme="dark")  # whose readers print too
    page.emulate_media(media="print")
    sheets: dict[str, int] = {}
    missing: dict[str, list[str]] = {}
    assert served.build.site is not None
    for key in sorted({each.key for each in served.build.site.pages}):
        page.goto(served.path(key, language))
        paragraphs = page.evaluate(PARAGRAPHS)
        assert paragraphs
        booklet = printed(page)
        sheets[key] = len(booklet.pages)
        text = letters("".join(sheet.extract_text() for sheet in booklet.pages))
        missing[key] = [each for each in paragraphs if letters(each) not in text]
        for sheet in booklet.pages:
            assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) in (
                (595, 842),
                (596, 842),
            )
    assert {key: lost for key, lost in missing.items() if lost} == {}
    assert {key: number for key, number in sheets.items() if number > MOST.get(key, 8)} == {}


def test_the_foot_never_stands_alone_on_a_sheet(tab: Tabs, served: Served) -> None:
    """However far the text reaches down: where the foot no longer fits, a paragraph goes along."""
    page = tab(served.path("privacy", "nl"))
    last = page.evaluate("""() => {
        const room = document.createElement("div"), text = [...document.querySelectorAll("main p")].pop();
        room.id = "room";
        text.closest("section, main").before(room);
        return text.innerText;
    }""")

    def with_room(millimetres: int) -> PdfReader:
        page.evaluate(f"document.getElementById('room').style.height = '{millimetres}mm'")
        return printed(page)

    least, most = 0, 290
    sheets = len(with_room(least).pages)
    assert len(with_room(most).pages) > sheets
    while most - least > 1:
        middle = (least + most) // 2
        if len(with_room(middle).pages) > sheets:
            most = middle
        else:
            least = middle
    assert letters(last) in letters(with_room(most).pages[-1].extract_text())


def test_a_long_list_of_names_goes_on_overleaf(tab: Tabs, served: Served) -> None:
    """It does not leave the rest of a sheet empty; a name and what is said of it stay together."""
    page = tab(served.path("privacy", "nl"))
    page.evaluate("""() => {
        const add = (parent, name, words) => {
            const element = parent.appendChild(document.createElement(name));
            element.textContent = words;
            return element;
        };
        const part = add(document.querySelector("main .text, main"), "section", "");
        part.className = "part";
        add(part, "h2", "Namen");
        const prose = add(part, "div", ""), list = add(prose, "dl", "");
        prose.className = "prose";
        for (let each = 0; each < 40; each++) {
            add(list, "dt", `Naam-${each}.`);
            add(list, "dd", `Uitleg-${each}.`);
        }
    }""")
    texts = [sheet.extract_text() for sheet in printed(page).pages]
    assert "Naam-0." in texts[0]
    assert "Naam-39." in texts[-1]
    for text in texts:
        assert re.findall(r"Naam-(\d+)", text) == re.findall(r"Uitleg-(\d+)", text)


@pytest.mark.parametrize("width", [700, 1000, 1280])  # upright, across, larger paper
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_nothing_is_cut_off_at_the_edge_of_the_sheet(
    tab: Tabs, served: Served, language: str, width: int
) -> None:
    """What hangs in the margin of a wide screen has no margin on paper."""
    page = tab()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media="print")
    assert served.build.site is not None
    for key in sorted({each.key for each in served.build.site.pages}):
        page.goto(served.path(key, language))
        outside = page.evaluate(CUT_OFF, width)
        assert (key, outside) == (key, [])


@pytest.mark.parametrize("key", paper.PAGES)
def test_the_print_edition_can_be_read_aloud_and_names_nobody(
    tab: Tabs, served: Served, key: str
) -> None:
    site = served.build.site
    if site is None or site.page(key, "fr") is None:
        pytest.skip("a page that this site does not have")
    page = tab(served.path(key, "fr"))
    data = paper.edition(page)
    assert clean_pdf(File("paper/page.pdf", data)).diagnostics == ()
    book = PdfReader(io.BytesIO(data))
    assert {name: str(value) for name, value in (book.metadata or {}).items()} == {
        "/Title": page.title()
    }
    root = book.root_object
    assert str(root["/Lang"]) == "fr-BE"
    assert "/StructTreeRoot" in root
    assert str(root["/MarkInfo"]) == "{'/Type': '/MarkInfo', '/Marked': True}"
    assert book.outline
    assert paper.edition(page) == data


def test_no_navigation_on_paper(visits: Visits, served: Served) -> None:
    assert served.build.site is not None
    for address in (
        "/",
        *(served.path(each.key, each.language) for each in served.build.site.pages),
    ):
        assert (address, visits[address, True].on_paper) == (address, [])


def test_paper_is_black_on_white_in_the_dark_too(tab: Tabs, served: Served) -> None:
    page = tab(served.path("mission", "nl"), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate("""() => [getComputedStyle(document.body).color,
        getComputedStyle(document.documentElement).backgroundColor]""")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_the_addresses_of_other_sites_are_on_paper(tab: Tabs, served: Served) -> None:
    page = tab(served.path("timeline", "nl"))
    links = page.evaluate(
        "() => [...document.querySelectorAll('main a[rel~=external]')].map((e) => e.href)"
    )
    text = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in printed(page).pages))
    assert [link for link in links if f"<{link}>" not in text] == []


def test_the_print_edition_says_on_every_sheet_what_it_is_and_where(
    tab: Tabs, served: Served
) -> None:
    """The address as text and as a QR code on the first, a running head on the others, a number on all."""
    page = tab(served.path("timeline", "nl"))
    book = PdfReader(io.BytesIO(paper.edition(page)))
    sheets = [" ".join(sheet.extract_text().split()) for sheet in book.pages]
    address = page.get_attribute("link[rel=canonical]", "href") or ""
    assert address
    for number, text in enumerate(sheets, start=1):
        assert f"{number} / {len(sheets)}" in text
        assert address.removeprefix("https://") in text
        assert (page.title() in text) is (number > 1)
    path, size = paper.qr_path(address)
    code = page.locator("svg.code")
    assert code.get_attribute("viewBox") == f"0 0 {size} {size}"
    assert code.locator("path").get_attribute("d") == path


def test_a_qr_code_has_the_modules_of_the_standard() -> None:
    """Its three finder patterns (ISO/IEC 18004, 6.3.3): a ring around a block, in three corners."""
    path, size = paper.qr_path("https://example.org/nl/tijdlijn/")
    assert (size - 17) % 4 == 0
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}
    for left, top in ((0, 0), (size - 7, 0), (0, size - 7)):
        for x in range(7):
            for y in range(7):
                ring = max(abs(x - 3), abs(y - 3))
                assert ((left + x, top + y) in dark) is (ring != 2)


def test_the_letters_of_the_print_edition_are_in_the_file(
    chromium: Browser, served: Served
) -> None:
    if not paper.has_type():
        pytest.skip(f"{paper.TYPE} is not on this computer, and cannot be installed")
    fresh = launch(chromium.browser_type)  # one begun before they were installed lacks them
    page = fresh.new_page(base_url=served.origin)
    page.goto(served.path("timeline", "fr"))
    book = PdfReader(io.BytesIO(paper.edition(page)))
    fresh.close()
    fonts = {
        str(font["/BaseFont"])
        for sheet in book.pages
        for font in sheet["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts
    assert all(re.fullmatch(r"/[A-Z]{6}\+CharisSIL\S*", name) for name in fonts), fonts


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_paper_says_where_it_comes_from_and_asks_for_nothing(
    tab: Tabs, served: Served, language: str
) -> None:
    """From any browser: the address of the page, and not what only a screen can do."""
    page = tab(served.path("timeline", language))
    address = page.locator("link[rel=canonical]").get_attribute("href") or "?"
    asked = page.locator(".filter legend, .filter label").first.inner_text()
    text = letters("".join(sheet.extract_text() for sheet in printed(page).pages))
    assert letters(address.partition("://")[2]) in text
    assert letters(asked) not in text
