"""What machines read: Atom, sitemap, robots, headers, redirects, the timeline as data."""

from diptych.feeds.atom import atom, list_feeds
from diptych.feeds.hosting import Allowed, headers, redirects, robots
from diptych.feeds.searchable import searchable
from diptych.feeds.security import security_txt
from diptych.feeds.sitemap import sitemap
from diptych.feeds.timeline_data import timeline_data

__all__ = [
    "Allowed",
    "atom",
    "headers",
    "list_feeds",
    "redirects",
    "robots",
    "searchable",
    "security_txt",
    "sitemap",
    "timeline_data",
]
