"""Composes the view of each page: everything that its template can use."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from markupsafe import Markup

from diptych.content.layouts import layout_of
from diptych.files import MadeImage
from diptych.i18n import Strings, machine_date
from diptych.markdown.typography import typeset
from diptych.model import Asset, FrontMatter, Language
from diptych.render.agendas import agenda_view, is_discreet, next_events
from diptych.render.glossary import term_views
from diptych.render.lists import grouped, grouped_of_year, in_order, year_links
from diptych.render.notices import notice_view
from diptych.render.parts import TakeawayPart, parts_of
from diptych.render.prose import Finisher, interface, section_view
from diptych.render.records import FieldComposer
from diptych.render.sharing import words_to_share
from diptych.render.structured import structured
from diptych.render.takeaway import NAME, takeaway_path
from diptych.render.timelines import TimelineComposer
from diptych.site import Page, Resolver, Site, Years
from diptych.site.editing import edit_address
from diptych.site.values import FALLBACK
from diptych.translation import LanguageReport
from diptych.values import replace
from diptych.views import (
    AlternateView,
    EntryView,
    ExternalView,
    FieldsView,
    ImageView,
    LanguageView,
    LinkView,
    PageView,
    RootView,
    ShareView,
    SiteView,
)

MOST_AT_FOOT = 30  # pages
_NOT_FOUND = interface("This page does not exist")
_GONE = interface("This page was taken away")


def _short(front: FrontMatter, written: Language) -> str:
    """The short title for menu, footer and tab."""
    return typeset((front.short or front.title).value, written.typography)


def _as_above(link: LinkView) -> LinkView:
    """The link to a list, as the page with a year of it shows it: the list is above that page."""
    return replace(link, current=False, ancestor=True) if link.current else link


class Composer:
    """Makes the views of a site. Each text is finished once and kept."""

    def __init__(
        self,
        site: Site,
        strings: Mapping[str, Strings],
        images: Mapping[tuple[str, str], MadeImage],
        files: Mapping[tuple[str, str], Asset],
        reports: Mapping[str, LanguageReport],
        today: datetime.date | None = None,
    ) -> None:
        self._site = site
        resolver = Resolver(site)
        self._finishers = {
            language.key: Finisher(site, resolver, language, strings[language.key], images, files)
            for language in site.settings.languages
        }
        self.years = Years(site)
        self._reports = reports
        self._today = today
        self._feet: dict[str, tuple[Page, ...]] = {}
        self._parts: dict[str, tuple[TakeawayPart, ...]] = {}
        self._weights: dict[str, int] = {}  # of the pictures of each bundle in a take-away file
        for (key, _), image in images.items():
            embedded = len(image.fallback.data) * 4 // 3
            self._weights[key] = self._weights.get(key, 0) + embedded
        self._timelines = TimelineComposer(site, self._finishers)

    def page(self, page: Page) -> PageView:
        """The view of a page in one language. It is not kept: all views weigh as much as the site."""
        site, document = self._site, page.document
        language, written = self._languages(page)
        finisher, front = self._finishers[page.language], document.front
        finish, own = finisher.finish, FieldComposer(finisher, page.key, written)
        title = typeset(front.title.value, written.typography)
        children = self._children(page)
        view = PageView(
            key=page.key,
            layout=front.layout,
            lang=language.tag,
            content_lang=None if written is language else written.tag,
            title=title,
            head_title=self._head_title(front, written),
            description=self._description(page, written),
            html=finish(document.prose.html, document.prose, page.key, written),
            lead=finish(document.prose.lead, document.prose, page.key, written),
            sections=tuple(
                section_view(
                    each.id,
                    finish(each.title, document.prose, page.key, written),
                    finish(each.html, document.prose, page.key, written),
                )
                for each in document.prose.sections
            ),
            date=finisher.date(front.date.value) if front.date else None,
            machine_date=machine_date(front.date.value) if front.date else None,
            image=self._front_image(page, written),
            canonical=site.url(self._canonical(page).path),
            indexable=page.state != FALLBACK,
            alternates=self._alternates(page),
            languages=self._switcher(page.key, page.language),
            breadcrumb=self._breadcrumb(page),
            previous=self._neighbour(page, -1),
            next=self._neighbour(page, 1),
            feed=site.href(page.path + "feed.xml") if layout_of(front.layout).lists else None,
            children=children,
            notice=notice_view(page, site, self._reports.get(page.key)),
            timeline=self._timelines.view(page),
            terms=term_views(page, finisher),
            site=self.frame(page.language, page),
            keywords=" ".join(each.value for each in (front.short, front.keywords) if each),
            fields=own.of_page(page),
            agenda=agenda_view(page, finisher, self._today),
            next_events=next_events(page, finisher, self._today, self._link),
            groups=grouped(site, page, children, self.years, finisher.strings.gettext),
            records=FieldComposer(finisher, page.key).records(),
        )
        data = Markup("") if is_discreet(site, page) else structured(site, view)
        return replace(view, structured=data, share=self._share(page, view))

    def year(self, page: Page, view: PageView, year: str) -> PageView:
        """The view of the page with all entries of one year of a list. `view` is that of the list."""
        site, path = self._site, self.years.path(page, year)
        _, written = self._languages(page)
        name = f"{view.title}, {year}"
        head = f"{_short(page.document.front, written)}, {year}"
        children = tuple(each for each in view.children if each.year == year)
        found = replace(
            view,
            year=year,
            title=name,
            head_title=f"{head} – {view.site.short_name}",
            description=f"{name} – {view.site.name}",
            html=Markup(""),
            lead=Markup(""),
            sections=(),
            date=None,
            machine_date=None,
            image=None,
            canonical=site.url(path),
            alternates=self._alternates(page, year),
            languages=self._switcher(page.key, page.language, year),
            breadcrumb=(*view.breadcrumb, self._link(page, None)),
            previous=self._next_year(page, year, 1),
            next=self._next_year(page, year, -1),
            feed=None,
            children=children,
            groups=grouped_of_year(site, page, children),
            notice=view.notice if page.state == FALLBACK else None,
            timeline=None,
            agenda=None,
            terms=(),
            fields=FieldsView({}),
            records=FieldsView({}),
            keywords="",
            site=replace(
                view.site,
                navigation=tuple(map(_as_above, view.site.navigation)),
                footer=tuple(map(_as_above, view.site.footer)),
            ),
        )
        discreet = is_discreet(site, page)
        share = self._share(page, found)
        if view.share is not None:
            share = replace(share, words=view.share.words)  # the picture of the list
        data = Markup("") if discreet else structured(site, found)
        return replace(found, structured=data, share=share)

    def year_links(self, page: Page) -> tuple[EntryView, ...]:
        """Links to the pages with a year of a list; none if the list is not long."""
        return year_links(
            self._site, page, self.years, self._finishers[page.language].strings.gettext
        )

    def _next_year(self, page: Page, year: str, step: int) -> LinkView | None:
        """The page of the year after this one in time (`step` -1) or before it (1), of those that
        have a page.
        """
        years = sorted(self.years.of(page).years, reverse=True)
        index = years.index(year) + step
        if not 0 <= index < len(years):
            return None
        list_ = self._link(page, None)
        href = self._site.href(self.years.path(page, years[index]))
        return replace(list_, title=f"{list_.title}, {years[index]}", href=href)

    def _share(self, page: Page, view: PageView) -> ShareView:
        """The title, description and picture words of a shared link. News and pages in menu or
        footer get a picture with `words_to_share`; all others share one picture with the short
        name.
        """
        settings = self._site.settings
        short_name = settings.organisation.short_name
        if is_discreet(self._site, page):
            host = settings.base_url.partition("://")[2].partition("/")[0]
            return ShareView(short_name, host, short_name)
        title = short_name if layout_of(view.layout).opens else view.title
        front = page.document.front
        near = page.key in {each.value for each in settings.navigation} or page in self._foot(
            page.language
        )
        own = near or front.date is not None or front.image is not None
        return ShareView(
            title, view.description, words_to_share(view, title if own else short_name)
        )

    def _head_title(self, front: FrontMatter, written: Language) -> str:
        """The title in the tab and in the browser's history.

        Of the home page only the short name, since its heading may say what nobody should read
        there. A `short` of the page stands before it, so that the home pages of the languages
        differ.
        """
        short_name = self._site.settings.organisation.short_name
        if layout_of(front.layout).opens and front.short is None:
            return short_name
        return f"{_short(front, written)} – {short_name}"

    def not_found(self, language: Language) -> PageView:
        """The not-found page of a language: without a text, with menu and footer."""
        return self._of_no_text(self._finishers[language.key], _NOT_FOUND)

    def gone(self, language: Language) -> PageView:
        """The page of a language at an address whose page was taken down."""
        return self._of_no_text(self._finishers[language.key], _GONE)

    def _of_no_text(self, finisher: Finisher, said: str) -> PageView:
        title, language = finisher.typeset(finisher.strings.gettext(said)), finisher.language
        short_name = self._site.settings.organisation.short_name
        return PageView(
            key="404",
            layout="404",
            lang=language.tag,
            title=title,
            head_title=f"{title} – {short_name}",
            indexable=False,
            languages=self._switcher("404", language.key),
            site=self.frame(language.key, None),
        )

    def root(self, layout: str) -> RootView:
        """The page at `/` with the choice of languages (layout root), or the not-found page in no
        language (layout 404).
        """
        site = self._site
        homes = [home for each in site.settings.languages if (home := site.home(each.key))]
        if layout == "404":
            views = tuple(self.not_found(each) for each in site.settings.languages)
            return RootView(layout, "", (), False, views)
        alternates = self._alternates(homes[0]) if homes else ()
        return RootView(layout, site.url(""), alternates, True, tuple(map(self.page, homes)))

    def _languages(self, page: Page) -> tuple[Language, Language]:
        """The language of the page's frame, and the language of its text."""
        settings = self._site.settings
        return settings.language(page.language), settings.language(page.text_language)

    def _description(self, page: Page, written: Language) -> str:
        description = page.document.front.description
        return typeset(description.value, written.typography) if description else ""

    def _front_image(self, page: Page, written: Language) -> ImageView | None:
        front = page.document.front
        if front.image is None:
            return None
        alt = typeset(front.image_alt.value, written.typography) if front.image_alt else ""
        return self._finishers[page.language].image(page.key, front.image.value, alt)

    def _canonical(self, page: Page) -> Page:
        """The page itself; of a fallback, the page whose text it shows."""
        own = self._site.page(page.key, page.text_language)
        return own or page

    def _alternates(self, page: Page, year: str = "") -> tuple[AlternateView, ...]:
        """hreflang for every language with a text of its own, and x-default; none for fallbacks. With
        a `year`, those of the page with that year of the list.
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

    def _has_year(self, page: Page, year: str) -> bool:
        return year in self.years.of(page).years

    def _path(self, page: Page, year: str) -> str:
        """The path of a page, or of the page with a year of it; its own if it has no such year."""
        return self.years.path(page, year) if self._has_year(page, year) else page.path

    def _ordered(self, key: str) -> list[Page]:
        versions = {page.language: page for page in self._site.versions(key)}
        return [
            versions[each.key] for each in self._site.settings.languages if each.key in versions
        ]

    def _switcher(self, key: str, current: str, year: str = "") -> tuple[LanguageView, ...]:
        """Every language of the site, each with a link to the same page (and the same `year` of it)
        or else to its home page.
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

    def _link(self, target: Page, current: Page | None) -> LinkView:
        language, written = self._languages(target)
        title = _short(target.document.front, written)
        here = current is not None and current.key == target.key
        above = current is not None and current.key.startswith(target.key + "/")
        lang = None if written is language else written.tag
        return LinkView(title, self._site.href(target.path), here, above, lang)

    def _breadcrumb(self, page: Page) -> tuple[LinkView, ...]:
        links: list[LinkView] = []
        parent = page.parent
        while parent is not None:
            above = self._site.page(parent, page.language)
            if above is None:
                break
            links.insert(0, self._link(above, page))
            parent = above.parent
        return tuple(links)

    def _neighbour(self, page: Page, step: int) -> LinkView | None:
        """The dated page before or after this one, among the pages of the same list."""
        if page.parent is None or page.document.front.date is None:
            return None
        dated = [
            (date.value.first, sister.key, sister)
            for sister in self._site.children(page.parent, page.language)
            if (date := sister.document.front.date) is not None
        ]
        sisters = [sister for _, _, sister in sorted(dated, key=lambda each: each[:2])]
        index = sisters.index(page) + step
        return self._link(sisters[index], None) if 0 <= index < len(sisters) else None

    def _children(self, page: Page) -> tuple[EntryView, ...]:
        entries = []
        front = page.document.front.values
        order = front["order"].value if "order" in front else "newest"
        for child in self._site.children(page.key, page.language):
            written = self._languages(child)[1]
            date, link = child.document.front.date, self._link(child, None)
            entry = EntryView(
                link.title,
                link.href,
                self._description(child, written),
                self._finishers[page.language].date(date.value) if date else None,
                machine_date(date.value) if date else None,
                str(date.value.first.year) if date else "",
                link.lang,
            )
            entries.append((date.value.first.toordinal() if date else 0, entry))
        return in_order(entries, order)

    def whole(self, key: str) -> str | None:
        """The path of the file that holds all pages of a language, or that lists the files which
        hold them; None when it has none.
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

    def _foot(self, key: str) -> tuple[Page, ...]:
        """The top-level pages outside of the menu. If they are many and a page lists everything,
        only that page: otherwise footers would make the site grow with its square.
        """
        if key not in self._feet:
            menu, home = (
                {each.value for each in self._site.settings.navigation},
                self._site.home(key),
            )
            every = [page for page in self._site.pages if page.language == key and page != home]
            rest = [page for page in every if "/" not in page.key and page.key not in menu]
            lists = [page for page in every if layout_of(page.document.front.layout).contents]
            if len(rest) > MOST_AT_FOOT and lists:
                rest = [page for page in lists if page.key not in menu]
            self._feet[key] = tuple(rest)
        return self._feet[key]

    def _edit(self, page: Page | None) -> str | None:
        """The address at which the file of a page is edited in the browser."""
        repository = self._site.settings.repository
        if page is None or repository is None or is_discreet(self._site, page):
            return None
        return edit_address(repository, page.document.source.path)

    def frame(self, key: str, current: Page | None) -> SiteView:
        """The parts of a page's frame; `current` is the page that shows it."""
        site, organisation = self._site, self._site.settings.organisation
        language = site.settings.language(key)
        menu = [item.value for item in site.settings.navigation]
        pages = [page for each in menu if (page := site.page(each, key))]
        home, whole = site.home(key), self.whole(key)
        return SiteView(
            short_name=organisation.short_name,
            name=typeset(organisation.names.get(key, organisation.short_name), language.typography),
            home=site.href(home.path if home else f"{key}/"),
            contact=organisation.contact,
            social=tuple(ExternalView(name, href) for name, href in organisation.social.items()),
            exit=site.settings.exit.get(key),
            navigation=tuple(self._link(page, current) for page in pages),
            footer=tuple(self._link(page, current) for page in self._foot(key)),
            feed=site.href(f"{key}/feed.xml"),
            edit=self._edit(current),
            takeaway=None if whole is None else site.href(whole),
            in_parts=self.in_parts(key),
        )
