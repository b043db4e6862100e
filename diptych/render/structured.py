"""Structured data for search engines: schema.org as JSON-LD, in the page's language."""

from __future__ import annotations

import json

from markupsafe import Markup

from diptych.content.layouts import layout_of
from diptych.site import Site
from diptych.views import AgendaEventView, EventView, PageView

CONTEXT = "https://schema.org"


def structured(site: Site, view: PageView, in_list: bool) -> Markup:
    """The JSON-LD of a page, for a script element. It describes the organisation on the home page,
    the questions on a page of questions, an article for a dated page of a list, else the page
    itself. Added to that: the coming events of an agenda, the parts of a timeline in order, and the
    breadcrumb of nested pages. Empty for pages that are not indexed or that are discreet. `in_list`
    says whether the page's parent is a list.

    It is safe inside a script element: every `<` of the data is escaped.
    """
    if not view.indexable:
        return Markup("")
    graph = [_page(site, view, in_list)]
    if layout_of(view.layout).opens:
        graph.append(_organisation(site, view))
    if view.agenda is not None:
        graph += (_event(site, view, event) for event in view.agenda.coming)
    if view.years:
        graph.append(_history(view))
    if view.breadcrumb:
        graph.append(_breadcrumb(site, view))
    document = {"@context": CONTEXT, "@graph": graph}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  # JSON, and no tag can end in it


def _kind(view: PageView, in_list: bool) -> str:
    if layout_of(view.layout).answers:
        return "FAQPage"
    return "NewsArticle" if in_list and view.machine_date else "WebPage"


def _event(site: Site, view: PageView, event: AgendaEventView) -> dict[str, object]:
    """An event of an agenda, with its next date."""
    found: dict[str, object] = {
        "@type": "Event",
        "@id": f"{view.canonical}#{event.id}",
        "url": f"{view.canonical}#{event.id}",
        "name": _words(event.fields["title"]),
        "startDate": event.dates[0].machine,
        "organizer": {"@id": _publisher(site)},
        "inLanguage": view.content_lang or view.lang,
        "eventStatus": f"{CONTEXT}/Event{'Cancelled' if event.fields['called_off'] else 'Scheduled'}",
    }
    if event.fields["place"]:
        found["location"] = {"@type": "Place", "name": _words(event.fields["place"])}
    if event.fields["text"]:
        found["description"] = " ".join(_words(event.fields["text"]).split())
    return found


def _history(view: PageView) -> dict[str, object]:
    """The parts of a timeline, in order. A part is a text about a time. It is not a schema.org
    `Event`, which is something to attend, with a place and a coming date.
    """
    events = [event for year in view.years for event in year.events]
    return {
        "@type": "ItemList",
        "@id": f"{view.canonical}#events",
        "itemListOrder": f"{CONTEXT}/ItemListOrderAscending",
        "numberOfItems": len(events),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "item": _part(view, event)}
            for number, event in enumerate(events, start=1)
        ],
    }


def _part(view: PageView, event: EventView) -> dict[str, object]:
    """An event of a timeline: its title, its address, and its time."""
    ends = f"/{event.machine_end}" if event.machine_end else ""
    found: dict[str, object] = {
        "@type": "CreativeWork",
        "url": f"{view.canonical}#{event.id}",
        "name": _words(event.title),
        "temporalCoverage": f"{event.machine_date}{ends}",
    }
    if event.lang:
        found["inLanguage"] = event.lang
    return found


def _words(html: object) -> str:
    return str(Markup(html).striptags())  # noqa: S704  # the tags are removed


def _page(site: Site, view: PageView, in_list: bool) -> dict[str, object]:
    kind = _kind(view, in_list)
    page: dict[str, object] = {
        "@type": kind,
        "@id": view.canonical,
        "url": view.canonical,
        "name": view.title,
        "inLanguage": view.content_lang or view.lang,
        "publisher": {"@id": _publisher(site)},
    }
    if view.description:
        page["description"] = view.description
    if kind == "NewsArticle":
        page["headline"] = view.title
    if view.machine_date:
        page["datePublished"] = view.machine_date
    if layout_of(view.layout).answers:
        page["mainEntity"] = [
            {
                "@type": "Question",
                "name": str(section.title.striptags()),
                "url": f"{view.canonical}#{section.id}",
                "acceptedAnswer": {"@type": "Answer", "text": str(section.html.striptags())},
            }
            for section in view.sections
        ]
    return page


def _publisher(site: Site) -> str:
    """The id of the organisation, which is the same in all languages."""
    return site.url("#organisation")


def _organisation(site: Site, view: PageView) -> dict[str, object]:
    organisation = site.settings.organisation
    found: dict[str, object] = {
        "@type": "Organization",
        "@id": _publisher(site),
        "name": view.site.name,
        "alternateName": view.site.short_name,
        "url": site.url(""),
    }
    if organisation.contact:
        found["email"] = organisation.contact
    if organisation.social:
        found["sameAs"] = list(organisation.social.values())
    return found


def _breadcrumb(site: Site, view: PageView) -> dict[str, object]:
    origin = site.settings.base_url.partition("://")
    host = f"{origin[0]}://{origin[2].partition('/')[0]}"
    links = [
        *((link.title, host + link.href) for link in view.breadcrumb),
        (view.title, view.canonical),
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(links, start=1)
        ],
    }
