"""The page that shows all texts side by side, unit by unit, without script, for screen and paper.

It is for translators and for people who confirm. Outdated and uncertain texts are marked in words,
not only in colour, with the file and line in each language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from diptych.diagnostics import Source, say
from diptych.diagnostics.report import Translate
from diptych.model import Language
from diptych.site import Site
from diptych.templating import render_own
from diptych.translation import LanguageReport, Part, State, Unit, UnitGroup, UnitState, is_open
from diptych.translation.status import STATE_NAMES
from diptych.translation.units import place_of
from diptych.values import Value

# the mark of a page that `status` wrote
MADE_BY = '<meta name="generator" content="diptych status">'

Link = Callable[[str], str | None]  # a place (`path:line`) -> where it opens, or None

# A line end in a wrapped paragraph.
_WRAPPED = re.compile(r"(?<=\S)(?<!\\)\n *(?=\S)(?![-*+>|#:{]|\d+[.)] )")


class UnitCell(Value):
    """A unit in a language, as the template shows it."""

    classes: str  # the CSS classes of the cell
    marks: tuple[str, ...]  # in words: the state of the unit, and “uncertain” if the alignment is
    tag: str = ""  # of its language; "" if the language lacks the unit
    place: str = ""  # `path:line`
    href: str | None = None  # where the place opens
    # each piece of text, and the line end after it in the source
    pieces: tuple[tuple[str, str], ...] = ()


class Row(Value):
    """A unit in every language."""

    label: str
    cells: tuple[UnitCell, ...]
    typed: str = ""  # the input for the form that confirms it; "" if nothing is open


class Columns(Value):
    """A page: its units in the languages that it has."""

    key: str
    languages: tuple[Language, ...]
    rows: tuple[Row, ...]


class _Showing(Value):
    """The shared input of all cells."""

    sources: Mapping[str, Source]
    words: Translate
    link: Link | None
    forms: bool = False  # whether there is a form that confirms a part


def side_by_side(
    site: Site,
    reports: Mapping[str, LanguageReport],
    sources: Mapping[str, Source],
    words: Translate,
    *,
    link: Link | None = None,
    only: str | None = None,
    form: str | None = None,
) -> str:
    """The HTML of the page with all texts, or with those of one page (`only`). `link` gives the
    address of a place.

    `form` is the address of a form that confirms a part. A link to a git host cannot fill in a
    form, so each part shows the input for it.
    """
    showing = _Showing(sources, words, link, form is not None)
    shown = [reports[key] for key in reports if only in (None, key)]
    return render_own(
        "diptych.translation",
        "side_by_side.html",
        language=words(say("en")),  # the tag of the language that the messages are in
        title=words(say("The languages side by side")),
        contents=only is None,
        pages=[_columns(report, site, showing) for report in shown],
        lacking=words(say("nothing here yet")),
        form=form,
        confirming=words(say("when they say the same, confirm this part")),
    )


def _columns(report: LanguageReport, site: Site, showing: _Showing) -> Columns:
    languages = tuple(
        language
        for language in site.settings.languages
        if any(language.key in group.units for group in report.groups)
    )
    rows = tuple(
        Row(
            part.label,
            tuple(_cell(part, language, showing) for language in languages),
            _typed(report.key, part) if showing.forms else "",
        )
        for part in report.parts
    )
    return Columns(report.key, languages, rows)


def _typed(key: str, part: Part) -> str:
    """The input for the form that confirms a part; "" if the part needs no confirmation."""
    return f"page: {key} · block: {part.label}" if is_open(part.states.values()) else ""


def _cell(part: Part, language: Language, showing: _Showing) -> UnitCell:
    group, state = part.group, part.states.get(language.key)
    unit = group.units.get(language.key)
    marks = tuple(_marks(state, group, showing.words))
    name = state.state.value if state else ""
    if unit is None:
        return UnitCell(name, marks)
    uncertain = " uncertain" if group.uncertain else ""
    place = place_of(unit.span, showing.sources)
    href = showing.link(place) if showing.link else None
    classes = f"{unit.kind} {name}{uncertain}"
    return UnitCell(classes, marks, language.tag, place, href, tuple(_pieces(unit)))


def _pieces(unit: Unit) -> Iterator[tuple[str, str]]:
    """The text of a unit, cut at the line ends of wrapped paragraphs, and after each piece its line
    end. The page does not break its lines there, since its columns have a width of their own.
    """
    text, position = unit.text, 0
    for end in () if unit.kind == "code" or "```" in text else _WRAPPED.finditer(text):
        yield text[position : end.start()], end.group()
        position = end.end()
    yield text[position:], ""


def _marks(state: UnitState | None, group: UnitGroup, words: Translate) -> Iterator[str]:
    if state is not None and state.state is not State.CURRENT:
        yield words(STATE_NAMES[state.state])
    if group.uncertain:
        yield words(say("uncertain"))
