"""The bar at the foot of a previewed page: how it stands in each language, and where one can go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from markupsafe import Markup

from diptych.diagnostics import Message, Source, say
from diptych.diagnostics.report import Translate
from diptych.pipeline import Build
from diptych.preview.overlay import EditorLink
from diptych.site import Page, Site
from diptych.site.values import FALLBACK
from diptych.translation import State, Verdict
from diptych.translation.status import STATE_NAMES, Cell, status_of
from diptych.values import Value

SIDE = "/__preview/side/"  # + key
WITHOUT = "/__preview/without/"  # + language/key


class Languages(Value):
    """How the languages of every page stood in the last build whose sources could be read."""

    site: Site
    verdicts: Mapping[str, Verdict]
    sources: Mapping[str, Source]


class Link(Value):
    """Where the bar leads."""

    href: str
    text: str


def languages_of(build: Build, before: Languages | None) -> Languages | None:
    """Those of a build; the ones before when not even its settings could be read."""
    if build.site is None:
        return before
    return Languages(build.site, build.verdicts, build.sources)


def page_at(languages: Languages | None, output: str) -> Page | None:
    """The page that an output shows; None for what is no page of the site."""
    pages = languages.site.pages if languages else ()
    return next((page for page in pages if page.output == output), None)


def page_bar(languages: Languages, page: Page, words: Translate, link: EditorLink) -> str:
    """The bar of a page: its states, its text in the editor, both languages, and none of this one."""
    ways = [
        Link(link(page.document.source.path, 1, 1), words(say("edit this page"))),
        Link(SIDE + quote(page.key), words(say("languages side by side"))),
    ]
    own = languages.site.own_versions(page.key)
    if page.state != FALLBACK and len(own) > 1:
        text = say("view without {name}", name=languages.site.settings.language(page.language).name)
        ways.append(Link(f"{WITHOUT}{page.language}/{quote(page.key)}", words(text)))
    return _bar(languages, page.key, page.language, ways, words)


def side_bar(languages: Languages, key: str, words: Translate) -> str:
    """The bar of the two columns: it leads back to the page in each language."""
    return _bar(languages, key, None, (), words)


def simulated_bar(languages: Languages, key: str, language: str, words: Translate) -> str:
    """The bar of a page that is shown as if a language lacked it."""
    name = languages.site.settings.language(language).name
    note = words(
        say("This is what a reader would see if this page did not exist in {name}.", name=name)
    )
    page = languages.site.page(key, language)
    ways = (
        [Link(languages.site.href(page.path), words(say("back to the real page")))] if page else []
    )
    return _bar(languages, key, None, ways, words, note)


def _bar(
    languages: Languages,
    key: str,
    here: str | None,
    ways: Iterable[Link],
    words: Translate,
    note: str = "",
) -> str:
    states = Markup("").join(_states(languages, key, here, words))
    links = Markup("").join(
        Markup('<li><a href="{}">{}</a></li>').format(each.href, each.text) for each in ways
    )
    told = Markup('<p class="note">{}</p>').format(note) if note else ""
    return str(
        Markup('<nav id="diptych-bar" aria-label="{}">{}<ul class="states">{}</ul>{}</nav>').format(
            words(say("preview")),
            told,
            states,
            Markup('<ul class="ways">{}</ul>').format(links) if links else "",
        )
    )


def _states(languages: Languages, key: str, here: str | None, words: Translate) -> Iterable[Markup]:
    """A page's state in every language, each with the way there where there is a page."""
    site, verdict = languages.site, languages.verdicts.get(key)
    cells: Mapping[str, Cell] = {}
    if verdict is not None:
        cells = status_of(site, {key: verdict}, languages.sources, lambda *_: None).cells[key]
    for language in site.settings.languages:
        page, cell = site.page(key, language.key), cells.get(language.key, Cell(State.ABSENT))
        name = Markup('<span lang="{}">{}</span>').format(language.tag, language.name)
        if page is not None:
            current = Markup(' aria-current="page"') if language.key == here else ""
            name = Markup('<a href="{}" lang="{}"{}>{}</a>').format(
                site.href(page.path), language.tag, current, language.name
            )
        yield Markup('<li>{} <span class="standing {}">{}</span></li>').format(
            name, cell.state.value, words(_told(cell))
        )


def _told(cell: Cell) -> Message:
    name = STATE_NAMES[cell.state]
    if cell.state in (State.CURRENT, State.FALLBACK, State.ABSENT) or not cell.parts:
        return name
    return say("{state}, parts: {count}", state=name, count=cell.parts)
