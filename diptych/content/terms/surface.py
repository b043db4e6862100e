"""Blanks everything in a Markdown text or a catalog that is not prose. The result is as long as
the original, so that an offset is valid in both.

`BREAK` replaces a character where a phrase cannot continue (code, an address). `GAP` replaces a
character where a phrase can continue (a tag, a line end inside a catalog's text).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

BREAK, GAP = "\x00", "\x01"

_FOREIGN = (  # text that its author marked with a language, and that language
    re.compile(r"\[(?P<text>[^\[\]]+)\]\{[^{}\n]*\blang=[\"']?(?P<lang>[\w-]+)[^{}\n]*\}"),
    re.compile(
        r"\[(?P<text>[^\[\]]+)\]\([^()\s]*\)\{[^{}\n]*\blang=[\"']?(?P<lang>[\w-]+)[^{}\n]*\}"
    ),
    re.compile(
        r"<(?P<tag>\w+)\b[^<>]*\blang=[\"']?(?P<lang>[\w-]+)[^<>]*>.*?</(?P=tag)>", re.DOTALL
    ),
    re.compile(r"\A.*\{:?[^{}\n]*\blang=[\"']?(?P<lang>[\w-]+)[^{}\n]*\}\s*\Z", re.DOTALL),
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_CODE = (  # pairs, as in `_UNREAD`: a text that every match contains, and the expression
    ("`", re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)),
    ("~~~", re.compile(r"^[ \t]*(~{3,}).*?(?:^[ \t]*\1|\Z)", re.DOTALL | re.MULTILINE)),
)
_UNREAD = tuple(
    (sign, re.compile(pattern, re.DOTALL | re.MULTILINE))
    for sign, pattern in (
        ("<", r"<!--.*?-->|<[^<>\s]+>"),  # comments, addresses in angle brackets
        ("](", r"\]\(\s*<?[^\s)>]*"),  # the target of a link or picture; its title is text
        (  # references
            "[",
            r"\]\[[^\[\]]*\]|^[ ]{0,3}\[(?!\^)[^\[\]]+\]:[ \t]*\S*|\[\^[^\[\]\s]+\]:?",
        ),
        ("{", r"\{:?[ ]*(?:[#.][\w-]|[\w-]+=)[^{}\n]*\}"),  # ids, classes, languages
        (":", r"\b(?:https?|mailto|tel|page|site):[^\s)>\]]+"),  # addresses
        ("www.", r"\bwww\.[^\s)>\]]+"),
        # an e-mail address; a match starts only at the start of a run of letters, since otherwise a
        # line without an @ would be searched once for each of its letters
        ("@", r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    )
)
_FILLED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")  # a placeholder
_QUOTED = re.compile(
    r'[ \t]*(?:(?P<keyword>msg\w+)(?:\[\d+\])?[ \t]+)?"(?P<text>(?:\\.|[^"\\])*)"[ \t]*$'
)


def prose_words(text: str, language: str) -> str:
    """A Markdown text with BREAK or GAP in place of code, addresses, ids, marks and text in other
    languages.
    """
    for pattern in _FOREIGN if "lang=" in text else ():
        text = pattern.sub(_unless(language), text)
    return _read(_blanked(text, _CODE))


def catalog_words(text: str) -> str:
    """The translations in a catalog (after `msgstr`), without placeholders and tags."""
    lines = []
    shown = False
    for line in text.split("\n"):
        quoted = _QUOTED.match(line)
        if quoted is None:
            shown = False
            lines.append(BREAK * len(line))
            continue
        if quoted["keyword"]:
            shown = quoted["keyword"] == "msgstr"
        start, end = quoted.span("text")
        inside = quoted["text"].replace("\\n", GAP * 2) if shown else BREAK * (end - start)
        edge = GAP if shown and not quoted["keyword"] else BREAK
        lines.append(edge * start + inside + GAP * (len(line) - end))
    return _read(_FILLED.sub(_blank, "\n".join(lines)))


def _read(text: str) -> str:
    """A text without tags, addresses and character references."""
    return _blanked(_TAG.sub(_gap, text), _UNREAD)


def _blanked(text: str, unread: Iterable[tuple[str, re.Pattern[str]]]) -> str:
    for sign, pattern in unread:
        if sign in text:
            text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return BREAK * len(match.group())


def _gap(match: re.Match[str]) -> str:
    return GAP * len(match.group())


def _unless(language: str) -> Callable[[re.Match[str]], str]:
    """A replacement that blanks text marked as another language and keeps text marked as this one."""

    def replace(match: re.Match[str]) -> str:
        same = match["lang"].partition("-")[0] == language.partition("-")[0]
        return match.group() if same else _blank(match)

    return replace
