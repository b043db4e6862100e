"""The notice above a page that shows another language's text, or whose translation is outdated."""

from __future__ import annotations

from diptych.markdown.typography import typeset
from diptych.site import Page, Site
from diptych.site.values import FALLBACK
from diptych.translation import LanguageReport, State
from diptych.views import NoticeView, SectionLinkView


def notice_view(page: Page, site: Site, report: LanguageReport | None) -> NoticeView | None:
    """The notice of a fallback or of an outdated translation; None if the page is current.

    An unconfirmed page gets no notice: its text may be correct, and readers would ignore a notice
    that is on every page.
    """
    if page.state == FALLBACK:
        return _notice(site, "fallback", page.key, page.text_language, ())
    status = report.statuses.get(page.language) if report else None
    if status is None or status.state is not State.OUTDATED or not status.lagging:
        return None
    ahead = status.lagging[0][1]
    sections = tuple(_section(site, page, *each) for each in status.lagging)
    return _notice(site, "outdated", page.key, ahead, sections)


def _notice(
    site: Site, state: str, key: str, ahead: str, sections: tuple[SectionLinkView, ...]
) -> NoticeView | None:
    language = site.settings.language(ahead)
    own = site.page(key, ahead)
    if own is None:
        return None
    return NoticeView(state, language.name, language.tag, site.href(own.path), sections)


def _section(site: Site, page: Page, identity: str, ahead: str) -> SectionLinkView:
    """An outdated section, with its title in the language that is ahead."""
    other = site.page(page.key, ahead) or page
    language = site.settings.language(ahead)
    titles = {heading.id: heading.text for heading in other.document.prose.headings}
    href = site.href(other.path)
    if identity in titles:
        title = typeset(titles[identity], language.typography)
        return SectionLinkView(title, f"{href}#{identity}", language.tag)
    for records in site.records_of(page.key):
        for entry in records.entries:
            name = site.entry_name(records, entry, (ahead,))
            if entry.id == identity and name is not None:
                title = typeset(name, language.typography)
                return SectionLinkView(title, f"{href}#{identity}", language.tag)
    title = typeset(other.document.front.title.value, language.typography)
    return SectionLinkView(title, href, language.tag)
