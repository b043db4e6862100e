"""Makes the take-away files. The take-away file of a language contains all its pages; on a large
site it is a list of files, one for each section. Each page is a chapter, which is cached.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice

from markupsafe import Markup

from diptych.cache import Cache, SlotRequest, digest
from diptych.diagnostics import Outcome
from diptych.files import MadeImage
from diptych.i18n import format_size
from diptych.model import Asset, Language
from diptych.pipeline.chapters import Chapter, OwnFile, chapter_text
from diptych.pipeline.pages import Look, MadePage, OwnText, Pages
from diptych.render import Chapters, Composer, Inside, TakeawayPart, takeaway_style
from diptych.site import Page, Site, Target
from diptych.templating import Templates
from diptych.values import Value, replace
from diptych.views import ChapterView, TakeawayFile, TakeawayView


class OwnChapter(Value):
    """The input of the chapter of a page that shows nothing of the site but its own text."""

    text: OwnText
    targets: tuple[Target, ...]  # the targets of the page's links, on the site
    places: tuple[str, ...]  # the addresses of the same links in the take-away file


class ChapterDrawing(Value):
    """The input of `make_chapter`."""

    output: str  # the path of the chapter's page
    language: str  # the key of the language
    view: ChapterView | OwnChapter
    look: Look
    site: str  # the address of the site


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
    files = []
    for language in site.settings.languages:
        for part in pages.composer.around.parts(language.key):
            ids = frozenset(name for page in part.pages for name in anchors[page.output])
            keys = {site.href(page.path): page.key for page in part.pages}
            files.append(WholeFile(site, pages, language, part, Inside(keys, ids, pictures)))
    requests = [ask for each in files for ask in each.chapters()]
    draws = ChapterDrawer(files, site, pages.templates)
    chapters = iter(cache.gather_each(draws.make_chapter, requests, pages.around()))
    for language in site.settings.languages:
        sizes = []
        for each in (each for each in files if each.language is language):
            file = each.file(tuple(islice(chapters, len(each.part.pages))), style)
            sizes.append((each.part, file.value.output.body.size))
            yield file
        if pages.composer.around.in_parts(language.key):
            yield _list_of(sizes, site, pages, language, style)


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
    """The page that lists the take-away files of a language. `files` holds, for each file, the part of
    the site in it and its size in bytes.
    """
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
    """Makes one take-away file: the file with the pages of a part, in their order."""

    def __init__(
        self, site: Site, pages: Pages, language: Language, part: TakeawayPart, inside: Inside
    ) -> None:
        self.language = language
        self.part = part
        self._site = site
        self._pages = pages
        self._chapters = Chapters(site, inside)
        self._places = digest((inside.keys, tuple(sorted(inside.ids))))

    def chapters(self) -> Iterator[SlotRequest[Callable[[], ChapterDrawing]]]:
        """A request to the cache for each chapter."""
        for page in self.part.pages:
            inputs = {**self._pages.own(page), "places in the file": self._places}
            yield SlotRequest(page.output, inputs, partial(self._drawing, page))

    def _drawing(self, page: Page) -> ChapterDrawing:
        view = self._own_chapter(page) or self._chapters.chapter(self._pages.composer.page(page))
        return ChapterDrawing(
            page.output, self.language.key, view, self._pages.look, self._site.url("")
        )

    def _own_chapter(self, page: Page) -> OwnChapter | None:
        text = self._pages.own_text(page)
        if text is None:
            return None
        targets = self._pages.composer.around.targets(page)
        places = (self._chapters.address(each.href or "", page.key) for each in targets)
        return OwnChapter(text, targets, tuple(places))

    def view(self, page: Page) -> ChapterView:
        """The view of the chapter of a page that shows nothing of the site but its own text."""
        return self._chapters.chapter(self._pages.composer.text(page))

    def file(self, chapters: Collection[Outcome[Chapter]], style: str) -> Outcome[MadePage]:
        """The file with these chapters. `style` is the text of its style sheet."""
        own = tuple(each.value for each in chapters)

        def view() -> OwnFile:
            frame = _frame(self._site, self._pages, self.language, style)
            return OwnFile(replace(frame, part=self.part.title), own)

        glance = {"style": style, "chapters": (self.part.title, own)}
        whole = self._pages.whole(self.part.path, self.language.key, glance, view)
        problems = [problem for each in chapters for problem in each.diagnostics]
        return Outcome(whole.value, (*problems, *whole.diagnostics))


class ChapterDrawer:
    """Draws the chapters of the take-away files."""

    def __init__(self, files: Iterable[WholeFile], site: Site, templates: Templates) -> None:
        self._files = {page.output: file for file in files for page in file.part.pages}
        self._site = site
        self._templates = templates

    def make_chapter(self, given: ChapterDrawing) -> Outcome[Chapter]:
        """One chapter of the take-away file. Diagnostics: those of its template."""
        view = given.view
        if isinstance(view, OwnChapter):
            found = self._site.page(view.text.key, view.text.language)
            assert found is not None
            view = self._files[given.output].view(found)
        page = view.page
        outcome = self._templates.render("partials/chapter.html", given.language, view)
        chapter = Chapter(page.id, page.title, chapter_text(outcome.value))
        return Outcome(chapter, outcome.diagnostics)
