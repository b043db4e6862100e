"""Makes one page: its view is composed, a template renders it, and the facts that other outputs need are
read from its HTML.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from markupsafe import Markup

from diptych.bodies import Body, BodyLost
from diptych.cache import Cache, Digest, digest
from diptych.diagnostics import Outcome
from diptych.files.assets import integrity
from diptych.html import (
    LightPage,
    PageFacts,
    Sheets,
    StyleAddress,
    ends_with_tag,
    links_of_part,
    read_light,
    read_page,
    read_without,
    style_addresses,
)
from diptych.i18n import has_right_to_left, with_directions
from diptych.model import Output
from diptych.outputs.atom import FeedEntry, feed_entries
from diptych.outputs.root_files import SitemapEntry, sitemap_entry
from diptych.outputs.searchable import searchable
from diptych.pipeline.chapters import (
    ChapterText,
    FileParts,
    LaterParts,
    MadeChapter,
    OwnFile,
    places_of,
)
from diptych.render import Around, Composer, ContentsItem, LaterContents, anchors_of, contents_of
from diptych.search import SearchText
from diptych.site import Site, with_old_anchors
from diptych.templating import Rendered, RenderedPart, Templates
from diptych.values import Value, field, replace
from diptych.views import ChapterLink, PageView, RootView, TakeawayView

_STYLE, _SCRIPT = (  # patterns that match from one `<` to the next, so that their time stays linear
    re.compile(rf"<{name}>([^<]*(?:<(?!/{name}>)[^<]*)*)") for name in ("style", "script")
)


class OwnText(Value):
    """The input of the text of a page that shows nothing of the site but its own text. If two
    inputs are equal, the texts are equal.
    """

    key: str
    language: str
    source: Digest
    pictures: tuple[str, ...]  # the paths of the page's pictures; each path contains a digest


class OwnPage(Value):
    """The input of a whole page: its text, and the values of the site around it (menu, links). The
    page's view is composed from it only if the page must be rendered.
    """

    text: OwnText
    around: Around


class OwnList(Value):
    """The input of the page that lists all pages: its view without the list, and the entries of the
    list, which are read from the cache only if the page must be rendered.
    """

    frame: PageView
    contents: tuple[ContentsItem, ...]


View: TypeAlias = PageView | RootView | TakeawayView | OwnPage | OwnFile | OwnList


class PageInput(Value):
    """The input of `make_page`."""

    output: str  # the path of the page's file
    template: str  # the name of the template
    language: str  # the key of the language
    view: View
    origin: str
    look: Mapping[str, Digest]  # the digests of templates, interface strings and assets
    path: str = ""  # the address of the page, relative to that of the site
    written: bool = False  # False: the page shows the text of another language (a fallback)
    searched: bool = False  # whether its text goes into the search index
    day: datetime.date | None = None  # the first day of the page's date
    # the first day of each event on its timeline, by the event's id
    days: Mapping[str, datetime.date] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)  # old heading ids -> new ones


class PagePart(Value):
    """A part that several pages have in common, such as the menu and the footer."""

    block: str  # the name of the template block that makes the part
    key: str  # the digest of the input from which the part's text is made
    start: int  # the offset in the page at which the part begins, in bytes
    end: int
    links: tuple[str, ...]  # the addresses to which the part links


class MadePage(Value):
    """A finished page, with the values that other outputs need from it: sitemap, feeds, search,
    headers.
    """

    output: Output
    read: PageFacts  # the facts of the HTML outside of `parts`
    styles: tuple[str, ...]  # hashes of its style elements, for the policy
    scripts: tuple[str, ...]  # hashes of its script elements
    in_sitemap: SitemapEntry | None  # None if search engines must not index it
    title: str = ""
    searches: bool = False  # whether it has the search field
    share: str | None = None  # the words on its share picture
    entries: tuple[FeedEntry, ...] = ()  # for the feeds
    text: SearchText | None = None  # for the search index; None if it goes into none
    contents: LaterContents | None = None  # for the list of all pages on the search page
    anchors: tuple[str, ...] = ()  # the ids of the page's parts in the take-away file
    parts: tuple[PagePart, ...] = ()  # the parts that this page and other pages have in common
    chapters: LaterParts | None = None  # of a take-away file
    # the digest of the input of the page outside of `parts` and `chapters`; "" without them
    own: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the HTML of the page. The shared parts have no ids."""
        return self.read.ids

    @property
    def facts(self) -> PageFacts:
        """The facts of the page with its shared parts, whose links come last."""
        links = (each for part in self.parts for each in part.links)
        return replace(self.read, links=(*self.read.links, *links)) if self.parts else self.read


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
            own=self._own_digest(given) if parts or chapters else "",
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

    def _own_digest(self, given: PageInput) -> str:
        """The digest of the input of a page outside of its shared parts, or of a take-away file outside
        of its chapters; "" if the page shows more of the site than its own text.
        """
        if isinstance(given.view, OwnFile):
            listed = tuple((each.id, each.title) for each in given.view.chapters)
            return str(digest((replace(given, view=given.view.frame), listed)))
        if not isinstance(given.view, OwnPage):
            return ""
        around = given.view.around
        site = self._templates.without_parts(given.template, around.site)
        view = replace(given.view, around=replace(around, site=site))
        return str(digest(replace(given, view=view)))

    def mend_page(self, made: tuple[PageInput, Outcome[MadePage]]) -> Outcome[MadePage] | None:
        """The page as it was last made, with its changed shared parts or chapters replaced: when only
        the menu changed, no page need be rendered again, and when a text changed, no take-away file.

        None if anything else changed, or if this build has not yet rendered a shared part in its new
        form.
        """
        given, last = made[0], made[1].value
        if not last.own or last.own != self._own_digest(given):
            return None
        if isinstance(given.view, OwnFile):
            return _mended_file(given.view, last)
        assert isinstance(given.view, OwnPage)
        site = given.view.around.site
        keys = self._templates.keys_of_parts(given.template, given.language, site)
        try:
            data = last.output.body.read()
        except BodyLost:
            return None
        new: list[bytes | None] = []
        parts: list[PagePart] = []
        for part in last.parts:
            key = keys[part.block]
            text = self._templates.texts.get(key)
            if key == part.key:
                new.append(None)
                parts.append(part)
            elif text is None or has_right_to_left(text):  # right-to-left changes the whole page
                return None
            elif (links := links_of_part(text)) is not None:
                new.append(text.encode())
                parts.append(replace(part, key=str(key), links=links))
            else:
                return None
        data, places = _spliced(data, last.parts, new)
        moved = zip(parts, places, strict=True)
        return Outcome(
            replace(
                last,
                output=replace(last.output, body=Body(data)),
                parts=tuple(replace(each, start=start, end=end) for each, (start, end) in moved),
            )
        )


def _mended_file(file: OwnFile, last: MadePage) -> Outcome[MadePage] | None:
    """A take-away file as it was last made, with its changed chapters replaced. None if the file must be
    rendered and parsed whole.
    """
    assert last.chapters is not None
    new: list[bytes | None] = []
    chapters: list[MadeChapter] = []
    try:
        old, data = last.chapters.get(), last.output.body.read()
    except BodyLost:
        return None
    for before, chapter in zip(old.chapters, file.chapters, strict=True):
        name = str(digest(chapter.text))
        if name == before.text:
            new.append(None)
            chapters.append(before)
            continue
        text = chapter.text.get()
        if text.facts is None or not ends_with_tag(text.html) or has_right_to_left(text.html):
            return None
        new.append(text.html.encode())
        chapters.append(replace(before, text=name, facts=text.facts))
    data, places = _spliced(data, old.chapters, new)
    moved = zip(chapters, places, strict=True)
    parts = FileParts(
        old.frame, tuple(replace(each, start=start, end=end) for each, (start, end) in moved)
    )
    output = replace(last.output, body=Body(data))
    made = replace(last, output=output, read=parts.facts, chapters=LaterParts(parts))
    return Outcome(made, file.problems)


def _spliced(
    data: bytes, parts: Sequence[PagePart | MadeChapter], new: Sequence[bytes | None]
) -> tuple[bytes, list[tuple[int, int]]]:
    """A file with new bytes in place of some of its parts (None: the part stays), and the start and end
    of each part in it.
    """
    pieces: list[bytes] = []
    places: list[tuple[int, int]] = []
    place = size = 0
    for part, text in zip(parts, new, strict=True):
        before = data[place : part.start]
        piece = data[part.start : part.end] if text is None else text
        start = size + len(before)
        place, size = part.end, start + len(piece)
        pieces += (before, piece)
        places.append((start, size))
    return b"".join((*pieces, data[place:])), places


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
