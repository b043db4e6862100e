"""Renders the pages. A page is rendered again only if something that it shows has changed."""

from __future__ import annotations

import datetime
import functools
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from markupsafe import Markup

from diptych.bodies import Body, BodyLost
from diptych.cache import Cache, Digest, SlotGroup, SlotRequest, digest, digest_of_texts
from diptych.content.layouts import layout_of
from diptych.content.types import AGENDA, TERMS
from diptych.diagnostics import Outcome
from diptych.files import MadeImage
from diptych.files.assets import integrity
from diptych.files.text import text_digest
from diptych.html import (
    LightPage,
    PageFacts,
    Sheets,
    links_of_part,
    read_joined,
    read_light,
    read_page,
)
from diptych.i18n import has_right_to_left, with_directions
from diptych.model import Event, Language, Output
from diptych.outputs.atom import FeedEntry, feed_entries
from diptych.outputs.root_files import Listed, listed
from diptych.outputs.searchable import searchable
from diptych.outputs.timeline_data import TimelineRequest
from diptych.pipeline.chapters import ChapterText, OwnFile, places_of
from diptych.pipeline.searching import is_searched
from diptych.pipeline.styles import kept_addresses_inline
from diptych.render import (
    Around,
    Composer,
    ContentsItem,
    LaterContents,
    agenda_of,
    agenda_page,
    anchors_of,
    contents_of,
)
from diptych.search import SearchText
from diptych.site import Page, Site, old_anchors, with_old_anchors
from diptych.site.values import FALLBACK, PageGroup
from diptych.templating import Rendered, RenderedPart, Templates
from diptych.translation import LanguageReport
from diptych.values import Value, field, replace
from diptych.views import ChapterLink, LinkView, PageView, RootView, TakeawayView

_STYLE, _SCRIPT = (  # patterns that match from one `<` to the next, so that their time stays linear
    re.compile(rf"<{name}>([^<]*(?:<(?!/{name}>)[^<]*)*)") for name in ("style", "script")
)

Images = Mapping[tuple[str, str], MadeImage]


class Look(Value):
    """The digests of the inputs that all pages share: templates, interface strings, assets."""

    templates: Digest
    strings: Digest
    assets: Digest


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


class Drawing(Value):
    """The input of `make_page`."""

    output: str  # the path of the page's file
    template: str  # the name of the template
    language: str  # the key of the language
    view: View
    origin: str
    look: Look
    site: str  # the address of the site
    path: str = ""  # the address of the page, relative to that of the site
    written: bool = False  # False: the page shows the text of another language (a fallback)
    searched: bool = False  # whether its text goes into the search index
    day: datetime.date | None = None  # the first day of the page's date
    days: Mapping[str, datetime.date] = field(
        default_factory=dict
    )  # the first day of each event on its timeline
    anchors: Mapping[str, str] = field(default_factory=dict)  # old heading ids -> new ones


class PagePart(Value):
    """A part that several pages have in common, such as the menu and the footer."""

    block: str  # the name of the template block that makes the part
    key: Digest  # the digest of the input from which the part's text is made
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
    listed: Listed | None  # for the sitemap; None if search engines must not index it
    title: str = ""
    searches: bool = False  # whether it has the search field
    share: str | None = None  # the words on its share picture
    entries: tuple[FeedEntry, ...] = ()  # for the feeds
    text: SearchText | None = None  # for the search index; None if it goes into none
    contents: LaterContents | None = None  # for the list of all pages on the search page
    anchors: tuple[str, ...] = ()  # the ids of the page's parts in the take-away file
    parts: tuple[PagePart, ...] = ()  # the parts that this page and other pages have in common
    own: str = ""  # the digest of the input of the page outside of `parts`; "" without parts

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the HTML of the page. The shared parts have no ids."""
        return self.read.ids

    @property
    def facts(self) -> PageFacts:
        """The facts of the page with its shared parts, whose links come last."""
        links = (each for part in self.parts for each in part.links)
        return replace(self.read, links=(*self.read.links, *links)) if self.parts else self.read


class Pages:
    """Renders the pages of a site, or takes them from the cache."""

    def __init__(
        self,
        site: Site,
        composer: Composer,
        templates: Templates,
        look: Look,
        reports: Mapping[str, LanguageReport],
        images: Images,
        cache: Cache,
        today: datetime.date | None,
    ) -> None:
        self.look = look
        self.composer = composer
        self.site = site
        self.templates = templates
        self._reports = reports
        self._cache = cache
        self._addresses = kept_addresses_inline(cache)
        self._sheets = Sheets(self._addresses)
        self._today = today
        parted = tuple(composer.around.in_parts(each.key) for each in site.settings.languages)
        lists = site.with_layout(lambda layout: layout.lists)
        years = tuple((page.path, composer.around.years.of(page).years) for page in lists)
        self._shared = _shared(site, (parted, years))
        self._searched = is_searched(site)
        self._glances: dict[str, Mapping[str, Digest]] = {}
        # cached, since thousands of pages have the same translation status
        self._status_digest = functools.cache(digest)
        self._pictures: dict[str, list[str]] = {}
        for (key, _), image in images.items():
            self._pictures.setdefault(key, []).append(image.fallback.path)

    def pages(self, pages: Collection[Page]) -> list[Outcome[MadePage]]:
        """The finished pages, in the order of `pages`. None of them may have the layout `search`."""
        asked = {page.path for page in pages}
        order: list[Page] = []
        groups = []
        for group in self.site.groups:
            some = [page for page in group.pages if page.path in asked]
            requests = functools.partial(self._requests, some)
            groups.append(SlotGroup(group.name, len(some), self.inputs(group), requests))
            order += some
        outcomes = self._cache.gather_groups(self.make_page, groups, self.around(), self.mend_page)
        found = {page.path: outcome for page, outcome in zip(order, outcomes, strict=True)}
        return [found[page.path] for page in pages]

    def _requests(self, pages: Iterable[Page]) -> list[SlotRequest[Callable[[], Drawing]]]:
        return [
            SlotRequest(page.output, self.own(page), functools.partial(self._drawing, page))
            for page in pages
        ]

    def inputs(self, group: PageGroup) -> Digest:
        """The digest of all inputs that `own` returns for the pages of a group. It is computed without a
        call of `own` for each page.
        """
        return digest_of_texts((group.digest, self._beside_groups, *self._derived(group)))

    @functools.cached_property
    def _beside_groups(self) -> Digest:
        """The digest of those inputs of pages that come neither from the files of their bundles nor from
        values derived from such files; see `own`.
        """
        site = self.site
        shown = [each for each in site.records if each.type in (TERMS.name, AGENDA.name)]
        sources = [*(each.source for each in shown), *(each.source for each in site.timelines[:1])]
        day = self._today if any(each.type == AGENDA.name for each in shown) else None
        return digest((tuple(map(text_digest, sources)), day, site.old_anchors))

    def _derived(self, group: PageGroup) -> Iterator[str]:
        """Those inputs of the pages of a group that are derived from the files of bundles; see `own`."""
        for key in group.keys:
            yield from self._pictures.get(key, ())
        for page in group.pages:
            report = self._reports.get(page.key)
            if report is not None and page.language in report.statuses:
                yield self._status_digest(report.statuses[page.language])

    def years(self, page: Page) -> Iterator[Outcome[MadePage]]:
        """The pages of a long list, one for each year; none if the list is short."""
        # composed once, for the pages of all years of the list
        view = functools.cache(lambda: self.composer.page(page))
        for year in self.composer.around.years.of(page).years:
            path = f"{self.composer.around.years.path(page, year)}index.html"
            draw = functools.partial(self._year_drawing, page, year, view)
            yield self._made(path, self.glance(page), draw)

    def _year_drawing(self, page: Page, year: str, view: Callable[[], PageView]) -> Drawing:
        found = self.composer.year(page, view(), year)
        path = self.composer.around.years.path(page, year)
        return replace(
            self._plain(f"{path}index.html", f"{found.layout}.html", page.language, found),
            origin=page.document.source.path,
            path=path,
        )

    def search_page(
        self,
        page: Page,
        contents: tuple[ContentsItem, ...],
        archives: tuple[LinkView, ...],
        script: str | None,
    ) -> Outcome[MadePage]:
        """A page that lists all pages and events (`contents`), with links to the yearly `archives`
        of feeds. `script` is the address of the search script; None if the site has no search.
        """

        def drawing() -> Drawing:
            found = self._drawing(page)
            assert isinstance(found.view, PageView)
            frame = replace(found.view, archives=archives, search=script)
            return replace(found, view=OwnList(frame, contents))

        listed = {"contents": contents, "archives": archives, "search": script}
        glance = {**self.glance(page), **listed}
        return self._made(page.output, glance, drawing)

    def not_found(self, language: Language) -> Outcome[MadePage]:
        """The not-found page of a language."""
        path = f"{language.key}/404.html"

        def drawing() -> Drawing:
            view = self.composer.not_found(language)
            return self._plain(path, "404.html", language.key, view)

        return self._made(path, self.around(), drawing)

    def gone(self, path: str, language: Language) -> Outcome[MadePage]:
        """The page at the address of a page that was removed."""

        def drawing() -> Drawing:
            return self._plain(path, "gone.html", language.key, self.composer.gone(language))

        return self._made(path, self.around(), drawing)

    def root(self, layout: str) -> Outcome[MadePage]:
        """The page at `/` with the choice of languages, or the not-found page that is in no
        language.
        """
        path = "index.html" if layout == "root" else "404.html"
        first = self.site.settings.languages[0].key
        homes = [
            home for each in self.site.settings.languages if (home := self.site.home(each.key))
        ]
        glance: dict[str, object] = {**self.around()}
        for home in homes if layout == "root" else ():
            glance |= {f"{home.path}: {name}": value for name, value in self.glance(home).items()}
        return self._made(
            path,
            glance,
            lambda: self._plain(path, "root.html", first, self.composer.root(layout)),
        )

    def whole(
        self,
        path: str,
        language: str,
        glance: Mapping[str, object],
        view: Callable[[], TakeawayView | OwnFile],
    ) -> Outcome[MadePage]:
        """The file with all pages of the site in one language (the take-away file)."""
        return self._made(
            path,
            {**self.around(), **glance},
            lambda: self._plain(path, "takeaway.html", language, view()),
        )

    def timeline(self, page: Page) -> TimelineRequest:
        """The request for a page's timeline as data: JSON, CSV, iCalendar."""
        settings, view = self.site.settings, self.composer.page(page)
        timeline = self.site.timeline(page.key)
        assert timeline is not None
        assert view.timeline is not None
        return TimelineRequest(
            timeline,
            view.timeline,
            page.path,
            self.site.url(page.path),
            settings.language(page.language),
            settings.organisation.short_name,
        )

    def glance(self, page: Page) -> Mapping[str, Digest]:
        """The cache key of a page, which is cheap to compute: digests, by name, of the page's own
        files and of the values that pages show of each other. While the key is the same, the page,
        its chapter in the take-away file and its data files are the same.
        """
        return {**self.own(page), **self.around()}

    def own(self, page: Page) -> Mapping[str, Digest]:
        """The part of `glance` that belongs to this page: the digests of its own files and values,
        by name.
        """
        found = self._glances.get(page.output)
        if found is None:
            found = self._glances[page.output] = self._own(page)
        return found

    def _own(self, page: Page) -> dict[str, Digest]:
        site, document = self.site, page.document
        report = self._reports.get(page.key)
        shown = [document.source, *(each.source for each in site.records_of(page.key))]
        layout = layout_of(document.front.layout)
        if layout.opens and site.timelines:
            shown.append(site.timelines[0].source)
        if layout.shows == "terms":
            shown += (each.source for each in site.records if each.type == "terms")
        agenda = agenda_of(site, agenda_page(site, page) or page)
        if agenda is not None:
            shown.append(agenda.source)
        found = {each.path: text_digest(each) for each in shown}
        if agenda is not None:
            found["day"] = digest(self._today)
        if page.key in self._pictures:
            found["pictures"] = digest(self._pictures[page.key])
        if anchors := old_anchors(self.site, page):
            found["old anchors"] = digest(anchors)
        if report is not None and page.language in report.statuses:
            found["translation"] = self._status_digest(report.statuses[page.language])
        return found

    def around(self) -> dict[str, Digest]:
        """The part of `glance` that is the same for all pages: the digests of the values that pages
        share, by name.
        """
        return {
            "templates": self.look.templates,
            "strings": self.look.strings,
            "assets": self.look.assets,
            "other pages": self._shared,
        }

    def _made(
        self, path: str, glance: Mapping[str, object], drawing: Callable[[], Drawing]
    ) -> Outcome[MadePage]:
        return self._cache.gather(self.make_page, path, glance, drawing, self.mend_page)

    def own_text(self, page: Page) -> OwnText | None:
        """The input of the text of a page; None if the page shows more of the site than its own
        text.
        """
        if not self.composer.is_text(page):
            return None
        pictures = tuple(self._pictures.get(page.key, ()))
        source = text_digest(page.document.source)
        return OwnText(page.key, page.language, source, pictures)

    def view_of(self, page: OwnPage) -> PageView:
        """The view of a page, composed from its input."""
        found = self.site.page(page.text.key, page.text.language)
        assert found is not None
        return self.composer.page(found, page.around)

    def _drawing(self, page: Page) -> Drawing:
        front, text = page.document.front, self.own_text(page)
        view = (
            self.composer.page(page)
            if text is None
            else OwnPage(text, self.composer.around.of(page))
        )
        template = f"{front.layout}.html"
        timeline = self.site.timeline(page.key)
        return replace(
            self._plain(page.output, template, page.language, view),
            origin=page.document.source.path,
            path=page.path,
            written=page.state != FALLBACK,
            searched=page.state != FALLBACK and self._searched,
            day=front.date.value.first if front.date else None,
            days={event.id: event.date.first for event in timeline.events} if timeline else {},
            anchors=old_anchors(self.site, page),
        )

    def _plain(self, path: str, template: str, language: str, view: View) -> Drawing:
        origin = f"templates/{template}"
        return Drawing(path, template, language, view, origin, self.look, self.site.url(""))

    def make_page(self, given: Drawing) -> Outcome[MadePage]:
        """Renders one page. The same input gives the same bytes.

        Diagnostics: those of the template, and of the chapters of a take-away file.
        """
        view, chapters = self._view(given.view)
        written = given.written
        outcome = self._rendered(given, view)
        light = self._sheets.taken_out(outcome.value.text)
        page = replace(light, text=with_old_anchors(with_directions(light.text), given.anchors))
        facts: PageFacts | None = None
        parts: tuple[PagePart, ...] = ()
        if page.text == light.text and chapters:  # no offset has changed
            facts = self._facts_of_file(page, given.template, chapters)
        elif page.text == light.text and outcome.value.parts:
            facts, parts = self._facts_and_parts(page, outcome.value.parts)
        data = page.whole()
        made = MadePage(
            Output(given.output, Body(data), given.origin),
            facts or read_light(page, (), self._addresses) or read_page(data, self._addresses),
            _hashes_of_styles(light),
            _hashes(_SCRIPT, light.text),
            None if isinstance(view, TakeawayView) else listed(view),
            parts=parts,
            own=self._own_digest(given) if parts else "",
        )
        if isinstance(view, PageView):
            share = view.share
            day = given.day if written else None
            url = given.site + given.path
            typography = self.site.settings.language(given.language).typography
            made = replace(
                made,
                title=view.title,
                searches=view.search is not None,
                share=share.words if share is not None and share.image else None,
                entries=tuple(feed_entries(url, day, given.days, view, typography)),
                text=searchable(given.path, view) if given.searched else None,
                contents=contents_of(self.site.href(given.path), view) if written else None,
                anchors=anchors_of(view) if written else (),
            )
        problems = given.view.problems if isinstance(given.view, OwnFile) else ()
        return Outcome(made, (*problems, *outcome.diagnostics))

    def _rendered(
        self, given: Drawing, view: PageView | RootView | TakeawayView
    ) -> Outcome[Rendered]:
        if isinstance(view, PageView):
            return self.templates.render_in_parts(given.template, given.language, view)
        outcome = self.templates.render(given.template, given.language, view)
        return Outcome(Rendered(outcome.value), outcome.diagnostics)

    def _view(
        self, view: View
    ) -> tuple[PageView | RootView | TakeawayView, tuple[ChapterText, ...]]:
        """The view of a page, and the chapters of a take-away file."""
        if isinstance(view, OwnPage):
            return self.view_of(view), ()
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

    def _facts_of_file(
        self, page: LightPage, template: str, chapters: Sequence[ChapterText]
    ) -> PageFacts | None:
        """The facts of a take-away file, whose chapters are not parsed again. None if the whole file
        must be parsed, as when it comes from a template of the site.
        """
        places = places_of(page.text, chapters) if self.templates.is_themes(template) else []
        read = [each.facts for each in chapters]
        return read_joined(page, places, read, self._addresses) if places else None

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

    def _own_digest(self, given: Drawing) -> str:
        """The digest of the input of a page outside of its shared parts; "" if the page shows more
        of the site than its own text.
        """
        if not isinstance(given.view, OwnPage):
            return ""
        around = given.view.around
        site = self.templates.without_parts(given.template, around.site)
        view = replace(given.view, around=replace(around, site=site))
        return str(digest(replace(given, view=view)))

    def mend_page(self, made: tuple[Drawing, Outcome[MadePage]]) -> Outcome[MadePage] | None:
        """The page as it was last made, with its changed shared parts replaced: when only the menu
        changed, no page need be rendered again.

        None if anything outside of the shared parts changed, or if this build has not yet rendered
        a shared part in its new form.
        """
        given, last = made[0], made[1].value
        if (
            not last.own
            or not isinstance(given.view, OwnPage)
            or last.own != self._own_digest(given)
        ):
            return None
        site = given.view.around.site
        keys = self.templates.keys_of_parts(given.template, given.language, site)
        try:
            data = last.output.body.read()
        except BodyLost:
            return None
        pieces: list[bytes] = []
        parts: list[PagePart] = []
        place = size = 0
        for part in last.parts:
            key = keys[part.block]
            text = self.templates.texts.get(key)
            if key == part.key:
                piece, links = data[part.start : part.end], part.links
            elif text is None or has_right_to_left(text):  # right-to-left changes the whole page
                return None
            elif (found := links_of_part(text)) is not None:
                piece, links = text.encode(), found
            else:
                return None
            before = data[place : part.start]
            start = size + len(before)
            place, size = part.end, start + len(piece)
            pieces += (before, piece)
            parts.append(PagePart(part.block, key, start, size, links))
        output = replace(last.output, body=Body(b"".join((*pieces, data[place:]))))
        return Outcome(replace(last, output=output, parts=tuple(parts)))


def _page_parts(
    page: LightPage, found: Iterable[RenderedPart], places: Sequence[tuple[int, int]]
) -> tuple[PagePart, ...]:
    """The shared parts of a page; `places` are the start and end of each in the text."""
    offsets = iter(page.offsets(place for each in places for place in each))
    return tuple(
        PagePart(
            part.block,
            part.key,
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


def _shared(site: Site, derived: object) -> Digest:
    """The digest of the values that pages show of each other and of the site; the body of a page is
    not among them.

    `derived` holds values that follow from the size of the site: whether the take-away file of each
    language is a list of files, and which years of each list have a page.
    """
    own = bool(site.types.written)  # a field may refer to any entry and show its name
    return digest(
        (
            site.settings,
            derived,
            site.types.written,
            site.layouts,
            digest_of_texts(part for page in site.pages for part in _outline(page)),
            tuple((each.key, tuple(map(_event, each.events))) for each in site.timelines),
            tuple(each.source for each in site.records if own),
            tuple(
                (key, name, hashlib.sha256(file.data).hexdigest())
                for key, names in site.files.items()
                for name, file in names.items()
            ),
        )
    )


def _outline(page: Page) -> Iterable[str]:
    """The values of a page that other pages show or link to. Of its layout, only
    the name is used, which may be unknown: the layouts of the site are a separate value.
    """
    document = page.document
    return (
        *(page.key, page.language, page.state, page.path, page.parent or ""),
        *(document.language, document.shown),
    )


def _event(event: Event) -> object:
    """The values of an event that other pages show or link to."""
    titles = tuple((language, each.value) for language, each in event.titles.items())
    return event.id, event.date.text, titles
