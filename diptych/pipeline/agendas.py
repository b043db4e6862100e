"""The agendas of a site, prepared for the calendar files."""

from __future__ import annotations

from markupsafe import escape

from diptych.model import Entry
from diptych.outputs.calendar import AgendaEntry, AgendaRequest
from diptych.render import Composer, agenda_of, dates_of
from diptych.site import Page, Site
from diptych.views import AgendaEventView


def agenda_request(site: Site, composer: Composer, page: Page) -> AgendaRequest:
    """The content of the calendar file of a page's agenda. The page must have an agenda."""
    records, agenda = agenda_of(site, page), composer.page(page).agenda
    assert records is not None
    assert agenda is not None
    shown = {each.id: each for each in (*agenda.coming, *agenda.past)}
    language = site.settings.language(page.language)
    return AgendaRequest(
        tuple(
            agenda_entry(each, shown[each.id], language.tag)
            for each in records.entries
            if each.id in shown
        ),
        page.path,
        site.url(page.path),
        site.url(""),
        site.settings.organisation.short_name,
        site.settings.time_zone,
        agenda.discreet,
        records.source.path,
    )


def agenda_entry(entry: Entry, view: AgendaEventView, lang: str) -> AgendaEntry:
    """An event of the agenda as an entry of the calendar, in the language of its page."""

    def words(name: str) -> str:
        return escape(view.fields[name] or "").striptags()

    return AgendaEntry(
        entry.id,
        tuple(dates_of(entry)),
        words("title"),
        words("text"),
        words("place"),
        lang,
        bool(view.fields["called_off"]),
    )
