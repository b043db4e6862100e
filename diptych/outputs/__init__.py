"""Published beside the pages: Atom, sitemap, robots, headers, redirects, the timeline as data."""

from diptych.outputs.atom import atom, list_feeds
from diptych.outputs.hosting import Allowed, headers, redirects, robots
from diptych.outputs.searchable import searchable
from diptych.outputs.security import security_txt
from diptych.outputs.sitemap import sitemap
from diptych.outputs.timeline_data import timeline_data

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
