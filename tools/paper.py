"""The print edition: the timeline, the mission, the questions and the page for the press as PDF, one
file for each page and language.

    python tools/paper.py [PAGE …]     in the environment of the tests, after a build

The Chromium of the tests makes it from public/ and writes it into print/, such as
`utsopi-nl-tijdlijn.pdf`. Each PDF is tagged, so that it can be read aloud, and has its title, its
language and an outline; it holds neither a name of its maker nor a time. A browser prints the page as
readers see it, so that there is no second layout. Only the PDFs embed a font, and have a running head
and the address of the page as a QR code (ISO/IEC 18004), for the reader's phone.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import segno
from chromium import NOT_THERE, find
from debian import install_packages
from playwright.sync_api import Page
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject
from shown import browser, served

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("timeline", "mission", "faq", "press")
PUBLIC, PAPER = ROOT / "public", ROOT / "print"

# The letters of the theme's pictures are cut out of it, and it was drawn after Bitstream Charter, the
# first serif of the style sheet (OFL-1.1). A PDF holds the letters that it uses; no reader loads one.
TYPE, TYPE_PACKAGE = "Charis SIL", "fonts-sil-charis"

NOT_BUILT = """\
Bouw eerst de site: make site
Construisez d'abord le site : make site
Build the site first: make site"""
WITHOUT_TYPE = f"""\
Zonder het lettertype {TYPE}: de bladen krijgen dat van deze computer. Op Debian: {TYPE_PACKAGE}
Sans les caractères {TYPE} : les feuilles prennent ceux de cet ordinateur. Sur Debian : {TYPE_PACKAGE}
Without the type {TYPE}: the sheets get that of this computer. On Debian: {TYPE_PACKAGE}"""


LETTER = f'"{TYPE}", Charter, "Noto Serif", Georgia, serif'
HEAD = """
:root {{ --serif: {letter}; --sans: {letter}; }}
@page {{
  @top-left {{ content: {name}; font: 8pt {letter}; }}
  @top-right {{ content: {address}; font: 8pt {letter}; }}
  @bottom-right {{ content: counter(page) " / " counter(pages); font: 8pt {letter}; }}
}}
@page :first {{ @top-left {{ content: ""; }} @top-right {{ content: ""; }} }}
.top, main h1 {{ padding-inline-end: 22mm; }}
.top > svg.code {{ position: absolute; inset: 0 0 auto auto; inline-size: 19mm; block-size: 19mm; }}
"""
DRESS = """([style, code, size]) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
  document.querySelector("svg.code")?.remove();
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS(svg.namespaceURI, "path");
  svg.setAttribute("class", "code");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", code);
  svg.append(path);
  document.querySelector(".top")?.append(svg);
}"""


def has_type() -> bool:
    """Whether the letters of the print edition are here; on Debian they are installed if they may be."""
    if shutil.which("fc-list") is None:
        return False
    listed = ["fc-list", ":", "family"]
    found = subprocess.run(listed, capture_output=True, text=True, check=False).stdout
    return TYPE in found or install_packages(TYPE_PACKAGE)


def qr_path(text: str) -> tuple[str, int]:
    """A text as a QR code: the path of its dark modules, each 1 by 1, and how wide it is."""
    rows = segno.make(text, error="m", micro=False).matrix
    dark = ((x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return "".join(f"M{x} {y}h1v1h-1z" for x, y in dark), len(rows)


def edition(page: Page) -> bytes:
    """The PDF of the page that a browser shows, laid out for paper, without a maker's name or a time."""
    address = page.evaluate("document.querySelector('link[rel=canonical]')?.href ?? ''")
    if address:
        names = {"name": page.title(), "address": address.removeprefix("https://")}
        quoted = {key: json.dumps(text, ensure_ascii=False) for key, text in names.items()}
        page.evaluate(DRESS, [HEAD.format(letter=LETTER, **quoted), *qr_path(address)])
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
            yield (
                f"/{page.path}",
                f"{site.settings.organisation.short_name(page.language).lower()}-{name}.pdf",
            )


def main() -> int:
    """Prints every page; 3 when there is no site or no browser to do it with."""
    path = os.environ.get("CHROMIUM") or find()
    if path is None or not (PUBLIC / "index.html").exists():
        print(NOT_THERE if path is None else NOT_BUILT, file=sys.stderr)
        return 3
    PAPER.mkdir(exist_ok=True)
    if not has_type():
        print(WITHOUT_TYPE, file=sys.stderr)
    with served(str(PUBLIC)) as origin, browser() as chromium:
        page = chromium.new_page()
        for address, name in addresses(tuple(sys.argv[1:]) or PAGES):
            page.goto(origin + address)
            data = edition(page)
            (PAPER / name).write_bytes(data)
            print(
                f"print/{name}: {len(PdfReader(io.BytesIO(data)).pages)} A4, {len(data) // 1000} kB"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
