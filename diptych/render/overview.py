"""Draws the overview of a timeline as inline SVG.

It is made of links, and assistive technology announces it. Classes are for the style sheet;
presentation attributes draw the picture without it.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from diptych.values import Value

EM = 16  # 16 units of a drawing are one em of the text around it
# the width of a month; the heights of an event's mark, a turning point's mark and the year's name
COLUMN, MARK, TURNING_POINT, FOOT = (24, 24, 48, 24)
# short words: the width of a letter, the height of a row, the most rows that the style sheet can show
LETTER, LINE, MOST_ROWS = (6, 16, 3)
BREAK_MONTHS = (
    3  # this many months or more without an event are left out, and the axis shows the gap
)


class Tick(Value):
    """An event on the overview."""

    href: str
    name: str  # its accessible name: date and title
    day: datetime.date
    turning_point: bool  # drawn taller, and filled
    number: int = 0  # the number of a turning point in the list beside the overview
    short: str = ""  # a few words, shown above the mark on wide screens
    themes: tuple[str, ...] = ()  # classes by which the style sheet dims the mark


class Band(Value):
    """A period, drawn as a tint behind the events."""

    start: datetime.date
    end: datetime.date  # the first day after the period
    short: str = ""  # a few words at the top of the tint


class _Stretch(Value):
    """Consecutive months of one year."""

    months: tuple[tuple[int, tuple[Tick, ...]], ...]  # years * 12 + months, and the events in it
    broken: bool  # whether months are left out after it

    @property
    def first(self) -> int:
        return self.months[0][0]

    @property
    def year(self) -> int:
        return self.first // 12

    @property
    def width(self) -> int:
        return COLUMN * len(self.months)

    @property
    def drawn(self) -> int:
        """The width of the drawing, including the dots for months that are left out."""
        return self.width + (COLUMN if self.broken else 0)

    def top_of(self, tick: Tick) -> int:
        """The distance of the top of an event's mark from the top of the drawing."""
        for _, ticks in self.months:
            y = self.height
            for each in ticks:
                y -= TURNING_POINT if each.turning_point else MARK
                if each is tick:
                    return y
        return 0

    @property
    def height(self) -> int:
        return 8 + max(
            sum(TURNING_POINT if t.turning_point else MARK for t in ticks)
            for _, ticks in self.months
        )

    def tints(self, bands: Sequence[Band]) -> Iterator[tuple[float, float, Band]]:
        """Each band that touches these months, with the x of its start and its end."""
        for band in bands:
            start = max(0.0, self._place(band.start))
            end = min(float(self.width), self._place(band.end))
            if start < end:
                yield start, end, band

    def _place(self, day: datetime.date) -> float:
        length = calendar.monthrange(day.year, day.month)[1]
        return COLUMN * (_month(day) - self.first + (day.day - 1) / length)


def overview(
    ticks: Sequence[Tick], bands: Sequence[Band], labels: Sequence[tuple[datetime.date, str]]
) -> Markup:
    """The whole timeline as a drawing: a column for each month, a mark for each event, which is a
    link to it.

    There is one SVG per year, so that a narrow screen can stack the years and no mark becomes
    smaller than a finger. Empty years and long empty stretches are left out, and a dotted axis
    shows the gap. `labels` holds a day of each year with the year's name.
    """
    if not ticks:
        return Markup("")
    columns: dict[int, list[Tick]] = {}
    for tick in sorted(ticks, key=lambda tick: tick.day):
        columns.setdefault(_month(tick.day), []).append(tick)
    names = {day.year: text for day, text in labels}
    stretches = list(_stretches(columns))
    tinted = [stretch.height for stretch in stretches if list(stretch.tints(bands))]
    tint = min(tinted, default=0) + (LINE if any(band.short for band in bands) else 0)
    words = list(_words(stretches))
    said: set[Band] = set()  # periods whose words are drawn already
    drawn = [
        _year(
            stretch,
            bands,
            tint,
            names.get(stretch.year, ""),
            [w for w in words if w.year is stretch],
            said,
        )
        for stretch in stretches
    ]
    rows = max((word.row + 1 for word in words), default=0)
    kind = f"overview labelled-{min(rows, MOST_ROWS)}" if rows else "overview"
    return Markup('<div class="{}">{}</div>').format(kind, Markup("").join(drawn))


class _Words(Value):
    """The short words above a turning point, for wide screens, and their position."""

    year: _Stretch
    tick: Tick
    x: float  # the x of the turning point in the drawing of its year
    anchor: str  # the part of the words that is at x: start, middle, end (text-anchor)
    y: float  # the baseline of the words, which is negative above the drawing
    row: int  # the row of the words; 0 is the lowest row


def _words(stretches: Sequence[_Stretch]) -> Iterator[_Words]:
    """The positions of the words of all turning points. The words are above or beside the line to
    their mark, in the lowest free row, and do not cross the line of another turning point.
    """
    top = max(stretch.height for stretch in stretches)
    whole = sum(stretch.drawn for stretch in stretches)
    named = list(_named(stretches))
    ends: list[float] = []  # for each row, the end of its last words
    for stretch, tick, left, x in named:
        others = [other_left + other for _, _, other_left, other in named if other != x]
        width = LETTER * len(tick.short)
        anchor, start = next(
            (
                (anchor, start)
                for anchor, start in _hung(left + x, width)
                if start >= 0
                and start + width <= whole
                and not any(start - 4 < other < start + width + 4 for other in others)
            ),
            ("end", left + x - width),
        )
        row = next((row for row, end in enumerate(ends) if end < start), len(ends))
        ends[row:] = [start + width + LETTER, *ends[row + 1 :]]
        yield _Words(stretch, tick, x, anchor, stretch.height - top - LINE * row - 6, row)


def _named(stretches: Sequence[_Stretch]) -> Iterator[tuple[_Stretch, Tick, float, float]]:
    """Each turning point with words: its year, the event, the x at which the drawing of the year
    begins in the overview, and the event's x within that drawing.
    """
    left = 0
    for stretch in stretches:
        for column, (_, ticks) in enumerate(stretch.months):
            for tick in ticks:
                if tick.short:
                    yield stretch, tick, left, COLUMN * (column + 0.5)
        left += stretch.drawn


def _hung(x: float, width: float) -> Iterator[tuple[str, float]]:
    """The ways to place words of a given width at a vertical line at `x`, the best first. Each way
    is a value of SVG's text-anchor, and the x at which the words start.
    """
    yield "middle", x - width / 2
    yield "end", x - width
    yield "start", x


def _month(day: datetime.date) -> int:
    return day.year * 12 + day.month - 1


def _stretches(columns: Mapping[int, Sequence[Tick]]) -> Iterator[_Stretch]:
    """The months to draw, in a stretch for each year; long empty stretches are left out."""
    runs: list[list[int]] = []
    for month in sorted(columns):
        if runs and month - runs[-1][-1] <= BREAK_MONTHS:
            runs[-1] += range(runs[-1][-1] + 1, month + 1)
        else:
            runs.append([month])
    for run in runs:
        for _, months in groupby(run, key=lambda month: month // 12):
            known = tuple((month, tuple(columns.get(month, ()))) for month in months)
            yield _Stretch(known, known[-1][0] == run[-1] and run is not runs[-1])


def _year(
    stretch: _Stretch,
    bands: Sequence[Band],
    tint: int,
    name: str,
    words: Sequence[_Words],
    said: set[Band],
) -> Markup:
    """The drawing of one year. `tint` is the height of its bands, which is the same in every year.
    `said` holds the periods whose words are drawn already; those drawn here are added.
    """
    height = stretch.height
    parts = [
        f'<rect class="overview-band" x="{svg_number(start)}" y="{height - tint}" width="'
        f'{svg_number(end - start)}" height="{tint}" fill="currentColor" fill-opacity=".1"/>'
        f'<path class="overview-axis" d="M{svg_number(start)} {height}H{svg_number(end)}"'
        ' fill="none" stroke="currentColor" stroke-width="5"/>'
        f"{_band_words(start, end, band, height - tint, said)}"
        for start, end, band in stretch.tints(bands)
    ]
    text = f'<text class="overview-label" x="3" y="{height + 18}" font-size="14">'
    parts += [_axis(stretch), f"{text}{escape(name)}</text>" if name else ""]
    parts += [_leader(each) for each in words]
    parts.append('<g fill="none" stroke="currentColor" stroke-width="2">')
    for column, (_, ticks) in enumerate(stretch.months):
        parts += _marks(column * COLUMN, height, ticks)
    label = f' role="group" aria-label="{escape(name)}"' if name else ""
    return Markup(  # noqa: S704 - every part is escaped or a number
        f'<svg class="overview-year"{label} viewBox="0 0 {stretch.drawn} {height + FOOT}"'
        f' width="{svg_number(stretch.drawn / EM)}em">{"".join(parts)}</g></svg>'
    )


def _band_words(start: float, end: float, band: Band, top: int, said: set[Band]) -> str:
    """The words of a period, at the top of its tint if that is wide enough. If an earlier year has
    the words already, they are shown only where the years are stacked.
    """
    if not band.short or end - start < LETTER * len(band.short):
        return ""
    again = " again" if band in said else ""
    said.add(band)
    place = f'x="{svg_number((start + end) / 2)}" y="{top + 13}"'
    return (
        f'<text class="overview-label{again}" {place} font-size="11" text-anchor="middle"'
        f' aria-hidden="true">{escape(band.short)}</text>'
    )


def _leader(words: _Words) -> str:
    """The words above a turning point, and the line down to its mark."""
    x, foot = svg_number(words.x), words.year.top_of(words.tick) + 3
    line = f"M{x} {svg_number(words.y + 4)}V{foot}"
    return (
        f'<g class="overview-words" aria-hidden="true"><path d="{line}" fill="none"'
        f' stroke="currentColor"/><text x="{x}" y="{svg_number(words.y)}" font-size="11"'
        f' text-anchor="{words.anchor}">{escape(words.tick.short)}</text></g>'
    )


def _axis(stretch: _Stretch) -> str:
    """The baseline, notched at each quarter and at the start; dotted where months are left out."""
    base, width = stretch.height, stretch.width
    notches = "".join(
        f"M{column * COLUMN} {base}v{5 if column else 20}"
        for column, (month, _) in enumerate(stretch.months)
        if month % 3 == 0 or not column
    )
    line = f'd="M0 {base}h{width}{notches}" fill="none" stroke="currentColor"'
    gap = (
        f'<path class="overview-gap" d="M{width + 4} {base}h{COLUMN - 4}" fill="none"'
        ' stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-dasharray="0 5"/>'
    )
    return f'<path class="overview-axis" {line}/>{gap if stretch.broken else ""}'


def _marks(x: int, height: int, ticks: Iterable[Tick]) -> Iterator[str]:
    """The marks of the events of a month, the first event at the bottom. `partials/marks.html` has
    the shapes.
    """
    y = height
    for tick in ticks:
        tall = TURNING_POINT if tick.turning_point else MARK
        y -= tall
        # the visible text of a link is in its name (WCAG 2.2, 2.5.3)
        name, kind = (
            escape(f"{tick.number}. {tick.name}" if tick.number else tick.name),
            " ".join(("tick", *(["great"] if tick.turning_point else []), *tick.themes)),
        )
        shape = f'<use href="#mark-{"great" if tick.turning_point else "event"}" x="{x}" y="{y}"/>'
        title = f"<title>{name}</title>"
        if tick.number:
            title = ""  # the number is the visible text already
            shape += (
                f'<text class="overview-number" x="{x + 15}" y="{y + 42}" font-size="13"'
                f' fill="currentColor" stroke="none">{tick.number}</text>'
            )
        yield (
            f'<a class="{kind}" href="{escape(tick.href)}" aria-label="{name}">'
            f'{title}<path class="hit" d="M{x} {y}h{COLUMN}v{tall}h-{COLUMN}z"'
            f' stroke="none" pointer-events="all"/>{shape}</a>'
        )


def svg_number(value: float) -> str:
    """A number with at most two decimals, as short as possible."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
