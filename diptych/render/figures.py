"""The figures of an event for its template: rows, and drawings of amounts that can be counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from diptych.i18n import format_amount
from diptych.model import Event, Figure
from diptych.render.drawings import bar, hemicycle, parcels, people
from diptych.render.prose import Finisher, interface
from diptych.values import replace
from diptych.views import FigureRow, FiguresView, KeyFigureView

MORE_THAN = interface("more than %(number)s")
TIMES = interface("%(number)s times as much")
_DRAWINGS: Mapping[str, Callable[[list[int]], Markup]] = {
    "votes": hemicycle,
    "people": people,
    "parcels": parcels,
}
_TAG = re.compile(r"<[^>]*>")
_GROUPING = re.compile(r"(?<=\d)[.\s'’](?=\d{3})")  # a separator of thousands
_BARS = "minutes"  # a unit whose values are drawn as bars, each in its row
_TIMES = "times"  # a unit: the figure is a multiple of the last figure in another unit


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
