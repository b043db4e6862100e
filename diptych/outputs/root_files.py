"""The files that programs look for at a fixed address: `robots.txt`, `sitemap.xml` (sitemaps.org 0.9)
and `/.well-known/security.txt` (RFC 9116).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from diptych.bodies import Body
from diptych.content.types import SITE
from diptych.model import Output
from diptych.site import Site
from diptych.values import Value
from diptych.views import PageView, RootView

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def robots(site: Site) -> Output:
    """`robots.txt`: it allows every program to read everything, and gives the address of the sitemap."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {site.url('sitemap.xml')}\n"
    return Output("robots.txt", Body(text.encode()), SITE.path)


class SitemapEntry(Value):
    """A page in the sitemap."""

    url: str  # absolute
    alternates: tuple[tuple[str, str], ...]  # language tag and address of each version


def sitemap_entry(view: PageView | RootView) -> SitemapEntry | None:
    """The entry of a page, with the same alternates as in the page; None if search engines must not
    index the page.
    """
    if not view.indexable:
        return None
    alternates = tuple((each.hreflang, each.href) for each in view.alternates)
    return SitemapEntry(view.canonical, alternates)


def sitemap(entries: tuple[SitemapEntry, ...]) -> Output:
    """`sitemap.xml`: every page that search engines may index, with its versions in other languages,
    sorted by address.
    """
    root = ET.Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for page in sorted(entries, key=lambda each: each.url):
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = page.url
        for language, address in page.alternates:
            attributes = {"rel": "alternate", "hreflang": language, "href": address}
            ET.SubElement(url, "xhtml:link", attributes)
    ET.indent(root, " ")
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
    return Output("sitemap.xml", Body(text.encode()), "content")


def security_txt(site: Site, today: datetime.date | None) -> Iterator[Output]:
    """`security.txt`, which says to whom one reports a leak in the site. There is none if the settings
    lack a contact or the last day of the file, and none after that day, since nobody may rely on an
    expired file (RFC 9116, 2.5.5). If `today` is None, the last day is not checked.
    """
    settings = site.settings
    if settings.expires is None or settings.organisation.contact is None:
        return
    if today is not None and today > settings.expires.value:
        return
    languages = ", ".join(language.key for language in settings.languages)
    text = (
        f"Contact: mailto:{settings.organisation.contact}\n"
        f"Expires: {settings.expires.value.isoformat()}T23:59:59Z\n"
        f"Preferred-Languages: {languages}\n"
        f"Canonical: {site.url('.well-known/security.txt')}\n"
    )
    yield Output(".well-known/security.txt", Body(text.encode()), SITE.path)
