"""The figures of an event for its template: rows, and drawings of amounts as inline SVG.

Assistive technology skips the drawings, because the rows beside them say the same. Shape, not only
colour, tells groups apart. Classes are for the style sheet; presentation attributes draw the picture
without it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from diptych.i18n import format_amount
from diptych.model import Event, Figure
from diptych.render.overview import EM, svg_number
from diptych.render.prose import Finisher, interface
from diptych.values import Value, replace
from diptych.views import FigureRow, FiguresView, KeyFigureView

MORE_THAN = interface("more than %(number)s")
TIMES = interface("%(number)s times as much")
_TAG = re.compile(r"<[^>]*>")
_GROUPING = re.compile(r"(?<=\d)[.\s'’](?=\d{3})")  # a separator of thousands
_BARS = "minutes"  # a unit whose values are drawn as bars, each in its row
_TIMES = "times"  # a unit: the figure is a multiple of the last figure in another unit
MOST_COUNTABLE = 2000  # larger amounts are not drawn, since nobody counts them
SEAT = 10.0  # the distance between two seats of a half circle
TENS_APART = 4  # the gap between tens in a row
LONGEST_BAR = 240


def figures_of(event: Event, html: Markup, finisher: Finisher) -> tuple[FiguresView, ...]:
    """The figures of an event, grouped by unit; a figure in `times` belongs to the group of the
    figure that it multiplies. Countable units get a drawing. `html` is the text of the event: if it
    contains all values of a group, the group is marked as `told`.
    """
    numbers_in_text = set(re.findall(r"\d+", _GROUPING.sub("", _TAG.sub(" ", html))))
    groups: dict[str, list[Figure]] = {}
    for figure in event.figures:
        known = next(reversed(groups), figure.unit)
        unit = known if figure.unit == _TIMES else figure.unit
        groups.setdefault(unit, []).append(figure)
    return tuple(
        replace(
            _group(unit, figures, finisher),
            told=all(str(figure.value) in numbers_in_text for figure in figures),
        )
        for unit, figures in groups.items()
    )


def key_figures_of(event: Event, address: str, finisher: Finisher) -> tuple[KeyFigureView, ...]:
    """The key figures of an event, for the list above the timeline; each links to the event at
    `address`.
    """
    return tuple(
        KeyFigureView(_label(figure, finisher), _value(figure, finisher), address)
        for figure in event.figures
        if figure.key
    )


def _group(unit: str, figures: list[Figure], finisher: Finisher) -> FiguresView:
    lengths = _lengths(figures) if unit == _BARS else []
    most = max(lengths, default=0)
    rows = tuple(
        FigureRow(
            _label(figure, finisher),
            _value(figure, finisher),
            bar(lengths[place], most) if lengths else None,
        )
        for place, figure in enumerate(figures)
    )
    draw = _DRAWINGS.get(unit)
    drawing = draw([figure.value for figure in figures]) if draw else None
    return FiguresView(unit, drawing, rows)


def _label(figure: Figure, finisher: Finisher) -> str:
    return finisher.typeset(figure.labels.get(finisher.language.key, figure.id))


def _value(figure: Figure, finisher: Finisher) -> str:
    amount = format_amount(figure.value, figure.unit, finisher.language.locale)
    for true, phrase in ((figure.unit == _TIMES, TIMES), (figure.more_than, MORE_THAN)):
        if true:
            amount = finisher.strings.gettext(phrase) % {"number": amount}
    return finisher.typeset(amount)


def _lengths(figures: Sequence[Figure]) -> list[int]:
    """The length of each figure's bar, in the group's unit. The length of a figure in `times` is a
    multiple of the last value in another unit before it.
    """
    lengths: list[int] = []
    whole = 1
    for figure in figures:
        whole = whole if figure.unit == _TIMES else figure.value
        lengths.append(whole * figure.value if figure.unit == _TIMES else whole)
    return lengths


class _Unit(Value):
    """The measures of one unit (person, thing), which is drawn as a dash of a line."""

    step: int  # the distance from one unit to the next
    size: float  # its width and height
    a_row: int  # units side by side
    dash: str
    begin: float  # the start of its line, from the left of the first unit's place
    end: float  # how far the line continues after the start of the last unit


PERSON = _Unit(8, 6, 20, 'stroke-linecap="round" stroke-dasharray="0 8"', 4, 1)
PARCEL = _Unit(6, 4.5, 40, 'stroke-dasharray="4.5 1.5"', 0.75, 4.5)


def hemicycle(counts: Sequence[int]) -> Markup:
    """The votes of groups as seats in a half circle, `counts` seats for each group. The shape of a
    seat differs by group: filled, outlined, crossed, small. "" if there is no seat.
    """
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


def people(counts: Sequence[int]) -> Markup:
    """Numbers of persons as dots that can be counted, in rows of twenty, all at one scale. Each
    number begins a new row.
    """
    return _countable("people", counts, PERSON)


def parcels(counts: Sequence[int]) -> Markup:
    """Numbers of things as squares that can be counted, in rows of forty. Each number begins a new
    row.
    """
    return _countable("parcels", counts, PARCEL)


def _countable(kind: str, counts: Sequence[int], unit: _Unit) -> Markup:
    """Amounts in rows, with a gap after every ten; "" if an amount is above `MOST_COUNTABLE`.

    The units of a ten are the dashes of one line, so the drawing of 1200 units is small in bytes.
    """
    if not counts or min(counts) < 0 or max(counts) > MOST_COUNTABLE:
        return Markup("")
    parts: list[str] = []
    top = 0.0
    for number, count in enumerate(counts):
        rows = list(_rows(count, top, unit))
        if not rows:
            continue
        path = "".join(
            f"M{svg_number(x)} {svg_number(y)}h{svg_number(length)}" for x, y, length in rows
        )
        parts.append(
            f'<path class="dots dots-{number + 1}" d="{path}" fill="none" stroke="currentColor"'
            f' stroke-width="{unit.size}" {unit.dash}/>'
        )
        top = max(y for _, y, _ in rows) + unit.step / 2 + unit.step
    width = unit.a_row * unit.step + TENS_APART * (unit.a_row // 10 - 1)
    return _picture(f"countable {kind}", width, top - unit.step, parts) if parts else Markup("")


def bar(value: int, most: int) -> Markup:
    """A value as a bar. `most` is the largest value of the group, whose bar is the longest."""
    if most < 1 or value < 1:
        return Markup("")
    line = f'<path class="bar" d="M0 6h{svg_number(LONGEST_BAR * value / most)}"'
    shape = f'{line} fill="none" stroke="currentColor" stroke-width="12"/>'
    return _picture("bar-of", LONGEST_BAR * value / most, 12, [shape])


def _seats(total: int) -> list[tuple[float, float]]:
    """The positions (x, y) of seats in a half circle, relative to its centre, from left to right."""
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
    """The SVG of one seat. The fifth group has the same shape as the first, and so on."""
    kind = f'class="seat seat-{group + 1}"'
    at = f'cx="{svg_number(x)}" cy="{svg_number(y)}"'
    if group % 4 == 1:
        ring = 'fill="none" stroke="currentColor" stroke-width="1.4"'
        return f'<circle {kind} {at} r="3.3" {ring}/>'
    if group % 4 == 2:
        cross = f"M{svg_number(x - 3)} {svg_number(y - 3)}l6 6m0-6l-6 6"
        return f'<path {kind} d="{cross}" fill="none" stroke="currentColor" stroke-width="1.8"/>'
    return f'<circle {kind} {at} r="{4 if group % 4 == 0 else 2}" fill="currentColor"/>'


def _rows(count: int, top: float, unit: _Unit) -> Iterator[tuple[float, float, float]]:
    """The lines for an amount, one for each ten units: x and y of the start, and the length."""
    for ten in range(-(-count // 10)):
        row, column = divmod(ten, unit.a_row // 10)
        x = column * (10 * unit.step + TENS_APART) + unit.begin
        y = top + unit.step * (row + 0.5)
        yield x, y, unit.step * (min(10, count - 10 * ten) - 1) + unit.end


def _picture(kind: str, width: float, height: float, parts: Iterable[str]) -> Markup:
    """A drawing without words, in the size of the surrounding text."""
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="drawing {kind}" aria-hidden="true"'
        f' viewBox="0 0 {svg_number(width)} {svg_number(height)}" width="{svg_number(width / EM)}em">'
        f"{''.join(parts)}</svg>"
    )


_DRAWINGS = {"votes": hemicycle, "people": people, "parcels": parcels}  # by unit
