"""The bar below a page of the preview: its translation state in each language, and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from diptych.diagnostics import Message, Source, say, say_n
from diptych.diagnostics.report import Translate
from diptych.model import Language, named
from diptych.pipeline import Build
from diptych.preview.overlay import EditorLink
from diptych.site import Page, Site
from diptych.site.values import FALLBACK
from diptych.templating import render_own
from diptych.translation import LanguageReport, State
from diptych.translation.status import STATE_NAMES, StatusCell, status_of
from diptych.values import Value

SIDE = "/__preview/side/"  # + key
WITHOUT = "/__preview/without/"  # + language/key


class Languages(Value):
    """A built site with its translation states."""

    site: Site
    reports: Mapping[str, LanguageReport]
    sources: Mapping[str, Source]


class BarLink(Value):
    """A link of the bar."""

    href: str
    text: str


class BarLanguage(Value):
    """The state of a page in a language."""

    language: Language
    href: str | None  # of the page in the language; None if it does not exist
    here: bool  # whether it is the page on show
    state: str
    said: str  # the state in words


def languages_of(build: Build, before: Languages | None) -> Languages | None:
    """The `Languages` of a build; `before` if the settings of its site cannot be read."""
    if build.site is None:
        return before
    return Languages(build.site, build.reports, build.sources)


def page_at(languages: Languages | None, output: str) -> Page | None:
    """The page that is published at the path `output`, or None."""
    pages = languages.site.pages if languages else ()
    return next((page for page in pages if page.output == output), None)


def page_bar(languages: Languages, page: Page, words: Translate, link: EditorLink) -> str:
    """The bar of a page, with links to its file, to all languages, and to the page without this
    language.
    """
    ways = [
        BarLink(link(page.document.source.path, 1, 1), words(say("edit this page"))),
        BarLink(SIDE + quote(page.key), words(say("languages side by side"))),
    ]
    own = languages.site.own_versions(page.key)
    if page.state != FALLBACK and len(own) > 1:
        text = say(
            "view without {name}", name=named(languages.site.settings.language(page.language))
        )
        ways.append(BarLink(f"{WITHOUT}{page.language}/{quote(page.key)}", words(text)))
    return _bar(languages, page.key, page.language, ways, words)


def side_bar(languages: Languages, key: str, words: Translate) -> str:
    """The bar of the side-by-side view, with links to the page in each language."""
    return _bar(languages, key, None, (), words)


def simulated_bar(languages: Languages, key: str, language: str, words: Translate) -> str:
    """The bar of a page that is shown as if a language lacked it."""
    name = named(languages.site.settings.language(language))
    note = words(
        say("This is what a reader would see if this page did not exist in {name}.", name=name)
    )
    page = languages.site.page(key, language)
    ways = (
        [BarLink(languages.site.href(page.path), words(say("back to the real page")))]
        if page
        else []
    )
    return _bar(languages, key, None, ways, words, note)


def _bar(
    languages: Languages,
    key: str,
    here: str | None,
    ways: Iterable[BarLink],
    words: Translate,
    note: str = "",
) -> str:
    return render_own(
        "diptych.preview",
        "bar.html",
        label=words(say("preview")),
        note=note,
        statuses=_languages(languages, key, here, words),
        ways=tuple(ways),
    )


def _languages(
    languages: Languages, key: str, here: str | None, words: Translate
) -> Iterator[BarLanguage]:
    site, report = languages.site, languages.reports.get(key)
    cells: Mapping[str, StatusCell] = {}
    if report is not None:
        cells = status_of(site, {key: report}, languages.sources, lambda *_: None).cells[key]
    for language in site.settings.languages:
        page, cell = site.page(key, language.key), cells.get(language.key, StatusCell(State.ABSENT))
        href = None if page is None else site.href(page.path)
        said = words(_state_in_words(cell))
        yield BarLanguage(language, href, language.key == here, cell.state.value, said)


def _state_in_words(cell: StatusCell) -> Message:
    name = STATE_NAMES[cell.state]
    if cell.state in (State.CURRENT, State.FALLBACK, State.ABSENT) or not cell.parts:
        return name
    return say(
        "{state}, {parts}",
        state=name,
        parts=say_n("{count} part", "{count} parts", count=cell.parts),
    )
