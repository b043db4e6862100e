"""Makes the take-away files. The take-away file of a language contains all its pages; on a large
site it is a list of files, one for each section. Each page is a chapter, which is cached.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial

from markupsafe import Markup

from diptych.cache import Digest, SlotRequest, digest, slot_group
from diptych.diagnostics import Outcome
from diptych.i18n import format_size, rounded_size
from diptych.model import Language
from diptych.pipeline.chapters import Chapter, OwnFile, chapter_text
from diptych.pipeline.made import MadePage, OwnText
from diptych.pipeline.pages import Pages
from diptych.render import Chapters, TakeawayPart, takeaway_style
from diptych.site import Page, Target
from diptych.values import Value, replace
from diptych.views import ChapterView, TakeawayFile, TakeawayView


class OwnChapter(Value):
    """The input of the chapter of a page that shows nothing of the site but its own text."""

    text: OwnText
    targets: tuple[Target, ...]  # the targets of the page's links, on the site
    places: tuple[str, ...]  # the addresses of the same links in the take-away file


class ChapterInput(Value):
    """The input of `make_chapter`."""

    language: str  # the key of the language
    view: ChapterView | OwnChapter
    look: Mapping[str, Digest]  # the digests of templates, interface strings and assets


def whole_files(pages: Pages, made: Iterable[tuple[Page, MadePage]]) -> Iterator[Outcome[MadePage]]:
    """The take-away files of each language that has a page of its own."""
    site, around = pages.site, pages.composer.neighbourhood
    fallbacks = (each.fallback for each in pages.images.values())
    pictures = {site.href(each.path): each.data for each in fallbacks}
    style = takeaway_style(pages.assets)
    anchors = {page.output: each.anchors for page, each in made if each.contents}
    for language in site.settings.languages:
        sizes = []
        for part in around.parts(language.key):
            file = WholeFile(pages, language, part, anchors, pictures).made(style)
            sizes.append((part, file.value.output.body.size))
            yield file
        if around.in_parts(language.key):
            yield _list_of(sizes, pages, language, style)


def whole_paths(pages: Pages) -> Iterator[str]:
    """The paths of all take-away files."""
    around = pages.composer.neighbourhood
    for language in pages.site.settings.languages:
        yield from (part.path for part in around.parts(language.key))
        if around.in_parts(language.key):
            yield around.whole(language.key) or ""


def _list_of(
    files: Iterable[tuple[TakeawayPart, int]], pages: Pages, language: Language, style: str
) -> Outcome[MadePage]:
    """The page that lists the take-away files of a language. `files` holds, for each file, the part of
    the site in it and its size in bytes.
    """
    path = pages.composer.neighbourhood.whole(language.key)
    assert path is not None
    rows = tuple(
        (part.title, part.path.rpartition("/")[2], rounded_size(size)) for part, size in files
    )

    def view() -> TakeawayView:
        links = (
            TakeawayFile(title, name, format_size(size, language.locale))
            for title, name, size in rows
        )
        return replace(_frame(pages, language, style), files=tuple(links))

    return pages.whole(path, language.key, view, {"style": style, "files": rows})


def _frame(pages: Pages, language: Language, style: str) -> TakeawayView:
    """A take-away file without chapters."""
    site = pages.site
    frame = pages.composer.neighbourhood.frame(language.key, None)
    url = site.url(frame.home.removeprefix(site.href("")))
    return TakeawayView(language.tag, frame, url, Markup(style), ())  # noqa: S704  # the site's own file


class WholeFile:
    """Makes one take-away file: the file with the pages of a part, in their order."""

    def __init__(
        self,
        pages: Pages,
        language: Language,
        part: TakeawayPart,
        anchors: Mapping[str, Collection[str]],
        pictures: Mapping[str, bytes],
    ) -> None:
        self._site = pages.site
        self._pages = pages
        self._language = language
        self._part = part
        self._anchors = anchors
        self._pictures = pictures

    def made(self, style: str) -> Outcome[MadePage]:
        """The file. `style` is the text of its style sheet.

        While no page of the file changed, its chapters are not looked up in the cache. The inputs of
        the pages also decide the ids and addresses by which the chapters link to each other.
        """

        def view() -> OwnFile:
            frame = _frame(self._pages, self._language, style)
            chapters = self._made_chapters()
            own = tuple(each.value for each in chapters)
            problems = tuple(problem for each in chapters for problem in each.diagnostics)
            return OwnFile(replace(frame, part=self._part.title), own, problems)

        self._pages.cache.keep(self.make_chapter, self._part.path)
        pages = self._pages.inputs(self._site.group(self._part.path, self._part.pages))
        glance = {"style": style, "chapters": digest((self._part.title, pages))}
        return self._pages.whole(self._part.path, self._language.key, view, glance)

    def _made_chapters(self) -> list[Outcome[Chapter]]:
        places = digest((self._chapters.keys, sorted(self._chapters.ids)))
        requests: list[SlotRequest[Callable[[], ChapterInput]]] = [
            SlotRequest(
                page.output,
                {**self._pages.own(page), "places in the file": places},
                partial(self._input, page),
            )
            for page in self._part.pages
        ]
        groups = [slot_group(self._part.path, requests)]
        return self._pages.cache.gather_groups(self.make_chapter, groups, self._pages.shared)

    @cached_property
    def _chapters(self) -> Chapters:
        site, pages = self._site, self._part.pages
        keys = {site.href(page.path): page.key for page in pages}
        ids = frozenset(name for page in pages for name in self._anchors[page.output])
        return Chapters(site, keys, ids, self._pictures)

    def _input(self, page: Page) -> ChapterInput:
        view = self._own_chapter(page) or self._chapters.chapter(self._pages.composer.page(page))
        return ChapterInput(self._language.key, view, self._pages.look)

    def _own_chapter(self, page: Page) -> OwnChapter | None:
        text = self._pages.own_text(page)
        if text is None:
            return None
        targets = self._pages.composer.neighbourhood.targets(page)
        places = (self._chapters.address(each.href or "", page.key) for each in targets)
        return OwnChapter(text, targets, tuple(places))

    def make_chapter(self, given: ChapterInput) -> Outcome[Chapter]:
        """One chapter of the file. Diagnostics: those of its template."""
        view = given.view
        if isinstance(view, OwnChapter):
            found = self._site.page(view.text.key, view.text.language)
            assert found is not None
            view = self._chapters.chapter(self._pages.composer.text(found))
        page = view.page
        outcome = self._pages.templates.render("partials/chapter.html", given.language, view)
        chapter = Chapter(page.id, page.title, chapter_text(outcome.value))
        return Outcome(chapter, outcome.diagnostics)
