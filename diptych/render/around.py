"""The surroundings of a page, that is, everything that it shows of the rest of the site: menu and
footer, other languages, the pages above, below and beside it, and the targets of its links.

A page depends only on its own files and its surroundings. Both are known before its text is
converted, so they can be its cache key.
"""

from __future__ import annotations

from collections.abc import Mapping

from diptych.content.hosts import edit_address
from diptych.content.layouts import layout_of
from diptych.files import MadeImage
from diptych.i18n import machine_date
from diptych.markdown.typography import typeset
from diptych.model import Language
from diptych.render.agendas import is_discreet
from diptych.render.lists import grouped, in_order, year_links
from diptych.render.notices import notice_view
from diptych.render.parts import TakeawayPart, parts_of
from diptych.render.prose import Finisher
from diptych.render.takeaway import NAME, takeaway_path
from diptych.site import Page, Site, Target, Years
from diptych.site.values import FALLBACK
from diptych.translation import LanguageReport
from diptych.values import Value, replace
from diptych.views import (
    AlternateView,
    EntryGroupView,
    EntryView,
    ExternalView,
    LanguageView,
    LinkView,
    NoticeView,
    SiteView,
)

MOST_IN_FOOTER = 30  # the most pages that the footer lists


class Around(Value):
    """The surroundings of one page: everything that it shows of the rest of the site."""

    site: SiteView
    canonical: str  # the absolute address of the page, or of the page whose text it shows
    alternates: tuple[AlternateView, ...]
    languages: tuple[LanguageView, ...]
    breadcrumb: tuple[LinkView, ...]
    previous: LinkView | None
    next: LinkView | None
    children: tuple[EntryView, ...]
    groups: tuple[EntryGroupView, ...]
    notice: NoticeView | None
    targets: tuple[Target, ...]  # the target of each link of the text, in order
    near: bool  # whether the page is in the menu or the footer
    in_list: bool  # whether the page's parent is a list
    discreet: bool


class Neighbourhood:
    """Finds the surroundings of each page of a site. Values that many pages share, such as the footer,
    are computed only once.
    """

    def __init__(
        self,
        site: Site,
        finishers: Mapping[str, Finisher],
        images: Mapping[tuple[str, str], MadeImage],
        reports: Mapping[str, LanguageReport],
    ) -> None:
        """`finishers` are by language, `images` by page key and name, `reports` by page key."""
        self._site = site
        self._finishers = finishers
        self._reports = reports
        self.years = Years(site)
        self._menu = tuple(item.value for item in site.settings.navigation)
        self._frames: dict[str, SiteView] = {}
        self._footers: dict[str, tuple[Page, ...]] = {}
        self._linked: dict[str, frozenset[str]] = {}  # keys of the pages in menu and footer
        # the dated pages below a list, the oldest first, by the key of the list and the language
        self._sisters: dict[tuple[str, str], tuple[Page, ...]] = {}
        self._places: dict[str, int] = {}  # the index of a page in `_sisters`, by its path
        self._parts: dict[str, tuple[TakeawayPart, ...]] = {}
        self._weights: dict[str, int] = {}  # bytes of a page's embedded pictures, by page key
        for (key, _), image in images.items():
            embedded = len(image.fallback.data) * 4 // 3
            self._weights[key] = self._weights.get(key, 0) + embedded

    def of(self, page: Page) -> Around:
        """The surroundings of a page."""
        site, finisher = self._site, self._finishers[page.language]
        children = self._children(page)
        above = site.versions(page.key.rpartition("/")[0])
        return Around(
            site=self.frame(page.language, page),
            # if the page is a fallback: the page whose text it shows
            canonical=site.url((site.page(page.key, page.text_language) or page).path),
            alternates=self.alternates(page),
            languages=self.switcher(page.key, page.language),
            breadcrumb=self._breadcrumb(page),
            previous=self._neighbour(page, -1),
            next=self._neighbour(page, 1),
            children=children,
            groups=grouped(site, page, children, self.years, finisher.strings.gettext),
            notice=notice_view(page, site, self._reports.get(page.key)),
            targets=self.targets(page),
            near=page.key in self._keys_in_frame(page.language),
            in_list=bool(above) and layout_of(above[0].document.front.layout).lists,
            discreet=is_discreet(site, page),
        )

    def targets(self, page: Page) -> tuple[Target, ...]:
        """The target of each link in the text of a page, in their order."""
        finisher = self._finishers[page.language]
        return tuple(finisher.lead(link, page.key) for link in page.document.prose.links)

    def languages_of(self, page: Page) -> tuple[Language, Language]:
        """The language of the page's frame, and the language of its text."""
        settings = self._site.settings
        return settings.language(page.language), settings.language(page.text_language)

    def short(self, page: Page) -> str:
        """The short title of a page, for menu, footer and tab."""
        written = self.languages_of(page)[1]
        return typeset(page.document.front.short_title, written.typography)

    def description(self, page: Page) -> str:
        """The description of a page; "" if it has none."""
        description = page.document.front.description
        written = self.languages_of(page)[1]
        return typeset(description.value, written.typography) if description else ""

    def link(self, target: Page, current: Page | None) -> LinkView:
        """A link to `target`, as the page `current` shows it."""
        language, written = self.languages_of(target)
        here = current is not None and current.key == target.key
        above = current is not None and current.key.startswith(target.key + "/")
        lang = None if written is language else written.tag
        return LinkView(self.short(target), self._site.href(target.path), here, above, lang)

    def alternates(self, page: Page, year: str = "") -> tuple[AlternateView, ...]:
        """The hreflang links of a page: one for each language with a text of its own, and
        x-default; none for a fallback. With `year`, the links lead to the pages of that year of the
        list.
        """
        if page.state == FALLBACK:
            return ()
        site = self._site
        versions = {
            p.language: self._path(p, year)
            for p in self._ordered(page.key)
            if p.state != FALLBACK and (not year or self._has_year(p, year))
        }
        links = [
            AlternateView(site.settings.language(language).tag, site.url(path))
            for language, path in versions.items()
        ]
        home = layout_of(page.document.front.layout).opens
        first = "" if home else next(iter(versions.values()))
        links.append(AlternateView("x-default", site.url(first)))
        return tuple(links)

    def switcher(self, key: str, current: str, year: str = "") -> tuple[LanguageView, ...]:
        """A link for each language of the site, for the language switcher: to the same page (and
        the same `year` of a list) in that language, or else to its home page.
        """
        views = []
        for language in self._site.settings.languages:
            page = self._site.page(key, language.key)
            home = self._site.home(language.key)
            path = home.path if home else f"{language.key}/"
            if page is not None:
                path = self._path(page, year)
            if key == "404":
                path = f"{language.key}/404.html"
            available = page is not None and page.state != FALLBACK
            if year and page is not None:
                available = available and self._has_year(page, year)
            views.append(
                LanguageView(
                    language.key,
                    language.tag,
                    language.locale,
                    language.name,
                    self._site.href(path),
                    language.key == current,
                    available or key == "404",
                )
            )
        return tuple(views)

    def year_links(self, page: Page) -> tuple[EntryView, ...]:
        """Links to the pages for single years of a list; none if the list is short."""
        gettext = self._finishers[page.language].strings.gettext
        return year_links(self._site, page, self.years, gettext)

    def next_year(self, page: Page, year: str, step: int) -> LinkView | None:
        """A link to the page of the next later year (`step` -1) or the next earlier one (`step` 1);
        None if no such year has a page.
        """
        years = sorted(self.years.of(page).years, reverse=True)
        index = years.index(year) + step
        if not 0 <= index < len(years):
            return None
        list_ = self.link(page, None)
        href = self._site.href(self.years.path(page, years[index]))
        return replace(list_, title=f"{list_.title}, {years[index]}", href=href)

    def _has_year(self, page: Page, year: str) -> bool:
        return year in self.years.of(page).years

    def _path(self, page: Page, year: str) -> str:
        """The path of the page for one `year` of a list, or of the list if there is no such page."""
        return self.years.path(page, year) if year and self._has_year(page, year) else page.path

    def _ordered(self, key: str) -> list[Page]:
        versions = {page.language: page for page in self._site.versions(key)}
        return [
            versions[each.key] for each in self._site.settings.languages if each.key in versions
        ]

    def _breadcrumb(self, page: Page) -> tuple[LinkView, ...]:
        links: list[LinkView] = []
        parent = page.parent
        while parent is not None:
            above = self._site.page(parent, page.language)
            if above is None:
                break
            links.insert(0, self.link(above, page))
            parent = above.parent
        return tuple(links)

    def _neighbour(self, page: Page, step: int) -> LinkView | None:
        """A link to the previous (`step` -1) or next (1) dated page of the same list; None if there
        is none.
        """
        if page.parent is None or page.document.front.date is None:
            return None
        sisters = self._dated_below(page.parent, page.language)
        index = self._places[page.path] + step
        return self.link(sisters[index], None) if 0 <= index < len(sisters) else None

    def _dated_below(self, key: str, language: str) -> tuple[Page, ...]:
        """The dated pages below a page, the oldest first."""
        if (key, language) not in self._sisters:
            dated = [
                (date.value.first, sister.key, sister)
                for sister in self._site.children(key, language)
                if (date := sister.document.front.date) is not None
            ]
            sisters = tuple(each for _, _, each in sorted(dated, key=lambda each: each[:2]))
            self._sisters[key, language] = sisters
            self._places |= {sister.path: place for place, sister in enumerate(sisters)}
        return self._sisters[key, language]

    def _children(self, page: Page) -> tuple[EntryView, ...]:
        entries = []
        for child in self._site.children(page.key, page.language):
            date, link = child.document.front.date, self.link(child, None)
            entry = EntryView(
                link.title,
                link.href,
                self.description(child),
                self._finishers[page.language].date(date.value) if date else None,
                machine_date(date.value) if date else None,
                str(date.value.first.year) if date else "",
                link.lang,
            )
            entries.append((date.value.first.toordinal() if date else 0, entry))
        return in_order(entries, page.document.front.choice("order", "newest"))

    def whole(self, key: str) -> str | None:
        """The path of the take-away file of a language: the file with all its pages, or on a large
        site the list of such files. None if the language has no page of its own.
        """
        if not self.parts(key):
            return None
        return takeaway_path(key, self._finishers[key].strings.gettext(NAME))

    def parts(self, key: str) -> tuple[TakeawayPart, ...]:
        """The take-away files of a language: one, or one for each section of a large site."""
        if key not in self._parts:
            gettext = self._finishers[key].strings.gettext
            self._parts[key] = parts_of(self._site, key, gettext, self._weights)
        return self._parts[key]

    def in_parts(self, key: str) -> bool:
        """Whether the take-away file of a language is a list of files."""
        return any(part.title for part in self.parts(key))

    def frame(self, key: str, current: Page | None) -> SiteView:
        """The values of the site that the page `current` shows: menu, footer, addresses. If `current`
        is None, no link is marked as current.
        """
        if key not in self._frames:
            self._frames[key] = self._frame(key)
        frame = self._frames[key]
        if current is None:
            return frame
        tops = self._keys_in_frame(key)
        parts = current.key.split("/")
        if any("/".join(parts[: length + 1]) in tops for length in range(len(parts))):
            navigation = tuple(self.link(page, current) for page in self._in_menu(key))
            footer = tuple(self.link(page, current) for page in self._footer(key))
            frame = replace(frame, navigation=navigation, footer=footer)
        edit = self._edit(current)
        return frame if edit is None else replace(frame, edit=edit)

    def _frame(self, key: str) -> SiteView:
        site, organisation = self._site, self._site.settings.organisation
        language = site.settings.language(key)
        home, whole = site.home(key), self.whole(key)
        return SiteView(
            short_name=organisation.short_name(key),
            name=typeset(organisation.name(key), language.typography),
            home=site.href(home.path if home else f"{key}/"),
            contact=organisation.contact,
            social=tuple(ExternalView(name, href) for name, href in organisation.social.items()),
            exit=site.settings.exit.get(key),
            navigation=tuple(self.link(page, None) for page in self._in_menu(key)),
            footer=tuple(self.link(page, None) for page in self._footer(key)),
            feed=site.href(f"{key}/feed.xml"),
            edit=None,
            takeaway=None if whole is None else site.href(whole),
            in_parts=self.in_parts(key),
        )

    def _in_menu(self, key: str) -> tuple[Page, ...]:
        return tuple(page for each in self._menu if (page := self._site.page(each, key)))

    def _footer(self, key: str) -> tuple[Page, ...]:
        """The links in the footer: the top-level pages outside of the menu. If there are more than
        `MOST_IN_FOOTER` and the site has a page that lists everything, only that page: with n pages,
        full footers would add n² links.
        """
        if key not in self._footers:
            home = self._site.home(key)
            every = [page for page in self._site.pages if page.language == key and page != home]
            rest = [page for page in every if "/" not in page.key and page.key not in self._menu]
            lists = self._site.with_layout(lambda layout: layout.contents)
            listed = [page for page in lists if page.language == key and page != home]
            if len(rest) > MOST_IN_FOOTER and listed:
                rest = [page for page in listed if page.key not in self._menu]
            self._footers[key] = tuple(rest)
        return self._footers[key]

    def _keys_in_frame(self, key: str) -> frozenset[str]:
        """The keys of the pages in the menu and the footer of a language."""
        if key not in self._linked:
            self._linked[key] = frozenset((*self._menu, *(page.key for page in self._footer(key))))
        return self._linked[key]

    def _edit(self, page: Page) -> str | None:
        """The address at which the source file of a page can be edited in the browser; None if
        there is none.
        """
        repository = self._site.settings.repository
        if repository is None or is_discreet(self._site, page):
            return None
        return edit_address(repository, page.document.source.path)
