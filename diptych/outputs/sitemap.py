"""`sitemap.xml` (sitemaps.org 0.9) with the languages of each page beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from diptych.model import Output
from diptych.views import PageView, RootView

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def sitemap(views: Iterable[PageView | RootView]) -> Output:
    """Every page that may be indexed, with the same alternates that the page itself names."""
    root = ET.Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for view in sorted(views, key=lambda each: each.canonical):
        if not view.indexable:
            continue
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = view.canonical
        for alternate in view.alternates:
            attributes = {
                "rel": "alternate",
                "hreflang": alternate.hreflang,
                "href": alternate.href,
            }
            ET.SubElement(url, "xhtml:link", attributes)
    ET.indent(root, " ")
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
    return Output("sitemap.xml", text.encode(), "content")
