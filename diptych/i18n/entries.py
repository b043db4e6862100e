"""Compares the translation of a catalog entry with its English text.

A translation is text without markup. Each plural form has the placeholders of the English text, with
the same names and kinds: those of Python's `%` with names (`%(date)s`, as gettext's `python-format`),
and braces (`{name}`). A percent sign is written `%%` in a text with placeholders, and may be written
so in any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.entities import html5

from diptych.diagnostics import Diagnostic, Edit, Message, Source, error, say
from diptych.i18n.po import PoEntry, PoText

_WHOLE = r"%\(\w+\)[\d.]*[a-zA-Z]"
_PERCENT = re.compile(rf"%%|(?P<whole>{_WHOLE})|(?P<damaged>%(?:\([^()%]*\)?)?)")
_BRACES = re.compile(r"\{\w*\}")
_MARKUP = re.compile(  # the start of a tag or of a character reference (HTML standard)
    r"(?P<tag><[/!?]*[a-zA-Z!?/][\w-]*)"
    r"|&(?P<reference>#[xX][0-9a-fA-F]+;?|#[0-9]+;?|[a-zA-Z][a-zA-Z0-9]*;?)"
)
# a reference gets no edit if it stands for no character, or for one that needs a backslash in a catalog
_UNTYPED = ("", '"', "\\")


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


def translation_problems(entry: PoEntry, source: Source) -> Iterator[Diagnostic]:
    """The problems of the translations of an entry, each at its place; none for an empty
    translation.

    Diagnostics: markup-in-message, placeholder.
    """
    english = [entry.texts[name].text for name in ("msgid", "msgid_plural") if name in entry.texts]
    for number, form in enumerate(entry.forms):
        if form.text.strip():
            own = english[0] if number == 0 and len(entry.forms) > 1 else english[-1]
            yield from _markup_problems(form, english, source)
            yield from _placeholder_problems(form, own, english, source)


def _markup_problems(form: PoText, english: Sequence[str], source: Source) -> Iterator[Diagnostic]:
    found = _markup(form.text)
    if found is None:
        return
    piece, span = found.group(), form.place(*found.span(), source)
    message = say("a translation is text and holds no HTML: {piece}", piece=piece)
    hint = say("write the words alone; links, bold type and other elements belong in the template")
    edits: tuple[Edit, ...] = ()
    if any(markup_in(text) for text in english):
        hint = say("take the HTML out of the text in the template, then out of its translations")
    elif found["reference"]:
        hint = say("write the character itself; leave out one that cannot be seen")
        sign = html5.get(found["reference"], "")
        edits = span.becomes(sign, piece) if sign.isprintable() and sign not in _UNTYPED else ()
    yield error("markup-in-message", span, message, hint, edits)


def _placeholder_problems(
    form: PoText, own: str, english: Sequence[str], source: Source
) -> Iterator[Diagnostic]:
    """placeholder: the translation has a damaged or unknown placeholder, or lacks one of `own`,
    which is the English text of this plural form.
    """
    expected = _placeholders(own)
    allowed = {name for text in english for name in _placeholders(text)}
    found = _placeholders(form.text)
    hint = _hint(sorted(allowed))
    damaged = [
        match
        for match in _PERCENT.finditer(form.text)
        if match["damaged"] and (match["damaged"] != "%" or any(map(has_placeholders, english)))
    ]
    for match in damaged:
        span = form.place(*match.span(), source)
        message = say("this is no whole placeholder: {piece}", piece=match.group())
        if match.group() == "%":
            message = say("a percent sign in a text with placeholders is written twice: %%")
            yield error("placeholder", span, message, None, span.becomes("%%", "%"))
        else:
            yield error("placeholder", span, message, hint)
    unknown = [name for name in found if name not in allowed]
    lost = [name for name in expected if name not in found]
    if unknown or (lost and not damaged):  # a damaged placeholder explains a lost one
        names = ", ".join(sorted({*unknown, *lost}))
        message = say(
            "the placeholders differ from those of the English text: {names}", names=names
        )
        span = form.place(*found[unknown[0]], source) if unknown else source.line_span(form.line)
        one = len(unknown) == len(lost) == 1
        edits = span.becomes(lost[0], unknown[0]) if one else ()
        yield error("placeholder", span, message, hint, edits)


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
