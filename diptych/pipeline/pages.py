"""Makes the pages of a site or takes them from the cache: a page is made again only if something that it
shows has changed.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial

from diptych.cache import Cache, Digest, SlotGroup, SlotRequest, digest, digest_of_texts
from diptych.content.types import AGENDA, TERMS
from diptych.diagnostics import Outcome
from diptych.files.text import text_digest
from diptych.model import Language
from diptych.pipeline.bundles import downloads_of
from diptych.pipeline.chapters import OwnFile
from diptych.pipeline.extending import own_filters
from diptych.pipeline.made import MadePage, OwnList, OwnPage, OwnText, PageInput, View
from diptych.pipeline.making import PageMaker
from diptych.pipeline.mending import mend_page
from diptych.pipeline.sharing import Sharing
from diptych.pipeline.templates import strings_in
from diptych.pipeline.values import Reading
from diptych.render import Composer, ContentsItem, agenda_of, agenda_page
from diptych.site import Page, Site, old_anchors
from diptych.site.values import FALLBACK, PageGroup
from diptych.templating import Templates
from diptych.values import replace
from diptych.views import LinkView, PageView, TakeawayView


class Pages:
    """The pages of a site, each made or taken from the cache."""

    def __init__(self, read: Reading, site: Site, templates: Templates, cache: Cache) -> None:
        """`read` is the first half of the build, in which `site` was read."""
        self.site = site
        self.templates = templates
        self.cache = cache
        self.images = read.images
        self.assets = read.assets
        self.today = read.today
        self.sharing = Sharing(site, read.assets)
        self.composer = Composer(
            site,
            strings_in(site),
            read.images,
            downloads_of(site),
            read.reports,
            self.sharing.with_picture,
            read.today,
        )
        self.look = {
            "templates": digest((templates.sources, own_filters(site.extend))),
            "strings": digest((site.catalogs, site.settings.languages)),
            "assets": digest(read.assets),
        }
        self._maker = PageMaker(site, self.composer, templates, cache)
        self._mend = partial(mend_page, templates)
        self._reports = read.reports
        around = self.composer.neighbourhood
        parted = tuple(around.in_parts(each.key) for each in site.settings.languages)
        lists = site.with_layout(lambda layout: layout.lists)
        years = tuple((page.path, around.years.of(page).years) for page in lists)
        # the part of `glance` that is the same for all pages: digests of the values that pages share
        self.shared = {**self.look, "other pages": _other_pages(site, (parted, years))}
        # whether the settings ask for a search index and a page shows the search field
        searching = site.with_layout(lambda layout: layout.contents)
        self._searched = site.settings.search is not None and bool(searching)
        self._glances: dict[str, Mapping[str, Digest]] = {}
        # cached, since thousands of pages have the same translation status
        self._status_digest = functools.cache(digest)
        self._pictures: dict[str, list[str]] = {}
        for (key, _), image in read.images.items():
            self._pictures.setdefault(key, []).append(image.fallback.path)

    def pages(self, pages: Collection[Page]) -> list[Outcome[MadePage]]:
        """The finished pages, in the order of `pages`. None of them may have the layout `search`."""
        asked = {page.path for page in pages}
        order: list[Page] = []
        groups = []
        for group in self.site.groups:
            some = [page for page in group.pages if page.path in asked]
            requests = partial(self._requests, some)
            groups.append(SlotGroup(group.name, len(some), self.inputs(group), requests))
            order += some
        maker = self._maker
        outcomes = self.cache.gather_groups(maker.make_page, groups, self.shared, self._mend)
        found = {page.path: outcome for page, outcome in zip(order, outcomes, strict=True)}
        return [found[page.path] for page in pages]

    def _requests(self, pages: Iterable[Page]) -> list[SlotRequest[Callable[[], PageInput]]]:
        return [
            SlotRequest(page.output, self.own(page), partial(self._input, page)) for page in pages
        ]

    def inputs(self, group: PageGroup) -> Digest:
        """The digest of all inputs that `own` returns for the pages of a group. It is computed without a
        call of `own` for each page.
        """
        return digest_of_texts((group.digest, self._beside_groups, *self._derived(group)))

    @cached_property
    def _beside_groups(self) -> Digest:
        """The digest of those inputs of pages that come neither from the files of their bundles nor from
        values derived from such files; see `own`.
        """
        site = self.site
        shown = [each for each in site.records if each.type in (TERMS.name, AGENDA.name)]
        sources = [*(each.source for each in shown), *(each.source for each in site.timelines[:1])]
        day = self.today if any(each.type == AGENDA.name for each in shown) else None
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
        for year in self.composer.neighbourhood.years.of(page).years:
            path = self.composer.neighbourhood.years.path(page, year)
            given = partial(self._year_input, page, year, path, view)
            yield self._made(f"{path}index.html", self.glance(page), given)

    def _year_input(
        self, page: Page, year: str, path: str, view: Callable[[], PageView]
    ) -> PageInput:
        found = self.composer.year(page, view(), year)
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

        def given() -> PageInput:
            found = self._input(page)
            assert isinstance(found.view, PageView)
            frame = replace(found.view, archives=archives, search=script)
            return replace(found, view=OwnList(frame, contents))

        listed = {"contents": contents, "archives": archives, "search": script}
        glance = {**self.glance(page), **listed}
        return self._made(page.output, glance, given)

    def not_found(self, language: Language) -> Outcome[MadePage]:
        """The not-found page of a language."""
        path, view = f"{language.key}/404.html", partial(self.composer.not_found, language)
        return self._of_no_text(path, "404.html", language.key, view)

    def gone(self, path: str, language: Language) -> Outcome[MadePage]:
        """The page at the address of a page that was removed."""
        return self._of_no_text(
            path, "gone.html", language.key, partial(self.composer.gone, language)
        )

    def root(self, layout: str) -> Outcome[MadePage]:
        """The page at `/` with the choice of languages, or the not-found page that is in no
        language.
        """
        path = "index.html" if layout == "root" else "404.html"
        languages = self.site.settings.languages
        homes = [home for each in languages if (home := self.site.home(each.key))]
        glance: dict[str, object] = {}
        for home in homes if layout == "root" else ():
            glance |= {f"{home.path}: {name}": value for name, value in self.glance(home).items()}
        view = partial(self.composer.root, layout)
        return self._of_no_text(path, "root.html", languages[0].key, view, glance)

    def whole(
        self,
        path: str,
        language: str,
        view: Callable[[], TakeawayView | OwnFile],
        glance: Mapping[str, object],
    ) -> Outcome[MadePage]:
        """The file with all pages of the site in one language (the take-away file)."""
        return self._of_no_text(path, "takeaway.html", language, view, glance)

    def _of_no_text(
        self,
        path: str,
        template: str,
        language: str,
        view: Callable[[], View],
        glance: Mapping[str, object] = {},
    ) -> Outcome[MadePage]:
        """A page without a source text. `glance` holds its inputs beside those that all pages share."""
        return self._made(
            path,
            {**self.shared, **glance},
            lambda: self._plain(path, template, language, view()),
        )

    def glance(self, page: Page) -> Mapping[str, Digest]:
        """The cache key of a page, which is cheap to compute: digests, by name, of the page's own
        files and of the values that pages show of each other. While the key is the same, the page,
        its chapter in the take-away file and its data files are the same.
        """
        return {**self.own(page), **self.shared}

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
        shown = [document.source, *(each.source for each in site.records_on(page))]
        if timeline := site.timeline_on(page):
            shown.append(timeline.source)
        agenda = agenda_of(site, agenda_page(site, page) or page)
        if agenda is not None:
            shown.append(agenda.source)
        found = {each.path: text_digest(each) for each in shown}
        if agenda is not None:
            found["day"] = digest(self.today)
        if page.key in self._pictures:
            found["pictures"] = digest(self._pictures[page.key])
        if anchors := old_anchors(self.site, page):
            found["old anchors"] = digest(anchors)
        if report is not None and page.language in report.statuses:
            found["translation"] = self._status_digest(report.statuses[page.language])
        return found

    def _made(
        self, path: str, glance: Mapping[str, object], given: Callable[[], PageInput]
    ) -> Outcome[MadePage]:
        maker = self._maker
        return self.cache.gather(maker.make_page, path, glance, given, self._mend)

    def own_text(self, page: Page) -> OwnText | None:
        """The input of the text of a page; None if the page shows more of the site than its own
        text.
        """
        if not self.composer.is_text(page):
            return None
        pictures = tuple(self._pictures.get(page.key, ()))
        source = text_digest(page.document.source)
        return OwnText(page.key, page.language, source, pictures)

    def _input(self, page: Page) -> PageInput:
        front, text = page.document.front, self.own_text(page)
        view = (
            self.composer.page(page)
            if text is None
            else OwnPage(text, self.composer.neighbourhood.of(page))
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

    def _plain(self, path: str, template: str, language: str, view: View) -> PageInput:
        origin = f"templates/{template}"
        return PageInput(path, template, language, view, origin, self.look)


def _other_pages(site: Site, derived: object) -> Digest:
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
            site.outline,
            tuple(each.source for each in site.records if own),
            tuple(
                (key, name, hashlib.sha256(file.data).hexdigest())
                for key, names in site.files.items()
                for name, file in names.items()
            ),
        )
    )
