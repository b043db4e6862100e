"""The notice above a page that shows another language's text, or whose translation is outdated."""

from __future__ import annotations

from collections.abc import Mapping

from diptych.markdown.typography import typeset
from diptych.site import Page, Site
from diptych.site.values import FALLBACK
from diptych.translation import LanguageReport, State
from diptych.views import NoticeView, SectionLinkView


class NoticeComposer:
    """Makes the notices of pages that are fallbacks or outdated; other pages have none."""

    def __init__(self, site: Site, reports: Mapping[str, LanguageReport]) -> None:
        self._site = site
        self._reports = reports

    def view(self, page: Page) -> NoticeView | None:
        """The notice of a fallback or of an outdated translation; None if the page is current.

        An unconfirmed page gets none: it may be right, and a notice on every page would not be
        read.
        """
        if page.state == FALLBACK:
            return self._notice("fallback", page.key, page.text_language, ())
        report = self._reports.get(page.key)
        status = report.statuses.get(page.language) if report else None
        if status is None or status.state is not State.OUTDATED or not status.lagging:
            return None
        ahead = status.lagging[0][1]
        sections = tuple(
            self._section(page, identity, language) for identity, language in status.lagging
        )
        return self._notice("outdated", page.key, ahead, sections)

    def _notice(
        self, state: str, key: str, ahead: str, sections: tuple[SectionLinkView, ...]
    ) -> NoticeView | None:
        language = self._site.settings.language(ahead)
        own = self._site.page(key, ahead)
        if own is None:
            return None
        return NoticeView(state, language.name, language.tag, self._site.href(own.path), sections)

    def _section(self, page: Page, identity: str, ahead: str) -> SectionLinkView:
        """An outdated section, with its title in the language that is ahead."""
        other = self._site.page(page.key, ahead) or page
        language = self._site.settings.language(ahead)
        titles = {heading.id: heading.text for heading in other.document.prose.headings}
        href = self._site.href(other.path)
        if identity in titles:
            title = typeset(titles[identity], language.typography)
            return SectionLinkView(title, f"{href}#{identity}", language.tag)
        for records in self._site.records_of(page.key):
            for entry in records.entries:
                name = self._site.entry_name(records, entry, (ahead,))
                if entry.id == identity and name is not None:
                    title = typeset(name, language.typography)
                    return SectionLinkView(title, f"{href}#{identity}", language.tag)
        title = typeset(other.document.front.title.value, language.typography)
        return SectionLinkView(title, href, language.tag)
