"""Documents, timelines, settings and catalogs -> one frozen `Site` in which everything has a place.

Which page exists in which language and in what state is decided here, once: switcher, hreflang,
canonical, sitemap, feeds and not-found pages all derive from this one table.
"""

from diptych.site.assemble import Parts, assemble
from diptych.site.links import Resolver, Target
from diptych.site.redirects import Redirect, redirects_of
from diptych.site.values import EventText, Page, Site

__all__ = [
    "EventText",
    "Page",
    "Parts",
    "Redirect",
    "Resolver",
    "Site",
    "Target",
    "assemble",
    "redirects_of",
]
