"""The preview in a browser: save and see; mistakes over the last good page; nobody else may look."""

from __future__ import annotations

import base64
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.request import urlopen

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, Route, expect

from tests.conftest import ROOT, SITE_YAML, write_site

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]

ABOUT = "---\ntitle: Over ons\n---\n\n{text}\n\n## Wie {{#who}}\n\nWij.\n"
OVERLAY = "#diptych-problems"


@dataclass(frozen=True)
class Previewed:
    """A site that is being previewed."""

    root: Path
    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def save(self, text: str, path: str = "content/about/nl.md") -> None:
        """As editors do it: beside, and then in place."""
        file = self.root / path
        beside = file.with_name(f".{file.name}.new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)

    def about(self, text: str) -> None:
        self.save(ABOUT.format(text=text))


@pytest.fixture(scope="module")
def previewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    root = write_site(tmp_path_factory.mktemp("previewed"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["--root", str(root), "serve", "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        cwd=root,
        env={**os.environ, "LC_ALL": "C"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        yield Previewed(root, port)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the preview answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the preview does not answer")


@pytest.fixture
def page(tab: Tabs, previewed: Previewed) -> Page:
    """A tab on a page of the site, as it was at first."""
    previewed.about("Tekst.")
    page = tab()
    page.goto(f"{previewed.origin}/nl/over-ons/")
    seen(page, "Tekst.")
    return page


def seen(page: Page, text: str) -> None:
    """The page shows this text, and no problem."""
    expect(page.locator("main")).to_contain_text(text)
    expect(page.locator(OVERLAY)).to_have_count(0)


def complained(page: Page, *words: str) -> None:
    """The problems are shown, with these words, over the last good page."""
    for word in words:
        expect(page.locator(OVERLAY)).to_contain_text(word)
    expect(page.get_by_role("heading", name="Over ons")).to_be_attached()


def test_what_is_saved_is_seen(page: Page, previewed: Previewed) -> None:
    previewed.about("Een nieuwe zin.")
    seen(page, "Een nieuwe zin.")


def test_nonsense_is_told_over_the_last_good_page_until_it_is_mended(
    page: Page, previewed: Previewed
) -> None:
    previewed.save("---\ntitle: [Over ons\n---\n\nWeg.\n")
    complained(page, "content/about/nl.md")
    expect(page.locator("main")).to_contain_text("Tekst.")
    link = page.locator(OVERLAY).get_by_role("link").first
    assert (link.get_attribute("href") or "").startswith("vscode://file")
    previewed.about("Hersteld.")
    seen(page, "Hersteld.")


def test_of_ten_quick_saves_the_last_one_stands(page: Page, previewed: Previewed) -> None:
    for number in range(10):
        previewed.about(f"Keer {number}.")
        page.wait_for_timeout(30)
    seen(page, "Keer 9.")


def test_a_template_error_is_told_with_its_line(page: Page, previewed: Previewed) -> None:
    template = previewed.root / "templates" / "page.html"
    before = template.read_text(encoding="utf-8")
    previewed.save(
        before.replace("{% block body %}", "{% block body %}{% if %}"), "templates/page.html"
    )
    complained(page, "templates/page.html:")
    previewed.save(before, "templates/page.html")
    seen(page, "Tekst.")


def test_a_folder_that_goes_and_comes_back(page: Page, previewed: Previewed) -> None:
    about, kept = previewed.root / "content" / "about", previewed.root / "kept"
    shutil.move(about, kept)
    complained(page, "about")
    shutil.move(kept, about)
    seen(page, "Tekst.")
    previewed.about("Nog eens.")
    seen(page, "Nog eens.")


def test_a_new_page_is_there_at_once(page: Page, previewed: Previewed) -> None:
    bundle = previewed.root / "content" / "news"
    bundle.mkdir()
    for language, title in (("nl", "Nieuws"), ("fr", "Nouvelles")):
        previewed.save(f"---\ntitle: {title}\n---\n\nHier.\n", f"content/news/{language}.md")
    link = page.locator(".foot").get_by_role("link", name="Nieuws", exact=True)
    expect(link).to_be_visible()
    shutil.rmtree(bundle)
    expect(link).to_have_count(0)


def test_a_page_that_was_opened_during_a_mistake_is_told_of_its_end(
    page: Page, previewed: Previewed, tab: Tabs
) -> None:
    previewed.save("---\ntitle: [\n---\n")
    complained(page, "content/about/nl.md")
    late = tab(f"{previewed.origin}/nl/over-ons/")
    complained(late, "content/about/nl.md")
    previewed.about("Weer goed.")
    seen(late, "Weer goed.")
    seen(page, "Weer goed.")


def test_a_change_that_comes_while_the_page_is_loading_is_seen(
    page: Page, previewed: Previewed
) -> None:
    """The page is there already, its script is not: nobody could tell it."""
    seen_by_server = f"{previewed.origin}/nl/over-ons/"

    def late(route: Route) -> None:
        previewed.about("Onder het laden.")
        until = time.monotonic() + 60
        while "Onder het laden." not in urlopen(seen_by_server).read().decode():
            assert time.monotonic() < until
            time.sleep(0.02)
        route.continue_()

    fresh = page.context.new_page()
    fresh.route("**/__preview/preview.js*", late, times=1)
    fresh.goto(seen_by_server, wait_until="commit")
    seen(fresh, "Onder het laden.")


def test_what_comes_in_place_is_what_a_load_would_show(page: Page, previewed: Previewed) -> None:
    """Paragraphs come and go, a title changes in head, menu and page: nothing is loaded anew."""
    page.evaluate("document.kept = true")
    whole = "document.documentElement.outerHTML.replace(/data-epoch=.\\d+./, '')"
    focused = page.locator("header.top a").first
    focused.focus()
    for text in (
        "Een.\n\nTwee, met *nadruk*, één.",
        "Een.\n\n- Drie\n- Vier\n\nTwee, met nadruk.\n\n> Vijf, twee.",
        "Zes en `zeven`.\n\n## Nu {#now}\n\n> Vijf, drie.",
    ):
        previewed.about(text)
        seen(page, text.split(", ")[-1])
        expect(focused).to_be_focused()
    previewed.save(
        "---\ntitle: Wie wij zijn\nslug: over-ons\n---\n\nAcht.\n\n## Wie {#who}\n\nWij.\n"
    )
    seen(page, "Acht.")
    expect(page).to_have_title("Wie wij zijn – Voorbeeld")
    assert page.evaluate("document.kept")
    in_place = page.evaluate(whole)
    page.reload()
    assert page.evaluate(whole) == in_place
    assert page.evaluate("document.kept") is None


def test_another_style_is_loaded_at_the_same_place(page: Page, previewed: Previewed) -> None:
    previewed.about(
        "Zin. " * 400
        + "\n\n"
        + "\n\n".join(f"## Deel {n} {{#part-{n}}}\n\n" + "Zin. " * 150 for n in range(8))
    )
    seen(page, "Zin.")
    page.evaluate("document.kept = true; document.getElementById('part-5').scrollIntoView()")
    place = page.evaluate("scrollY")
    style = previewed.root / "assets" / "site.css"
    before = style.read_text(encoding="utf-8")
    previewed.save(before + "\nmain h1 { padding-top: 100px }\n", "assets/site.css")
    expect(page.locator("main h1")).to_have_css("padding-top", "100px")
    page.wait_for_function(f"Math.abs(scrollY - {place} - 100) < 50")
    assert page.evaluate("document.kept") is None
    assert page.evaluate("sessionStorage.length") == 0
    previewed.save(before, "assets/site.css")


def test_the_browser_keeps_its_place_when_the_text_above_grows(
    page: Page, previewed: Previewed
) -> None:
    tail = "\n\n".join(f"## Deel {n} {{#part-{n}}}\n\n" + "Zin. " * 150 for n in range(8))
    previewed.about("Kort.\n\n" + tail)
    seen(page, "Kort.")
    page.goto(f"{previewed.origin}/nl/over-ons/#part-5")
    page.mouse.wheel(0, 120)
    page.wait_for_function("scrollY > 1000")
    top = "document.getElementById('part-5').getBoundingClientRect().top"
    before = page.evaluate(f"new Promise((done) => setTimeout(() => done({top}), 200))")
    previewed.about("Lang. " * 400 + "\n\n" + tail)
    seen(page, "Lang. Lang.")
    page.wait_for_function(f"Math.abs({top} - {before}) < 2")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_page_that_is_renamed_and_a_file_written_in_pieces(
    page: Page, previewed: Previewed
) -> None:
    """An editor that writes in place, and slowly: the half is told or passed over, the whole stands."""
    file = previewed.root / "content" / "about" / "nl.md"
    whole = ABOUT.format(text="Heel en gaaf.").encode()
    with file.open("wb", buffering=0) as writing:
        for piece in (whole[:7], whole[7:25], whole[25:]):
            writing.write(piece)
            page.wait_for_timeout(80)
    seen(page, "Heel en gaaf.")
    bundle = previewed.root / "content" / "about"
    previewed.save(SITE_YAML.replace("[about]", "[we]"), "content/site.yaml")
    bundle.rename(bundle.with_name("we"))
    seen(page, "Heel en gaaf.")
    bundle.with_name("we").rename(bundle)
    previewed.save(SITE_YAML, "content/site.yaml")
    seen(page, "Heel en gaaf.")


def test_the_bar_leads_to_the_columns_and_to_the_page_without_its_language(
    page: Page, previewed: Previewed
) -> None:
    bar = page.get_by_role("navigation", name="preview")
    bar.get_by_role("link", name="languages side by side").click()
    expect(page.get_by_role("cell", name="Texte.")).to_be_visible()
    bar.get_by_role("link", name="Nederlands").click()
    bar.get_by_role("link", name="view without Nederlands").click()
    expect(page.locator("main")).to_contain_text("Texte.")
    bar.get_by_role("link", name="back to the real page").click()
    seen(page, "Tekst.")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_bar_and_the_problems_can_be_read_by_everyone(
    page: Page, previewed: Previewed, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.emulate_media(color_scheme=scheme)
    previewed.save("---\ntitle: [Over ons\n---\n\nWeg.\n")
    complained(page, "content/about/nl.md")
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("""axe.run("#diptych-preview", { resultTypes: ["violations"] }).then(
        (report) => report.violations.map((each) => [each.id, each.nodes.map((node) => node.html)]))""")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def ask(port: int, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("[::1]:{port}", 200),
        ("evil.example", 403),
        ("evil.example:{port}", 403),
        ("127.0.0.1.evil.example", 403),
    ],
)
@pytest.mark.parametrize("path", ["/nl/", "/__preview/preview.js"])
def test_only_this_computer_may_look(
    previewed: Previewed, path: str, host: str, status: int
) -> None:
    """A page elsewhere that points its own name to this computer gets nothing."""
    assert ask(previewed.port, path, {"Host": host.format(port=previewed.port)}) == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:{port}", 101),
        ("http://localhost:{port}", 101),
        ("https://evil.example", 403),
        ("http://127.0.0.1.evil.example", 403),
        ("null", 403),
    ],
)
def test_only_this_computer_may_listen(previewed: Previewed, origin: str, status: int) -> None:
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(bytes(16)).decode(),
        "Origin": origin.format(port=previewed.port),
    }
    assert ask(previewed.port, "/__preview/socket", headers) == status
