"""Assembles documents, timelines, settings and catalogs into one frozen `Site`.

It decides once which page exists in which language and in which state. Language switcher, hreflang,
canonical, sitemap, feeds and not-found pages all derive from that table.
"""

from diptych.site.addresses import (
    ADDRESSES,
    GONE,
    addresses_text,
    lost_anchors,
    noted,
    old_anchors,
    page_meant,
    read_addresses,
    read_old_anchors,
    unremembered,
    with_old_anchors,
    write_addresses,
)
from diptych.site.assemble import assemble
from diptych.site.links import Resolver, Target, WrittenLink, links_of
from diptych.site.redirects import Redirect, gone_addresses, redirects_of
from diptych.site.values import OldAnchor, Page, Remembered, Site
from diptych.site.years import Years

__all__ = [
    "ADDRESSES",
    "GONE",
    "OldAnchor",
    "Page",
    "Redirect",
    "Remembered",
    "Resolver",
    "Site",
    "Target",
    "WrittenLink",
    "Years",
    "addresses_text",
    "assemble",
    "gone_addresses",
    "links_of",
    "lost_anchors",
    "noted",
    "old_anchors",
    "page_meant",
    "read_addresses",
    "read_old_anchors",
    "redirects_of",
    "unremembered",
    "with_old_anchors",
    "write_addresses",
]
