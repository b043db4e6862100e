"""The views of a timeline, with its years, events, figures and topics, and of an agenda."""

from __future__ import annotations

from markupsafe import Markup

from diptych.values import Value
from diptych.views.links import ImageView, LinkView
from diptych.views.records import DateView, FieldsView


class FigureRow(Value):
    """One figure of an event, for the table beside its drawing."""

    label: str  # "bij stemming voor"
    value: str  # formatted for the language: "1.200", "€ 40.000"
    bar: Markup | None = None  # inline SVG; its length compares the values of its group


class FiguresView(Value):
    """Figures of an event in one unit: a drawing, and rows with the same values."""

    unit: str  # `votes`, `people`, `EUR`, … as in timeline.yaml; of `times`, the unit they multiply
    drawing: Markup | None  # inline SVG of the rows' values; screen readers skip it
    rows: tuple[FigureRow, ...]
    # whether the text of the event contains all these values; screen readers then skip the rows
    told: bool = False


class KeyFigureView(Value):
    """One of the key figures above a timeline: a link to its event."""

    label: str
    value: str  # formatted for the language
    href: str


class QuoteView(Value):
    """A quotation in an event. The event's `html` contains it too."""

    text: str  # with quotation marks, unless it is indirect speech
    who: str
    translated: bool  # whether the site translated the words
    reported: bool  # whether it is indirect speech


class SourceView(Value):
    """A source of an event: an outlet or a page."""

    outlet: str  # "" if only the title is known
    title: str  # "" if only the outlet is known
    date: Markup | None  # the date in words
    machine_date: str | None
    href: str | None
    lang: str | None  # the language tag of the linked page, if it differs from the reader's


class StepView(Value):
    """A link to another event."""

    id: str
    title: Markup
    date: Markup
    machine_date: str
    lang: str | None  # the language tag of the title when it is a fallback


class PeriodView(Value):
    """A period, from the event that began it to the event that ended it."""

    id: str  # the id of the event that began it
    date: Markup  # the dates of the period, in words
    said: Markup  # the length of the period, or else the title of the event that began it
    lang: str | None  # the language tag of the title when it is a fallback
    before: str  # the id of the first turning point in or after it; "" if there is none


class EventView(Value):
    """An event of the timeline."""

    id: str  # the permalink, the same in every language
    title: Markup  # inline HTML
    date: Markup  # the date in words: "18 maart 2022 om 1.35 uur", "1<sup>er</sup> avril 2021"
    machine_date: str  # for `time datetime`: "2022-03-18T01:35", "2020-06"
    machine_end: str | None  # for the last day of an interval
    html: Markup  # the text, with the quotation in it
    topics: tuple[TopicView, ...]
    actors: tuple[str, ...]
    figures: tuple[FiguresView, ...]
    quote: QuoteView | None
    sources: tuple[SourceView, ...]
    image: ImageView | None
    lang: str | None  # the language tag of title and text when they are a fallback
    weight: str  # "turning-point", "story", or "note" for a few words: the same in every language
    number: int = 0  # the number of a turning point in the overview, from 1; 0 for other events
    during: bool = False  # whether it is in a period that an earlier event began
    lasted: Markup | None = None  # the length of the period that it ends: "87 dagen gesloten"
    short: str = ""  # its short title, if it has one; searchable
    leads_to: StepView | None = None  # the later event that it caused
    fields: FieldsView = FieldsView({})  # the site's own fields


class TopicView(Value):
    """A topic by which the timeline can be filtered."""

    key: str  # `turning-point`
    number: int  # the number of the topic, from 1, by which the style sheet filters events
    name: str
    count: int  # the number of its events


class YearView(Value):
    """The events of one calendar year, in order."""

    year: str  # "2020"
    id: str  # anchor: "y2020"; "" if an earlier chapter began the year
    events: tuple[EventView, ...]


class TimelineChapterView(Value):
    """A chapter of a timeline, from `chapters.yaml`. Events before the first chapter have a
    chapter without a title.
    """

    id: str  # anchor
    title: str
    years: tuple[YearView, ...]  # a year can continue in the next chapter


class TimelineView(Value):
    """A timeline, in one language."""

    years: tuple[YearView, ...]
    # the chapters of chapters.yaml; empty without that file: a template then shows `years`
    chapters: tuple[TimelineChapterView, ...]
    topics: tuple[TopicView, ...]
    count: int  # the number of all events
    overview: Markup  # inline SVG of the whole timeline; each mark is a link to its event
    href: str  # the address of the page that shows it
    turning_points: tuple[EventView, ...]  # the summary of the timeline
    periods: tuple[PeriodView, ...]  # in the order of their start
    key_figures: tuple[KeyFigureView, ...]  # the key figures of its events
    last: Markup | None  # the date of the last event, in words
    minutes: int  # the reading time, at 200 words a minute
    data: tuple[DataLinkView, ...]  # the same timeline as json, csv, ics


class DataLinkView(Value):
    """A link to the timeline as a data file."""

    format: str  # "json", "csv", "ics"
    type: str  # its media type
    href: str


class AgendaEventView(Value):
    """An event of the agenda. A coming event has only its coming dates, a past event all its dates."""

    id: str
    dates: tuple[DateView, ...]
    fields: FieldsView  # all values of the event, by name: `event.fields.title`


class AgendaView(Value):
    """The agenda beside a page, as of the day of the build. A build without a day treats every
    event as coming.
    """

    coming: tuple[AgendaEventView, ...]  # the events to come, the next event first
    past: tuple[AgendaEventView, ...]  # the past events, the last event first
    updated: DateView | None  # the day of the build
    calendar: str  # the address of the iCalendar file
    discreet: bool  # whether the calendar hides the titles of the events


class NextEventView(Value):
    """A coming event on the home page: its title and its next date."""

    title: object  # a value that a template can show
    date: DateView
    href: str  # the address of the event on the page of the agenda


class NextEventsView(Value):
    """The next few events of an agenda, on the home page."""

    events: tuple[NextEventView, ...]  # at least one; the next event first
    page: LinkView  # the page of the agenda
