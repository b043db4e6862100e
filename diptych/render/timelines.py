"""A timeline in one language for its template: years, events, figures, overview."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from markupsafe import Markup

from diptych.content.timeline import DAYS
from diptych.content.types import CHAPTERS, TIMELINE
from diptych.i18n import format_number, machine_date
from diptych.markdown import plain_text
from diptych.markdown.typography import as_markup, joined, typeset
from diptych.model import Entry, Event, EventDate, Language, Precision, Timeline
from diptych.render.figures import figures_of, key_figures_of
from diptych.render.overview import Band, Tick, overview
from diptych.render.prose import Finisher
from diptych.render.quotes import quote_view, source_view, with_quote
from diptych.render.records import FieldComposer
from diptych.site import Page, Site
from diptych.values import replace
from diptych.views import (
    DataLinkView,
    EventView,
    PeriodView,
    StepView,
    TimelineChapterView,
    TimelineView,
    TopicView,
    YearView,
)

TURNING_POINT = "turning-point"
FEW_WORDS = 30  # an event whose text is shorter is a note
WORDS_A_MINUTE = 200
DATA = (("json", "application/json"), ("csv", "text/csv"), ("ics", "text/calendar"))
_WHOLE_DAYS = (Precision.DAY, Precision.MINUTE)
_TARGET = re.compile(r"\]\([^()]*\)")  # the target of a Markdown link


class TimelineComposer:
    """Makes the views of timelines. Each is made once per language and kept."""

    def __init__(self, site: Site, finishers: Mapping[str, Finisher]) -> None:
        self._site = site
        self._finishers = finishers  # by language
        self._made: dict[tuple[str, str], TimelineView] = {}

    def view(self, page: Page) -> TimelineView | None:
        """The timeline that a page shows; None if there is none."""
        timeline = self._site.timeline_on(page)
        if timeline is None:
            return None
        place = (timeline.key, page.language)
        if place not in self._made:
            self._made[place] = self._compose(timeline, page.language)
        return self._made[place]

    def _compose(self, timeline: Timeline, key: str) -> TimelineView:
        finisher = self._finishers[key]
        language = finisher.language
        topics = self._topics(timeline, key)
        composed = [self._event(event, timeline, key, topics) for event in timeline.events]
        events = _related(timeline, composed, language)
        dated = list(zip(timeline.events, events, strict=True))
        years = _years(dated)
        page = self._site.page(timeline.key, key)
        path = page.path if page else f"{key}/"
        words = sum(len((view.title + " " + view.html).striptags().split()) for view in events)
        return TimelineView(
            years=years,
            chapters=self._chapters(timeline.key, language, dated),
            topics=topics,
            count=len(events),
            overview=self._overview(timeline, events, self._site.href(path), language),
            href=self._site.href(path),
            turning_points=tuple(view for view in events if _is_turning_point(view)),
            periods=tuple(self._periods(dated, finisher)),
            key_figures=tuple(
                figure
                for event in timeline.events
                for figure in key_figures_of(event, f"{self._site.href(path)}#{event.id}", finisher)
            ),
            last=events[-1].date if events else None,
            minutes=max(1, round(words / WORDS_A_MINUTE)),
            data=tuple(
                DataLinkView(form, media, self._site.href(f"{path}timeline.{form}"))
                for form, media in DATA
            ),
        )

    def _periods(
        self, dated: Sequence[tuple[Event, EventView]], finisher: Finisher
    ) -> Iterator[PeriodView]:
        """The periods between an event and the event that ends it, each with its length."""
        events = {event.id: event for event, _ in dated}
        for place, (event, view) in enumerate(dated):
            end = events.get(event.until.value) if event.until else None
            if end is None:
                continue
            later = (other.id for _, other in dated[place:] if _is_turning_point(other))
            said = _lasted(event, end, finisher.language)
            yield PeriodView(
                view.id,
                finisher.date(_span(event.date, end.date)),
                as_markup(said, finisher.language.typography) if said else view.title,
                None if said else view.lang,
                next(later, ""),
            )

    def _chapters(
        self, key: str, language: Language, dated: Sequence[tuple[Event, EventView]]
    ) -> tuple[TimelineChapterView, ...]:
        """The chapters of chapters.yaml, each with its events by year; () without that file.

        Events before the first chapter form a chapter without a title.
        """
        entries = [
            entry
            for records in self._site.records_of(key)
            if records.type == CHAPTERS.name
            for entry in records.entries
        ]
        begins = {entry.values["from"].value: entry for entry in entries if "from" in entry.values}
        parts: list[tuple[Entry | None, list[tuple[Event, EventView]]]] = []
        for event, view in dated if begins else ():
            if event.id in begins or not parts:
                parts.append((begins.get(event.id), []))
            parts[-1][1].append((event, view))
        chapters, begun = [], set[str]()
        for entry, part in parts:
            years = _years(part)
            titled = (entry.id, _title(entry, language)) if entry else ("", "")
            own = tuple(replace(year, id="") if year.id in begun else year for year in years)
            chapters.append(TimelineChapterView(*titled, own))
            begun |= {year.id for year in years}
        return tuple(chapters)

    def _topics(self, timeline: Timeline, key: str) -> tuple[TopicView, ...]:
        """The topics that have at least one event, in the order of the settings."""
        language = self._site.settings.language(key)
        used = [topic.value for event in timeline.events for topic in event.topics]
        present = [topic for topic in self._site.settings.topics if topic.key in used]
        return tuple(
            TopicView(
                topic.key,
                number,
                typeset(topic.names.get(key, topic.key), language.typography),
                used.count(topic.key),
            )
            for number, topic in enumerate(present, start=1)
        )

    def _event(
        self, event: Event, timeline: Timeline, key: str, topics: tuple[TopicView, ...]
    ) -> EventView:
        title, text, written = self._site.event_text(event, key)
        finisher = self._finishers[key]
        quote = quote_view(event.quote, written)
        html = finisher.finish(text.html, text, timeline.key, written)
        keys = {topic.value for topic in event.topics}
        return EventView(
            id=event.id,
            title=finisher.finish(title.html, title, timeline.key, written),
            date=finisher.date(event.date),
            machine_date=machine_date(event.date),
            machine_end=machine_date(event.date.end) if event.date.end else None,
            html=with_quote(html, quote, event.quote.after if event.quote else None, finisher),
            topics=tuple(topic for topic in topics if topic.key in keys),
            actors=tuple(
                finisher.typeset(names.get(key) or next(iter(names.values()), ""))
                for names in event.actors
            ),
            figures=figures_of(event, html, finisher),
            quote=quote,
            sources=tuple(source_view(each, finisher) for each in event.sources),
            image=finisher.image(
                timeline.key, event.image.value, finisher.typeset(event.image_alts.get(key, ""))
            )
            if event.image
            else None,
            lang=None if written is finisher.language else written.tag,
            weight=weight_of(event),
            short=finisher.typeset(event.shorts.get(key, "")),
            fields=FieldComposer(finisher, timeline.key).of_entry(TIMELINE.name, event.id),
        )

    def _overview(
        self, timeline: Timeline, events: tuple[EventView, ...], href: str, language: Language
    ) -> Markup:
        if not events:
            return Markup("")

        def short(event: Event) -> str:
            return typeset(event.shorts.get(language.key, ""), language.typography)

        days = accumulate((event.date.first for event in timeline.events), max)
        ticks = [
            Tick(
                f"{href}#{view.id}",
                joined(plain_text(view.date), plain_text(view.title), language.typography),
                min(day, event.date.last),  # keeps the order of the list, also for a season
                _is_turning_point(view),
                view.number,
                short(event) if view.number else "",
                tuple(f"topic-{topic.number}" for topic in view.topics),
            )
            for event, view, day in zip(timeline.events, events, days, strict=True)
        ]
        starts = {event.id: event.date.first for event in timeline.events}
        bands = [
            Band(event.date.first, starts[event.until.value], short(event))
            for event in timeline.events
            if event.until and event.until.value in starts
        ]
        years = sorted({event.date.first.year for event in timeline.events})
        labels = [
            (next(e.date.first for e in timeline.events if e.date.first.year == year), str(year))
            for year in years
        ]
        return overview(ticks, bands, labels)


def _years(dated: Iterable[tuple[Event, EventView]]) -> tuple[YearView, ...]:
    return tuple(
        YearView(str(year), f"y{year}", tuple(view for _, view in group))
        for year, group in groupby(dated, key=lambda each: each[0].date.first.year)
    )


def _title(chapter: Entry, language: Language) -> str:
    """The title of a chapter in a language, or else in the first language that has one."""
    titles = chapter.values.get("title", {})
    found = titles.get(language.key) or next(iter(titles.values()), None)
    return typeset(found.value, language.typography) if found else chapter.id


def weight_of(event: Event) -> str:
    """The weight of an event: "turning-point", "story" or "note". It is the same in all languages:
    a note has few words in at least one of them, and no picture, figures or quotation.
    """
    if any(topic.value == TURNING_POINT for topic in event.topics):
        return "turning-point"
    words = [len(_TARGET.sub("]", text.value).split()) for text in event.texts.values()]
    beside = event.figures or event.image or event.quote
    short = min(words, default=0) < FEW_WORDS and not beside
    return "note" if short else "story"


def _related(
    timeline: Timeline, composed: Sequence[EventView], language: Language
) -> tuple[EventView, ...]:
    """The views of the events, with the values added that depend on other events: the event that it
    led to, its number among the turning points, whether it is within a period, and the length of
    the period that it ends.
    """
    steps = {e.id: StepView(e.id, e.title, e.date, e.machine_date, e.lang) for e in composed}
    places = {event.id: place for place, event in enumerate(timeline.events)}
    during: set[int] = set()
    ends: dict[str, str] = {}
    for place, event in enumerate(timeline.events):
        if event.until is not None and event.until.value in places:
            end = timeline.events[places[event.until.value]]
            during |= set(range(place, places[end.id]))
            ends[end.id] = _lasted(event, end, language)
    views = []
    numbers = iter(range(1, len(composed) + 1))
    for place, (event, view) in enumerate(zip(timeline.events, composed, strict=True)):
        led = steps.get(event.leads_to.value) if event.leads_to else None
        number = next(numbers) if _is_turning_point(view) else 0
        said = ends.get(event.id)
        lasted = as_markup(said, language.typography) if said else None
        views.append(
            replace(view, leads_to=led, number=number, during=place in during, lasted=lasted)
        )
    return tuple(views)


def _lasted(event: Event, end: Event, language: Language) -> str:
    """The length of a period, in the wording of the event that began it; "" if one of the two
    events has no exact day.
    """
    said = event.lasted.get(language.key, "")
    whole = all(
        each.date.precision in _WHOLE_DAYS and _is_simple(each.date) and not each.date.uncertain
        for each in (event, end)
    )
    days = (end.date.first - event.date.first).days
    return said.replace(DAYS, format_number(days, language.locale)) if said and whole else ""


def _span(start: EventDate, end: EventDate) -> EventDate:
    """Two dates as one interval; the first date alone if one of them is not simple."""
    if not (_is_simple(start) and _is_simple(end)):
        return start
    return replace(start, text=f"{start.text}/{end.text}", end=end)


def _is_simple(date: EventDate) -> bool:
    """Whether a date is neither an interval nor approximate."""
    return date.end is None and not date.open and not date.approximate


def _is_turning_point(event: EventView) -> bool:
    return any(topic.key == TURNING_POINT for topic in event.topics)
