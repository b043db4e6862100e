"""The options of a build, and the results of its two halves."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from diptych.diagnostics import Diagnostic, Source, has_errors
from diptych.files import MadeImage
from diptych.model import Asset, Output
from diptych.site import Site
from diptych.translation import LanguageReport
from diptych.values import Value, field

if TYPE_CHECKING:
    from diptych.search import SearchText


class Options(Value):
    """The options of a build."""

    base_url: str | None = None  # instead of the one in site.yaml
    drafts: bool = False  # whether drafts are shown
    # the day of the build; None for a build in which nothing expires or is due
    today: datetime.date | None = None
    thorough: bool = False  # whether files that no page uses are checked too
    advice: bool = False  # whether notes suggest plainer wording
    jobs: int = 1  # how many pictures are made at a time
    only_errors: bool = False  # whether no picture is made and no languages are compared
    index: bool = True  # whether the search index is made; the preview makes it at the first search
    takeaway: bool = True  # whether the take-away files are made; the preview makes them on request
    hosting: str | None = None  # instead of the one in site.yaml
    # the moment of the build; it gives the day, in the site's time zone, if `today` is None
    now: datetime.datetime | None = None


class Build(Value):
    """A finished build. It may be published if none of its diagnostics is an error."""

    outputs: tuple[Output, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]  # every text that was read, to show lines of it
    site: Site | None
    reports: Mapping[str, LanguageReport] = field(default_factory=dict)  # by page key
    texts: tuple[SearchText, ...] = ()  # the input of the search index
    later: tuple[str, ...] = ()  # the paths of take-away files that were not made
    # the last day on which this build is valid; None if it stays valid
    until: datetime.date | None = None
    day: datetime.date | None = (
        None  # the day for which it was made; None: nothing in it depends on the day
    )

    @property
    def failed(self) -> bool:
        """Whether there is an error, so that nothing may be published."""
        return has_errors(self.diagnostics)


class Reading(Value):
    """The result of the first half of a build: the sources as one site, before any page is made."""

    site: Site | None  # None if the settings cannot be read
    reports: Mapping[str, LanguageReport]
    sources: Mapping[str, Source]
    diagnostics: tuple[Diagnostic, ...]
    assets: tuple[Asset, ...] = ()
    images: Mapping[tuple[str, str], MadeImage] = field(default_factory=dict)
    suppressed: frozenset[str] = (
        frozenset()
    )  # keys of pages whose languages are not compared because of an error
    today: datetime.date | None = None  # the day of the build; None: nothing depends on it
