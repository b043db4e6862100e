"""Checks a translation from a PO file against its source: same marks, same structure, right language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType

from diptych.content.page import DocumentRequest, parse_document
from diptych.diagnostics import Diagnostic, Message, Source, error, say, say_n, warning
from diptych.files.text import decode
from diptych.markdown import TextRequest, convert_text
from diptych.model import File, Language, named
from diptych.translation import normalise, units_of
from diptych.translation.detection import detect_language
from diptych.translation.po.marks import links_of, marks_of
from diptych.translation.po.pages import ImportEntry
from diptych.translation.po.readable import Piece, pieces_of, readable_unit, shape_of
from diptych.translation.po.wrapping import FormatStyle, file_lines
from diptych.values import replace

_COPY = 5  # a translation with fewer words may equal its source


def validate(imported: ImportEntry, languages: tuple[Language, ...]) -> tuple[Diagnostic, ...]:
    """The problems of one translation, each at its line of the PO file.

    Diagnostics: translation-marks, translation-structure, translation-language,
    invisible-character, and those of `parse_document` and `convert_text`.
    """
    problems = [
        *_characters(imported),
        *_marks(imported),
        *_links(imported, languages),
        *_language(imported, languages),
    ]
    shape = _shape(imported)
    problems += [shape] if shape else []
    return tuple(problems or _alone(imported, languages))


def _characters(imported: ImportEntry) -> Iterator[Diagnostic]:
    decoded = decode(File("", imported.entry.msgstr.encode("utf-8", "replace")))
    for problem in decoded.diagnostics:
        yield replace(problem, span=imported.entry.span)
    if "\t" in imported.entry.msgstr:
        message = say("a tab stands in this translation")
        yield _structure(imported, message, say("write spaces instead"))


def _marks(imported: ImportEntry) -> Iterator[Diagnostic]:
    if not imported.source.markdown:
        return
    either = frozenset((imported.origin, imported.translation.language))
    wanted, found = (
        marks_of(text, either) for text in (readable_unit(imported.source), imported.text)
    )
    yield from _differences(imported, wanted, found)


def _differences(
    imported: ImportEntry, wanted: Counter[str], found: Counter[str]
) -> Iterator[Diagnostic]:
    hint = say("marks, links and pictures stay as they are")
    for lost, gained in zip_longest(wanted - found, found - wanted):
        if gained is None:
            message = say(
                "{mark} stands in the source and not, or not as often, in the translation",
                mark=lost,
            )
        elif lost is None:
            message = say(
                "{mark} stands in the translation and not, or not as often, in the source",
                mark=gained,
            )
        else:
            message = say(
                "{mark} stands in the translation where the source has {other}",
                mark=gained,
                other=lost,
            )
        yield _mark(imported, message, hint)


def _links(imported: ImportEntry, languages: tuple[Language, ...]) -> Iterator[Diagnostic]:
    key = imported.translation.bundle.key
    names = {each.key: each for each in languages}
    pairs = (
        (imported.source.text, imported.origin),
        (imported.text, imported.translation.language),
    )
    (wanted, out), (found, here) = (links_of(text, names[each], key) for text, each in pairs)
    yield from _differences(imported, wanted, found)
    if out.total() != here.total():
        message = say_n(
            "the source has {count} link to another site, the translation {here}",
            "the source has {count} links to other sites, the translation {here}",
            count=out.total(),
            here=here.total(),
        )
        yield _mark(imported, message, say("each link of the source has one in the translation"))
    elif out != here:
        message = say(
            "the translation leads to {here}, the source to {there}",
            here=" ".join(here - out),
            there=" ".join(out - here),
        )
        yield warning("translation-marks", imported.entry.span, message)


def _language(imported: ImportEntry, languages: tuple[Language, ...]) -> Iterator[Diagnostic]:
    detected = detect_language(imported.text)
    known = {each.key: each for each in languages}
    if detected in known and detected != imported.translation.language:
        message = say(
            "this reads as {found}; a text in {expected} is wanted",
            found=named(known[detected]),
            expected=named(known[imported.translation.language]),
        )
        yield error("translation-language", imported.entry.span, message)
    elif (
        imported.source.words >= _COPY
        and imported.changes
        and detected is None
        and (normalise(imported.text).lower() == normalise(imported.source.text).lower())
    ):
        message = say("this is word for word the text that was to be translated")
        yield warning("translation-language", imported.entry.span, message)


def _shape(imported: ImportEntry) -> Diagnostic | None:
    """The first difference in structure between translation and source; None if there is none."""
    if imported.source.in_yaml and imported.source.line:
        several = "\n" in imported.entry.msgstr.strip()
        message = say("this text is one line, and the translation has several")
        return _structure(imported, message) if several else None
    mine, theirs = pieces_of(readable_unit(imported.source)), pieces_of(imported.text)
    if shape_of(mine) == shape_of(theirs):
        return None
    for kind, counted in _COUNTED.items():
        wanted, found = (sum(each.kind == kind for each in pieces) for pieces in (mine, theirs))
        if wanted != found:
            return _structure(imported, counted(wanted, found))
    before, after = _heading_marks(mine), _heading_marks(theirs)
    if before != after:
        message = say(
            "the heading begins with {before} in the source, with {after} here",
            before=before,
            after=after,
        )
        return _structure(imported, message)
    hint = say("the same paragraphs, lists, tables and line breaks, in the same order")
    return _structure(imported, say("the translation is built differently from the source"), hint)


def _heading_marks(pieces: Sequence[Piece]) -> str:
    return " ".join(each.mark.strip() for each in pieces if each.kind == "heading")


_COUNTED: Mapping[str, Callable[[int, int], Message]] = MappingProxyType(
    {  # kind of piece -> the message that names both counts
        "item": lambda count, here: say_n(
            "the list has {count} point in the source and {here} in the translation",
            "the list has {count} points in the source and {here} in the translation",
            count=count,
            here=here,
        ),
        "row": lambda count, here: say_n(
            "the table has {count} line in the source and {here} in the translation",
            "the table has {count} lines in the source and {here} in the translation",
            count=count,
            here=here,
        ),
        "heading": lambda count, here: say_n(
            "the source has {count} heading, the translation {here}",
            "the source has {count} headings, the translation {here}",
            count=count,
            here=here,
        ),
        "paragraph": lambda count, here: say_n(
            "the source has {count} paragraph, the translation {here}",
            "the source has {count} paragraphs, the translation {here}",
            count=count,
            here=here,
        ),
    }
)


# These checks need the rest of the page, where footnotes and link addresses are defined. Instead, the
# marks of a translation are compared with those of its source.
_ELSEWHERE = ("unknown-footnote", "unknown-reference")


def _alone(imported: ImportEntry, languages: tuple[Language, ...]) -> list[Diagnostic]:
    """Problems of the text read as a page of its own: it must be exactly one unit of its kind."""
    unit, language = imported.source, imported.translation.language
    kind, text = unit.kind, "\n".join(file_lines(unit, imported.text, FormatStyle()))
    if not unit.markdown:
        return []
    if unit.in_yaml:
        request = TextRequest(text, language, languages, inline=unit.line)
        reported = convert_text(request).diagnostics
        return [replace(each, span=imported.entry.span) for each in reported]
    layout, head = ("faq", "## x {#x}\n\n") if kind == "answer" else ("page", "")
    source = Source(
        imported.entry.span.path, f"---\ntitle: x\nlayout: {layout}\n---\n\n{head}{text}\n"
    )
    outcome = parse_document(DocumentRequest(source, "", language, languages))
    reported = tuple(each for each in outcome.diagnostics if each.check not in _ELSEWHERE)
    if reported:
        return [replace(each, span=imported.entry.span) for each in reported]
    units = [each for each in units_of(outcome.value, (), language) if each.kind != "title"]
    expected = 2 if head else 1
    # the text above the questions of a page is one unit, and may have several paragraphs
    paragraphs = kind == "paragraph" and imported.source.fixed
    if (len(units) == expected and units[-1].kind == kind) or paragraphs:
        return []
    message = say("on the page this would not be one {kind}", kind=kind)
    return [_structure(imported, message, say("keep the marks at the beginning of the lines"))]


def _structure(imported: ImportEntry, message: Message, hint: Message | None = None) -> Diagnostic:
    return error("translation-structure", imported.entry.span, message, hint)


def _mark(imported: ImportEntry, message: Message, hint: Message) -> Diagnostic:
    return error("translation-marks", imported.entry.span, message, hint)
