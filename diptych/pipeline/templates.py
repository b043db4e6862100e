"""The templates of a site: those that render its pages, and their mistakes."""

from __future__ import annotations

from collections.abc import Mapping

from diptych.cache import Cache
from diptych.diagnostics import Diagnostic, Source
from diptych.files.theme import THEME, named, overlaid
from diptych.i18n import Strings, strings_of
from diptych.pipeline.values import Reading
from diptych.site import Site
from diptych.templating import Templates


def templates_of(site: Site, read: Reading, cache: Cache) -> Templates:
    """The templates that render the pages: the site's own, and the theme's for all others."""
    sources = _template_sources(read.sources)
    return Templates(sources, strings_in(site), read.assets, site.href, cache, site.extend)


def check_syntax(sources: Mapping[str, Source], cache: Cache) -> tuple[Diagnostic, ...]:
    """The diagnostics of the templates of a site whose settings cannot be read."""
    return Templates(_template_sources(sources), {}, (), str, cache).check()


def strings_in(site: Site) -> dict[str, Strings]:
    """The interface strings of each language of a site, by the key of the language."""
    return {
        each.key: strings_of(site.catalogs[each.key], each.locale)
        for each in site.settings.languages
    }


def _template_sources(sources: Mapping[str, Source]) -> dict[str, Source]:
    """The templates by the names that templates use for each other. A name `theme/…` is always a
    template of the theme, even if the site has a template of its own in place of it.
    """
    theme = named(sources, f"{THEME}/templates")
    return {
        **overlaid(sources, "templates"),
        **{f"theme/{name}": source for name, source in theme.items()},
    }
