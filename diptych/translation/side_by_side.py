"""All texts side by side, unit by unit: one self-contained page, without script, that prints.

For translators and for whoever confirms: what lags or is uncertain is marked, in words and not
only in colour, with the file and line of each side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup, escape

from diptych.diagnostics import Source, say
from diptych.diagnostics.report import Translate
from diptych.site import Site
from diptych.translation import Group, Record, State, Unit, UnitState, Verdict
from diptych.translation.status import STATE_NAMES, place_of

Link = Callable[[str], str | None]  # a place (`path:line`) -> where it opens, or None

# A line that only ends because the source is wrapped: what follows belongs to the same paragraph.
_WRAPPED = re.compile(r"(?<=\S)(?<!\\)\n *(?=\S)(?![-*+>|#:{]|\d+[.)] )")

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1d1b22; --soft: #57525f; --line: #c9c4cf;
  --mark: #9a0019; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #1d1b22; --ink: #f3f0f6;
  --soft: #b9b3c2; --line: #4a4552; --mark: #ff9d9d; } }
body { margin: 0 auto; max-width: 84rem; padding: 2.25rem 1.5rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1, h2 { margin: 0 0 .75rem; line-height: 1.2; }
h1 { font-size: 1.75rem; }
h2 { font-size: 1.3125rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: 0 0 4.5rem; }
th, td { padding: .75rem 2.25rem .75rem 0; vertical-align: top; text-align: left;
  border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
td + td, th + th { padding-left: .75rem; }
th { position: sticky; top: 0; background: var(--paper); border-bottom: 2px solid var(--ink); }
td pre { margin: 0; white-space: pre-wrap; font: inherit; }
.wrapped { white-space: normal; }
td.heading pre, td.title pre, td.event-title pre { font-weight: 700; }
a { color: inherit; text-underline-offset: .2em; }
:focus-visible { outline: 3px solid currentcolor; outline-offset: 2px; }
.place { display: block; color: var(--soft); font-size: .8125rem; }
.state { display: inline-block; margin-bottom: .1875rem; padding: 0 .375rem;
  border: 2px solid var(--mark); font-size: .8125rem; font-weight: 600; }
td:is(.outdated, .unconfirmed, .uncertain) { padding-left: .75rem; }
td.outdated { border-left: 4px solid var(--mark); }
td.unconfirmed, td.uncertain { border-left: 4px dotted var(--mark); }
nav ul { columns: 14rem; margin: 0 0 3rem; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .1875rem 0; }
@media print { body { max-width: none; padding: 0; font-size: 9pt; } th { position: static; }
  tr { break-inside: avoid; } nav { display: none; } }
"""


def side_by_side(
    site: Site,
    verdicts: Mapping[str, Verdict],
    sources: Mapping[str, Source],
    words: Translate,
    *,
    link: Link | None = None,
    only: str | None = None,
) -> str:
    """The whole view, or that of one page (`only`); `link` makes places clickable."""
    shown = [verdicts[key] for key in verdicts if only in (None, key)]
    title = words(say("The languages side by side"))
    parts = [_page(verdict, site, sources, words, link) for verdict in shown]
    entries = Markup("").join(
        Markup('<li><a href="#{0}">{0}</a></li>').format(verdict.key) for verdict in shown
    )
    contents = Markup("<nav><ul>{}</ul></nav>\n").format(entries) if only is None else ""
    style = Markup(STYLE)  # noqa: S704  # a constant of this file
    page = Markup(
        '<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<title>{title}</title>\n'
        "<style>{style}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        "{contents}{parts}\n</body>\n</html>\n"
    )
    language = words(say("en"))  # the tag of the language that the messages are in
    return str(
        page.format(
            language=language,
            title=title,
            style=style,
            contents=contents,
            parts=Markup("\n").join(parts),
        )
    )


def _page(
    verdict: Verdict, site: Site, sources: Mapping[str, Source], words: Translate, link: Link | None
) -> Markup:
    languages = [
        language
        for language in site.settings.languages
        if any(language.key in group.units for group in verdict.groups)
    ]
    head = Markup("").join(
        Markup('<th scope="col" lang="{}">{}</th>').format(each.tag, each.name)
        for each in languages
    )
    rows = Markup("\n").join(
        _row(
            group,
            record,
            states,
            [(each.key, each.tag) for each in languages],
            sources,
            words,
            link,
        )
        for group, record, states in zip(
            verdict.groups, verdict.records, verdict.states, strict=True
        )
    )
    return Markup(
        '<section id="{key}">\n<h2>{key}</h2>\n<table>\n<thead><tr>{head}</tr></thead>\n'
        "<tbody>\n{rows}\n</tbody>\n</table>\n</section>"
    ).format(key=verdict.key, head=head, rows=rows)


def _row(
    group: Group,
    record: Record | None,
    states: Mapping[str, UnitState],
    languages: Sequence[tuple[str, str]],
    sources: Mapping[str, Source],
    words: Translate,
    link: Link | None,
) -> Markup:
    cells = [
        _cell(group, key, tag, states.get(key), sources, words, link) for key, tag in languages
    ]
    label = record.label if record else group.place
    return Markup('<tr data-label="{}">{}</tr>').format(label, Markup("").join(cells))


def _cell(
    group: Group,
    key: str,
    tag: str,
    state: UnitState | None,
    sources: Mapping[str, Source],
    words: Translate,
    link: Link | None,
) -> Markup:
    unit = group.units.get(key)
    mark = _mark(state, group, words)
    name = state.state.value if state else ""
    uncertain = " uncertain" if group.uncertain else ""
    if unit is None:
        lacking = words(say("nothing here yet"))
        return Markup('<td class="{}">{} {}</td>').format(name, mark, lacking)
    return Markup('<td class="{} {}{}" lang="{}">{}{}<pre>{}</pre></td>').format(
        unit.kind, name, uncertain, tag, _place(unit, sources, link), mark, _text(unit)
    )


def _text(unit: Unit) -> Markup:
    """As it is written, while the lines of a paragraph run on: the columns have a width of their own."""
    text, parts, position = unit.text, [], 0
    for end in () if unit.kind == "code" or "```" in text else _WRAPPED.finditer(text):
        wrapped = Markup('<span class="wrapped">{}</span>').format(end.group())
        parts += [escape(text[position : end.start()]), wrapped]
        position = end.end()
    return Markup("").join((*parts, escape(text[position:])))


def _mark(state: UnitState | None, group: Group, words: Translate) -> Markup:
    names = []
    if state is not None and state.state is not State.CURRENT:
        names.append(words(STATE_NAMES[state.state]))
    if group.uncertain:
        names.append(words(say("uncertain")))
    return Markup(" ").join(Markup('<span class="state">{}</span>').format(name) for name in names)


def _place(unit: Unit, sources: Mapping[str, Source], link: Link | None) -> Markup:
    place = place_of(unit, sources)
    href = link(place) if link else None
    inner = Markup('<a href="{}">{}</a>').format(href, place) if href else escape(place)
    return Markup('<span class="place">{}</span>').format(inner)
