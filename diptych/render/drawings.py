"""Drawings of what the timeline tells: values in, inline SVG out.

Assistive technology skips a drawing, because a table beside it says the same; only the overview
is made of links and therefore speaks. A shape, not only a colour, tells groups apart. Classes are
for the style sheet; presentation attributes carry the drawing where there is none.
"""

from __future__ import annotations

import calendar
import datetime
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from diptych.values import Value

EM = 16  # units of a drawing in one em of the text around it
MOST_COUNTABLE, SEAT = (
    2000,
    10.0,
)  # above this nobody counts; from one seat of a half circle to the next
DOT, TEN, HUNDRED = 5, 7, 6  # from dot to dot, from ten to ten, and between hundreds
UNIT, BAR = 4, 20  # one unit of a bar; from bar to bar
COLUMN, MARK, GREAT, FOOT = 24, 24, 48, 24  # a month; an event; a great one; room for the year
BREAK_MONTHS = 3  # so many empty months are left out, and the axis says so


class Tick(Value):
    """An event on the overview."""

    href: str
    name: str  # its accessible name: date and title
    day: datetime.date
    great: bool  # a turning point: drawn taller, and filled


class Band(Value):
    """A stretch of time that is tinted behind the events."""

    start: datetime.date
    end: datetime.date  # the first day after it


class _Stretch(Value):
    """Months of one year, side by side."""

    months: tuple[tuple[int, tuple[Tick, ...]], ...]  # years * 12 + months, and what happened
    broken: bool  # whether time is left out after it

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
    def height(self) -> int:
        return 8 + max(sum(GREAT if t.great else MARK for t in ticks) for _, ticks in self.months)

    def tints(self, bands: Sequence[Band]) -> Iterator[tuple[float, float]]:
        """Where the bands that touch these months start and end."""
        for band in bands:
            start = max(0.0, self._place(band.start))
            end = min(float(self.width), self._place(band.end))
            if start < end:
                yield start, end

    def _place(self, day: datetime.date) -> float:
        length = calendar.monthrange(day.year, day.month)[1]
        return COLUMN * (_month(day) - self.first + (day.day - 1) / length)


def hemicycle(counts: Sequence[int]) -> Markup:
    """A vote as seats in a half circle: filled, then outlined, then crossed, then small."""
    total = sum(counts)
    if total < 1 or min(counts) < 0:
        return Markup("")
    seats = _seats(total)
    reach = max(math.hypot(x, y) for x, y in seats) + SEAT / 2
    parts: list[str] = []
    for number, count in enumerate(counts):
        parts += [_seat(number, x + reach, reach - y) for x, y in seats[:count]]
        seats = seats[count:]
    return _picture("hemicycle", 2 * reach, reach + SEAT / 2, parts)


def countable(counts: Sequence[int]) -> Markup:
    """Amounts as dots one can count: rows of ten in blocks of a hundred, an amount below another.

    A row is one line whose dashes have no length and round ends, so 1200 dots stay small.
    """
    if not counts or min(counts) < 0 or max(counts) > MOST_COUNTABLE:
        return Markup("")
    parts: list[str] = []
    top = width = 0
    for number, count in enumerate(counts):
        rows = list(_rows(count, top))
        if not rows:
            continue
        path = "".join(f"M{x} {y}h{_length(dots)}" for x, y, dots in rows)
        parts.append(
            f'<path class="dots dots-{number + 1}" d="{path}" fill="none" stroke="currentColor"'
            f' stroke-width="3.6" stroke-linecap="round" stroke-dasharray="0 {DOT}"/>'
        )
        width = max(width, *(x + DOT * (dots - 1) for x, _, dots in rows))
        top = max(y for _, y, _ in rows) + 2 * TEN
    return _picture("countable", width + 2, top - 2 * TEN + 2, parts) if parts else Markup("")


def bars(values: Sequence[int]) -> Markup:
    """Amounts as bars one below another, each as long as its value; up to 100 in units of one."""
    most = max(values, default=0)
    if most == 0 or min(values) < 0:
        return Markup("")
    units = most <= 100
    dashes = f' stroke-dasharray="{"3 1 " * 9}3 3"' if units else ""
    lengths = [UNIT * v + 2 * (v // 10) if units else 400 * v / most for v in values]
    parts = [
        f'<path class="bar bar-{row + 1}" d="M0 {BAR // 2 + BAR * row}h{_number(length)}"'
        f' fill="none" stroke="currentColor" stroke-width="12"{dashes}/>'
        for row, length in enumerate(lengths)
        if length
    ]
    return _picture("bars", max(lengths), BAR * len(values), parts)


def overview(
    ticks: Sequence[Tick], bands: Sequence[Band], labels: Sequence[tuple[datetime.date, str]]
) -> Markup:
    """The whole span at a glance: a column a month, a mark an event, each mark a link.

    One SVG a year, so that a narrow screen can set the years below each other and a mark never
    becomes smaller than a finger needs. Empty years and long empty stretches are left out; a
    dotted axis says that time is missing there.
    """
    if not ticks:
        return Markup("")
    columns: dict[int, list[Tick]] = {}
    for tick in sorted(ticks, key=lambda tick: tick.day):
        columns.setdefault(_month(tick.day), []).append(tick)
    names = {day.year: text for day, text in labels}
    stretches = list(_stretches(columns))
    tinted = [stretch.height for stretch in stretches if list(stretch.tints(bands))]
    drawn = [
        _year(stretch, stretch.tints(bands), min(tinted, default=0), names.get(stretch.year, ""))
        for stretch in stretches
    ]
    return Markup('<div class="overview">{}</div>').format(Markup("").join(drawn))


def _seats(total: int) -> list[tuple[float, float]]:
    """Where the seats are, from left to right as seen from the chair."""
    rows = 1
    while sum(math.pi * radius // SEAT + 1 for radius in _radii(rows)) < total:
        rows += 1
    radii = _radii(rows)
    shares = [total * radius / sum(radii) for radius in radii]
    numbers = [int(share) for share in shares]
    rest = sorted(range(rows), key=lambda row: (numbers[row] - shares[row], row))
    for row in rest[: total - sum(numbers)]:
        numbers[row] += 1
    places = [
        (math.pi * (1 - (seat / (number - 1) if number > 1 else 0.5)), radius)
        for radius, number in zip(radii, numbers, strict=True)
        for seat in range(number)
    ]
    ordered = sorted(places, key=lambda place: (-round(place[0], 9), place[1]))
    return [(radius * math.cos(angle), radius * math.sin(angle)) for angle, radius in ordered]


def _radii(rows: int) -> list[float]:
    return [SEAT * (0.9 * rows + row) for row in range(rows)]


def _seat(group: int, x: float, y: float) -> str:
    """One seat; after four groups the shapes start again."""
    kind = f'class="seat seat-{group + 1}"'
    at = f'cx="{_number(x)}" cy="{_number(y)}"'
    if group % 4 == 1:
        ring = 'fill="none" stroke="currentColor" stroke-width="1.4"'
        return f'<circle {kind} {at} r="3.3" {ring}/>'
    if group % 4 == 2:
        cross = f"M{_number(x - 3)} {_number(y - 3)}l6 6m0-6l-6 6"
        return f'<path {kind} d="{cross}" fill="none" stroke="currentColor" stroke-width="1.8"/>'
    return f'<circle {kind} {at} r="{4 if group % 4 == 0 else 2}" fill="currentColor"/>'


def _rows(count: int, top: int) -> Iterator[tuple[int, int, int]]:
    """The rows of ten of an amount: x, y and how many dots; six hundreds side by side."""
    for ten in range(-(-count // 10)):
        block, row = divmod(ten, 10)
        line, column = divmod(block, 6)
        x = 2 + column * (10 * DOT + HUNDRED)
        y = top + 2 + line * (10 * TEN + HUNDRED) + row * TEN
        yield x, y, min(10, count - 10 * ten)


def _length(dots: int) -> int:
    """How long a line of so many dots is: a little further than the last one, so it is drawn."""
    return DOT * (dots - 1) + 1


def _month(day: datetime.date) -> int:
    return day.year * 12 + day.month - 1


def _stretches(columns: Mapping[int, Sequence[Tick]]) -> Iterator[_Stretch]:
    """The months to show, year by year, without the long empty stretches."""
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


def _year(stretch: _Stretch, tints: Iterable[tuple[float, float]], tint: int, name: str) -> Markup:
    """The drawing of one year; `tint` is how high its bands are, the same in every year."""
    height, whole = stretch.height, stretch.width + (COLUMN if stretch.broken else 0)
    parts = [
        f'<rect class="overview-band" x="{_number(start)}" y="{height - tint}" width="'
        f'{_number(end - start)}" height="{tint}" fill="currentColor" fill-opacity=".1"/>'
        f'<path class="overview-axis" d="M{_number(start)} {height}H{_number(end)}"'
        ' fill="none" stroke="currentColor" stroke-width="5"/>'
        for start, end in tints
    ]
    text = f'<text class="overview-label" x="3" y="{height + 18}" font-size="14">'
    parts += [_axis(stretch), f"{text}{escape(name)}</text>" if name else ""]
    parts.append('<g fill="none" stroke="currentColor" stroke-width="2">')
    for column, (_, ticks) in enumerate(stretch.months):
        parts += _marks(column * COLUMN, height, ticks)
    label = f' role="group" aria-label="{escape(name)}"' if name else ""
    return Markup(  # noqa: S704 - every part is escaped or a number
        f'<svg class="overview-year"{label} viewBox="0 0 {whole} {height + FOOT}"'
        f' width="{_number(whole / EM)}em">{"".join(parts)}</g></svg>'
    )


def _axis(stretch: _Stretch) -> str:
    """The base line, notched at each quarter and the start; dotted where time is left out."""
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
    """The events of a month, the first at the bottom. How a mark is drawn says `partials/marks.html`."""
    y = height
    for tick in ticks:
        tall = GREAT if tick.great else MARK
        y -= tall
        name, kind = escape(tick.name), "tick great" if tick.great else "tick"
        shape = f'<use href="#mark-{"great" if tick.great else "event"}" x="{x}" y="{y}"/>'
        yield (
            f'<a class="{kind}" href="{escape(tick.href)}" aria-label="{name}">'
            f'<title>{name}</title><path class="hit" d="M{x} {y}h{COLUMN}v{tall}h-{COLUMN}z"'
            f' stroke="none" pointer-events="all"/>{shape}</a>'
        )


def _picture(kind: str, width: float, height: float, parts: Iterable[str]) -> Markup:
    """A drawing without words, in the size of the text around it."""
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="drawing {kind}" aria-hidden="true"'
        f' viewBox="0 0 {_number(width)} {_number(height)}" width="{_number(width / EM)}em">'
        f"{''.join(parts)}</svg>"
    )


def _number(value: float) -> str:
    """A number in as few characters as two decimals need."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
