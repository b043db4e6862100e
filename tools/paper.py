"""The print edition: the timeline and the pages about rights as PDF, one a language.

    python tools/paper.py [PAGE …]     in the environment of the tests, after a build

Made by the Chromium of the tests from public/, into print/: `utsopi-tijdlijn.pdf`. Tagged, so that it
can be read aloud; with its title, its language and an outline; without the name of whoever made it,
without the hour. A browser prints what readers see, so no second layout has to follow the first.
"""

from __future__ import annotations

import functools
import http.server
import io
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chromium import NOT_THERE, find
from playwright.sync_api import Page, sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("timeline", "mission", "faq")
PUBLIC, PAPER = ROOT / "public", ROOT / "print"

NOT_BUILT = """\
Bouw eerst de site: make site
Construisez d'abord le site : make site
Build the site first: make site"""


def edition(page: Page) -> bytes:
    """What a browser shows as a PDF for paper, with nothing in it of who made it, where and when."""
    printed = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(printed)))
    writer.metadata = None
    writer.add_metadata({"/Title": page.title()})
    language = page.evaluate("document.documentElement.lang")
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    body = io.BytesIO()
    writer.write(body)
    return body.getvalue()


def addresses(keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The address of each page in each language that has it, and the name of its PDF."""
    sys.path.insert(0, str(ROOT))
    from diptych.cache import Cache
    from diptych.disk import read_tree
    from diptych.pipeline import Options, read_site

    site = read_site(read_tree(ROOT).value, Options(), Cache(None)).site
    if site is None:
        return
    for page in site.pages:
        if page.key in keys and page.language == page.text_language:
            name = page.path.strip("/").replace("/", "-")
            yield f"/{page.path}", f"{site.settings.organisation.short_name.lower()}-{name}.pdf"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder as a host shows it, to this computer alone."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing to say."""

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def main() -> int:
    """Prints every page; 3 when there is no site or no browser to do it with."""
    path = os.environ.get("CHROMIUM") or find()
    if path is None or not (PUBLIC / "index.html").exists():
        print(NOT_THERE if path is None else NOT_BUILT, file=sys.stderr)
        return 3
    PAPER.mkdir(exist_ok=True)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with served(PUBLIC) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page()
        for address, name in addresses(tuple(sys.argv[1:]) or PAGES):
            page.goto(origin + address)
            data = edition(page)
            (PAPER / name).write_bytes(data)
            print(
                f"print/{name}: {len(PdfReader(io.BytesIO(data)).pages)} A4, {len(data) // 1000} kB"
            )
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
