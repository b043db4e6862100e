"""The files beside the pages: Atom, sitemap, robots, headers, redirects, the timeline as data."""

from diptych.outputs.atom import FeedEntry, archives, atom, feed_entries, list_feed
from diptych.outputs.calendar import AgendaEntry, AgendaRequest, agenda_file
from diptych.outputs.hosting import Allowed, header_rules, hosting_files
from diptych.outputs.root_files import Listed, listed, robots, security_txt, sitemap
from diptych.outputs.searchable import searchable
from diptych.outputs.timeline_data import TimelineRequest, timeline_data

__all__ = [
    "AgendaEntry",
    "AgendaRequest",
    "Allowed",
    "FeedEntry",
    "Listed",
    "TimelineRequest",
    "agenda_file",
    "archives",
    "atom",
    "feed_entries",
    "header_rules",
    "hosting_files",
    "list_feed",
    "listed",
    "robots",
    "searchable",
    "security_txt",
    "sitemap",
    "timeline_data",
]
