"""The search index, made from the texts of the finished pages."""

from __future__ import annotations

from diptych.bodies import Body
from diptych.cache import Cache
from diptych.diagnostics import Diagnostic, Message, Outcome, Span, say, warning
from diptych.model import Output
from diptych.search import SearchFailed, SearchText, can_index, make_index
from diptych.site import Site

_ORIGIN = "content/site.yaml"
_SLOT = "pagefind"

Texts = tuple[SearchText, ...]


def is_searched(site: Site) -> bool:
    """Whether the settings ask for an index and a page shows the search field."""
    return site.settings.search is not None and bool(
        site.with_layout(lambda layout: layout.contents)
    )


def search_index(site: Site, texts: Texts, cache: Cache) -> Outcome[tuple[Output, ...]]:
    """The files of the index. It is made again only if a text changed.

    Diagnostics: search-index (a warning) if Pagefind is missing or fails; there are no files then.
    """
    if not texts:
        return Outcome(())
    if not can_index():
        return Outcome((), (_problem(site, say("there is no search index: Pagefind is missing")),))
    try:
        files = cache.call(make_index, _SLOT, texts)
    except SearchFailed as failed:
        message = say("there is no search index, since Pagefind says: {reason}", reason=str(failed))
        return Outcome((), (_problem(site, message),))
    return Outcome(tuple(Output(file.path, Body(file.data), _ORIGIN) for file in files))


def _problem(site: Site, message: Message) -> Diagnostic:
    hint = say("run `make site` once; until then the search page is a list of all there is")
    span = site.settings.search or Span(_ORIGIN)
    return warning("search-index", span, message, hint)
