"""Makes the take-away file: the whole site of a language in one file, or in a file for each section
and a list of them. Each page is a chapter, which is cached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from diptych.cache import Cache, digest
from diptych.diagnostics import Diagnostic, Outcome
from diptych.files import MadeImage
from diptych.i18n import format_size
from diptych.model import Asset, Language
from diptych.pipeline.pages import Look, MadePage, OwnText, Pages
from diptych.render import Chapters, Composer, Inside, TakeawayPart, takeaway_style
from diptych.site import Page, Site, Target
from diptych.values import Value, replace
from diptych.views import ChapterLink, ChapterView, TakeawayFile, TakeawayView


class OwnChapter(Value):
    """What decides the chapter of a page with nothing but its own text."""

    text: OwnText
    targets: tuple[Target, ...]  # of its links, on the site
    places: tuple[str, ...]  # the same in the file


class ChapterDrawing(Value):
    """The input of `make_chapter`."""

    language: str  # its key
    view: ChapterView | OwnChapter
    look: Look
    site: str  # the address of the site


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
    """The take-away files of each language that has a page of its own."""
    pictures = {site.href(each.fallback.path): each.fallback.data for each in images.values()}
    style = takeaway_style(assets)
    anchors = {page.output: each.anchors for page, each in made if each.contents}
    cache.expect(WholeFile.make_chapter, len(anchors))
    for language in site.settings.languages:
        parts = pages.composer.around.parts(language.key)
        files = []
        for part in parts:
            ids = frozenset(name for page in part.pages for name in anchors[page.output])
            keys = {site.href(page.path): page.key for page in part.pages}
            makes = WholeFile(site, pages, language, Inside(keys, ids, pictures), cache)
            file = makes.file(part, style)
            files.append((part, file.value.output.body.size))
            yield file
        if pages.composer.around.in_parts(language.key):
            yield _list_of(files, site, pages, language, style)


def whole_paths(site: Site, composer: Composer) -> Iterator[str]:
    """The paths of all take-away files."""
    for language in site.settings.languages:
        yield from (part.path for part in composer.around.parts(language.key))
        if composer.around.in_parts(language.key):
            yield composer.around.whole(language.key) or ""


def _list_of(
    files: Iterable[tuple[TakeawayPart, int]],
    site: Site,
    pages: Pages,
    language: Language,
    style: str,
) -> Outcome[MadePage]:
    """The list of the take-away files of a language, which have so many bytes each."""
    path = pages.composer.around.whole(language.key)
    assert path is not None
    links = tuple(
        TakeawayFile(part.title, part.path.rpartition("/")[2], format_size(size, language.locale))
        for part, size in files
    )

    def view() -> TakeawayView:
        return replace(_frame(site, pages, language, style), files=links)

    return pages.whole(path, language.key, {"style": style, "files": links}, view)


def _frame(site: Site, pages: Pages, language: Language, style: str) -> TakeawayView:
    """A take-away file without chapters."""
    frame = pages.composer.around.frame(language.key, None)
    url = site.url(frame.home.removeprefix(site.href("")))
    return TakeawayView(language.tag, frame, url, Markup(style), ())  # noqa: S704  # the site's own file


class WholeFile:
    """Makes one take-away file."""

    def __init__(
        self, site: Site, pages: Pages, language: Language, inside: Inside, cache: Cache
    ) -> None:
        self._site = site
        self._pages = pages
        self._language = language
        self._chapters = Chapters(site, inside)
        self._places = digest((inside.keys, tuple(sorted(inside.ids))))
        self._cache = cache

    def file(self, part: TakeawayPart, style: str) -> Outcome[MadePage]:
        """The file with the pages of a part, in their order."""
        problems: list[Diagnostic] = []
        links = []
        for page in part.pages:
            outcome = self._chapter(page)
            problems += outcome.diagnostics
            chapter = outcome.value
            links.append(ChapterLink(chapter.id, chapter.title, Markup(chapter.html)))  # noqa: S704

        def view() -> TakeawayView:
            frame = _frame(self._site, self._pages, self._language, style)
            return replace(frame, pages=tuple(links), part=part.title)

        glance = {"style": style, "chapters": (part.title, links)}
        whole = self._pages.whole(part.path, self._language.key, glance, view)
        return Outcome(whole.value, (*problems, *whole.diagnostics))

    def _chapter(self, page: Page) -> Outcome[Chapter]:
        def drawing() -> ChapterDrawing:
            view = self._own_chapter(page) or self._chapters.chapter(
                self._pages.composer.page(page)
            )
            return ChapterDrawing(self._language.key, view, self._pages.look, self._site.url(""))

        glance = {**self._pages.glance(page), "places in the file": self._places}
        return self._cache.gather(self.make_chapter, page.output, glance, drawing)

    def _own_chapter(self, page: Page) -> OwnChapter | None:
        text = self._pages.own_text(page)
        if text is None:
            return None
        targets = self._pages.composer.around.targets(page)
        places = (self._chapters.address(each.href or "", page.key) for each in targets)
        return OwnChapter(text, targets, tuple(places))

    def make_chapter(self, given: ChapterDrawing) -> Outcome[Chapter]:
        """One chapter of the take-away file. Diagnostics: those of its template."""
        view = given.view
        if isinstance(view, OwnChapter):
            found = self._site.page(view.text.key, view.text.language)
            assert found is not None
            view = self._chapters.chapter(self._pages.composer.text(found))
        page = view.page
        outcome = self._pages.templates.render("partials/chapter.html", given.language, view)
        return Outcome(Chapter(page.id, page.title, outcome.value), outcome.diagnostics)
