"""Compares the translation of a catalog entry with its English text.

A translation is text and holds no markup. It has the placeholders of the English text, by name and
kind, in each plural form. Placeholders are those of Python's `%` with names (`%(date)s`), as
gettext's `python-format`, and braces (`{name}`). A percent sign is written `%%` in a text with
placeholders, and may be written so in any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.entities import html5

from diptych.diagnostics import Diagnostic, Edit, Message, Source, Span, error, say
from diptych.values import Value

_WHOLE = r"%\(\w+\)[\d.]*[a-zA-Z]"
_PERCENT = re.compile(rf"%%|(?P<whole>{_WHOLE})|(?P<damaged>%(?:\([^()%]*\)?)?)")
_BRACES = re.compile(r"\{\w*\}")
_MARKUP = re.compile(  # the start of a tag or of a character reference (HTML standard)
    r"(?P<tag><[/!?]*[a-zA-Z!?/][\w-]*)"
    r"|&(?P<reference>#[xX][0-9a-fA-F]+;?|#[0-9]+;?|[a-zA-Z][a-zA-Z0-9]*;?)"
)
_BEGUN = re.compile(r'\s*+(?P<keyword>msgid_plural|msgstr)?(?:\[(?P<form>\d+)\])?\s*+"')
_UNTYPED = ("", '"', "\\")  # not a character, or one that needs a backslash in a catalog


def has_placeholders(text: str) -> bool:
    """Whether a text has placeholders for `%`."""
    return "%(" in text and any(match["whole"] for match in _PERCENT.finditer(text))


def markup_in(text: str) -> str | None:
    """The first tag or character reference in a text, such as `<b` or `&nbsp;`.

    Any other ampersand or `<` is text.
    """
    match = _markup(text)
    return match and match.group()


def _markup(text: str) -> re.Match[str] | None:
    for match in _MARKUP.finditer(text):
        if match["tag"] or match["reference"].startswith("#") or match["reference"] in html5:
            return match
    return None


def translation_problems(
    english: Sequence[str], forms: Sequence[str], source: Source, line: int
) -> Iterator[Diagnostic]:
    """Problems of the translations (one per plural form) of an entry whose msgid is on `line`.

    `english` is the msgid and, if there is one, the msgid_plural. Empty forms are skipped.

    Diagnostics: markup-in-message, placeholder.
    """
    for number, text in enumerate(forms):
        if text:
            own = english[0] if number == 0 and len(forms) > 1 else english[-1]
            form = _Form(text, own, english, source, line, number)
            yield from _markup_problems(form)
            yield from _placeholder_problems(form)


class _Form(Value):
    """A plural form of a translation (or the only form), and its place in the file."""

    text: str
    own: str  # the English text of this form
    english: Sequence[str]  # of all forms
    source: Source
    line: int  # of the msgid
    number: int

    def place(self, start: int, end: int) -> Span:
        """The place in the file of a part of the text; only its start if a line ends in it."""
        offsets = [each for line in self._lines() for each in _characters(self.source, line)]
        if len(offsets) != len(self.text):  # a damaged line, which is reported separately
            return self.whole()
        first, last = offsets[start], offsets[end - 1] + 1
        line_end = self.source.text.find("\n", first, last)
        return self.source.span(first, last if line_end < 0 else line_end)

    def whole(self) -> Span:
        """The place of its first line."""
        return self.source.line_span(next(self._lines(), self.line))

    def _lines(self) -> Iterator[int]:
        form: int | None = None
        for number, text in enumerate(self.source.text.split("\n")[self.line :], self.line + 1):
            begun = _BEGUN.match(text)
            if text.strip() and begun is None:
                return  # the next entry, or a comment above it
            if begun and begun["keyword"]:
                form = int(begun["form"] or 0) if begun["keyword"] == "msgstr" else None
            if begun and form == self.number:
                yield number


def _characters(source: Source, line: int) -> Iterator[int]:
    """The offset in the file of each character of the text between the quotes of a line."""
    written = source.line(line)
    first, last = written.find('"') + 1, written.rfind('"')
    start = source.line_start(line) + first
    return (start + match.start() for match in re.finditer(r"\\.|.", written[first:last]))


def _markup_problems(form: _Form) -> Iterator[Diagnostic]:
    found = _markup(form.text)
    if found is None:
        return
    piece, span = found.group(), form.place(*found.span())
    message = say("a translation is text and holds no HTML: {piece}", piece=piece)
    hint = say("write the words alone; links, bold type and other elements belong in the template")
    edits: tuple[Edit, ...] = ()
    if any(markup_in(text) for text in form.english):
        hint = say("take the HTML out of the text in the template, then out of its translations")
    elif found["reference"]:
        hint = say("write the character itself; leave out one that cannot be seen")
        sign = html5.get(found["reference"], "")
        edits = span.becomes(sign, piece) if sign.isprintable() and sign not in _UNTYPED else ()
    yield error("markup-in-message", span, message, hint, edits)


def _placeholder_problems(form: _Form) -> Iterator[Diagnostic]:
    expected = _placeholders(form.own)
    allowed = {name for text in form.english for name in _placeholders(text)}
    found = _placeholders(form.text)
    hint = _hint(sorted(allowed))
    damaged = [
        match
        for match in _PERCENT.finditer(form.text)
        if match["damaged"]
        and (match["damaged"] != "%" or any(map(has_placeholders, form.english)))
    ]
    for match in damaged:
        span = form.place(*match.span())
        message = say("this is no whole placeholder: {piece}", piece=match.group())
        if match.group() == "%":
            message = say("a percent sign in a text with placeholders is written twice: %%")
            yield _placeholder(span, message, None, span.becomes("%%", "%"))
        else:
            yield _placeholder(span, message, hint)
    unknown = [name for name in found if name not in allowed]
    lost = [name for name in expected if name not in found]
    if unknown or (lost and not damaged):  # which explains what is lost
        names = ", ".join(sorted({*unknown, *lost}))
        message = say(
            "the placeholders differ from those of the English text: {names}", names=names
        )
        span = form.place(*found[unknown[0]]) if unknown else form.whole()
        one = len(unknown) == len(lost) == 1
        edits = span.becomes(lost[0], unknown[0]) if one else ()
        yield _placeholder(span, message, hint, edits)


def _hint(names: Sequence[str]) -> Message:
    if not names:
        return say("take it out: nothing is filled in in this text")
    return say(
        "copy the placeholders of the English text as they are: {names}", names=", ".join(names)
    )


def _placeholders(text: str) -> dict[str, tuple[int, int]]:
    """Each placeholder of a text, with its first occurrence."""
    found: dict[str, tuple[int, int]] = {}
    for match in (*_PERCENT.finditer(text), *_BRACES.finditer(text)):
        if match.re is _BRACES or match["whole"]:
            found.setdefault(match.group(), match.span())
    return found


def _placeholder(
    span: Span, message: Message, hint: Message | None, edits: tuple[Edit, ...] = ()
) -> Diagnostic:
    return error("placeholder", span, message, hint, edits)
