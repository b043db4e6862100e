"""The two-column view in the preview: the page one is looking at, its languages side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from diptych.build import Build
from diptych.diagnostics import Source, say
from diptych.diagnostics.report import Translate
from diptych.parity import Verdict
from diptych.site import Site
from diptych.site.values import FALLBACK
from diptych.twocolumns import side_by_side

ADDRESS = "/__preview/side/"

EditorLink = Callable[[str, int, int], str]  # path, line, column -> where the file opens


@dataclass(frozen=True, slots=True)
class Languages:
    """How the languages of every page stood in the last build whose sources could be read."""

    site: Site
    verdicts: Mapping[str, Verdict]
    sources: Mapping[str, Source]


def languages_of(build: Build, before: Languages | None) -> Languages | None:
    """Those of a build; the ones before when not even its settings could be read."""
    if build.site is None:
        return before
    return Languages(build.site, build.verdicts, build.sources)


def side_page(
    languages: Languages | None, key: str, words: Translate, link: EditorLink
) -> bytes | None:
    """The two columns of one page, each text with a link that opens it; None for no such page."""
    if languages is None or key not in languages.verdicts:
        return None

    def opened(place: str) -> str:
        path, _, line = place.rpartition(":")
        return link(path, int(line), 1)

    site, verdicts, sources = languages.site, languages.verdicts, languages.sources
    return side_by_side(site, verdicts, sources, words, link=opened, only=key).encode("utf-8")


def way_there(languages: Languages | None, output: str, words: Translate) -> str:
    """The link at a page's foot to its two columns; nothing for what is no page of the site."""
    pages = languages.site.pages if languages else ()
    page = next((page for page in pages if page.output == output), None)
    if page is None:
        return ""
    text = words(say("languages side by side"))
    return _corner([(ADDRESS + quote(page.key), text, "")])


def ways_back(languages: Languages | None, key: str) -> str:
    """At the foot of the two columns: the page itself, in each language that has it."""
    if languages is None:
        return ""
    site = languages.site
    links = [
        (site.href(page.path), site.settings.language(page.language).name,
         site.settings.language(page.language).tag)
        for page in site.versions(key) if page.state != FALLBACK
    ]  # fmt: skip
    return _corner(links)


def _corner(links: list[tuple[str, str, str]]) -> str:
    """Links in the corner of the window: address, text, language of the text."""
    items = []
    for href, text, tag in links:
        lang = f' lang="{escape(tag)}"' if tag else ""
        items.append(f'<a href="{escape(href)}"{lang}>{escape(text)}</a>')
    return f'<p id="diptych-side">{" ".join(items)}</p>' if items else ""
