"""Checks the contrast of a site's design tokens (`assets/tokens.css`).

By WCAG 2.2 (1.4.3, 1.4.11): 4.5 between text and its background, 3 for marks and the edges of
controls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

import tinycss2
from tinycss2.ast import AtRule, Declaration, QualifiedRule
from tinycss2.color3 import RGBA, parse_color

from diptych.diagnostics import Diagnostic, Message, Source, Span, say, warning
from diptych.files.contrast import Colour, contrast
from diptych.values import Value

TEXT, MARK = 4.5, 3.0
_PAIRS = (  # foreground, background, and the contrast that they need
    *((ink, paper, TEXT) for ink, paper in product(("ink", "soft", "accent"), ("paper", "tint"))),
    ("ink", "pick", TEXT),
    ("mark", "paper", MARK),
    ("edge", "paper", MARK),
)
_COLOURS = {name for ink, paper, _ in _PAIRS for name in (ink, paper)}


class Token(Value):
    """The value of a design token: a colour, with its place."""

    colour: Colour
    line: int
    text: str  # as it is written


def check_tokens(source: Source) -> Iterator[Diagnostic]:
    """low-contrast (a warning): a pair of colours that readers cannot tell apart, once for the
    light page and once for the dark one.
    """
    for dark, colours in enumerate(_themes(source.text)):
        for name, behind, least in _PAIRS:
            if name not in colours or behind not in colours:
                continue
            found = contrast(colours[name].colour, colours[behind].colour)
            if found < least:
                message = _message(
                    dark=bool(dark), name=name, behind=behind, found=found, least=least
                )
                hint = say("make one of the two darker, or the other lighter")
                yield warning("low-contrast", _span(source, colours[name]), message, hint)


def _message(*, dark: bool, name: str, behind: str, found: float, least: float) -> Message:
    shown, wanted = f"{found:.2f}", f"{least:g}"
    if dark:
        return say(
            "on a dark page --{name} on --{behind} has a contrast of {found}; it takes {least}",
            name=name,
            behind=behind,
            found=shown,
            least=wanted,
        )
    return say(
        "--{name} on --{behind} has a contrast of {found}; it takes {least}",
        name=name,
        behind=behind,
        found=shown,
        least=wanted,
    )


def _span(source: Source, token: Token) -> Span:
    line = source.line_span(token.line)
    at = source.text.find(token.text, line.start)
    return Span(source.path, at, at + len(token.text)) if 0 <= at < line.end else line


def _themes(text: str) -> tuple[Mapping[str, Token], Mapping[str, Token]]:
    """The colours of the light page and of the dark one, by name."""
    light: dict[str, Token] = {}
    dark: dict[str, Token] = {}
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if isinstance(rule, QualifiedRule):
            light |= _colours(rule)
        elif isinstance(rule, AtRule) and _is_dark(rule):
            for each in tinycss2.parse_rule_list(rule.content, True, True):
                if isinstance(each, QualifiedRule):
                    dark |= _colours(each)
    return light, {**light, **dark} if dark else {}


def _is_dark(rule: AtRule) -> bool:
    condition = tinycss2.serialize(rule.prelude)
    return bool(rule.content and re.search(r"prefers-color-scheme:\s*dark", condition))


def _colours(rule: QualifiedRule) -> dict[str, Token]:
    if tinycss2.serialize(rule.prelude).strip() != ":root":
        return {}
    found = {}
    for each in tinycss2.parse_declaration_list(rule.content, True, True):
        if not isinstance(each, Declaration) or each.name.removeprefix("--") not in _COLOURS:
            continue
        written = tinycss2.serialize(each.value).strip()
        colour = parse_color(written)
        if isinstance(colour, RGBA) and colour.alpha == 1:
            parts = colour.red, colour.green, colour.blue
            found[each.name.removeprefix("--")] = Token(parts, each.source_line, written)
    return found
