"""`sitemap.xml` (sitemaps.org 0.9), each page with its versions in other languages."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from diptych.bodies import Body
from diptych.model import Output
from diptych.values import Value
from diptych.views import PageView, RootView

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


class Listed(Value):
    """A page in the sitemap."""

    url: str  # absolute
    alternates: tuple[tuple[str, str], ...]  # language tag and address of each version


def listed(view: PageView | RootView) -> Listed | None:
    """A page that search engines may index, with the same alternates as in the page."""
    if not view.indexable:
        return None
    return Listed(view.canonical, tuple((each.hreflang, each.href) for each in view.alternates))


def sitemap(pages: Iterable[Listed]) -> Output:
    """Every page that search engines may index, sorted by address."""
    root = ET.Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for page in sorted(pages, key=lambda each: each.url):
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = page.url
        for language, address in page.alternates:
            attributes = {"rel": "alternate", "hreflang": language, "href": address}
            ET.SubElement(url, "xhtml:link", attributes)
    ET.indent(root, " ")
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
    return Output("sitemap.xml", Body(text.encode()), "content")
