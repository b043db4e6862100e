"""Assembles pages, records, settings and catalogs into one frozen `Site`.

The site knows each page in each language, with its state and address. The language switcher, hreflang,
canonical, sitemap, feeds and not-found pages all derive from these pages.
"""

from diptych.site.addresses import (
    ADDRESSES,
    GONE,
    addresses_text,
    anchor_recorded,
    lost_anchors,
    no_page,
    old_anchors,
    page_meant,
    read_addresses,
    renamed_bundles,
    unremembered,
    with_old_anchors,
    with_present_keys,
    write_addresses,
)
from diptych.site.assemble import assemble
from diptych.site.links import Resolver, Target, links_of
from diptych.site.old_paths import for_editors, in_url, path_of, wrong_with
from diptych.site.redirects import gone_addresses, redirects_of
from diptych.site.values import OldAnchor, Page, Redirect, Remembered, Site
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
    "Years",
    "addresses_text",
    "anchor_recorded",
    "assemble",
    "for_editors",
    "gone_addresses",
    "in_url",
    "links_of",
    "lost_anchors",
    "no_page",
    "old_anchors",
    "page_meant",
    "path_of",
    "read_addresses",
    "redirects_of",
    "renamed_bundles",
    "unremembered",
    "with_old_anchors",
    "with_present_keys",
    "write_addresses",
    "wrong_with",
]
