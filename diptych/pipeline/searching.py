"""Searching: what is indexed, the index, and the page that lists everything and shows the field."""

from __future__ import annotations

from collections.abc import Collection

from diptych.cache import Cache
from diptych.content.layouts import layout_of
from diptych.diagnostics import Diagnostic, Message, Outcome, Span, say, warning
from diptych.model import Output
from diptych.outputs import searchable
from diptych.render import contents
from diptych.search import SCRIPT, SearchFailed, SearchText, can_index, make_index
from diptych.site import Page, Site
from diptych.values import replace
from diptych.views import PageView

_ORIGIN = "content/site.yaml"

Views = list[tuple[Page, PageView]]
Texts = tuple[SearchText, ...]


def search_texts(site: Site, views: Views, cache: Cache) -> Texts:
    """What can be found; nothing unless the settings ask for it and a page shows it."""
    wanted = site.settings.search is not None and any(
        layout_of(view.layout).contents for _, view in views
    )
    if not wanted:
        return ()
    found = (
        cache.again(("searchable", each[0].output), lambda one: searchable((one,)), each)
        for each in views
    )
    return tuple(text for texts in found for text in texts)


def search_index(site: Site, texts: Texts, cache: Cache) -> Outcome[tuple[Output, ...]]:
    """The files of the index; made again only when a text changed.

    Diagnostics: search-index (a warning) when Pagefind is missing or fails; then there are none.
    """
    if not texts:
        return Outcome(())
    if not can_index():
        return Outcome((), (_problem(site, say("there is no search index: Pagefind is missing")),))
    try:
        files = cache.call(make_index, texts)
    except SearchFailed as failed:
        message = say("there is no search index, since Pagefind says: {reason}", reason=str(failed))
        return Outcome((), (_problem(site, message),))
    return Outcome(tuple(Output(file.path, file.data, _ORIGIN) for file in files))


def search_pages(site: Site, views: Views, found_in: Collection[str]) -> Views:
    """The views of all pages, those with the layout search filled: the list, and Pagefind's script
    where the language of the page (a tag) can be searched.
    """
    return [
        (
            page,
            replace(
                view,
                contents=contents(site, views, page.language),
                search=site.href(SCRIPT) if view.lang in found_in else None,
            )
            if layout_of(view.layout).contents
            else view,
        )
        for page, view in views
    ]


def _problem(site: Site, message: Message) -> Diagnostic:
    hint = say("run `make site` once; until then the search page is a list of all there is")
    span = site.settings.search or Span(_ORIGIN)
    return warning("search-index", span, message, hint)
