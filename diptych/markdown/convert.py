"""Converts a Markdown text to `Prose` and reports its mistakes: the steps of a conversion, in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html.entities import html5
from itertools import chain

from diptych.diagnostics import Diagnostic, Outcome, Source, Span, error, say, warning
from diptych.extend import failure_in
from diptych.i18n import language_code
from diptych.languages import QUOTED_PROFILES
from diptych.markdown.foreign import CITED
from diptych.markdown.limits import MAX_NESTING, PASTED, PASTED_HINT, refuse, too_deep
from diptych.markdown.places import MarkdownText, PlaceFinder
from diptych.markdown.safety import HARMLESS, clean, find_declaration, harmless, nesting
from diptych.markdown.slips import find_slips
from diptych.markdown.tables import pasted_tables
from diptych.markdown.tree import Collected, walk
from diptych.model import (
    EMPTY_PROSE,
    Heading,
    Language,
    Link,
    Picture,
    Prose,
    ProseHtml,
    prose_of,
)
from diptych.unseen import is_unseen
from diptych.values import Value

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")  # BCP 47
_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}))|([a-zA-Z]\w+));")
_PARTED_ID = re.compile(r"\{:?\s*#([\w-]+(?:[ \t]+[\w-]+)+)\s*\}")  # {#where we are}
_BRACES, _ID = re.compile(r"\{[^}]*"), re.compile(r"#([^\s=}]+)")  # of a heading: {#id}


class TextRequest(Value):
    """A Markdown text inside another file: the title or text of an event."""

    text: str
    language: str
    languages: tuple[Language, ...]
    inline: bool  # whether the text is one line, in which no block begins
    prefix: str = ""  # the start of the ids of footnotes
    extend: Source | None = None  # the site's extend.py if it adds Markdown extensions


def convert_text(request: TextRequest) -> Outcome[Prose]:
    """The prose of a text inside another file. The spans in the prose and in the diagnostics are
    offsets into the text, with an empty path.

    Diagnostics: those of `convert_body`.
    """
    outcome = convert_body(
        MarkdownText(Source("", request.text), inline=request.inline),
        request.language,
        request.languages,
        request.prefix,
        request.extend,
    )
    if not request.inline:
        return outcome
    prose = outcome.value
    inner = re.fullmatch(r"\s*<p>(.*)</p>\s*", prose.html, re.DOTALL)
    html = inner[1] if inner and "<p>" not in inner[1] else prose.html
    inline = prose_of(ProseHtml(html, html, ()), prose.links, prose.pictures)
    return Outcome(inline, outcome.diagnostics)


def convert_body(
    text: MarkdownText,
    language: str,
    languages: Sequence[Language],
    prefix: str,
    extend: Source | None = None,
) -> Outcome[Prose]:
    """The prose of a text. `language` is the key of its language; `prefix` is put before the ids of
    footnotes; `extend` is the site's extend.py if it adds Markdown extensions.

    Diagnostics: those of `refuse`, `find_declaration` and `find_slips`, unsafe-html,
    invisible-character, duplicate-anchor, unknown-lang; extension-error if an extension of the site
    fails.
    """
    source, start = text.source, text.start
    refused = refuse(source, start)
    if refused is not None:
        return Outcome(EMPTY_PROSE, (refused,))
    # imported here, since the module is slow to import and many builds convert no text
    from diptych.markdown.library import to_html

    try:
        converted = to_html(text.body, extend, inline=text.inline)
    except RecursionError:  # a text within the limits of `refuse` can still be nested too deeply
        return Outcome(EMPTY_PROSE, (too_deep(source, start),))
    except Exception as failure:
        if extend is None:
            raise
        without = convert_body(text, language, languages, prefix)
        return Outcome(without.value, (_failed(extend, failure), *without.diagnostics))
    declared = find_declaration(converted, source, start)
    if declared is not None:
        return Outcome(EMPTY_PROSE, (declared,))
    safe, lost = clean(converted)
    if nesting(safe) > MAX_NESTING:
        return Outcome(EMPTY_PROSE, (too_deep(source, start),))
    tables = tuple(pasted_tables(text)) if lost else ()
    lost = tuple((Counter(lost) - Counter(chain(*(names for names, _ in tables)))).elements())
    profiles = QUOTED_PROFILES | {each.key: each.typography for each in languages}
    found = walk(safe, language, profiles, prefix)
    places = PlaceFinder(text)
    headings = _headings(found, places)
    prose = prose_of(
        ProseHtml(found.html, found.lead, tuple(found.sections), headings),
        tuple(Link(target, words, places.link(target)) for target, words in found.links),
        tuple(
            Picture(target, alt, optional, places.link(target))
            for target, alt, optional in found.pictures
        ),
        tuple(found.anchors),
    )
    problems = (
        *(problem for _, problem in tables),
        *_unsafe(lost, places, source),
        *_hidden(source, start),
        *_repeated(found, headings, source),
        *find_slips(text, language, safe),
        *_languages(found.languages, places),
    )
    return Outcome(prose, problems)


def _failed(extend: Source, failure: Exception) -> Diagnostic:
    what = say("an extension of Markdown")
    return failure_in(extend, failure, what, extend.line_span(1))


def _headings(found: Collected, places: PlaceFinder) -> tuple[Heading, ...]:
    """The headings of the page in order, each with its place in the file. A heading is `shared` if
    its author gave it an id: such an id is the same in all languages.
    """
    headings = []
    for heading in found.headings:
        span, written = places.heading(heading.text)
        given = (each for braces in _BRACES.findall(written) for each in _ID.findall(braces))
        shared = heading.asked in given
        headings.append(Heading(heading.level, heading.id, heading.text, shared, span))
    return tuple(headings)


_FILMS = ("<audio>", "<embed>", "<iframe>", "<object>", "<video>")
_FILM_HINT = say(
    "a film or a map of another site is a picture with a link around it: {example}",
    example="[![…](map.png)](https://…)",
)
_OWN_COMPUTER = re.compile(r'(?:href|src)="(?:file:|[A-Za-z]:[\\/])')
_ELSEWHERE = say("this is a file on one computer, which no reader can open")
_ELSEWHERE_HINT = say(
    "put the file into the folder of the page, and write only its name: {example}",
    example="[…](march.pdf)",
)
_TAKE_OUT = say("take it out; plain Markdown is enough for texts")


def _unsafe(lost: Sequence[str], places: PlaceFinder, source: Source) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    cited = tuple(CITED.finditer(source.text)) if lost else ()
    for name in lost:
        message = say("{name} is not allowed in a text", name=name)
        hint = _FILM_HINT if name in _FILMS else _TAKE_OUT
        span = places.refused(name)
        if name.startswith('src="data:image/'):
            message, hint = PASTED, PASTED_HINT
        if _OWN_COMPUTER.match(name):
            message, hint = _ELSEWHERE, _ELSEWHERE_HINT
        if any(each.start() <= span.start < each.end() for each in cited):
            continue  # foreign-mark reports the whole mark
        parted = _parted_id(source, span)
        if parted is not None:
            if parted not in problems:
                problems.append(parted)
            continue
        if harmless(name):
            message = say("{name} does nothing on this site", name=name)
            hint = say(
                "take it out: how links open and how pictures stand is the same on every page"
            )
            written = places.droppable(name, span, HARMLESS)
            edits = written.becomes("") if written is not None else ()
            certain = written is not None
            problems.append(warning("unsafe-html", span, message, hint, edits, certain))
            continue
        problems.append(error("unsafe-html", span, message, hint))
    return problems


def _parted_id(source: Source, span: Span) -> Diagnostic | None:
    """The error for `{#where we are}`: an id has no spaces. None if no such id is at the place."""
    number, _ = source.position(span.start)
    start = source.line_start(number)
    for braces in _PARTED_ID.finditer(source.line(number)):
        place = source.span(start + braces.start(1), start + braces.end(1))
        if place.start <= span.start < place.end:
            message = say("an id has no spaces: `{id}`", id=braces[1])
            edits = place.becomes(re.sub(r"\s+", "-", braces[1]))
            return error("unsafe-html", place, message, None, edits)
    return None


def _languages(written: Sequence[str], places: PlaceFinder) -> list[Diagnostic]:
    """unknown-lang: each `lang` of a passage that is not a language tag (BCP 47): `{lang=engels}`,
    `{lang=fr_BE}`.
    """
    problems = []
    for value in written:
        if _LANGUAGE.fullmatch(value):
            continue
        message = say(
            "`{value}` is no code of a language, so a voice mispronounces the words", value=value
        )
        hint = say(
            "a code has two or three letters, as nl, fr, en; a country follows a hyphen, as fr-BE"
        )
        if not value:
            message = say("no language is named here")
        code = value.replace("_", "-")
        near = code if _LANGUAGE.fullmatch(code) else language_code(value)
        span = places.attribute("lang", value)
        edits = span.becomes(near, value) if near else ()
        if not value:
            edits = span.becomes("lang=…", "lang=")
        problems.append(warning("unknown-lang", span, message, hint, edits))
    return problems


def _hidden(source: Source, start: int) -> list[Diagnostic]:
    """invisible-character: each character reference such as `&#8203;`, which the author sees in the
    file and readers do not see on the page.
    """
    problems = []
    for match in _REFERENCE.finditer(source.text, start):
        chars = html5.get(f"{match[3]};", "") if match[3] else _char(match)
        if any(map(is_unseen, chars)):
            message = say("{reference} stands for an invisible character", reference=match.group())
            hint = say("take it out")
            span = source.span(match.start(), match.end())
            problems.append(error("invisible-character", span, message, hint))
    return problems


def _char(reference: re.Match[str]) -> str:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return chr(number) if number < 0x110000 else "\ufffd"


def _repeated(found: Collected, headings: Sequence[Heading], source: Source) -> list[Diagnostic]:
    first: dict[str, Heading] = {}
    problems = []
    for asked, heading in zip((each.asked for each in found.headings), headings, strict=True):
        if asked in first:
            line, _ = source.position(first[asked].span.start)
            message = say(
                "the id `{id}` was already given to the heading on line {line}", id=asked, line=line
            )
            hint = say("give this heading an id of its own, the same in every language")
            problems.append(error("duplicate-anchor", heading.span, message, hint))
        first.setdefault(heading.id, heading)
    return problems
