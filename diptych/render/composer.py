"""Composes the view of each page: everything that its template can use."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping

from markupsafe import Markup

from diptych.content.layouts import layout_of
from diptych.files import MadeImage
from diptych.i18n import Strings, machine_date
from diptych.markdown.typography import typeset
from diptych.model import Asset, FrontMatter, Language
from diptych.render.agendas import agenda_view, next_events
from diptych.render.around import Around, Neighbourhood
from diptych.render.glossary import term_views
from diptych.render.lists import grouped_of_year
from diptych.render.prose import Finisher, interface, section_view
from diptych.render.records import FieldComposer
from diptych.render.structured import structured
from diptych.render.timelines import TimelineComposer
from diptych.site import Page, Resolver, Site
from diptych.site.values import FALLBACK
from diptych.templating.environment import without_tags
from diptych.translation import LanguageReport
from diptych.values import replace
from diptych.views import ImageView, LinkView, PageView, RootView, ShareView

_NOT_FOUND = interface("This page does not exist")
_GONE = interface("This page was taken away")
_FIRST = re.compile(r"\s*<p>(.*?)</p>", re.DOTALL)  # the first paragraph of a text
_LONGEST = 90  # characters on a share picture that can still be read on a phone


def _as_above(link: LinkView) -> LinkView:
    """A link to a list, marked as an ancestor, for the page of one year of the list."""
    return replace(link, current=False, ancestor=True) if link.current else link


class Composer:
    """Composes the views of a site's pages, in all languages."""

    def __init__(
        self,
        site: Site,
        strings: Mapping[str, Strings],
        images: Mapping[tuple[str, str], MadeImage],
        files: Mapping[tuple[str, str], Asset],
        reports: Mapping[str, LanguageReport],
        with_picture: Callable[[ShareView], ShareView],
        today: datetime.date | None = None,
    ) -> None:
        """`with_picture` adds the share picture of a page to the page's `ShareView`."""
        self._site = site
        resolver = Resolver(site)
        self._finishers = {
            language.key: Finisher(site, resolver, language, strings[language.key], images, files)
            for language in site.settings.languages
        }
        self._with_picture = with_picture
        self._today = today
        self.neighbourhood = Neighbourhood(site, self._finishers, images, reports)
        self._timelines = TimelineComposer(site, self._finishers)

    def is_text(self, page: Page) -> bool:
        """Whether a page shows nothing but its own text and its surroundings: no records, no
        timeline, and no field that could refer to other content of the site.
        """
        site, layout = self._site, layout_of(page.document.front.layout)
        more = layout.opens or layout.lists or layout.contents or layout.shows
        beside = site.types.written or site.records_of(page.key) or site.timeline(page.key)
        return not more and not beside

    def page(self, page: Page, around: Around | None = None) -> PageView:
        """The view of a page in one language. It is not kept: the views of all pages together need
        as much memory as the site.
        """
        site, document = self._site, page.document
        around = around or self.neighbourhood.of(page)
        language, written = self.neighbourhood.languages_of(page)
        finisher, front, prose = self._finishers[page.language], document.front, document.prose

        def finish(html: str) -> Markup:
            return finisher.finish(html, prose, page.key, written, around.targets)

        view = PageView(
            key=page.key,
            layout=front.layout,
            lang=language.tag,
            content_lang=None if written is language else written.tag,
            title=typeset(front.title.value, written.typography),
            head_title=self._head_title(page),
            description=self.neighbourhood.description(page),
            html=finish(prose.html),
            lead=finish(prose.lead),
            sections=tuple(
                section_view(each.id, finish(each.title), finish(each.html))
                for each in prose.sections
            ),
            date=finisher.date(front.date.value) if front.date else None,
            machine_date=machine_date(front.date.value) if front.date else None,
            image=self._front_image(front, written, page),
            canonical=around.canonical,
            indexable=page.state != FALLBACK,
            alternates=around.alternates,
            languages=around.languages,
            breadcrumb=around.breadcrumb,
            previous=around.previous,
            next=around.next,
            feed=site.href(page.path + "feed.xml") if layout_of(front.layout).lists else None,
            children=around.children,
            notice=around.notice,
            timeline=self._timelines.view(page),
            terms=term_views(page, finisher),
            site=around.site,
            keywords=" ".join(each.value for each in (front.short, front.keywords) if each),
            fields=FieldComposer(finisher, page.key, written).of_page(page),
            agenda=agenda_view(page, finisher, self._today),
            next_events=next_events(page, finisher, self._today, self.neighbourhood.link),
            groups=around.groups,
            records=FieldComposer(finisher, page.key).records(),
        )
        return self._as_data(page, view, around)

    def text(self, page: Page) -> PageView:
        """The view of a page's own text, without its surroundings. Only for pages for which
        `is_text` is true.
        """
        language, written = self.neighbourhood.languages_of(page)
        finisher, front, prose = (
            self._finishers[page.language],
            page.document.front,
            page.document.prose,
        )
        return PageView(
            key=page.key,
            layout=front.layout,
            lang=language.tag,
            title=typeset(front.title.value, written.typography),
            head_title="",
            html=finisher.finish(prose.html, prose, page.key, written),
            image=self._front_image(front, written, page),
            indexable=False,
            languages=(),
            site=self.neighbourhood.frame(page.language, None),
        )

    def _as_data(self, page: Page, view: PageView, around: Around) -> PageView:
        """The view, with data for other programs added: structured data, and the data of a shared
        link.
        """
        data = Markup("") if around.discreet else structured(self._site, view, around.in_list)
        return replace(view, structured=data, share=self._share(page, view, around))

    def year(self, page: Page, view: PageView, year: str) -> PageView:
        """The view of the page for one year of a list, with all entries of that year. `view` is the
        view of the list.
        """
        site, links, around = self._site, self.neighbourhood, self.neighbourhood.of(page)
        path = links.years.path(page, year)
        name = f"{view.title}, {year}"
        head = f"{links.short(page)}, {year}"
        children = tuple(each for each in view.children if each.year == year)
        found = PageView(
            key=view.key,
            layout=view.layout,
            lang=view.lang,
            content_lang=view.content_lang,
            year=year,
            title=name,
            head_title=f"{head} – {view.site.short_name}",
            description=f"{name} – {view.site.name}",
            canonical=site.url(path),
            indexable=view.indexable,
            alternates=links.alternates(page, year),
            languages=links.switcher(page.key, page.language, year),
            breadcrumb=(*view.breadcrumb, links.link(page, None)),
            previous=links.next_year(page, year, 1),
            next=links.next_year(page, year, -1),
            children=children,
            groups=grouped_of_year(site, page, children),
            notice=view.notice if page.state == FALLBACK else None,
            site=replace(
                view.site,
                navigation=tuple(map(_as_above, view.site.navigation)),
                footer=tuple(map(_as_above, view.site.footer)),
            ),
        )
        found = self._as_data(page, found, around)
        own, shared = found.share, view.share
        assert own is not None
        assert shared is not None
        # all years share the picture of the list
        return replace(found, share=replace(shared, title=own.title, description=own.description))

    def _share(self, page: Page, view: PageView, around: Around) -> ShareView:
        """The data of a shared link: title, description, and the words on its picture. News and
        pages in menu or footer have a picture of their own, with `_words_to_share`; all others share
        one picture with the short name.
        """
        settings, front = self._site.settings, page.document.front
        short_name = settings.organisation.short_name(page.language)
        if around.discreet:
            host = settings.base_url.partition("://")[2].partition("/")[0]
            return self._with_picture(ShareView(short_name, host, short_name))
        title = short_name if layout_of(view.layout).opens else view.title
        own = around.near or front.date is not None or front.image is not None
        words = _words_to_share(view, title if own else short_name)
        return self._with_picture(ShareView(title, view.description, words))

    def _head_title(self, page: Page) -> str:
        """The title for the browser's tab and history.

        The title of the home page is only the organisation's short name, since other people may
        see the tab and should not read the page's heading there. A `short` title of the home page
        comes before that name, so that the home pages of the languages differ.
        """
        front = page.document.front
        short_name = self._site.settings.organisation.short_name(page.language)
        if layout_of(front.layout).opens and front.short is None:
            return short_name
        return f"{self.neighbourhood.short(page)} – {short_name}"

    def not_found(self, language: Language) -> PageView:
        """The view of the not-found page of a language: no text, only menu and footer."""
        return self._of_no_text(self._finishers[language.key], _NOT_FOUND)

    def gone(self, language: Language) -> PageView:
        """The view of the page at the address of a removed page, in one language."""
        return self._of_no_text(self._finishers[language.key], _GONE)

    def _of_no_text(self, finisher: Finisher, said: str) -> PageView:
        title, language = finisher.typeset(finisher.strings.gettext(said)), finisher.language
        short_name = self._site.settings.organisation.short_name(language.key)
        return PageView(
            key="404",
            layout="404",
            lang=language.tag,
            title=title,
            head_title=f"{title} – {short_name}",
            indexable=False,
            languages=self.neighbourhood.switcher("404", language.key),
            site=self.neighbourhood.frame(language.key, None),
        )

    def root(self, layout: str) -> RootView:
        """The view of the page at `/` with the choice of languages (layout `root`), or of the
        not-found page in no language (layout `404`).
        """
        site = self._site
        homes = [home for each in site.settings.languages if (home := site.home(each.key))]
        if layout == "404":
            views = tuple(self.not_found(each) for each in site.settings.languages)
            return RootView(layout, "", (), False, views)
        alternates = self.neighbourhood.alternates(homes[0]) if homes else ()
        return RootView(layout, site.url(""), alternates, True, tuple(map(self.page, homes)))

    def _front_image(self, front: FrontMatter, written: Language, page: Page) -> ImageView | None:
        if front.image is None:
            return None
        alt = typeset(front.image_alt.value, written.typography) if front.image_alt else ""
        return self._finishers[page.language].image(page.key, front.image.value, alt)


def _words_to_share(view: PageView, title: str) -> str:
    """The words on the share picture of a page, which give its message and not only its name. For the
    home page, its first sentence; for a timeline, its last turning point with the date. For any other
    page, or if those words are too long, `title`.
    """
    layout = layout_of(view.layout)
    if layout.opens:
        found = _FIRST.match(view.lead)
        said = without_tags(found[1]) if found else ""
    elif layout.shows == "timeline" and view.timeline and view.timeline.turning_points:
        last = view.timeline.turning_points[-1]
        said = f"{without_tags(last.title)}, {without_tags(last.date)}"
    else:
        said = ""
    return said if 0 < len(said) <= _LONGEST else title
