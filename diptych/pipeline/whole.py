"""Makes the take-away file: the whole site of a language in one file. Each page is a chapter, which
is cached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from diptych.cache import Cache, digest
from diptych.diagnostics import Diagnostic, Outcome
from diptych.files import MadeImage
from diptych.model import Asset, Language
from diptych.pipeline.pages import Look, MadePage, Pages
from diptych.render import Chapters, Inside, chapter_order, takeaway_style
from diptych.site import Page, Site
from diptych.values import Value
from diptych.views import ChapterLink, ChapterView, TakeawayView


class ChapterDrawing(Value):
    """The input of `make_chapter`."""

    language: str  # its key
    view: ChapterView
    look: Look


class Chapter(Value):
    """A finished chapter."""

    id: str
    title: str
    html: str


def whole_files(
    site: Site,
    pages: Pages,
    made: Iterable[tuple[Page, MadePage]],
    assets: Iterable[Asset],
    images: Mapping[tuple[str, str], MadeImage],
    cache: Cache,
) -> Iterator[Outcome[MadePage]]:
    """The take-away file of each language that has a page of its own."""
    pictures = {site.href(each.fallback.path): each.fallback.data for each in images.values()}
    style = takeaway_style(assets)
    chapters: dict[str, list[tuple[Page, MadePage]]] = {}
    for page, each in made:
        if each.contents:
            chapters.setdefault(page.language, []).append((page, each))
    cache.expect(WholeFile.make_chapter, sum(map(len, chapters.values())))
    for language in site.settings.languages:
        own = chapters.get(language.key, [])
        path = pages.composer.whole(language.key)
        if path is None or not own:
            continue
        own.sort(key=lambda each: chapter_order(site, each[0]))
        ids = frozenset(anchor for _, each in own for anchor in each.anchors)
        keys = {site.href(page.path): page.key for page, _ in own}
        makes = WholeFile(site, pages, language, Inside(keys, ids, pictures), cache)
        yield makes.file(path, [page for page, _ in own], style)


class WholeFile:
    """Makes the take-away file of one language."""

    def __init__(
        self, site: Site, pages: Pages, language: Language, inside: Inside, cache: Cache
    ) -> None:
        self._site = site
        self._pages = pages
        self._language = language
        self._chapters = Chapters(site, inside)
        self._places = digest((inside.keys, tuple(sorted(inside.ids))))
        self._cache = cache

    def file(self, path: str, pages: list[Page], style: str) -> Outcome[MadePage]:
        """The file with these pages, in this order."""
        problems: list[Diagnostic] = []
        links = []
        for page in pages:
            outcome = self._chapter(page)
            problems += outcome.diagnostics
            chapter = outcome.value
            links.append(ChapterLink(chapter.id, chapter.title, Markup(chapter.html)))  # noqa: S704

        def view() -> TakeawayView:
            frame = self._pages.composer.frame(self._language.key, None)
            home = frame.home.removeprefix(self._site.href(""))
            url = self._site.url(home)
            return TakeawayView(self._language.tag, frame, url, Markup(style), tuple(links))  # noqa: S704

        glance = {"style": style, "chapters": links}
        whole = self._pages.whole(path, self._language.key, glance, view)
        return Outcome(whole.value, (*problems, *whole.diagnostics))

    def _chapter(self, page: Page) -> Outcome[Chapter]:
        def drawing() -> ChapterDrawing:
            view = self._chapters.chapter(self._pages.composer.page(page))
            return ChapterDrawing(self._language.key, view, self._pages.look)

        glance = {**self._pages.glance(page), "places in the file": self._places}
        return self._cache.gather(self.make_chapter, page.output, glance, drawing)

    def make_chapter(self, given: ChapterDrawing) -> Outcome[Chapter]:
        """One chapter of the take-away file. Diagnostics: those of its template."""
        page = given.view.page
        outcome = self._pages.templates.render("partials/chapter.html", given.language, given.view)
        return Outcome(Chapter(page.id, page.title, outcome.value), outcome.diagnostics)
