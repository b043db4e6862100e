"""Checks of the whole site, before any page is made."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.checks.headings import Headings, headings_of
from diptych.checks.rules import ReadSite
from diptych.checks.sources import broken_links, missing_pictures
from diptych.checks.table import run_checks
from diptych.diagnostics import Diagnostic
from diptych.site import Site


def check_site(read: ReadSite) -> Iterator[Diagnostic]:
    """The findings about links and pictures, and of the checks of headings, of a ReadSite and of a
    Site.
    """
    yield from broken_links(read)
    yield from missing_pictures(read)
    yield from run_checks(Headings, None, headings_of(read.site))
    yield from run_checks(ReadSite, None, read)
    yield from run_checks(Site, read.site.extend, read.site)
