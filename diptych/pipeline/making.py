"""Makes one page: its view is composed, a template renders it, and the facts that other outputs need are
read from its HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from diptych.bodies import Body
from diptych.cache import Cache, digest
from diptych.diagnostics import Outcome
from diptych.files.assets import integrity
from diptych.html import (
    LightPage,
    PageFacts,
    Sheets,
    StyleAddress,
    links_of_part,
    read_light,
    read_page,
    read_without,
    style_addresses,
)
from diptych.i18n import with_directions
from diptych.model import Output
from diptych.outputs.atom import feed_entries
from diptych.outputs.root_files import sitemap_entry
from diptych.outputs.searchable import searchable
from diptych.pipeline.chapters import (
    ChapterText,
    FileParts,
    LaterParts,
    MadeChapter,
    OwnFile,
    places_of,
)
from diptych.pipeline.made import MadePage, OwnList, OwnPage, PageInput, PagePart, View
from diptych.pipeline.mending import own_digest
from diptych.render import Composer, anchors_of, contents_of
from diptych.site import Site, with_old_anchors
from diptych.templating import Rendered, RenderedPart, Templates
from diptych.values import replace
from diptych.views import ChapterLink, PageView, RootView, TakeawayView

_STYLE, _SCRIPT = (  # patterns that match from one `<` to the next, so that their time stays linear
    re.compile(rf"<{name}>([^<]*(?:<(?!/{name}>)[^<]*)*)") for name in ("style", "script")
)


class PageMaker:
    """Makes pages, each from its input."""

    def __init__(self, site: Site, composer: Composer, templates: Templates, cache: Cache) -> None:
        self._site = site
        self._composer = composer
        self._templates = templates
        self._addresses = lambda text: cache.call(read_inline_style, digest(text), text)
        self._sheets = Sheets(self._addresses)

    def make_page(self, given: PageInput) -> Outcome[MadePage]:
        """Renders one page. The same input gives the same bytes.

        Diagnostics: those of the template, and of the chapters of a take-away file.
        """
        view, texts = self._view(given.view)
        outcome = self._rendered(given, view)
        light = self._sheets.taken_out(outcome.value.text)
        page = replace(light, text=with_old_anchors(with_directions(light.text), given.anchors))
        facts: PageFacts | None = None
        parts: tuple[PagePart, ...] = ()
        chapters: FileParts | None = None
        if page.text == light.text and texts:  # no offset has changed
            chapters = self._parts_of_file(page, given, texts)
            facts = chapters.facts if chapters is not None else None
        elif page.text == light.text and outcome.value.parts:
            facts, parts = self._facts_and_parts(page, outcome.value.parts)
        data = page.whole()
        made = MadePage(
            Output(given.output, Body(data), given.origin),
            facts or read_light(page, (), self._addresses) or read_page(data, self._addresses),
            _hashes_of_styles(light),
            _hashes(_SCRIPT, light.text),
            None if isinstance(view, TakeawayView) else sitemap_entry(view),
            parts=parts,
            chapters=LaterParts(chapters) if chapters is not None else None,
            own=own_digest(self._templates, given) if parts or chapters else "",
        )
        if isinstance(view, PageView):
            share, written = view.share, given.written
            day = given.day if written else None
            url = self._site.url(given.path)
            typography = self._site.settings.language(given.language).typography
            made = replace(
                made,
                title=view.title,
                searches=view.search is not None,
                share=share.words if share is not None and share.image else None,
                entries=tuple(feed_entries(url, day, given.days, view, typography)),
                text=searchable(given.path, view, typography) if given.searched else None,
                contents=contents_of(self._site.href(given.path), view) if written else None,
                anchors=anchors_of(view) if written else (),
            )
        problems = given.view.problems if isinstance(given.view, OwnFile) else ()
        return Outcome(made, (*problems, *outcome.diagnostics))

    def _rendered(
        self, given: PageInput, view: PageView | RootView | TakeawayView
    ) -> Outcome[Rendered]:
        if isinstance(view, PageView):
            return self._templates.render_in_parts(given.template, given.language, view)
        outcome = self._templates.render(given.template, given.language, view)
        return Outcome(Rendered(outcome.value), outcome.diagnostics)

    def _view(
        self, view: View
    ) -> tuple[PageView | RootView | TakeawayView, tuple[ChapterText, ...]]:
        """The view of a page, and the chapters of a take-away file."""
        if isinstance(view, OwnPage):
            page = self._site.page(view.text.key, view.text.language)
            assert page is not None
            return self._composer.page(page, view.around), ()
        if isinstance(view, OwnList):
            return replace(view.frame, contents=tuple(each.view() for each in view.contents)), ()
        if not isinstance(view, OwnFile):
            return view, ()
        texts = tuple(each.text.get() for each in view.chapters)
        links = (
            ChapterLink(each.id, each.title, Markup(text.html))  # noqa: S704  # a rendered template
            for each, text in zip(view.chapters, texts, strict=True)
        )
        return replace(view.frame, pages=tuple(links)), texts

    def _parts_of_file(
        self, page: LightPage, given: PageInput, texts: Sequence[ChapterText]
    ) -> FileParts | None:
        """The parts of a take-away file, whose chapters are not parsed again. None if the whole file
        must be parsed, as when it comes from a template of the site.
        """
        assert isinstance(given.view, OwnFile)
        known = [each.facts for each in texts if each.facts is not None]
        whole = len(known) == len(texts) and self._templates.is_themes(given.template)
        places = places_of(page.text, texts) if whole else []
        facts = read_without(page, places, self._addresses) if places else None
        if facts is None:
            return None
        offsets = page.offsets(place for each in places for place in each)
        read = zip(given.view.chapters, offsets[::2], offsets[1::2], known, strict=True)
        return FileParts(
            facts,
            tuple(
                MadeChapter(str(digest(chapter.text)), start, end, each)
                for chapter, start, end, each in read
            ),
        )

    def _facts_and_parts(
        self, page: LightPage, found: Sequence[RenderedPart]
    ) -> tuple[PageFacts | None, tuple[PagePart, ...]]:
        """The facts of a page outside of its shared parts, and these parts; no facts and no parts if
        the whole page must be parsed.
        """
        ends = iter(page.places(place for each in found for place in (each.start, each.end)))
        places = tuple(zip(ends, ends, strict=True))
        facts = read_light(page, places, self._addresses)
        return facts, _page_parts(page, found, places) if facts is not None else ()


def read_inline_style(text: str) -> tuple[StyleAddress, ...]:
    """The addresses in a `<style>` element of a page.

    The cache deletes the unused results of each stage that a build uses. A build that makes no page
    reads only the style sheets of `assets/` (`read_style`), so this is a stage of its own.
    """
    return style_addresses(text)


def _page_parts(
    page: LightPage, found: Iterable[RenderedPart], places: Sequence[tuple[int, int]]
) -> tuple[PagePart, ...]:
    """The shared parts of a page; `places` are the start and end of each in the text."""
    offsets = iter(page.offsets(place for each in places for place in each))
    return tuple(
        PagePart(
            part.block,
            str(part.key),
            next(offsets),
            next(offsets),
            links_of_part(page.text[start:end]) or (),
        )
        for part, (start, end) in zip(found, places, strict=True)
    )


def _hashes_of_styles(page: LightPage) -> tuple[str, ...]:
    found = dict.fromkeys(_STYLE.findall(page.text))
    sheets = page.sheets
    return tuple(sheets[each].hash if each in sheets else integrity(each) for each in found)


def _hashes(element: re.Pattern[str], html: str) -> tuple[str, ...]:
    return tuple(integrity(each) for each in dict.fromkeys(element.findall(html)))
